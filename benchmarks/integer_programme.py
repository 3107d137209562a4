"""The optimum of a problem, proved by HiGHS: the same constraints and objective as a mixed-integer linear programme.

The programme lets equal loads be adjacent, so that its optimum is never less than that of any session.
"""

from collections.abc import Sequence

from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.utility import UTILITY_CURVE
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import (
    FREE_IDLE_S,
    MAX_IMBALANCE_PENALTY,
    OFF_GOAL_ALLOWANCE_S,
    OFF_GOAL_PENALTY_PER_S,
    PHASE_SHORTFALL_PENALTY_PER_S,
)
from benchmarks.linear_programme import INFINITE, Column, Programme, Proof, Term, solve_programme

Columns = list[tuple[Choice, Column]]
"""Each choice and its variable: 1 where the selection holds the choice."""
Cell = tuple[int, int]
"""A stage and a position."""


def prove_optimum(problem: IntegerProblem, limit_s: float) -> Proof:
    """The optimum, or the best bound after `limit_s` seconds."""
    programme = Programme()
    chosen = [
        (Choice(number, option), programme.add_variable(placement.value - placement.options[option].distance, 1))
        for number, placement in enumerate(problem.placements)
        for option in range(len(placement.options))
    ]
    _limit_selection(programme, problem, chosen)
    _limit_phases_and_loads(programme, problem, chosen)
    _reward_goals(programme, problem, chosen)
    _penalise_off_goal(programme, problem, chosen)
    _penalise_imbalance(programme, problem, chosen)
    _reward_wishes(programme, problem, chosen)
    _limit_time(programme, problem, chosen, _add_transitions(programme, problem, chosen))
    return solve_programme(programme, limit_s)


def _time_of(problem: IntegerProblem, choice: Choice) -> float:
    return float(problem.option_of(choice).time_s)


def _limit_selection(programme: Programme, problem: IntegerProblem, chosen: Columns) -> None:
    """One exercise of a family at most, every required exercise once, and no more exercises than allowed."""
    families: dict[int, list[Term]] = {}
    required: dict[int, list[Term]] = {exercise: [] for exercise in problem.required}
    for choice, column in chosen:
        placement = problem.placement_of(choice)
        families.setdefault(placement.family, []).append((column, 1.0))
        if placement.exercise in required:
            required[placement.exercise].append((column, 1.0))
    for terms in families.values():
        programme.add_constraint(terms, -INFINITE, 1)
    for terms in required.values():
        programme.add_constraint(terms, 1, 1)
    programme.add_constraint([(column, 1.0) for _, column in chosen], 1, problem.max_exercises)


def _limit_phases_and_loads(programme: Programme, problem: IntegerProblem, chosen: Columns) -> None:
    """Seconds of each phase and load under their limits; a phase under its minimum costs points."""
    phases: list[list[Term]] = [[] for _ in problem.phase_min_s]
    loads: list[list[Term]] = [[] for _ in problem.load_max_s]
    strains: list[list[Term]] = [[] for _ in problem.strain_max_s]
    for choice, column in chosen:
        placement = problem.placement_of(choice)
        phases[PHASE_OF_STAGE[placement.stage]].append((column, _time_of(problem, choice)))
        loads[placement.load].append((column, _time_of(problem, choice)))
        for limit in placement.strain_limits:
            strains[limit].append((column, _time_of(problem, choice)))
    for terms, min_s, max_s in zip(phases, problem.phase_min_s, problem.phase_max_s, strict=True):
        programme.add_constraint(terms, -INFINITE, max_s)
        if min_s:
            shortfall = programme.add_variable(-PHASE_SHORTFALL_PENALTY_PER_S, min_s, integer=False)
            programme.add_constraint([*terms, (shortfall, 1.0)], min_s, INFINITE)
    for terms, max_s in zip([*loads, *strains], [*problem.load_max_s, *problem.strain_max_s], strict=True):
        programme.add_constraint(terms, -INFINITE, max_s)


