"""The exercises of a catalogue as numbers, with their possible doses worked out once."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.kit.closed_lists import list_words
from app.rules.dose import Dose, credited_work_s, set_work_s, total_duration_s
from app.rules.dose_options import DosingContext, list_dose_options
from app.rules.equipment import missing_equipment
from app.rules.extra_sets import FAVOURED_GOALS, FAVOURED_PATTERNS, extra_set_duration_s, make_extra_set
from app.rules.strains import map_strains
from app.rules.vocabulary import HEIGHT_OF_POSITION, Equipment, Goal, LoadGroup
from app.schemas.exercise import Exercise
from app.sessions.problem.introductions import introduce_exercise
from app.sessions.problem.positions import POSITION_ID
from app.sessions.solver.model import DoseOption

FURNITURE: Final = frozenset({"chair", "wall", "desk", "doorway"})
"""Equipment that stands where it is: there is nothing to fetch."""
LOAD_GROUPS: Final[tuple[LoadGroup, ...]] = list_words(LoadGroup)
"""Load group by number; number 0 is `none`, and exercises of it may follow each other."""
LIMITED_LOADS: Final = ("wrist", "grip", "overhead", "extensors")
"""Load groups that tire for the day: their seconds in a session are limited."""
SETUP_S: Final = 5
"""Seconds to fetch or fasten equipment that is not furniture."""
EVIDENCE_BONUS: Final = 10
"""Points of an exercise with evidence, and once more of one that the article names."""


class ExerciseIndex:
    """The exercises by number, in the order of their slugs, and what does not depend on the request.

    The numbers do not depend on the order in which the exercises are given.
    """

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        # Sorted, so that numbers and sessions do not depend on the order of the catalogue's rows.
        self.exercises = tuple(sorted(exercises, key=lambda exercise: exercise.slug))
        self.number_of = {exercise.slug: number for number, exercise in enumerate(self.exercises)}
        self.family_ids = _number_families(self.exercises)
        self.load_ids = [LOAD_GROUPS.index(exercise.load_group) for exercise in self.exercises]
        self.position_ids = [POSITION_ID[exercise.position] for exercise in self.exercises]
        self.heights = [HEIGHT_OF_POSITION[exercise.position] for exercise in self.exercises]
        self.required_equipment = list(map(_required_equipment, self.exercises))
        self.strains = [map_strains(exercise.strains) for exercise in self.exercises]
        self.needs_setup = list(map(_needs_setup, self.required_equipment))
        self.balance = list(map(_balance_bits, self.exercises))
        self.avoided_with = list(map(_avoiding_conditions, self.exercises))
        self.favoured_goals = list(map(_favoured_goals, self.exercises))
        """For each exercise, the goals for which a stiffer side does more of it."""
        self.evidence_bonus = list(map(_evidence_bonus, self.exercises))
        self.slug_hash = [_hash_slug(exercise.slug) for exercise in self.exercises]
        # Filled at first use: a process sees few dosing contexts.
        self._doses: dict[tuple[int, DosingContext], tuple[Dose, ...]] = {}
        self._options: dict[tuple[int, DosingContext], tuple[DoseOption, ...]] = {}

    def by_slug(self, slug: str) -> Exercise:
        """The exercise of a slug. Raises `KeyError` when there is none."""
        return self.exercises[self.number_of[slug]]

    def doses(self, number: int, dosing: DosingContext) -> tuple[Dose, ...]:
        """The doses of an exercise in this dosing, shortest first; `DoseOption.dose_id` is an index into them."""
        # An extra set and an introduction come on top of a dose and do not change it.
        comes_on_top = dosing.extra_set or dosing.introduction
        key = (number, dosing._replace(extra_set=False, introduction=False) if comes_on_top else dosing)
        doses = self._doses.get(key)
        if doses is None:
            exercise = self.exercises[number]
            doses = self._doses[key] = list_dose_options(
                exercise.dose, exercise.pattern, exercise.load_group, exercise.position, dosing
            )
        return doses

    def options(self, number: int, dosing: DosingContext) -> tuple[DoseOption, ...]:
        """The same doses as numbers: the seconds of each, and its distance from the exercise's own dose."""
        key = (number, dosing)
        options = self._options.get(key)
        if options is None:
            exercise = self.exercises[number]
            options = self._options[key] = tuple(
                DoseOption(
                    dose_id,
                    self.time_s(number, dose, dosing),
                    credited_work_s(dose, exercise.pattern, exercise.load_group)
                    + (set_work_s(make_extra_set(dose)) if dosing.extra_set else 0),
                    dose_distance(dose, exercise.dose),
                )
                for dose_id, dose in enumerate(self.doses(number, dosing))
            )
        return options

    def time_s(self, number: int, dose: Dose, dosing: DosingContext) -> int:
        """Seconds of an exercise with a dose: introduction, fetching equipment, dose, extra set of a stiffer side."""
        position = self.exercises[number].position
        introduction_s = introduce_exercise(self.exercises[number]).duration_s if dosing.introduction else 0
        setup_s = SETUP_S if self.needs_setup[number] else 0
        extra_s = extra_set_duration_s(dose, position) if dosing.extra_set else 0
        return introduction_s + setup_s + total_duration_s(dose, position) + extra_s


