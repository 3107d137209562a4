"""From a prepared problem to an ordered selection of exercises."""

from typing import NamedTuple

from app.schemas.session_request import SessionRequest
from app.sessions.problem.exercise_index import Shelf
from app.sessions.problem.prepare import PLAIN, Prepared, Variation, prepare
from app.sessions.solver.model import Choice
from app.sessions.solver.objective import (
    OrderedSelection,
    goal_seconds,
    is_feasible,
    order_selection,
    ordered_transition_s,
)
from app.sessions.solver.search import search


class Attempt(NamedTuple):
    """What came of a request: all that was known of it, and what was chosen; None where nothing that was asked fits."""

    prepared: Prepared
    chosen: OrderedSelection | None


def attempt(request: SessionRequest, shelf: Shelf, variation: Variation = PLAIN) -> Attempt:
    """Builds. A session that holds nothing named and serves none of its goals is not what was asked for."""
    prepared = prepare(request, shelf, variation)
    problem, start = prepared.problem, prepared.start
    if start is None or not (problem.required or least(prepared)):
        return Attempt(prepared, None)
    chosen = search(problem, request.seed, start)
    if chosen is None or not any(goal_seconds(problem, chosen.choices)):
        # What is known to be possible is not refused because the search found more worth elsewhere.
        serving = least(prepared)
        instead = chosen or order_selection(problem, start) if request.include else None
        chosen = instead if serving is None else order_selection(problem, serving)
    return Attempt(prepared, chosen)


def least(prepared: Prepared) -> tuple[Choice, ...] | None:
    """What is named at its shortest, with an exercise more where that serves no goal; None where nothing will do."""
    problem, start = prepared.problem, prepared.start
    if start is None or any(goal_seconds(problem, start)):
        return start
    taken = {problem.placements[choice.placement].family for choice in start}
    for n, line in enumerate(problem.placements):
        share = max(line.goal_shares, default=0)
        if not share or line.family in taken:
            continue
        option = next((o for o, option in enumerate(line.options) if option.work_s * share >= 1000), None)
        if option is not None:
            trial = (*start, Choice(n, option))
            if is_feasible(problem, trial, 0):
                moving = ordered_transition_s(problem, trial)
                if moving is not None and is_feasible(problem, trial, moving):
                    return trial
    return None


def possible(request: SessionRequest, shelf: Shelf, known: Prepared | None = None) -> bool:
    """True exactly where `attempt` chooses something."""
    prepared = known or prepare(request, shelf)
    return prepared.feasible and (bool(request.include) or least(prepared) is not None)
