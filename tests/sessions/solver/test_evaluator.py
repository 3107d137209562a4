"""The sums of the search tell the same points as the plain form, for any set of candidates."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from app.schemas.exercise import Exercise
from app.sessions.ordering.stages import STAGE_COUNT
from app.sessions.problem.exercise_index import LOADS
from app.sessions.solver.evaluator import NOTHING, Tables
from app.sessions.solver.model import Choice, IntegerProblem, Placement
from app.sessions.solver.objective import objective, ordered_transition_s
from benchmarks.oracle import unordered_moving
from tests.sessions.solver.problems import (
    any_set,
    choices_of,
    line,
    option,
    plain_points,
    prepared,
    problem_of,
    sums_of,
)

WORST = NOTHING + 1
"""The least points that are not nothing."""
HOUR = 3600


def sets(exercises: tuple[Exercise, ...], seed: int) -> Iterator[tuple[IntegerProblem, Tables, list[int]]]:
    """Sets of many problems: most keep to the time, some go beyond it; in some problems a load may meet itself."""
    dice = random.Random(seed)
    for one in prepared(exercises, 60, seed):
        excused = dice.choice((0, 0, dice.randrange(1, len(LOADS))))
        problem = one.problem._replace(exempt_load=excused)
        tables = Tables(problem, range(len(problem.placements)))
        tables.orders = 1000
        for _ in range(75):
            chosen = any_set(dice, tables, problem.max_exercises, dice.choice((700, 1000, 1000, 1300)))
            if chosen:
                yield problem, tables, chosen


def crowded(problem: IntegerProblem, choices: Sequence[Choice]) -> bool:
    """True where a stage alone has too few others to keep a load apart."""
    lines = [problem.placements[choice.placement] for choice in choices]
    sizes = Counter(one.stage for one in lines)
    loads = Counter((one.stage, one.load) for one in lines if one.load not in (0, problem.exempt_load))
    return any(count - 1 > sizes[stage] - count for (stage, _), count in loads.items())


@pytest.mark.parametrize("seed", range(2))
def test_points_are_those_of_the_plain_form(exercises: tuple[Exercise, ...], seed: int) -> None:
    worth = broken = close = 0
    for problem, tables, chosen in sets(exercises, seed):
        choices = choices_of(tables, chosen)
        expected = plain_points(problem, choices, unordered_moving(problem, choices))
        too_close = crowded(problem, choices)
        assert tables.points(*sums_of(tables, chosen), WORST) == (NOTHING if too_close else expected)
        worth += expected > NOTHING and not too_close
        broken += expected == NOTHING
        close += too_close and expected > NOTHING
    assert min(worth, broken) > 200
    assert close > 20


@pytest.mark.parametrize("seed", range(2, 4))
def test_points_apart_are_those_of_the_best_order(exercises: tuple[Exercise, ...], seed: int) -> None:
    worth = further = clash = 0
    for problem, tables, chosen in sets(exercises, seed):
        choices = choices_of(tables, chosen)
        moving = ordered_transition_s(problem, choices)
        expected = plain_points(problem, choices, moving)
        sums = sums_of(tables, chosen)
        assert tables.points_apart(*sums, WORST) == expected
        worth += expected > NOTHING
        further += expected > NOTHING and moving != unordered_moving(problem, choices)
        clash += moving is None and tables.points(*sums, WORST) > NOTHING
    assert worth > 200
    assert min(further, clash) > 20


def test_what_is_under_the_least_is_nothing(exercises: tuple[Exercise, ...]) -> None:
    looked_at = 0
    for _, tables, chosen in sets(exercises, 4):
        sums = sums_of(tables, chosen)
        for points_of_sums in (tables.points, tables.points_apart):
            points = points_of_sums(*sums, WORST)
            if points > NOTHING:
                assert points_of_sums(*sums, points) == points
                assert points_of_sums(*sums, points + 1) == NOTHING
                looked_at += 1
    assert looked_at > 400


def test_room_is_what_times_and_moving_leave(exercises: tuple[Exercise, ...]) -> None:
    looked_at = 0
    for problem, tables, chosen in sets(exercises, 5):
        choices = choices_of(tables, chosen)
        if not crowded(problem, choices):
            used = sum(tables.time[c] for c in chosen)
            sums = sums_of(tables, chosen)
            assert tables.room(sums.times, sums.kinds) == problem.budget_s - used - unordered_moving(problem, choices)
            looked_at += 1
    assert looked_at > 400


def test_every_candidate_is_a_line_with_an_option(exercises: tuple[Exercise, ...]) -> None:
    for one in prepared(exercises, 10, 6):
        problem = one.problem
        tables = Tables(problem, range(len(problem.placements)))
        assert len(tables.time) == sum(len(own.options) for own in problem.placements)
        for n, own in enumerate(problem.placements):
            for o, dose in enumerate(own.options):
                c = tables.first[n] + o
                assert tables.choice(c) == Choice(n, o)
                assert tables.time[c] == tables.menu[n][o] == dose.time_s
                assert tables.seconds(c) == [dose.work_s * share // 1000 for share in own.goal_shares]


def test_thousandths_of_points_at_a_price() -> None:
    tables = Tables(problem_of([line(0, option(60, 50), serves=(600, 400), value=-70)], 60, goals=2), [0])
    assert tables.milli(0, [1500, 100]) == -70_000 + 30 * 1500 + 20 * 100


def three_apart() -> tuple[Tables, list[list[int]]]:
    """Sets of three different kinds."""
    lines = [line(n, option(20))._replace(position=place) for n, place in enumerate((0, 1, 2))]
    tables = Tables(problem_of(lines, 60), range(3))
    return tables, [[0, 1], [1, 2], [0, 2]]


def test_no_more_orders_are_worked_out_than_may_be() -> None:
    tables, (first, second, third) = three_apart()
    tables.orders = 2
    known = [tables.points_apart(*sums_of(tables, chosen), WORST) for chosen in (first, second)]
    assert min(known) > NOTHING
    assert tables.orders == 0
    assert tables.points_apart(*sums_of(tables, third), WORST) == NOTHING
    assert [tables.points_apart(*sums_of(tables, chosen), WORST) for chosen in (first, second)] == known


def test_an_order_that_was_not_worked_out_may_be_later() -> None:
    tables, (first, *_) = three_apart()
    sums = sums_of(tables, first)
    assert tables.moving_apart(sums.kinds) == -1
    tables.orders = 1
    assert tables.moving_apart(sums.kinds) == 5
    assert tables.points_apart(*sums, WORST) == plain_points(tables.problem, choices_of(tables, first), 5)


def test_what_is_too_poor_costs_no_order() -> None:
    tables, (first, *_) = three_apart()
    tables.orders = 1
    sums = sums_of(tables, first)
    points = tables.points(*sums, WORST)
    assert tables.points_apart(*sums, points + 1) == NOTHING
    assert tables.orders == 1


def full_hour(serves: tuple[int, ...], value: int) -> list[Placement]:
    """Eighteen exercises that fill an hour to the second, all known from the last session, of all loads in turn."""
    return [
        line(n, option(HOUR // 18), serves=serves, value=value)._replace(
            load=n % len(LOADS), balance=7, repeats_family=1
        )
        for n in range(18)
    ]


@pytest.mark.parametrize("value", [-5000, 0, 5000])
@pytest.mark.parametrize("serves", [(1000,) * 5, (1000, 0, 0, 0, 0), (0, 0, 0, 0, 1000), (0,) * 5])
def test_a_full_hour_spills_over_nowhere(serves: tuple[int, ...], value: int) -> None:
    problem = problem_of(full_hour(serves, value), HOUR, goals=5)._replace(
        imbalance_penalty_per_s=3,
        goal_min_share=(100,) * 5,
        goal_max_share=(300,) * 5,
        previous_family_count=18,
        balance_bonus=150,
        phase_min_s=(500, 0, 500, 500),
    )
    tables = Tables(problem, range(18))
    tables.orders = 1
    chosen = list(range(18))
    expected = objective(problem, choices_of(tables, chosen), 0)
    assert tables.points(*sums_of(tables, chosen), WORST) == expected
    assert tables.points_apart(*sums_of(tables, chosen), WORST) == expected


def test_what_is_taken_out_of_a_full_hour_leaves_no_trace() -> None:
    tables = Tables(problem_of(full_hour((1000,) * 5, -5000), HOUR, goals=5), range(18))
    whole, part, rest = (sums_of(tables, range(*ends)) for ends in ((18,), (17,), (17, 18)))
    assert part.times == whole.times - rest.times + tables.no_time
    assert part.loads == whole.loads - rest.loads + tables.no_load
    assert part[2:] == tuple(a - b for a, b in zip(whole[2:], rest[2:], strict=True))


@pytest.mark.parametrize("over", [1, 60, HOUR, 2 * HOUR])
def test_one_second_or_hours_too_many_are_nothing(over: int) -> None:
    lines = [line(0, option(HOUR // 2)), line(1, option(HOUR // 2, 0), option(HOUR // 2 + over, 0))]
    tables = Tables(problem_of(lines, HOUR), range(2))
    assert tables.points(*sums_of(tables, [0, 1]), WORST) == HOUR
    assert tables.points(*sums_of(tables, [0, 2]), WORST) == NOTHING


@pytest.mark.parametrize("stage", range(STAGE_COUNT))
@pytest.mark.parametrize("over", [0, 1, HOUR])
def test_a_phase_may_have_its_seconds_and_no_more(stage: int, over: int) -> None:
    largest = (700, HOUR, 800, 900)
    phase = (0, 1, 1, 2, 3, 3)[stage]
    lines = [line(0, option(largest[phase] + over))._replace(stage=stage)]
    problem = problem_of(lines, 2 * HOUR)._replace(phase_max_s=largest)
    if phase == 1:
        problem = problem._replace(budget_s=HOUR)
    tables = Tables(problem, [0])
    assert (tables.points(*sums_of(tables, [0]), WORST) == NOTHING) == (over > 0)


@pytest.mark.parametrize("load", [LOADS.index(name) for name in ("wrist", "grip", "overhead", "extensors")])
@pytest.mark.parametrize("over", [0, 1, HOUR])
def test_a_tiring_load_may_have_its_seconds_and_no_more(load: int, over: int) -> None:
    cap = tuple(HOUR if n != load else 1000 for n in range(len(LOADS)))
    lines = [line(0, option(1000 + over))._replace(load=load)]
    tables = Tables(problem_of(lines, 2 * HOUR)._replace(load_max_s=cap), [0])
    assert (tables.points(*sums_of(tables, [0]), WORST) == NOTHING) == (over > 0)
