"""What is best, proved: every subset of a small problem, or a mixed integer programme for HiGHS.

Both leave out that equal loads must not meet, so that what they find is never less than what a session can have.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import highspy
import numpy as np

from app.sessions.ordering.stages import PHASE_OF_STAGE, STAGE_COUNT
from app.sessions.ordering.transitions import min_path_s
from app.sessions.problem.utility import UTILITY_CURVE
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import (
    FREE_IDLE_S,
    FREE_OFF_GOAL_S,
    MAX_IMBALANCE_PENALTY,
    OFF_GOAL_PENALTY_PER_S,
    PHASE_SHORTFALL_PENALTY_PER_S,
    is_feasible,
    objective,
    order_selection,
)


class Proof(NamedTuple):
    """The best points there can be, and whether they are reached; None where nothing fits."""

    bound: float | None
    proved: bool


def unordered_moving(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    """Least seconds of moving where loads may meet."""
    masks = [0] * STAGE_COUNT
    for choice in choices:
        line = problem.placements[choice.placement]
        masks[line.stage] |= 1 << line.position
    return min_path_s(problem.transitions, masks)


def brute_force(problem: IntegerProblem, ordered: bool) -> int | None:
    """The best of all choices, with or without the rule of order. For a handful of lines only."""
    best: int | None = None
    menus: list[list[Choice | None]] = [
        [None, *(Choice(n, option) for option in range(len(line.options)))] for n, line in enumerate(problem.placements)
    ]
    for combination in product(*menus):
        choices = [choice for choice in combination if choice is not None]
        moving = unordered_moving(problem, choices)
        if not choices or not is_feasible(problem, choices, moving):
            continue
        points = objective(problem, choices, moving)
        if best is not None and points <= best:
            continue
        if ordered:
            found = order_selection(problem, choices)
            if (
                found is None
                or not is_feasible(problem, choices, found.transition_s)
                or (best is not None and found.points <= best)
            ):
                continue
            points = found.points
        best = points
    return best


class _Model:
    """Rows and columns as they are added."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.starts, self.index, self.values = [0], list[int](), list[float]()
        self.low: list[float] = []
        self.high: list[float] = []

    def column(self, cost: float, upper: float, whole: bool = True) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        self.index += [column for column, _ in terms]
        self.values += [value for _, value in terms]
        self.starts.append(len(self.index))
        self.low.append(low)
        self.high.append(high)


INFINITE = float("inf")


def prove(problem: IntegerProblem, seconds: float, offset: int = 0) -> Proof:
    """The optimum without the rule of order, or the best bound found in so many seconds."""
    model = _Model()
    chosen = [
        (choice, model.column(line.value - line.options[choice.option].distance, 1))
        for n, line in enumerate(problem.placements)
        for choice in (Choice(n, option) for option in range(len(line.options)))
    ]
    _limits(model, problem, chosen)
    moves = _moves(model, problem, chosen)
    used = [(column, float(problem.placements[c.placement].options[c.option].time_s)) for c, column in chosen]
    model.row([*used, *moves], -INFINITE, problem.budget_s)
    idle = model.column(-problem.idle_penalty_per_s, problem.budget_s, whole=False)
    borne = [(column, time + FREE_IDLE_S) for column, time in used]
    model.row([*borne, *moves, (idle, 1.0)], problem.budget_s, INFINITE)
    return _solve(model, seconds)


def _limits(model: _Model, problem: IntegerProblem, chosen: list[tuple[Choice, int]]) -> None:
    by_family: dict[int, list[tuple[int, float]]] = {}
    by_must: dict[int, list[tuple[int, float]]] = {number: [] for number in problem.required}
    phases: list[list[tuple[int, float]]] = [[], [], [], []]
    loads: list[list[tuple[int, float]]] = [[] for _ in problem.load_max_s]
    for choice, column in chosen:
        line = problem.placements[choice.placement]
        time = float(line.options[choice.option].time_s)
        by_family.setdefault(line.family, []).append((column, 1.0))
        if line.exercise in by_must:
            by_must[line.exercise].append((column, 1.0))
        phases[PHASE_OF_STAGE[line.stage]].append((column, time))
        loads[line.load].append((column, time))
    for terms in by_family.values():
        model.row(terms, -INFINITE, 1)
    for terms in by_must.values():
        model.row(terms, 1, 1)
    model.row([(column, 1.0) for _, column in chosen], 1, problem.max_exercises)
    for terms, least, most in zip(phases, problem.phase_min_s, problem.phase_max_s, strict=True):
        model.row(terms, -INFINITE, most)
        if least:
            short = model.column(-PHASE_SHORTFALL_PENALTY_PER_S, least, whole=False)
            model.row([*terms, (short, 1.0)], least, INFINITE)
    for terms, most in zip(loads, problem.load_max_s, strict=True):
        model.row(terms, -INFINITE, most)
    _rewards(model, problem, chosen)


def _rewards(model: _Model, problem: IntegerProblem, chosen: list[tuple[Choice, int]]) -> None:
    _evenness(model, problem, chosen)
    off_goal = [
        (column, float(problem.option_of(choice).time_s * (1 if problem.placement_of(choice).serves_no_goal else -1)))
        for choice, column in chosen
    ]
    over = model.column(-problem.idle_penalty_per_s - OFF_GOAL_PENALTY_PER_S, problem.budget_s, whole=False)
    model.row([*off_goal, (over, -1.0)], -INFINITE, FREE_OFF_GOAL_S)
    for goal, worth in enumerate(problem.goal_utility):
        work = _work(problem, chosen, goal)
        model.row([*work, *[(part, -1.0) for part in _pieces(model, worth)]], 0, INFINITE)
    if problem.balance_bonus:
        for bit in range(3):
            has = model.column(problem.balance_bonus, 1)
            model.row(
                [(has, -1.0), *[(col, 1.0) for c, col in chosen if problem.placements[c.placement].balance >> bit & 1]],
                0,
                INFINITE,
            )


