"""Why a goal got less than its share: the reason is what keeps its exercises out, worked out anew here."""

import random
from collections.abc import Sequence

import pytest

from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.sessions.build import build_session
from app.sessions.explain import coverage
from app.sessions.problem.solution import Solution
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import is_feasible, ordered_transition_s
from app.sessions.texts import SessionNoteTexts, load_texts
from benchmarks.catalogues import index_of
from benchmarks.session_requests import any_request

MANY_S = 10**5
LIMITS = ("time", "phase", "load")
SEEDS = (40, 61, 126, 145, 325, 413, 445, 485, 671, 823, 905, 943, 1438)
"""Of requests with a goal that some limit keeps short."""


def lift(problem: IntegerProblem, limits: Sequence[str]) -> IntegerProblem:
    """Return the problem without some of its limits. The main phases have the time of the session as theirs."""
    if "time" in limits:
        main = tuple(MANY_S if max_s >= problem.budget_s else max_s for max_s in problem.phase_max_s)
        problem = problem._replace(budget_s=MANY_S, phase_max_s=main)
    if "phase" in limits:
        problem = problem._replace(phase_max_s=(MANY_S,) * len(problem.phase_max_s))
    if "load" in limits:
        problem = problem._replace(load_max_s=(MANY_S,) * len(problem.load_max_s), strain_max_s=())
    return problem


def can_be_added(number: int, solution: Solution, *lifted: str) -> bool:
    """Return whether a placement could come in its shortest dose if these limits were not there."""
    problem = lift(solution.prepared.problem, lifted)
    if "load" in lifted:
        placements = tuple(placement._replace(strain_limits=(), load=0) for placement in problem.placements)
        problem = problem._replace(placements=placements)
    choices = (*solution.choices, Choice(number, 0))
    transition_s = ordered_transition_s(problem, choices)
    return transition_s is not None and is_feasible(problem, choices, transition_s)


def test_a_reason_names_the_limit_that_keeps_the_goal_short(
    exercises: tuple[Exercise, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, Sequence[int], Solution]] = []
    write_limit = coverage._write_limit

    def record_limit(goal: Goal, unused: Sequence[int], solution: Solution) -> str:
        told.append((write_limit(goal, unused, solution), unused, solution))
        return told[-1][0]

    monkeypatch.setattr(coverage, "_write_limit", record_limit)
    for seed in SEEDS:
        build_session(any_request(random.Random(seed), exercises), index_of(exercises))
    kinds = []
    for text, unused, solution in told:
        kind = kind_of(text)
        kinds.append(kind)
        # What a limit keeps out stays out when every other limit is lifted; else several limits would be to blame.
        kept_out_by = [
            limit
            for limit in LIMITS
            if not any(
                can_be_added(number, solution, *(other for other in LIMITS if other != limit)) for number in unused
            )
        ]
        only_time = any(
            not can_be_added(number, solution) and can_be_added(number, solution, "time") for number in unused
        )
        is_open = any(can_be_added(number, solution) for number in unused)
        if kind == "goes_less_well":
            assert is_open or not (only_time or kept_out_by), text
        else:
            assert not is_open
            assert only_time if kind == "time" else kind in kept_out_by, text
    assert set(kinds) == {*LIMITS, "goes_less_well"}


def kind_of(text: str) -> str:
    texts = load_texts(SessionNoteTexts).coverage
    kinds = {
        "time": [texts.costs_more],
        "phase": [texts.warm_up_is_full, texts.end_is_full],
        "load": [texts.more_would_tire, texts.any_would_tire],
        "goes_less_well": [texts.goes_less_well],
    }
    ends = {kind: [template.split("}")[1] for template in templates] for kind, templates in kinds.items()}
    (kind,) = {kind for kind, templates in ends.items() for end in templates if text.endswith(end)}
    return kind


@pytest.mark.parametrize(
    ("seed", "goal", "is_full"),
    [(9, "overhead", False), (48, "flexion", False), (62, "stability", False), (3, "breathing", True)],
)
def test_where_time_is_left_nothing_would_take_it(
    exercises: tuple[Exercise, ...], seed: int, goal: Goal, is_full: bool
) -> None:
    plan = build_session(any_request(random.Random(seed), exercises), index_of(exercises))
    reason = next(one.reason for one in plan.coverage if one.goal == goal) or ""
    assert reason.startswith("All that you can do here")
    assert ("take time" in reason) == is_full == (plan.shortfall_s < 30)
