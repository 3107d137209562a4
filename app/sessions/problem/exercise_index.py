"""A catalogue made ready for building: sorted, with every exercise's possible doses worked out once."""

from collections.abc import Sequence

from app.rules.dose import Dose, total_duration_s, total_work_s
from app.rules.dose_options import DosingContext, list_dose_options
from app.rules.vocabulary import HEIGHT_OF_POSITION, OPTIONAL_EQUIPMENT
from app.schemas.exercise import Exercise
from app.sessions.problem.positions import POSITION_ID
from app.sessions.solver.model import DoseOption

FURNITURE = frozenset({"chair", "wall", "desk", "doorway"})
"""What stands where it is: nothing to fetch."""
LOADS = ("none", "wrist", "grip", "overhead", "extensors", "pull", "push", "core")
"""What tires; 0 may follow itself."""
CAPPED = ("wrist", "grip", "overhead", "extensors")
"""What tires for the day: its time in a session is limited."""
SET_UP_S = 5
"""Seconds to fetch or fasten kit that is not furniture."""


class Shelf:
    """The exercises by slug, and what does not depend on who asks."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self.exercises = tuple(sorted(exercises, key=lambda exercise: exercise.slug))
        self.index = {exercise.slug: number for number, exercise in enumerate(self.exercises)}
        families = sorted({exercise.family for exercise in self.exercises})
        number_of = {family: number for number, family in enumerate(families)}
        self.family = [number_of[exercise.family] for exercise in self.exercises]
        self.needs = [
            tuple(frozenset(group) for group in exercise.equipment if not OPTIONAL_EQUIPMENT.intersection(group))
            for exercise in self.exercises
        ]
        self.height = [HEIGHT_OF_POSITION[exercise.position] for exercise in self.exercises]
        self.fetches = [any(not FURNITURE.intersection(group) for group in groups) for groups in self.needs]
        self.load = [LOADS.index(exercise.load_group) for exercise in self.exercises]
        self.place = [POSITION_ID[exercise.position] for exercise in self.exercises]
        self.balance = [_balance(exercise) for exercise in self.exercises]
        self.avoided_with = [
            frozenset(found.condition for found in exercise.contraindications if found.verdict == "avoid")
            for exercise in self.exercises
        ]
        self.merit = [10 * bool(one.evidence) + 10 * (one.provenance.source == "article") for one in self.exercises]
        self.salt = [_salt(exercise.slug) for exercise in self.exercises]
        self._doses: dict[tuple[int, DosingContext], tuple[Dose, ...]] = {}
        self._options: dict[tuple[int, DosingContext], tuple[DoseOption, ...]] = {}

    def doses(self, number: int, manner: DosingContext) -> tuple[Dose, ...]:
        """The doses of an exercise in this manner, shortest first; `DoseOption.dose_id` is an index into them."""
        key = (number, manner)
        found = self._doses.get(key)
        if found is None:
            exercise = self.exercises[number]
            found = list_dose_options(exercise.dose, exercise.pattern, exercise.load_group, manner)
            self._doses[key] = found
        return found

    def options(self, number: int, manner: DosingContext) -> tuple[DoseOption, ...]:
        """The same doses as numbers: how long each takes, and how far it is from the exercise's own."""
        key = (number, manner)
        found = self._options.get(key)
        if found is None:
            own = self.exercises[number].dose
            extra = SET_UP_S if self.fetches[number] else 0
            found = tuple(
                DoseOption(dose_id, total_duration_s(dose) + extra, total_work_s(dose), distance(dose, own))
                for dose_id, dose in enumerate(self.doses(number, manner))
            )
            self._options[key] = found
        return found


def _salt(slug: str) -> int:
    """A number of the slug alone (FNV-1a), the same in every process."""
    state = 0xCBF29CE484222325
    for byte in slug.encode():
        state = (state ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return state


def _balance(exercise: Exercise) -> int:
    """What a whole session should hold some of, as bits: turning, arching, strength or posture."""
    has = exercise.goal_weights
    return ("rotation" in has) | ("extension" in has) << 1 | ("strength" in has or "posture" in has) << 2


def distance(dose: Dose, wanted: Dose) -> int:
    """Tenths of a step between two doses of one exercise: a set is three steps, two repetitions or ten seconds one."""
    return (
        30 * abs(dose.sets - wanted.sets)
        + 5 * abs((dose.reps or 0) - (wanted.reps or 0))
        + (abs((dose.hold_s or 0) - (wanted.hold_s or 0)))
        + 4 * abs((dose.breaths or 0) - (wanted.breaths or 0))
    )


_shelves: dict[tuple[int, ...], Shelf] = {}


def shelf_of(exercises: Sequence[Exercise]) -> Shelf:
    """The shelf of a snapshot's exercises; the last few are kept, with the exercises, so that no identity is reused."""
    key = tuple(map(id, exercises))
    shelf = _shelves.get(key)
    if shelf is None:
        if len(_shelves) >= 8:
            _shelves.clear()
        shelf = _shelves[key] = Shelf(exercises)
    return shelf
