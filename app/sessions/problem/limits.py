"""How long each phase and each load may be: by length, purpose and age, and wider where little is eligible."""

from collections.abc import Sequence

from app.schemas.session_request import SessionRequest
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.exercise_index import CAPPED, LOADS
from app.sessions.solver.model import Placement

BREAK_S = 300
"""Up to here a session has one phase, `mobilise`."""


def phase_shares(
    request: SessionRequest, lines: Sequence[Placement], must: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Seconds that each phase should have and may have, by length and purpose; wider where little is eligible."""
    budget = request.duration_s
    if budget <= BREAK_S:
        return (0, 0, 0, 0), (0, budget, 0, 0)
    weights = {wish.goal: wish.weight for wish in request.goals}
    strong = weights.get("strength", 0) * 4 >= sum(weights.values())
    calm = request.purpose == "recovery"
    older = 60 if request.age_band in ("40-64", "65+") else 0
    least = [budget * 8 // 100, 0, budget * 20 // 100 if strong and not calm else 0, budget * 8 // 100]
    largest = [budget * 22 // 100 + 2 * older, budget, budget, budget * (60 if calm else 25) // 100]
    if request.purpose in ("pre_training", "desk_break"):
        least[3] = 0
    if request.purpose == "pre_training":
        largest[3] = 0
    if older and budget >= 900:
        least[0] += older
    return _made_possible(budget, least, largest, lines, must)


def _made_possible(
    budget: int, least: list[int], largest: list[int], lines: Sequence[Placement], must: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shares that the eligible exercises can keep: no phase is asked for more than there is, none kept too small."""
    longest: dict[int, list[int]] = {}
    for line in lines:
        phase = PHASE_OF_STAGE[line.stage]
        times = longest.setdefault(line.family, [0, 0, 0, 0])
        times[phase] = max(times[phase], line.options[-1].time_s)
    supply = [sum(times[phase] for times in longest.values()) for phase in range(4)]
    inner = sum(max(times[1], times[2]) for times in longest.values())
    missing = max(0, budget - inner - min(largest[0], supply[0]) - min(largest[3], supply[3]))
    inside = {line.exercise for line in lines if PHASE_OF_STAGE[line.stage] in (1, 2)}
    outside = {
        line.exercise: line.options[0].time_s for line in lines if line.exercise in must and line.exercise not in inside
    }
    named = sum(outside.values())
    for phase in (0, 3):
        if largest[phase]:
            largest[phase] = min(budget, max(largest[phase] + missing, named))
    least = [min(seconds, there, most) for seconds, there, most in zip(least, supply, largest, strict=True)]
    return tuple(least), tuple(largest)


def load_caps(budget: int, lines: Sequence[Placement], must: Sequence[int]) -> tuple[int, ...]:
    """Seconds that each load may have: a third of the session, more only for what is asked for by name."""
    named = [0] * len(LOADS)
    for load, seconds in {
        line.exercise: (line.load, line.options[0].time_s) for line in lines if line.exercise in must
    }.values():
        named[load] += seconds
    return tuple(max(budget * 35 // 100, 100, named[n]) if load in CAPPED else budget for n, load in enumerate(LOADS))
