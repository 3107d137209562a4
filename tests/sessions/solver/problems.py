"""Problems and sets of candidates at random, made ones too, and the plain form that the search must agree with."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.schemas.exercise import Exercise
from app.sessions.problem.exercise_index import CAPPED, LOADS, shelf_of
from app.sessions.problem.positions import TRANSITIONS
from app.sessions.problem.prepare import Prepared, prepare
from app.sessions.solver.evaluator import NOTHING, Tables
from app.sessions.solver.model import Choice, DoseOption, IntegerProblem, Placement
from app.sessions.solver.objective import is_feasible, objective
from benchmarks.session_requests import any_request

LIMITED_LOADS = tuple(number for number, load in enumerate(LOADS) if load in CAPPED)


class Sums(NamedTuple):
    """What the search keeps of a set, in the order in which `Tables.points` takes it."""

    times: int
    loads: int
    values: int
    served: int
    kinds: int
    many: int


def sums_of(tables: Tables, chosen: Sequence[int]) -> Sums:
    """The sums of a set of candidates."""
    return Sums(
        tables.no_time + sum(tables.times[c] for c in chosen),
        tables.no_load + sum(tables.loads[c] for c in chosen),
        sum(tables.values[c] for c in chosen),
        sum(tables.served[c] for c in chosen),
        sum(tables.kind[c] for c in chosen),
        len(chosen),
    )


def prepared(exercises: tuple[Exercise, ...], count: int, seed: int) -> Iterator[Prepared]:
    """So many requests of any kind for which something can be chosen."""
    dice = random.Random(seed)
    made = 0
    while made < count:
        found = prepare(any_request(dice, exercises), shelf_of(exercises))
        if found.feasible:
            made += 1
            yield found


def any_set(dice: random.Random, tables: Tables, most: int, beyond: int) -> list[int]:
    """Candidates of different families at random, as long as they take no more than `beyond` thousandths of the time.

    Now and then those of one load are sought, so that equal loads come together.
    """
    wanted = dice.randint(1, most)
    load = dice.choice((None, None, dice.randrange(1, len(LOADS))))
    left = tables.budget * beyond // 1000
    chosen: list[int] = []
    taken: set[int] = set()
    for _ in range(6 * wanted):
        c = dice.randrange(len(tables.time))
        line = tables.problem.placements[tables.line[c]]
        unlike = load is not None and line.load != load and dice.random() < 0.8
        if tables.family[c] not in taken and tables.time[c] <= left and not unlike:
            chosen.append(c)
            taken.add(tables.family[c])
            left -= tables.time[c]
        if len(chosen) == wanted:
            break
    return chosen


def choices_of(tables: Tables, chosen: Sequence[int]) -> list[Choice]:
    """The candidates as lines and options."""
    return [tables.choice(c) for c in chosen]


def plain_points(problem: IntegerProblem, choices: Sequence[Choice], moving_s: int | None) -> int:
    """Points by the plain form; `NOTHING` where a limit is broken or there is no order."""
    if moving_s is None or not is_feasible(problem._replace(required=()), choices, moving_s):
        return NOTHING
    return objective(problem, choices, moving_s)


def option(time_s: int, work_s: int | None = None) -> DoseOption:
    """A dose of so many seconds, all of them work unless said otherwise."""
    return DoseOption(0, time_s, time_s if work_s is None else work_s, 0)


def line(number: int, *options: DoseOption, serves: tuple[int, ...] = (1000,), value: int = 0) -> Placement:
    """An exercise of a family of its own that is done standing and tires nothing."""
    return Placement(number, 1, options, value, serves, number, 0, 1, 0, 0)


def problem_of(lines: Sequence[Placement], budget: int, goals: int = 1) -> IntegerProblem:
    """A problem without any limit beside the time; each second of a goal is worth two points, an idle one costs two."""
    return IntegerProblem(
        placements=tuple(lines),
        budget_s=budget,
        max_exercises=18,
        goal_utility=tuple([2 * second for second in range(budget + 1)] for _ in range(goals)),
        goal_min_share=(0,) * goals,
        goal_max_share=(1000,) * goals,
        imbalance_penalty_per_s=0,
        phase_min_s=(0, 0, 0, 0),
        phase_max_s=(budget,) * 4,
        load_max_s=(budget,) * len(LOADS),
        limited_loads=LIMITED_LOADS,
        idle_penalty_per_s=2,
        transition_penalty_per_s=2,
        balance_bonus=0,
        required=(),
        previous_family_count=0,
        exempt_load=0,
        transitions=TRANSITIONS,
    )