def _number_families(exercises: Sequence[Exercise]) -> list[int]:
    """The number of each exercise's family, in the order of their names."""
    families = sorted({exercise.family for exercise in exercises})
    return [families.index(exercise.family) for exercise in exercises]


def _needs_setup(required_equipment: Iterable[frozenset[Equipment]]) -> bool:
    """True where a piece must be fetched or fastened."""
    return any(FURNITURE.isdisjoint(group) for group in required_equipment)


def _required_equipment(exercise: Exercise) -> tuple[frozenset[Equipment], ...]:
    """The groups of which one piece each is needed."""
    return tuple(frozenset(group.any_of) for group in missing_equipment(exercise.equipment, frozenset()))


def _avoiding_conditions(exercise: Exercise) -> frozenset[str]:
    return frozenset(rule.condition for rule in exercise.contraindications if rule.verdict == "avoid")


def _favoured_goals(exercise: Exercise) -> frozenset[Goal]:
    """The goals for which a stiffer side does more of an exercise; none where both sides work at once."""
    if not exercise.dose.per_side or exercise.pattern not in FAVOURED_PATTERNS:
        return frozenset()
    return FAVOURED_GOALS.intersection(exercise.goal_weights)


def _evidence_bonus(exercise: Exercise) -> int:
    return EVIDENCE_BONUS * bool(exercise.evidence) + EVIDENCE_BONUS * (exercise.provenance.source == "article")


def _hash_slug(slug: str) -> int:
    """64 bits of the slug alone (FNV-1a), the same in every process."""
    # Python's own hash of a string differs from process to process.
    state = 0xCBF29CE484222325
    for byte in slug.encode():
        state = (state ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return state


def _balance_bits(exercise: Exercise) -> int:
    """Bits of what a whole session should hold some of: rotation 1, extension 2, strength or posture 4."""
    goals = exercise.goal_weights
    return ("rotation" in goals) | ("extension" in goals) << 1 | ("strength" in goals or "posture" in goals) << 2


def dose_distance(dose: Dose, preferred: Dose) -> int:
    """Points for the distance of a dose: a set is 30, two repetitions or ten seconds of hold 10, a breath 4."""
    return (
        30 * abs(dose.sets - preferred.sets)
        + 5 * abs((dose.reps or 0) - (preferred.reps or 0))
        + abs((dose.hold_s or 0) - (preferred.hold_s or 0))
        + 4 * abs((dose.breaths or 0) - (preferred.breaths or 0))
    )
