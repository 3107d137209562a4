"""What stated conditions add to the problem: seconds that strains may have, and exercises that are kept apart."""

from collections.abc import Sequence
from typing import Literal

from app.rules.strain_limits import list_strain_limits
from app.sessions.problem.eligibility import Eligibility
from app.sessions.problem.exercise_index import LIMITED_LOADS, LOAD_GROUPS

NO_LOAD = 0
"""The load of exercises that may follow each other."""
APART_LOAD = len(LOAD_GROUPS)
"""The load, in the order of a session, of exercises that a condition keeps apart."""


def order_loads(eligibility: Eligibility) -> Sequence[int]:
    """Return what each exercise loads, as the order of a session sees it.

    Exercises that a condition keeps apart load the same. Where some of them have load groups of their own, these
    groups become one, too: what follows from either is then kept. Only the order is stricter by that: the seconds of
    each group stay limited on their own, see `list_merged_loads`.
    """
    index = eligibility.effective.index
    loads = index.load_ids
    for limit in eligibility.effective.strain_limits:
        if limit.apart:
            members = {number for number in eligibility.exercises if limit.concerns(index.strains[number])}
            merged = {loads[number] for number in members} - {NO_LOAD}
            loads = [APART_LOAD if number in members or load in merged else load for number, load in enumerate(loads)]
    return loads


def list_merged_loads(loads: Sequence[int], eligibility: Eligibility) -> list[int]:
    """Return the load groups with limited seconds that `order_loads` has made one with others, by number."""
    own_loads = eligibility.effective.index.load_ids
    merged = {own_loads[number] for number in eligibility.exercises if loads[number] == APART_LOAD}
    return sorted(load for load in merged if LOAD_GROUPS[load] in LIMITED_LOADS)


def strain_max_seconds(eligibility: Eligibility) -> tuple[int, ...]:
    """Return the seconds of each limit on the strains of a whole session."""
    limits = eligibility.effective.strain_limits
    return tuple(limit.max_total_s for limit in limits if limit.max_total_s is not None)


def limit_field(limit: int, eligibility: Eligibility) -> Literal["conditions", "history"]:
    """Return the field of the request that a limit of `strain_max_seconds` comes from."""
    stated = list_strain_limits(eligibility.effective.request.conditions)
    # The limits of the conditions come first.
    from_conditions = sum(1 for own in stated if own.max_total_s is not None)
    return "conditions" if limit < from_conditions else "history"


def count_limits(number: int, eligibility: Eligibility) -> tuple[int, ...]:
    """Return the numbers of the limits of `strain_max_seconds` to which an exercise counts."""
    degrees = eligibility.effective.index.strains[number]
    limits = [limit for limit in eligibility.effective.strain_limits if limit.max_total_s is not None]
    return tuple(place for place, limit in enumerate(limits) if limit.concerns(degrees))
