"""Filters of the lists: one frozen query model for each list, with one method that tells whether a record matches."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from app.kit.pagination import PageQuery
from app.kit.query import QueryModel, require_integer
from app.rules.equipment import missing_equipment
from app.rules.muscles import Muscle, MuscleRole
from app.rules.strains import Strain
from app.rules.vocabulary import (
    AppliesTo,
    AvailableEquipment,
    Category,
    Certainty,
    ContentSource,
    Goal,
    Movement,
    Occasion,
    Position,
    ReferenceKind,
    Region,
    Topic,
)
from app.schemas.exercise import ExerciseSlug

SearchText = Annotated[
    str | None,
    Field(min_length=1, max_length=200, description="Words to search for; ranked, forgiving of typos, as one types."),
]
MaxLevel = Annotated[
    int | None, Field(ge=1, le=5, description="Highest level, 1 to 5."), BeforeValidator(require_integer)
]
MaxDuration = Annotated[
    int | None, Field(ge=30, le=3600, description="Longest duration, in seconds."), BeforeValidator(require_integer)
]


def _empty_to_none(value: object) -> object:
    """Return the word `none` for an empty value: `available_equipment=` means an empty list."""
    return "none" if value == "" else value


AvailableEquipmentFilter = Annotated[
    list[Annotated[AvailableEquipment, BeforeValidator(_empty_to_none)]],
    Field(
        default_factory=list,
        description="Equipment at hand, repeatable: lists what can be done with it. Absent: no filter. "
        "`none`, or an empty value: body weight only.",
        json_schema_extra={"allowEmptyValue": True},
    ),
]

ExerciseRecords = Annotated[
    bool,
    Field(
        description="`false` leaves `exercises` of the session empty, about two thirds of the answer: for apps that "
        "have the records already. Cards, doses and the timeline with its pictures are there all the same."
    ),
]

Accessor = Callable[[Any], Iterable[str]]
"""Returns the values of a record that a filter compares with the requested ones."""
Predicate = Callable[[Any], bool]
"""Tells whether a record matches one filter."""
PredicateKey = tuple[str, Hashable]
"""Name and value of a filter: equal keys stand for equal predicates."""


class RecordSelection(QueryModel):
    """Which records of a kind are asked for. Each filter given must match; any of its values will do."""

    q: SearchText = None

    accessors: ClassVar[Mapping[str, Accessor]] = {}
    """Name of each repeatable filter -> what of a record it looks at."""

    @cached_property
    def predicates(self) -> dict[PredicateKey, Predicate]:
        """A predicate for each filter that was given: most requests use one or two of many."""
        selections = ((name, frozenset(getattr(self, name)), accessor) for name, accessor in self.accessors.items())
        return {(name, values): _has_any_of(values, accessor) for name, values, accessor in selections if values}

    def active_filters(self) -> dict[str, object]:
        """Return what decides which records are listed, in one normal form: a cursor is valid for these only."""
        # What is left out and limit may change from page to page: they do not decide which records are listed.
        filters = self.model_dump(exclude={"fields", "exercise_records", "limit", "cursor"}, exclude_defaults=True)
        return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in filters.items()}


class RecordFilter(RecordSelection, PageQuery):
    """The query of a list that can be searched: which records, and which page of them."""


class ExerciseSelection(RecordSelection):
    """Which exercises are asked for."""

    goal: list[Goal] = Field(default_factory=list, description="Serves any of these goals.")
    movement: list[Movement] = Field(default_factory=list, description="Moves in any of these directions.")
    category: list[Category] = Field(default_factory=list, description="Is of any of these categories.")
    suits: list[Occasion] = Field(default_factory=list, description="Suits any of these occasions.")
    position: list[Position] = Field(default_factory=list, description="Is done in any of these positions.")
    region: list[Region] = Field(default_factory=list, description="Works on any of these regions.")
    muscle: list[Muscle] = Field(default_factory=list, description="Works, stretches or presses any of these muscles.")
    muscle_role: list[MuscleRole] = Field(
        default_factory=list,
        description="Does any of these with one of the `muscle`, or with any muscle where none is named: "
        "`muscle=rhomboids&muscle_role=primary` lists what works the rhomboids most.",
    )
    without_strain: list[Strain] = Field(
        default_factory=list,
        description="Asks for none of these strains, in any degree: `leg_support` and `floor_transfer` leave what can "
        "be done from a wheelchair.",
    )
    available_equipment: AvailableEquipmentFilter
    level_max: MaxLevel = None
    source: list[ContentSource] = Field(
        default_factory=list, description="`article`: from the article; `editorial`: ours."
    )
    slug: list[ExerciseSlug] = Field(
        default_factory=list,
        max_length=100,
        description="Is any of these. Renamed ones are found, deleted ones are left out, unknown ones are an error.",
        examples=[["open-book", "cat-cow"]],
    )

    accessors: ClassVar[Mapping[str, Accessor]] = {
        "goal": lambda exercise: exercise.goals,
        "movement": lambda exercise: exercise.movements,
        "category": lambda exercise: (exercise.category,),
        "suits": lambda exercise: exercise.suits,
        "position": lambda exercise: (exercise.position,),
        "region": lambda exercise: exercise.regions,
        "source": lambda exercise: (exercise.provenance.source,),
        "slug": lambda exercise: (exercise.slug,),
    }

    @cached_property
    def predicates(self) -> dict[PredicateKey, Predicate]:
        """The predicates of the repeatable filters, and those of muscles, strains, equipment and level."""
        predicates = dict(super().predicates)
        if self.muscle or self.muscle_role:
            muscles, roles = frozenset(self.muscle), frozenset(self.muscle_role)
            predicates["muscle", (muscles, roles)] = _has_any_muscle(muscles, roles)
        if self.without_strain:
            predicates["without_strain", frozenset(self.without_strain)] = _asks_for_none_of(self.without_strain)
        if self.available_equipment:
            equipment = frozenset(self.available_equipment)
            predicates["available_equipment", equipment] = _needs_only(equipment)
        if self.level_max is not None:
            predicates["level_max", self.level_max] = _is_at_most_level(self.level_max)
        return predicates


class ExerciseFilter(ExerciseSelection, RecordFilter):
    """Filters of the list of exercises."""


class GuidelineFilter(RecordFilter):
    """Filters of the list of guidelines."""

    topic: list[Topic] = Field(default_factory=list, description="Is about any of these topics.")
    goal: list[Goal] = Field(default_factory=list, description="Serves any of these goals.")
    applies_to: list[AppliesTo] = Field(default_factory=list, description="Applies to any of these situations.")

    accessors: ClassVar[Mapping[str, Accessor]] = {
        "topic": lambda guideline: (guideline.topic,),
        "goal": lambda guideline: guideline.goals,
        "applies_to": lambda guideline: guideline.applies_to,
    }


class RoutineFilter(RecordFilter):
    """Filters of the list of routines. Positions, equipment and level must match for every exercise of the session."""

    goal: list[Goal] = Field(default_factory=list, description="Has any of these goals.")
    suits: list[Occasion] = Field(default_factory=list, description="Suits any of these occasions.")
    position: list[Position] = Field(default_factory=list, description="Every exercise is in one of these positions.")
    available_equipment: AvailableEquipmentFilter
    level_max: MaxLevel = None
    duration_s_max: MaxDuration = None

    accessors: ClassVar[Mapping[str, Accessor]] = {
        "goal": lambda routine: routine.goals,
        "suits": lambda routine: routine.suits,
    }

    @cached_property
    def predicates(self) -> dict[PredicateKey, Predicate]:
        """The predicates of the repeatable filters, and those that look at the built session."""
        predicates = dict(super().predicates)
        if self.position:
            positions = frozenset(self.position)
            predicates["position", positions] = _for_every_exercise(_is_in_any_position(positions))
        if self.available_equipment:
            equipment = frozenset(self.available_equipment)
            predicates["available_equipment", equipment] = _for_every_exercise(_needs_only(equipment))
        if self.level_max is not None:
            predicates["level_max", self.level_max] = _for_every_exercise(_is_at_most_level(self.level_max))
        if self.duration_s_max is not None:
            predicates["duration_s_max", self.duration_s_max] = _lasts_at_most(self.duration_s_max)
        return predicates


class RoutineQuery(RoutineFilter):
    """Which routines to list, and whether with the exercise records of their sessions."""

    exercise_records: Annotated[ExerciseRecords, Field(json_schema_extra={"example": False})] = True


class SessionQuery(QueryModel):
    """What to answer of a session, or of the session of a routine."""

    exercise_records: ExerciseRecords = True


class ReferenceFilter(RecordFilter):
    """Filters of the list of references."""

    kind: list[ReferenceKind] = Field(default_factory=list, description="Is of any of these kinds.")
    certainty: list[Certainty] = Field(default_factory=list, description="Has any of these certainties.")

    accessors: ClassVar[Mapping[str, Accessor]] = {
        "kind": lambda reference: (reference.kind,),
        "certainty": lambda reference: (reference.certainty,),
    }


def _has_any_of(values: Iterable[str], accessor: Accessor) -> Predicate:
    requested = frozenset(values)
    return lambda record: not requested.isdisjoint(accessor(record))


def _has_any_muscle(muscles: frozenset[Muscle], roles: frozenset[MuscleRole]) -> Predicate:
    """Return a predicate: whether any of the muscles has any of the roles. No muscles, no roles mean any."""
    return lambda exercise: any(
        (not muscles or muscle in muscles) and (not roles or role in roles)
        for muscle, role in exercise.muscles.list_with_roles()
    )


def _asks_for_none_of(strains: Iterable[Strain]) -> Predicate:
    unwanted = frozenset(strains)
    return lambda exercise: unwanted.isdisjoint(one.strain for one in exercise.strains)


def _needs_only(available_equipment: Iterable[str]) -> Predicate:
    available = frozenset(available_equipment)
    return lambda exercise: not missing_equipment(exercise.equipment, available)


def _is_at_most_level(max_level: int) -> Predicate:
    return lambda exercise: bool(exercise.level <= max_level)


def _is_in_any_position(positions: Iterable[str]) -> Predicate:
    allowed = frozenset(positions)
    return lambda exercise: exercise.position in allowed


def _for_every_exercise(predicate: Predicate) -> Predicate:
    """Return a predicate of routines: whether `predicate` holds for every exercise of the built session."""
    return lambda routine: all(predicate(exercise) for exercise in routine.session.exercises.values())


def _lasts_at_most(max_duration_s: int) -> Predicate:
    return lambda routine: bool(routine.session.duration_s <= max_duration_s)
