"""The gallery: every exercise as a card, searched and filtered by an address that can be shared."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Field

from app.catalogue.filters import ExerciseFilter
from app.figures.assets import list_persons
from app.figures.persons import PersonChoice
from app.kit.links import PublicAddress
from app.kit.models import FrozenModel
from app.pages.exercise_page import list_facts
from app.pages.gallery_texts import GalleryTexts
from app.pages.rendering import PageHead, render_page
from app.rules.terms import TermText, load_contract_terms, load_terms
from app.rules.vocabulary import AvailableEquipment, Goal, Position
from app.schemas.exercise import Exercise
from app.texts.loader import load_texts

PATH = "/gallery"
MAX_EAGER_PICTURES = 4
"""Pictures that are loaded at once: those that are seen first."""


def _empty_to_none(value: Any) -> Any:
    """A form without a script sends a list that is left alone as an empty value."""
    return None if value == "" else value


EmptyIsAbsent = BeforeValidator(_empty_to_none)


class GalleryQuery(FrozenModel):
    """What is shown. What it does not know it ignores: mails and tools add parameters of their own."""

    model_config = ConfigDict(extra="ignore")

    q: Annotated[Annotated[str, Field(max_length=200)] | None, EmptyIsAbsent] = None
    goal: Annotated[Goal | None, EmptyIsAbsent] = None
    position: Annotated[Position | None, EmptyIsAbsent] = None
    equipment: Annotated[AvailableEquipment | None, EmptyIsAbsent] = None
    level: Annotated[Annotated[int, Field(ge=1, le=5)] | None, EmptyIsAbsent] = None
    person: Annotated[PersonChoice | None, EmptyIsAbsent] = None

    def to_filter(self) -> ExerciseFilter:
        """Return the same as the list of exercises takes it."""
        chosen = {"goal": self.goal, "position": self.position, "available_equipment": self.equipment}
        lists = {name: [value] for name, value in chosen.items() if value is not None}
        return ExerciseFilter.model_validate({**lists, "level_max": self.level})


class FilterValue(NamedTuple):
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


class Filter(NamedTuple):
    """One list of the form; its first choice is no filter."""

    name: str
    label: str
    options: list[FilterValue]


class Card(NamedTuple):
    """An exercise in the gallery."""

    exercise: Exercise
    facts: list[str]
    person: PersonChoice | None
    """Who shows it, where it is not the usual person."""


def render_gallery(exercises: Iterable[Exercise], query: GalleryQuery, address: PublicAddress) -> str:
    """Return the page as HTML: these exercises, in their order."""
    texts = load_texts(GalleryTexts)
    cards = [Card(exercise, list_facts(exercise), _choose_person(exercise, query.person)) for exercise in exercises]
    head = PageHead(
        path=PATH,
        address=address,
        title=texts.title,
        description=texts.summary,
        canonical_path=PATH,
        data_path="/v1/exercises",
        figure=next((card.exercise.figure for card in cards if card.exercise.figure), None),
        scripts=("gallery.js",),
    )
    return render_page(
        "gallery.html",
        head,
        gallery=texts,
        query=query,
        filters=_list_filters(query, texts),
        cards=cards,
        count=texts.count.fill(len(cards)),
        is_filtered=query != GalleryQuery(person=query.person),
        max_eager=MAX_EAGER_PICTURES,
    )


def _choose_person(exercise: Exercise, choice: PersonChoice | None) -> PersonChoice | None:
    """Return who shows an exercise: the person that is asked for, unless they do not show it."""
    return choice if choice == "varied" or choice in list_persons(exercise.slug) else None


def _list_filters(query: GalleryQuery, texts: GalleryTexts) -> list[Filter]:
    terms = load_terms()
    levels = {str(level): texts.level.fill(level=level) for level in range(1, 6)}
    return [
        _make_filter("goal", texts.goal, _labels(terms["goals"]), query.goal),
        _make_filter("position", texts.position, _labels(terms["positions"]), query.position),
        _make_filter("equipment", texts.equipment, _labels(terms["equipment"]), query.equipment),
        _make_filter("level", texts.level_heading, levels, str(query.level)),
        _make_filter("person", texts.person, _labels(load_contract_terms()["persons"]), query.person),
    ]


def _labels(terms: Mapping[str, TermText]) -> dict[str, str]:
    return {word: term.label for word, term in terms.items()}


def _make_filter(name: str, label: str, labels: Mapping[str, str], chosen: str | None) -> Filter:
    return Filter(name, label, [FilterValue(value, text, value == chosen) for value, text in labels.items()])
