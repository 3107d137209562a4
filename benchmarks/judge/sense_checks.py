"""Whether a session makes sense as a whole: what it starts with, how it ends, and what follows what."""

from collections.abc import Iterator

from benchmarks.judge.care_checks import Case, Finding
from benchmarks.judge.facts import FLOOR, LOW, LYING_OR_SITTING

MIN_EXERCISES_TO_VARY = 4


def find_sense_faults(case: Case) -> Iterator[Finding]:
    """Yield what a physiotherapist would object to in a session as a whole."""
    for check in (_warm_up, _recovery, _desk_break, _cold_start, _same_goal, _first_doses):
        yield from check(case)


def _warm_up(case: Case) -> Iterator[Finding]:
    if case.request.purpose != "pre_training":
        return
    named_floor_only = case.request.positions is not None and set(case.request.positions) <= FLOOR | LOW
    if case.exercises[-1].position in FLOOR | LOW and not named_floor_only:
        yield "warm-up that ends on the floor", f"{[e.slug for e in case.exercises]}"
    if all(exercise.pattern in ("breathing", "static_hold", "isometric") for exercise in case.exercises):
        yield "warm-up without movement", f"{[e.slug for e in case.exercises]}"


def _recovery(case: Case) -> Iterator[Finding]:
    if case.request.purpose != "recovery" or case.request.duration_s <= 300:
        return
    positions = case.request.positions
    if case.exercises[-1].position not in LYING_OR_SITTING and (positions is None or LYING_OR_SITTING & set(positions)):
        yield "recovery that ends standing", f"{[e.slug for e in case.exercises]}"
    if case.exercises[-1].pattern != "breathing":
        yield "recovery that ends without breathing", f"{[e.slug for e in case.exercises]}"


def _desk_break(case: Case) -> Iterator[Finding]:
    positions = case.request.positions or case.facts.default_positions(case.request.conditions)
    if case.request.purpose != "desk_break" or len(case.exercises) < 2:
        return
    may_stand = positions is None or {"standing", "wall_standing"} & set(positions)
    if may_stand and all(exercise.position == "seated" for exercise in case.exercises):
        yield "desk break that never leaves the chair", f"{[e.slug for e in case.exercises]}"


def _cold_start(case: Case) -> Iterator[Finding]:
    first = case.exercises[0]
    is_named = first.slug in case.request.include
    is_end_range_hold = first.pattern == "static_hold" and first.reaches("sustained_end_range", "full")
    if len(case.exercises) > 1 and not is_named and (first.pattern == "strength" or is_end_range_hold):
        yield "cold start", f"{first.slug} ({case.request.purpose}, {case.request.duration_s} s)"


def _same_goal(case: Case) -> Iterator[Finding]:
    if len(case.request.goals) < 2 or len(case.exercises) < MIN_EXERCISES_TO_VARY:
        return
    first_goals = [max(e.goals, key=lambda goal: e.goals[goal]) for e in case.exercises]
    for start in range(len(first_goals) - 2):
        if len(set(first_goals[start : start + 3])) == 1:
            yield "three running for one goal", f"{first_goals[start]}: {[e.slug for e in case.exercises]}"
            return


def _first_doses(case: Case) -> Iterator[Finding]:
    if case.request.history:
        return
    for item, exercise in zip(case.items, case.exercises, strict=True):
        own, given = exercise.dose, item.dose
        amounts = ((given.sets, own["sets"]), (given.reps, own.get("reps")), (given.breaths, own.get("breaths")))
        if any((amount or 0) > (usual or 0) for amount, usual in amounts):
            yield "first dose above the exercise's own", exercise.slug
