"""Filters: one frozen query model a list, with one method that says whether it lets a record through."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.catalogue.shapes import Exercise
from app.catalogue.shapes_guidance import Guideline, Reference, Routine
from app.kit.parameters import Page, Parameters, no_bool
from app.rules.vocabulary import (
    COMFORT_ONLY,
    AppliesTo,
    Category,
    Certainty,
    Equipment,
    Goal,
    Movement,
    Position,
    ReferenceKind,
    Region,
    Source,
    Suit,
    Topic,
)

Words = Annotated[
    str | None,
    Field(min_length=1, max_length=200, description="Words to search for; ranked, forgiving of typos, as one types."),
]
Level = Annotated[int | None, Field(ge=1, le=5, description="Highest level, 1 to 5."), BeforeValidator(no_bool)]
Kit = Annotated[
    list[Equipment | Literal["none"]],
    Field(
        default_factory=list,
        description="What one has, repeatable: only what can be done with it is listed. Absent: no filter. "
        "`none`: body weight only.",
    ),
]


def doable(equipment: tuple[tuple[Equipment, ...], ...], at_hand: frozenset[str]) -> bool:
    """Whether every needed group has one piece at hand; a mat is never needed."""
    return all(at_hand.intersection(group) or COMFORT_ONLY.intersection(group) for group in equipment)


def _any(asked: list[str], has: tuple[str, ...]) -> bool:
    return not asked or not frozenset(asked).isdisjoint(has)


class Search(Page):
    """Any list that can be searched."""

    q: Words = None

    def asked(self) -> dict[str, object]:
        """What decides which records are listed, for a cursor to be tied to."""
        said = self.model_dump(exclude={"fields", "limit", "cursor"}, exclude_defaults=True)
        return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in said.items()}


class ExerciseFilter(Search):
    """Exercises: every named filter must let one through; several values of one filter mean any of them."""

    goal: list[Goal] = Field(default_factory=list, description="Serves any of these goals.")
    movement: list[Movement] = Field(default_factory=list, description="Moves in any of these directions.")
    category: list[Category] = Field(default_factory=list, description="Is of any of these kinds.")
    suits: list[Suit] = Field(default_factory=list, description="Suits any of these occasions.")
    position: list[Position] = Field(default_factory=list, description="Is done in any of these positions.")
    region: list[Region] = Field(default_factory=list, description="Works on any of these regions.")
    available_equipment: Kit
    level_max: Level = None
    source: list[Source] = Field(default_factory=list, description="`article`: from the article; `editorial`: ours.")
    slug: list[str] = Field(default_factory=list, max_length=100, description="Any of these slugs.")

    def admits(self, exercise: Exercise) -> bool:
        return (
            _any(list(self.goal), exercise.goals)
            and _any(list(self.movement), exercise.movements)
            and _any(list(self.category), (exercise.category,))
            and _any(list(self.suits), exercise.suits)
            and _any(list(self.position), (exercise.position,))
            and _any(list(self.region), exercise.regions)
            and (not self.available_equipment or doable(exercise.equipment, frozenset(self.available_equipment)))
            and (self.level_max is None or exercise.level <= self.level_max)
            and _any(list(self.source), (exercise.provenance.source,))
            and _any(self.slug, (exercise.slug,))
        )


class GuidelineFilter(Search):
    """Guidelines."""

    topic: list[Topic] = Field(default_factory=list, description="Is about any of these topics.")
    goal: list[Goal] = Field(default_factory=list, description="Serves any of these goals.")
    applies_to: list[AppliesTo] = Field(default_factory=list, description="Applies to any of these situations.")

    def admits(self, guideline: Guideline) -> bool:
        return (
            _any(list(self.topic), (guideline.topic,))
            and _any(list(self.goal), guideline.goals)
            and _any(list(self.applies_to), guideline.applies_to)
        )


class RoutineFilter(Search):
    """Routines: `position` and `available_equipment` look at what the built session holds."""

    goal: list[Goal] = Field(default_factory=list, description="Asks for any of these goals.")
    suits: list[Suit] = Field(default_factory=list, description="Suits any of these occasions.")
    position: list[Position] = Field(default_factory=list, description="Every exercise is in one of these positions.")
    available_equipment: Kit
    level_max: Level = None
    duration_s_max: Annotated[
        int | None, Field(ge=30, le=3600, description="Longest, in seconds."), BeforeValidator(no_bool)
    ] = None

    def admits(self, routine: Routine) -> bool:
        exercises = routine.session["exercises"].values()
        at_hand = frozenset(self.available_equipment)
        return (
            _any(list(self.goal), routine.goals)
            and _any(list(self.suits), routine.suits)
            and (not self.position or all(one["position"] in self.position for one in exercises))
            and (not at_hand or all(doable(one["equipment"], at_hand) for one in exercises))
            and (self.level_max is None or all(one["level"] <= self.level_max for one in exercises))
            and (self.duration_s_max is None or routine.session["duration_s"] <= self.duration_s_max)
        )


class ReferenceFilter(Search):
    """References."""

    kind: list[ReferenceKind] = Field(default_factory=list, description="Is of any of these kinds.")
    certainty: list[Certainty] = Field(default_factory=list, description="Is as sure as any of these.")

    def admits(self, reference: Reference) -> bool:
        return _any(list(self.kind), (reference.kind,)) and _any(list(self.certainty), (reference.certainty,))


class GalleryFilter(Parameters):
    """What the page of pictures shows."""

    goal: Goal | None = None
    theme: Literal["light", "dark", "auto"] = "auto"
