"""Changes of a request that may let exercises in: candidates, not yet proved."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from app.rules.condition_rules import default_positions
from app.rules.equipment import missing_equipment
from app.rules.vocabulary import Equipment, Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.explain.obstacles import InfeasibleRequest
from app.sessions.problem.dosing import exercise_dosing

NEGOTIABLE_FIELDS: Final = ("available_equipment", "positions", "exclude", "purpose")
"""Fields that a suggestion may change beside `include` and `duration_s`. What is for safety is never among them."""
RequestChange = tuple[tuple[str, tuple[str, ...] | str | int], ...]
"""Fields of a request, each once, with their new values."""


def changes_without(slugs: Collection[str], case: InfeasibleRequest) -> RequestChange:
    """Return the change that takes these slugs out of `include`; no change where there are none."""
    remaining = tuple(slug for slug in case.request.include if slug not in slugs)
    return (("include", remaining),) if slugs else ()


def changes_admitting(slugs: Sequence[str], fields: Collection[str], case: InfeasibleRequest) -> list[RequestChange]:
    """Return the changes of `fields` that let these exercises in; none where a field is not negotiable."""
    exercises = [case.prepared.index.by_slug(slug) for slug in slugs]
    if not fields or not _are_negotiable(fields, exercises, case):
        return []
    new_values: dict[str, tuple[str, ...] | str | int] = {
        "positions": _with_positions(exercises, case.request),
        "exclude": tuple(slug for slug in case.request.exclude if slug not in slugs),
        "purpose": "standalone",
    }
    change: RequestChange = tuple((field, value) for field, value in new_values.items() if field in fields)
    if "available_equipment" not in fields:
        return [change]
    available = case.request.available_equipment
    return [
        (("available_equipment", (*available, *pieces)), *change)
        for pieces in _missing_piece_sets(exercises, frozenset(available))
    ]


def _are_negotiable(fields: Collection[str], exercises: Sequence[Exercise], case: InfeasibleRequest) -> bool:
    """True where each field may be changed for these exercises; not positions that are for safety."""
    if "positions" in fields and (case.effective.safe_positions is not None or _asks_unsafe_position(exercises, case)):
        return False
    return set(fields).issubset(NEGOTIABLE_FIELDS)


def _with_positions(exercises: Sequence[Exercise], request: SessionRequest) -> tuple[str, ...]:
    """The allowed positions and those of the exercises."""
    positions = (*(request.positions or ()), *(exercise.position for exercise in exercises))
    return tuple(dict.fromkeys(positions))


def _asks_unsafe_position(exercises: Sequence[Exercise], case: InfeasibleRequest) -> bool:
    """True where another position is not safe to start with: for a stated condition, or on the floor from 65 on."""
    safe = default_positions(case.request.conditions)
    if safe is not None and any(exercise.position not in safe for exercise in exercises):
        return True
    on_floor = any(one.strain == "floor_transfer" for exercise in exercises for one in exercise.strains)
    return on_floor and case.request.age_band == "65+"


def _missing_piece_sets(exercises: Sequence[Exercise], available: frozenset[str]) -> list[list[Equipment]]:
    """Equipment that meets every need: each piece that alone does, else one of each need, as few as can be."""
    missing = [group.any_of for exercise in exercises for group in missing_equipment(exercise.equipment, available)]
    alone = [piece for piece in missing[0] if all(piece in group for group in missing)]
    if alone:
        return [[piece] for piece in alone]
    pieces: list[Equipment] = []
    for group in sorted(missing, key=len):
        if not set(group).intersection(pieces):
            pieces.append(group[0])
    return [pieces]


def changes_admitting_included(excluded: Sequence[str], case: InfeasibleRequest) -> list[RequestChange]:
    """Return the changes that let the included exercises in that are excluded, or as many of them as may be."""
    fields_of = {slug: set(case.excluding_fields(case.prepared.index.number_of[slug])) for slug in excluded}
    changes: list[RequestChange] = []
    for group in _admissible_groups(fields_of, case):
        fields = set[str]().union(*(fields_of[slug] for slug in group))
        rest = changes_without([slug for slug in excluded if slug not in group], case)
        changes += [(*change, *rest) for change in changes_admitting(group, fields, case)]
    return [*changes, changes_without(excluded, case)]


def _admissible_groups(fields_of: Mapping[str, set[str]], case: InfeasibleRequest) -> list[list[str]]:
    """All exercises that a change can let in, then those for which a change of one field is enough, by field."""
    admissible = [slug for slug, fields in fields_of.items() if changes_admitting([slug], fields, case)]
    return [admissible, *([slug for slug in admissible if fields_of[slug] == {field}] for field in NEGOTIABLE_FIELDS)]


def changes_resolving_conflict(conflicting: Sequence[str], case: InfeasibleRequest) -> list[RequestChange]:
    """Return the changes that take one of the included exercises out that do not go together, or change the purpose."""
    changes = [changes_without([slug], case) for slug in conflicting]
    return changes if case.request.purpose == "standalone" else [*changes, (("purpose", "standalone"),)]


def changes_admitting_goals(case: InfeasibleRequest) -> tuple[list[RequestChange], list[RequestChange]]:
    """Return the changes that let an exercise in that serves a goal: those that do in the time there is, and others.

    First what changes the fewest fields and serves most goals, then one of each set of fields in turn.
    """
    exercises = case.prepared.index.exercises
    admitted: dict[RequestChange, list[int]] = {}
    for number in case.serving_exercises():
        for change in changes_admitting([exercises[number].slug], case.excluding_fields(number), case):
            admitted.setdefault(change, []).append(number)
    in_time: list[RequestChange] = []
    too_long: list[RequestChange] = []
    for change in _take_turns(_rank_changes(admitted, case)):
        shortest_s = min(_shortest_s(number, case) for number in admitted[change])
        # Another purpose may allow shorter doses.
        fits = shortest_s <= case.request.duration_s or "purpose" in dict(change)
        (in_time if fits else too_long).append(change)
    return in_time, too_long


def _shortest_s(number: int, case: InfeasibleRequest) -> int:
    return case.prepared.index.options(number, exercise_dosing(number, case.request, case.prepared.index))[0].time_s


RankedChange = tuple[int, int, int, int, str, RequestChange]
"""Fields changed, goals served (below zero), values, exercises admitted (below zero), text, and the change."""


def _rank_changes(admitted: dict[RequestChange, list[int]], case: InfeasibleRequest) -> list[RankedChange]:
    requested = case.request.weight_by_goal.keys()
    ranked = []
    for change, numbers in admitted.items():
        goals = requested & frozenset[Goal]().union(*(_goals(number, case) for number in numbers))
        values = sum(len(value) for _, value in change if isinstance(value, tuple))
        # The text of the change decides among equals, so that the order is always the same.
        ranked.append((len(change), -len(goals), values, -len(numbers), str(change), change))
    return sorted(ranked)


def _goals(number: int, case: InfeasibleRequest) -> frozenset[Goal]:
    return frozenset(case.prepared.index.exercises[number].goal_weights)


def _take_turns(ranked: Sequence[RankedChange]) -> list[RequestChange]:
    """The changes so that, among equals in fields and goals, each set of changed fields has its turn."""
    turns: dict[str, int] = {}
    in_turn = []
    for field_count, goals_below_zero, *_, change in ranked:
        fields = str([NEGOTIABLE_FIELDS.index(field) for field, _ in change])
        turns[fields] = turns.get(fields, 0) + 1
        in_turn.append((field_count, goals_below_zero, turns[fields], fields, change))
    return [entry[-1] for entry in sorted(in_turn)]
