"""The vocabulary: every term of every closed list, with label, description and the number of records that have it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from pydantic import Field

from app.catalogue.closed_lists import PARAMETERS_OF_LIST, SCHEMAS_OF_LIST, ListParameter
from app.catalogue.snapshot import Snapshot
from app.kit.models import FrozenModel
from app.rules.equipment import list_pieces
from app.rules.terms import (
    StrainText,
    TermText,
    VocabularyTexts,
    load_contract_terms,
    load_no_equipment,
    load_terms,
)
from app.rules.vocabulary import HEIGHT_OF_POSITION, PostureHeight
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.texts.loader import load_texts


class VocabularyTerm(FrozenModel):
    """One term of a closed list."""

    value: str
    label: str
    description: str
    count: int | None = Field(
        description="Exercises that have it; for topics and applies_to guidelines, for certainties and reference_kinds "
        "references. Null where no record can have it, or where the count says nothing."
    )


class PositionTerm(VocabularyTerm):
    """A position, and the height of the body in it."""

    height: PostureHeight


class StrainTerm(VocabularyTerm):
    """A strain, and what its degrees mean."""

    mild: str
    full: str


class MuscleTerm(VocabularyTerm):
    """A muscle, and what people call it."""

    common_names: tuple[str, ...] = Field(description="Everyday names; several muscles may share one.")


Terms = tuple[VocabularyTerm, ...]
Record = TypeVar("Record")

EXERCISE_VALUES: dict[str, Callable[[Exercise], Iterable[str]]] = {
    "goals": lambda exercise: exercise.goals,
    "suits": lambda exercise: exercise.suits,
    "movements": lambda exercise: exercise.movements,
    "categories": lambda exercise: (exercise.category,),
    "patterns": lambda exercise: (exercise.pattern,),
    "phases": lambda exercise: exercise.phases,
    "equipment": lambda exercise: list_pieces(exercise.equipment),
    "positions": lambda exercise: (exercise.position,),
    "regions": lambda exercise: exercise.regions,
    "muscles": lambda exercise: (muscle for muscle, _ in exercise.muscles.list_with_roles()),
    "muscle_roles": lambda exercise: (role for _, role in exercise.muscles.list_with_roles()),
    "load_groups": lambda exercise: (exercise.load_group,),
    "strains": lambda exercise: (one.strain for one in exercise.strains),
    "levels": lambda exercise: (str(exercise.level),),
    "conditions": lambda exercise: (row.condition for row in exercise.contraindications),
    "sources": lambda exercise: (exercise.provenance.source,),
}
"""List -> the values of it that an exercise has."""
GUIDELINE_VALUES: dict[str, Callable[[Guideline], Iterable[str]]] = {
    "topics": lambda guideline: (guideline.topic,),
    "applies_to": lambda guideline: guideline.applies_to,
}
"""List -> the values of it that a guideline has."""
REFERENCE_VALUES: dict[str, Callable[[Reference], Iterable[str]]] = {
    "certainties": lambda reference: (reference.certainty,),
    "reference_kinds": lambda reference: (reference.kind,),
}
"""List -> the values of it that a reference has."""


class ClosedList(FrozenModel):
    """A list of the vocabulary, and where its words are sent."""

    name: str = Field(description="The field of this answer with its terms.", examples=["goals"])
    schemas: tuple[str, ...] = Field(
        description="The schemas of the OpenAPI document whose words are these, or some of these.", examples=[["Goal"]]
    )
    parameters: tuple[ListParameter, ...] = Field(
        description="What takes its words; empty where only answers have them."
    )


class Vocabulary(FrozenModel):
    """Every closed list of the contract, and the levels."""

    goals: Terms
    suits: Terms
    movements: Terms
    categories: Terms
    patterns: Terms
    phases: Terms
    equipment: Terms
    positions: tuple[PositionTerm, ...]
    regions: Terms
    muscles: tuple[MuscleTerm, ...]
    muscle_roles: Terms
    load_groups: Terms
    strains: tuple[StrainTerm, ...]
    conditions: Terms = Field(description="The count is that of exercises to avoid or to do with caution.")
    purposes: Terms
    age_bands: Terms
    topics: Terms
    applies_to: Terms
    sources: Terms
    certainties: Terms
    available_equipment: Terms
    levels: Terms
    strain_degrees: Terms
    verdicts: Terms
    sides: Terms
    event_kinds: Terms
    posture_heights: Terms
    reference_kinds: Terms
    swap_reasons: Terms
    eligibility_steps: Terms
    export_formats: Terms
    archive_formats: Terms
    papers: Terms
    themes: Terms
    backgrounds: Terms
    figure_phases: Terms
    frames: Terms
    persons: Terms
    skin_tones: Terms
    record_kinds: Terms
    change_actions: Terms
    screening_outcomes: Terms
    urgencies: Terms
    sign_groups: Terms
    band_labels: Terms
    better_directions: Terms
    change_verdicts: Terms
    side_scorings: Terms
    self_test_units: Terms
    length_units: Terms
    severities: Terms
    confidences: Terms
    dimension_units: Terms
    devices: Terms
    lenses: Terms
    screens: Terms
    screen_aspects: Terms
    feet_supports: Terms
    observed_states: Terms
    check_ids: Terms
    advice_codes: Terms
    reminder_kinds: Terms
    weekdays: Terms
    item_orders: Terms
    key_scopes: Terms
    delivery_faults: Terms
    disabled_reasons: Terms
    edit_actions: Terms
    record_actions: Terms
    restored_states: Terms
    error_locations: Terms
    lists: tuple[ClosedList, ...] = Field(description="All these lists by name: which parameters take their words.")
    serial: int


def build_vocabulary(catalogue: Snapshot) -> Vocabulary:
    """Return every list with the counts of this catalogue."""
    counts = _count_values(catalogue)
    lists = {
        name: tuple(
            VocabularyTerm(
                value=value,
                label=term.label,
                description=term.description,
                count=counts[name][value] if name in counts else None,
            )
            for value, term in terms.items()
        )
        for name, terms in _load_all_terms().items()
    }
    # Positions, muscles and strains have more fields than the other terms.
    heights: dict[str, PostureHeight] = {str(position): height for position, height in HEIGHT_OF_POSITION.items()}
    positions = tuple(
        PositionTerm(**position.model_dump(), height=heights[position.value]) for position in lists.pop("positions")
    )
    common_names = {str(muscle): text.common_names for muscle, text in load_texts(VocabularyTexts).muscles.items()}
    muscles = tuple(
        MuscleTerm(**muscle.model_dump(), common_names=common_names[muscle.value]) for muscle in lists.pop("muscles")
    )
    degrees: dict[str, StrainText] = {str(strain): text for strain, text in load_texts(VocabularyTexts).strains.items()}
    strains = tuple(
        StrainTerm(**strain.model_dump(), mild=degrees[strain.value].mild, full=degrees[strain.value].full)
        for strain in lists.pop("strains")
    )
    return Vocabulary(
        **lists, positions=positions, muscles=muscles, strains=strains, lists=_describe_lists(), serial=catalogue.serial
    )


def _load_all_terms() -> dict[str, Mapping[str, TermText]]:
    """Return the terms of every list, by the name of the list and the word."""
    terms = load_terms()
    available = {"available_equipment": {**terms["equipment"], "none": load_no_equipment()}}
    return {**terms, **available, **load_contract_terms()}


def _describe_lists() -> tuple[ClosedList, ...]:
    return tuple(
        ClosedList(name=name, schemas=SCHEMAS_OF_LIST.get(name, ()), parameters=PARAMETERS_OF_LIST.get(name, ()))
        for name in _load_all_terms()
    )


def _count_values(catalogue: Snapshot) -> dict[str, Counter[str]]:
    """Return, for each list that records use, how many records have each value."""
    return {
        **_count_in(catalogue.exercises.records.values(), EXERCISE_VALUES),
        **_count_in(catalogue.guidelines.records.values(), GUIDELINE_VALUES),
        **_count_in(catalogue.references.records.values(), REFERENCE_VALUES),
    }


def _count_in(
    records: Collection[Record], values_by_list: Mapping[str, Callable[[Record], Iterable[str]]]
) -> dict[str, Counter[str]]:
    # A set, since a record counts once for a value, however often the value occurs in it.
    return {
        name: Counter(value for record in records for value in set(values_of(record)))
        for name, values_of in values_by_list.items()
    }
