"""The seconds that a request needs, where more time is all that it lacks."""

from typing import Final

from app.schemas.session_request import SessionRequest
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S
from app.sessions.problem.prepared_problem import PreparedProblem, prepare_problem
from app.sessions.solve import is_solvable
from app.sessions.solver.objective import ordered_transition_s

MAX_SESSION_S: Final = 3600
"""The longest session that can be requested."""
HINT_OFFSETS_S: Final = (0, -1, 8, 32, 128, 512)
"""Seconds beside the likely minimum that are tried first, before the interval is halved."""


def min_duration_s(request: SessionRequest, index: ExerciseIndex) -> int | None:
    """Return the seconds with which the request can be met and with one less cannot; None where time does not help."""
    infeasible_s = request.duration_s
    for feasible_s in (SINGLE_PHASE_MAX_S, MAX_SESSION_S):  # Sessions of one phase keep other limits than longer ones.
        if infeasible_s < feasible_s:
            prepared = prepare_problem(_with_duration(request, feasible_s), index)
            if is_solvable(prepared):
                return _bisect_duration(infeasible_s, feasible_s, prepared)
            infeasible_s = feasible_s
    return None


def _with_duration(request: SessionRequest, seconds: int) -> SessionRequest:
    return request.model_copy(update={"duration_s": seconds})


def _bisect_duration(infeasible_s: int, feasible_s: int, prepared: PreparedProblem) -> int:
    """The fewest seconds above `infeasible_s` that do; `prepared` is the problem of `feasible_s`."""
    lower_bound_s, likely_s = _duration_bounds(prepared)
    infeasible_s = max(infeasible_s, lower_bound_s - 1)
    hints = [likely_s + offset for offset in HINT_OFFSETS_S]
    while feasible_s - infeasible_s > 1:
        middle = hints.pop(0) if hints else (infeasible_s + feasible_s) // 2
        if infeasible_s < middle < feasible_s:
            if is_solvable(prepare_problem(_with_duration(prepared.request, middle), prepared.index)):
                feasible_s = middle
            else:
                infeasible_s = middle
    return feasible_s


def _duration_bounds(prepared: PreparedProblem) -> tuple[int, int]:
    """Seconds under which nothing can do, and seconds that are likely to."""
    problem, initial = prepared.problem, prepared.initial or ()
    if not problem.required:
        serving = [placement for placement in problem.placements if not placement.serves_no_goal]
        shortest_s = min(placement.options[0].time_s for placement in serving)
        return shortest_s, shortest_s
    times = [problem.option_of(choice).time_s for choice in initial]
    return sum(times[: len(problem.required)]), sum(times) + (ordered_transition_s(problem, initial) or 0)