def _work(problem: IntegerProblem, chosen: list[tuple[Choice, int]], goal: int) -> list[tuple[int, float]]:
    """The seconds of each choice that count for a goal."""
    return [
        (column, float(problem.option_of(choice).work_s * problem.placement_of(choice).goal_shares[goal] // 1000))
        for choice, column in chosen
        if problem.placement_of(choice).goal_shares[goal]
    ]


def _evenness(model: _Model, problem: IntegerProblem, chosen: list[tuple[Choice, int]]) -> None:
    """What is lost by goals under or over their share, and never more than so much."""
    if not problem.imbalance_penalty_per_s:
        return
    works = [_work(problem, chosen, goal) for goal in range(len(problem.goal_utility))]
    whole: dict[int, float] = {}
    for work in works:
        for column, seconds in work:
            whole[column] = whole.get(column, 0.0) + seconds
    most = 4.0 * problem.budget_s * problem.imbalance_penalty_per_s
    lost = model.column(-1, MAX_IMBALANCE_PENALTY, whole=False)
    capped = model.column(0, 1)
    parts = []
    for work, low, high in zip(works, problem.goal_min_share, problem.goal_max_share, strict=True):
        off = model.column(0, 4000.0 * problem.budget_s, whole=False)
        parts.append((off, problem.imbalance_penalty_per_s / 1000))
        own = dict(work)
        for share, sign in ((low, 1.0), (high, -1.0)):
            # off >= sign * (share of all - 1000 times its own)
            terms = [(c, sign * (seconds * share - 1000 * own.get(c, 0.0))) for c, seconds in whole.items()]
            model.row([*terms, (off, -1.0)], -INFINITE, 0)
    model.row([*parts, (lost, -1.0), (capped, -most)], -INFINITE, 0)
    model.row([(lost, 1.0), (capped, -float(MAX_IMBALANCE_PENALTY))], 0, INFINITE)


def _pieces(model: _Model, worth: Sequence[int]) -> list[int]:
    """A column for each straight piece of a goal's curve; rates only fall, so that they fill in order."""
    columns = []
    at = 0
    while at < len(worth) - 1:
        rate = worth[at + 1] - worth[at]
        end = at + 1
        while end < len(worth) - 1 and worth[end + 1] - worth[end] == rate:
            end += 1
        if rate:
            columns.append(model.column(rate, end - at))
        at = end
    assert len(columns) <= len(UTILITY_CURVE)
    return columns


def _moves(model: _Model, problem: IntegerProblem, chosen: list[tuple[Choice, int]]) -> list[tuple[int, float]]:
    """A path through the places that are used, stages in order; its columns with their seconds."""
    cells: dict[tuple[int, int], list[int]] = {}
    for choice, column in chosen:
        line = problem.placements[choice.placement]
        cells.setdefault((line.stage, line.position), []).append(column)
    names = sorted(cells)
    on = {cell: model.column(0, 1) for cell in names}
    first = {cell: model.column(0, 1) for cell in names}
    last = {cell: model.column(0, 1) for cell in names}
    turn = {cell: model.column(0, len(names), whole=False) for cell in names}
    arcs = {
        (a, b): model.column(-problem.transition_penalty_per_s * problem.transitions.seconds[a[1]][b[1]], 1)
        for a in names
        for b in names
        if a != b and b[0] >= a[0]
    }
    for cell in names:
        for column in cells[cell]:
            model.row([(column, 1.0), (on[cell], -1.0)], -INFINITE, 0)
        model.row([*[(column, 1.0) for column in cells[cell]], (on[cell], -1.0)], 0, INFINITE)
        into = [(column, 1.0) for (_, b), column in arcs.items() if b == cell]
        out = [(column, 1.0) for (a, _), column in arcs.items() if a == cell]
        model.row([*into, (first[cell], 1.0), (on[cell], -1.0)], 0, 0)
        model.row([*out, (last[cell], 1.0), (on[cell], -1.0)], 0, 0)
    model.row([(column, 1.0) for column in first.values()], 1, 1)
    model.row([(column, 1.0) for column in last.values()], 1, 1)
    size = float(len(names))
    for (a, b), column in arcs.items():
        if a[0] == b[0]:
            model.row([(turn[a], 1.0), (turn[b], -1.0), (column, size + 1)], -INFINITE, size)
    return [
        (column, float(problem.transitions.seconds[a[1]][b[1]]))
        for (a, b), column in arcs.items()
        if problem.transitions.seconds[a[1]][b[1]]
    ]


def _solve(model: _Model, seconds: float) -> Proof:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    for name, value in (("threads", 1), ("time_limit", seconds), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
        solver.setOptionValue(name, value)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(model.cost), len(model.low)
    programme.col_cost_ = np.array(model.cost, dtype=float)
    programme.col_lower_ = np.zeros(len(model.cost))
    programme.col_upper_ = np.array(model.upper, dtype=float)
    programme.row_lower_, programme.row_upper_ = np.array(model.low), np.array(model.high)
    programme.sense_ = highspy.ObjSense.kMaximize
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.array(model.starts)
    programme.a_matrix_.index_ = np.array(model.index)
    programme.a_matrix_.value_ = np.array(model.values, dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    programme.integrality_ = [kinds[whole] for whole in model.whole]
    solver.passModel(programme)
    solver.run()
    status = solver.modelStatusToString(solver.getModelStatus())
    if "nfeasible" in status:
        return Proof(None, True)
    info = solver.getInfo()
    return Proof(float(info.mip_dual_bound), status == "Optimal")
