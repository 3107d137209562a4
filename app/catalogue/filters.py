"""Filters: one frozen query model a list, with one method that says whether it lets a record through."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from app.kit.query import PageQuery, QueryModel, require_integer
from app.rules.equipment import missing_equipment
from app.rules.vocabulary import (
    AppliesTo,
    Category,
    Certainty,
    Equipment,
    Goal,
    Movement,
    Occasion,
    Position,
    ReferenceKind,
    Region,
    Source,
    Topic,
)
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine

Words = Annotated[
    str | None,
    Field(min_length=1, max_length=200, description="Words to search for; ranked, forgiving of typos, as one types."),
]
Level = Annotated[int | None, Field(ge=1, le=5, description="Highest level, 1 to 5."), BeforeValidator(require_integer)]


def _empty_as_none(value: object) -> object:
    return "none" if value == "" else value


AvailableEquipment = Annotated[
    list[Annotated[Equipment | Literal["none"], BeforeValidator(_empty_as_none)]],
    Field(
        default_factory=list,
        description="Equipment at hand, repeatable: lists what can be done with it. Absent: no filter. "
        "`none`, or an empty value: body weight only.",
    ),
]


Shaped = Exercise | Guideline | Reference | Routine
Check = Callable[[Any], bool]
"""Whether a record passes one of the filters that were given."""


def _any_of(asked: Iterable[str], has: Callable[[Any], Iterable[str]]) -> Check:
    """Passes what has one of the words."""
    words = frozenset(asked)
    return lambda record: not words.isdisjoint(has(record))


class Search(PageQuery):
    """Any list that can be searched."""

    q: Words = None
    has: ClassVar[dict[str, Callable[[Any], Iterable[str]]]] = {}
    """What of a record each repeatable filter looks at."""

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Of the filters that were given: most requests give one or two of many."""
        return tuple(_any_of(getattr(self, name), has) for name, has in self.has.items() if getattr(self, name))

    def admits(self, record: Shaped) -> bool:
        """Whether every filter that was given lets the record through."""
        return all(check(record) for check in self.checks)

    def asked(self) -> dict[str, object]:
        """What decides which records are listed, for a cursor to be tied to."""
        said = self.model_dump(exclude={"fields", "limit", "cursor"}, exclude_defaults=True)
        return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in said.items()}


class ExerciseFilter(Search):
    """Exercises: every named filter must let one through; several values of one filter mean any of them."""

    goal: list[Goal] = Field(default_factory=list, description="Serves any of these goals.")
    movement: list[Movement] = Field(default_factory=list, description="Moves in any of these directions.")
    category: list[Category] = Field(default_factory=list, description="Is of any of these kinds.")
    suits: list[Occasion] = Field(default_factory=list, description="Suits any of these occasions.")
    position: list[Position] = Field(default_factory=list, description="Is done in any of these positions.")
    region: list[Region] = Field(default_factory=list, description="Works on any of these regions.")
    available_equipment: AvailableEquipment
    level_max: Level = None
    source: list[Source] = Field(default_factory=list, description="`article`: from the article; `editorial`: ours.")
    slug: list[str] = Field(default_factory=list, max_length=100, description="Any of these slugs.")

    has: ClassVar[dict[str, Callable[[Any], Iterable[str]]]] = {
        "goal": lambda one: one.goals,
        "movement": lambda one: one.movements,
        "category": lambda one: (one.category,),
        "suits": lambda one: one.suits,
        "position": lambda one: (one.position,),
        "region": lambda one: one.regions,
        "source": lambda one: (one.provenance.source,),
        "slug": lambda one: (one.slug,),
    }

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        found = list(super().checks)
        if self.available_equipment:
            at_hand = frozenset(self.available_equipment)
            found.append(lambda one: not missing_equipment(one.equipment, at_hand))
        if self.level_max is not None:
            most = self.level_max
            found.append(lambda one: one.level <= most)
        return tuple(found)


class GuidelineFilter(Search):
    """Guidelines."""

    topic: list[Topic] = Field(default_factory=list, description="Is about any of these topics.")
    goal: list[Goal] = Field(default_factory=list, description="Serves any of these goals.")
    applies_to: list[AppliesTo] = Field(default_factory=list, description="Applies to any of these situations.")

    has: ClassVar[dict[str, Callable[[Any], Iterable[str]]]] = {
        "topic": lambda one: (one.topic,),
        "goal": lambda one: one.goals,
        "applies_to": lambda one: one.applies_to,
    }


class RoutineFilter(Search):
    """Routines: `position` and `available_equipment` look at what the built session holds."""

    goal: list[Goal] = Field(default_factory=list, description="Asks for any of these goals.")
    suits: list[Occasion] = Field(default_factory=list, description="Suits any of these occasions.")
    position: list[Position] = Field(default_factory=list, description="Every exercise is in one of these positions.")
    available_equipment: AvailableEquipment
    level_max: Level = None
    duration_s_max: Annotated[
        int | None, Field(ge=30, le=3600, description="Longest, in seconds."), BeforeValidator(require_integer)
    ] = None

    has: ClassVar[dict[str, Callable[[Any], Iterable[str]]]] = {
        "goal": lambda one: one.goals,
        "suits": lambda one: one.suits,
    }

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        found = list(super().checks)
        at_hand, places = frozenset(self.available_equipment), frozenset(self.position)
        if places:
            found.append(lambda one: all(held["position"] in places for held in _held(one)))
        if at_hand:
            found.append(lambda one: not any(missing_equipment(held["equipment"], at_hand) for held in _held(one)))
        if self.level_max is not None:
            most = self.level_max
            found.append(lambda one: all(held["level"] <= most for held in _held(one)))
        if self.duration_s_max is not None:
            longest = self.duration_s_max
            found.append(lambda one: one.session["duration_s"] <= longest)
        return tuple(found)


def _held(routine: Routine) -> Iterable[Any]:
    """The records of the exercises in a routine's session."""
    exercises: dict[str, Any] = routine.session["exercises"]
    return exercises.values()


class ReferenceFilter(Search):
    """References."""

    kind: list[ReferenceKind] = Field(default_factory=list, description="Is of any of these kinds.")
    certainty: list[Certainty] = Field(default_factory=list, description="Is as sure as any of these.")

    has: ClassVar[dict[str, Callable[[Any], Iterable[str]]]] = {
        "kind": lambda one: (one.kind,),
        "certainty": lambda one: (one.certainty,),
    }


class GalleryQuery(QueryModel):
    """What the page of pictures shows."""

    goal: Goal | None = None
    theme: Literal["light", "dark", "auto"] = "auto"