def _limit_time(programme: Programme, problem: IntegerProblem, chosen: Columns, transitions: Sequence[Term]) -> None:
    """Exercises and transitions within the budget; each idle second beyond the free ones costs points."""
    used = [(column, _time_of(problem, choice)) for choice, column in chosen]
    programme.add_constraint([*used, *transitions], -INFINITE, problem.budget_s)
    idle = programme.add_variable(-problem.idle_penalty_per_s, problem.budget_s, integer=False)
    stretched = [(column, time + FREE_IDLE_S) for column, time in used]
    programme.add_constraint([*stretched, *transitions, (idle, 1.0)], problem.budget_s, INFINITE)


def _goal_seconds(problem: IntegerProblem, chosen: Columns, goal: int) -> list[Term]:
    """The seconds of each choice that count for a goal."""
    return [
        (column, float(problem.option_of(choice).credit_s * problem.placement_of(choice).goal_shares[goal] // 1000))
        for choice, column in chosen
        if problem.placement_of(choice).goal_shares[goal]
    ]


def _reward_goals(programme: Programme, problem: IntegerProblem, chosen: Columns) -> None:
    """Points for seconds of each goal: a concave curve in straight pieces."""
    for goal, utility in enumerate(problem.goal_utility):
        pieces = _add_curve_pieces(programme, utility)
        seconds = _goal_seconds(problem, chosen, goal)
        programme.add_constraint([*seconds, *[(piece, -1.0) for piece in pieces]], 0, INFINITE)


def _add_curve_pieces(programme: Programme, utility: Sequence[int]) -> list[Column]:
    """A variable for each straight piece of a curve. Rates only fall, so that the optimum fills them in order."""
    columns = []
    start, last = 0, len(utility) - 1
    while start < last:
        rate = utility[start + 1] - utility[start]
        end = start + 1
        while end < last and utility[end + 1] - utility[end] == rate:
            end += 1
        if rate:
            columns.append(programme.add_variable(rate, end - start))
        start = end
    assert len(columns) <= len(UTILITY_CURVE)
    return columns


def _penalise_off_goal(programme: Programme, problem: IntegerProblem, chosen: Columns) -> None:
    """Seconds of exercises that serve no goal, beyond those that do and the free ones, cost points."""
    difference = [
        (column, _time_of(problem, choice) * (1 if problem.placement_of(choice).serves_no_goal else -1))
        for choice, column in chosen
    ]
    penalty_per_s = problem.idle_penalty_per_s + OFF_GOAL_PENALTY_PER_S
    excess = programme.add_variable(-penalty_per_s, problem.budget_s, integer=False)
    programme.add_constraint([*difference, (excess, -1.0)], -INFINITE, OFF_GOAL_ALLOWANCE_S)


def _penalise_imbalance(programme: Programme, problem: IntegerProblem, chosen: Columns) -> None:
    """Seconds of goals under or over their share cost points, up to `MAX_IMBALANCE_PENALTY`."""
    if not problem.imbalance_penalty_per_s:
        return
    seconds_by_goal = [_goal_seconds(problem, chosen, goal) for goal in range(len(problem.goal_utility))]
    total: dict[Column, float] = {}
    for terms in seconds_by_goal:
        for column, seconds in terms:
            total[column] = total.get(column, 0.0) + seconds
    penalty = programme.add_variable(-1, MAX_IMBALANCE_PENALTY, integer=False)
    is_capped = programme.add_variable(0, 1)
    parts: list[Term] = []
    for terms, min_share, max_share in zip(
        seconds_by_goal, problem.goal_min_share, problem.goal_max_share, strict=True
    ):
        outside = programme.add_variable(0, 4000.0 * problem.budget_s, integer=False)
        parts.append((outside, problem.imbalance_penalty_per_s / 1000))
        of_goal = dict(terms)
        for share, sign in ((min_share, 1.0), (max_share, -1.0)):
            # outside >= sign * (share * total - 1000 * seconds of the goal)
            gap = [(col, sign * (seconds * share - 1000 * of_goal.get(col, 0.0))) for col, seconds in total.items()]
            programme.add_constraint([*gap, (outside, -1.0)], -INFINITE, 0)
    # The penalty is the sum of the parts, or the cap where the sum is larger.
    largest_sum = 4.0 * problem.budget_s * problem.imbalance_penalty_per_s
    programme.add_constraint([*parts, (penalty, -1.0), (is_capped, -largest_sum)], -INFINITE, 0)
    programme.add_constraint([(penalty, 1.0), (is_capped, -float(MAX_IMBALANCE_PENALTY))], 0, INFINITE)


def _reward_wishes(programme: Programme, problem: IntegerProblem, chosen: Columns) -> None:
    """Points for each thing that the session should hold."""
    for bit, points in enumerate(problem.wish_points):
        is_held = programme.add_variable(points, 1)
        terms = [(column, 1.0) for choice, column in chosen if problem.placement_of(choice).wishes >> bit & 1]
        programme.add_constraint([(is_held, -1.0), *terms], 0, INFINITE)


def _add_transitions(programme: Programme, problem: IntegerProblem, chosen: Columns) -> list[Term]:
    """A path through the cells that are used, stages in order; its arcs with their seconds."""
    cells: dict[Cell, list[Column]] = {}
    for choice, column in chosen:
        placement = problem.placement_of(choice)
        cells.setdefault((placement.stage, placement.position), []).append(column)
    is_used = _add_used_cells(programme, cells)
    seconds = problem.transitions.seconds
    arcs = {
        (start, end): programme.add_variable(-problem.transition_penalty_per_s * seconds[start[1]][end[1]], 1)
        for start in is_used
        for end in is_used
        if start != end and end[0] >= start[0]
    }
    _penalise_floor_changes(programme, problem, arcs)
    _require_path(programme, is_used, arcs)
    _forbid_loops(programme, list(is_used), arcs)
    return [
        (column, float(seconds[start[1]][end[1]])) for (start, end), column in arcs.items() if seconds[start[1]][end[1]]
    ]


def _penalise_floor_changes(
    programme: Programme, problem: IntegerProblem, arcs: dict[tuple[Cell, Cell], Column]
) -> None:
    """Each change between the floor and other heights costs points, but for the first one."""
    on_floor = problem.transitions.on_floor
    changes = [(column, 1.0) for (start, end), column in arcs.items() if on_floor[start[1]] != on_floor[end[1]]]
    excess = programme.add_variable(-problem.floor_change_penalty, INFINITE, integer=False)
    programme.add_constraint([*changes, (excess, -1.0)], -INFINITE, 1)


def _add_used_cells(programme: Programme, cells: dict[Cell, list[Column]]) -> dict[Cell, Column]:
    """A variable for each cell: 1 where the selection holds an exercise there, else 0."""
    is_used = {cell: programme.add_variable(0, 1) for cell in sorted(cells)}
    for cell, used in is_used.items():
        for column in cells[cell]:
            programme.add_constraint([(column, 1.0), (used, -1.0)], -INFINITE, 0)
        programme.add_constraint([*[(column, 1.0) for column in cells[cell]], (used, -1.0)], 0, INFINITE)
    return is_used


def _require_path(programme: Programme, is_used: dict[Cell, Column], arcs: dict[tuple[Cell, Cell], Column]) -> None:
    """One cell is first, one is last; each used cell is entered once unless first and left once unless last."""
    is_first = {cell: programme.add_variable(0, 1) for cell in is_used}
    is_last = {cell: programme.add_variable(0, 1) for cell in is_used}
    for cell, used in is_used.items():
        incoming = [(column, 1.0) for (_, end), column in arcs.items() if end == cell]
        outgoing = [(column, 1.0) for (start, _), column in arcs.items() if start == cell]
        programme.add_constraint([*incoming, (is_first[cell], 1.0), (used, -1.0)], 0, 0)
        programme.add_constraint([*outgoing, (is_last[cell], 1.0), (used, -1.0)], 0, 0)
    programme.add_constraint([(column, 1.0) for column in is_first.values()], 1, 1)
    programme.add_constraint([(column, 1.0) for column in is_last.values()], 1, 1)


def _forbid_loops(programme: Programme, cells: Sequence[Cell], arcs: dict[tuple[Cell, Cell], Column]) -> None:
    """Each cell has a rank that rises along an arc within a stage (Miller, Tucker and Zemlin 1960)."""
    size = float(len(cells))
    rank = {cell: programme.add_variable(0, size, integer=False) for cell in cells}
    for (start, end), column in arcs.items():
        if start[0] == end[0]:
            programme.add_constraint([(rank[start], 1.0), (rank[end], -1.0), (column, size + 1)], -INFINITE, size)
