"""Limits of a session by length, purpose and age: how many exercises, and the seconds of each phase and each load."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from app.schemas.session_request import SessionRequest
from app.sessions.ordering.stages import PHASE_COUNT, PHASE_OF_STAGE
from app.sessions.problem.exercise_index import LIMITED_LOADS, LOAD_GROUPS
from app.sessions.problem.utility import wants_strength
from app.sessions.solver.model import Placement

SINGLE_PHASE_MAX_S: Final = 300
"""Sessions up to this many seconds have one phase, `mobilise`."""
OLDER_WARM_UP_S: Final = 60
"""Further seconds of warm-up from the age of 40."""
OLDER_WARM_UP_FROM_S: Final = 900
"""Length from which the warm-up of older people must be longer; below, it may be."""
MAX_LOAD_PER_CENT: Final = 35
"""Hundredths of a session that a limited load may have."""
MAX_GRIP_PER_CENT: Final = 45
"""The same for the grip: more than half of its seconds are rests between the sets."""
MIN_LOAD_LIMIT_S: Final = 100
"""Seconds that a limited load may always have."""
PREPARE, MOBILISE, STRENGTHEN, RESTORE = range(PHASE_COUNT)
"""The phases by number, in their order."""


class PhaseBounds(NamedTuple):
    """For each phase, the seconds that it should have and may have."""

    min_s: tuple[int, ...]
    max_s: tuple[int, ...]


def max_exercises(budget_s: int) -> int:
    """Return how many exercises a session may hold: 1 in a minute, 4 in five, 7 in ten, 10 in twenty, 20 in an hour."""
    return 1 + budget_s // 90 if budget_s <= 600 else min(20, 7 + (budget_s - 600) // 170)


def phase_bounds(request: SessionRequest, placements: Sequence[Placement], required: Sequence[int]) -> PhaseBounds:
    """Return the bounds of the phases, relaxed where the placements cannot keep them.

    Of a whole session: warm-up 8 to 22 % (35 % before training), strength at least 20 % where it is a quarter of the
    goals, winding down 8 to 25 % (60 % in recovery).
    """
    budget_s = request.duration_s
    if budget_s <= SINGLE_PHASE_MAX_S:
        return PhaseBounds((0, 0, 0, 0), (0, budget_s, 0, 0))
    is_recovery = request.purpose == "recovery"
    older_s = OLDER_WARM_UP_S if request.age_band in ("40-64", "65+") else 0
    min_s = [budget_s * 8 // 100, 0, 0, budget_s * 8 // 100]
    # Before training the whole session warms up.
    prepare_per_cent = 35 if request.purpose == "pre_training" else 22
    max_s = [
        budget_s * prepare_per_cent // 100 + 2 * older_s,
        budget_s,
        budget_s,
        budget_s * (60 if is_recovery else 25) // 100,
    ]
    if wants_strength(request) and not is_recovery:
        min_s[STRENGTHEN] = budget_s * 20 // 100
    if request.purpose in ("pre_training", "desk_break"):
        min_s[RESTORE] = 0
    if request.purpose == "pre_training":
        max_s[RESTORE] = 0
    if budget_s >= OLDER_WARM_UP_FROM_S:
        min_s[PREPARE] += older_s
    return _relax_to_available_exercises(budget_s, PhaseBounds(tuple(min_s), tuple(max_s)), placements, required)


def _relax_to_available_exercises(
    budget_s: int, bounds: PhaseBounds, placements: Sequence[Placement], required: Iterable[int]
) -> PhaseBounds:
    """Bounds that the placements can keep: none asks for more than there is, or leaves time that nothing else fills."""
    longest_s = _longest_by_family(placements)
    supply_s = [sum(times[phase] for times in longest_s) for phase in range(PHASE_COUNT)]
    # A family is used once: it gives its time to one of the two main phases, the larger one.
    main_phases_s = sum(max(times[MOBILISE], times[STRENGTHEN]) for times in longest_s)
    edge_phases_s = sum(min(bounds.max_s[phase], supply_s[phase]) for phase in (PREPARE, RESTORE))
    unfilled_s = max(0, budget_s - main_phases_s - edge_phases_s)
    required_s = _required_edge_phases_s(placements, required)
    max_s = list(bounds.max_s)
    for phase in (PREPARE, RESTORE):
        # A limit of 0 is the purpose's own and stays.
        if max_s[phase]:
            max_s[phase] = min(budget_s, max(max_s[phase] + unfilled_s, required_s))
    min_s = [min(times) for times in zip(bounds.min_s, supply_s, max_s, strict=True)]
    return PhaseBounds(tuple(min_s), tuple(max_s))


def _longest_by_family(placements: Sequence[Placement]) -> list[list[int]]:
    """For each family, the longest seconds that it can have in each phase."""
    longest_s: dict[int, list[int]] = {}
    for placement in placements:
        phase = PHASE_OF_STAGE[placement.stage]
        times = longest_s.setdefault(placement.family, [0] * PHASE_COUNT)
        times[phase] = max(times[phase], placement.options[-1].time_s)
    return list(longest_s.values())


def _required_edge_phases_s(placements: Sequence[Placement], required: Iterable[int]) -> int:
    """Shortest seconds of the required exercises that can neither mobilise nor strengthen."""
    inside = {
        placement.exercise for placement in placements if PHASE_OF_STAGE[placement.stage] in (MOBILISE, STRENGTHEN)
    }
    return sum(_shortest_seconds(placements, set(required) - inside).values())


def _shortest_seconds(placements: Sequence[Placement], exercises: Collection[int]) -> dict[int, int]:
    """The seconds of the shortest dose of each of these exercises, by number."""
    return {
        placement.exercise: placement.options[0].time_s for placement in placements if placement.exercise in exercises
    }


def max_load_seconds(
    budget_s: int, placements: Sequence[Placement], required: Sequence[int], load_ids: Sequence[int]
) -> tuple[int, ...]:
    """Return the seconds that each load group may have: 35 % of the session, the grip 45 %, and what is required.

    `load_ids` are the groups of all exercises; the order of a session may know them by other numbers.
    """
    required_s = [0] * len(LOAD_GROUPS)
    for exercise, seconds in _shortest_seconds(placements, required).items():
        required_s[load_ids[exercise]] += seconds
    per_cent = dict.fromkeys(LIMITED_LOADS, MAX_LOAD_PER_CENT) | {"grip": MAX_GRIP_PER_CENT}
    return tuple(
        max(budget_s * per_cent[group] // 100, MIN_LOAD_LIMIT_S, required_s[load]) if group in per_cent else budget_s
        for load, group in enumerate(LOAD_GROUPS)
    )
