"""People who train for four weeks: what they report after each session, and the doses that they get in return."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from app.rules.dose import Dose
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from benchmarks.catalogues import index_of

DAYS = 28


class Report(NamedTuple):
    """How an exercise went."""

    effort: int
    pain: int = 0
    settled: bool = True
    completed: bool = True


class SimulatedPerson(NamedTuple):
    """Somebody who asks for the same session again and again."""

    name: str
    wish: dict[str, Any]
    training_days: tuple[int, ...]
    """Days of the week on which there is a session, from 0."""
    report: Callable[[int, Exercise, int], Report]
    """How an exercise goes, by day, exercise and the number of times that it was done before."""


class PerformedItem(NamedTuple):
    """An exercise that was done on a day."""

    day: int
    exercise: Exercise
    dose: Dose
    report: Report


def falling_effort(_day: int, _exercise: Exercise, times_before: int) -> Report:
    """Everything gets easier each time."""
    return Report(effort=max(2, 6 - times_before))


def flare_in_second_week(day: int, exercise: Exercise, times_before: int) -> Report:
    """What turns the trunk hurts on two days of the second week."""
    turns = any(one.strain == "trunk_rotation" for one in exercise.strains)
    if turns and day in (8, 9, 10):
        return Report(effort=6, pain=7, settled=False)
    if turns and day in (17, 18):
        return Report(effort=5, pain=4)
    return falling_effort(day, exercise, times_before)


def two_misses(day: int, exercise: Exercise, times_before: int) -> Report:
    """On two days of the second week strength work is too much."""
    if exercise.pattern in ("strength", "isometric") and 7 <= day <= 12:
        return Report(effort=10, completed=False)
    return falling_effort(day, exercise, times_before)


_KIT = ["chair", "wall", "resistance_band", "mat"]
PEOPLE = (
    SimulatedPerson(
        "falling effort",
        {"duration_s": 900, "goals": [{"goal": "strength"}, {"goal": "extension"}], "available_equipment": _KIT},
        (0, 2, 4),
        falling_effort,
    ),
    SimulatedPerson(
        "flare in week 2",
        {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "posture"}], "available_equipment": _KIT},
        (0, 1, 3, 5),
        flare_in_second_week,
    ),
    SimulatedPerson(
        "two misses",
        {"duration_s": 1200, "goals": [{"goal": "strength", "weight": 2}, {"goal": "rotation"}]}
        | {"available_equipment": _KIT, "level": 3},
        (0, 2, 5),
        two_misses,
    ),
    SimulatedPerson(
        "65 and over",
        {"duration_s": 900, "goals": [{"goal": "posture"}, {"goal": "strength"}, {"goal": "extension"}]}
        | {"available_equipment": _KIT, "age_band": "65+"},
        (0, 2, 4, 6),
        falling_effort,
    ),
)


def simulate(person: SimulatedPerson, exercises: Sequence[Exercise], days: int = DAYS) -> list[PerformedItem]:
    """Return everything that a person does: each session is built from the history of all before."""
    index = index_of(exercises)
    done: list[PerformedItem] = []
    for day in range(days):
        if day % 7 not in person.training_days:
            continue
        fields = {**person.wish, "seed": day, "history": _history_of(done, day)}
        try:
            plan = build_session(SessionRequest.model_validate(fields), index)
        except InfeasibleRequestError:
            continue
        times_before = Counter(item.exercise.slug for item in done)
        for planned in (item for phase in plan.phases for item in phase.items):
            exercise = plan.exercises[planned.exercise.slug]
            report = person.report(day, exercise, times_before[exercise.slug])
            done.append(PerformedItem(day, exercise, planned.dose, report))
    return done


def _history_of(done: Sequence[PerformedItem], day: int) -> list[dict[str, Any]]:
    """Return what was done before a day as a request reports it."""
    items: dict[int, list[dict[str, Any]]] = {}
    for item in done:
        dose = item.dose.model_dump(include={"sets", "reps", "hold_s", "breaths"})
        items.setdefault(day - item.day, []).append({"slug": item.exercise.slug, "dose": dose, **item.report._asdict()})
    return [{"days_ago": days_ago, "items": own} for days_ago, own in items.items()]
