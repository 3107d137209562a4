"""Facets: for each value of each filter of the exercises, how many are left with it under the other filters."""

from functools import cache
from typing import Final

from pydantic import Field

from app.catalogue.facet_index import FILTERS_OF_BOTH, NARROWING, VALUES_OF_FACET, Bits, FacetIndex, get_facet_index
from app.catalogue.filters import ExerciseSelection
from app.catalogue.requested_slugs import follow_requested_slugs
from app.catalogue.snapshot import Snapshot
from app.kit.models import FrozenModel
from app.rules.terms import load_contract_terms, load_no_equipment, load_terms

LIST_OF_FACET: Final = {
    "goal": "goals",
    "movement": "movements",
    "category": "categories",
    "suits": "suits",
    "position": "positions",
    "region": "regions",
    "muscle": "muscles",
    "muscle_role": "muscle_roles",
    "without_strain": "strains",
    "available_equipment": "available_equipment",
    "level_max": "levels",
    "source": "sources",
}
"""Filter -> the list of the vocabulary that its values are from."""


class FacetValue(FrozenModel):
    """A value of a filter, and how many exercises there are with it."""

    value: str = Field(description="As the filter takes it.")
    label: str
    count: int = Field(
        description="The exercises that the list has with this value in this filter, under the other filters. A value "
        "stands alone in its filter, as any of several will do; in `without_strain` and `available_equipment`, where "
        "all count together, it joins those that are chosen."
    )
    selected: bool = Field(description="Whether the request has it.")


class Facet(FrozenModel):
    """A filter with all its values."""

    parameter: str = Field(description="The query parameter.", examples=["goal"])
    list: str = Field(description="The field of `GET /v1/vocabulary` with the descriptions.", examples=["goals"])
    values: tuple[FacetValue, ...]


class ExerciseFacets(FrozenModel):
    """The filters of the exercises with counts."""

    total: int = Field(description="The exercises that the list has under all filters.")
    facets: tuple[Facet, ...]
    serial: int


def count_facets(catalogue: Snapshot, query: ExerciseSelection) -> ExerciseFacets:
    """Return the facets of a selection. Raises `InvalidRequest` for a slug that no exercise ever had."""
    query = follow_requested_slugs(catalogue.exercises, query)
    index = get_facet_index(catalogue.exercises)
    chosen = {name: _list_chosen(query, name) for name in VALUES_OF_FACET}
    found = index.bits_of(catalogue.exercises.select({}, query.q)) if query.q is not None else index.everything
    named = index.bits_of(query.slug) if query.slug else index.everything
    listed = {name: index.find_listed(name, chosen[name], _list_partners(chosen, name)) for name in VALUES_OF_FACET}
    facets = tuple(_count_facet(index, name, chosen, listed, found & named) for name in VALUES_OF_FACET)
    total = found & named
    for bits in listed.values():
        total &= bits
    return ExerciseFacets(total=total.bit_count(), facets=facets, serial=catalogue.serial)


def _list_chosen(query: ExerciseSelection, name: str) -> tuple[str, ...]:
    """Return the values of a filter as they are sent, each once."""
    value = getattr(query, name)
    values = value if isinstance(value, list) else () if value is None else (value,)
    return tuple(dict.fromkeys(str(one) for one in values))


def _list_partners(chosen: dict[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    """Return the chosen values of the filter that is one condition with this one."""
    return chosen[FILTERS_OF_BOTH[name]] if name in FILTERS_OF_BOTH else ()


def _count_facet(
    index: FacetIndex, name: str, chosen: dict[str, tuple[str, ...]], listed: dict[str, Bits], among: Bits
) -> Facet:
    for other, bits in listed.items():
        if other not in (name, FILTERS_OF_BOTH.get(name)):
            among &= bits
    kept = chosen[name] if name in NARROWING else ()
    partners, labels = _list_partners(chosen, name), load_labels(name)
    values = tuple(
        FacetValue(
            value=value,
            label=labels[value],
            count=(among & index.find_listed(name, (*kept, value), partners)).bit_count(),
            selected=value in chosen[name],
        )
        for value in VALUES_OF_FACET[name]
    )
    return Facet(parameter=name, list=LIST_OF_FACET[name], values=values)


@cache
def load_labels(name: str) -> dict[str, str]:
    """Return the labels of the values of a filter."""
    if name == "level_max":
        return {value: term.label for value, term in load_contract_terms()["levels"].items()}
    if name == "available_equipment":
        labels = {str(value): term.label for value, term in load_terms()["equipment"].items()}
        return {**labels, "none": load_no_equipment().label}
    return {str(value): term.label for value, term in load_terms()[LIST_OF_FACET[name]].items()}
