"""The order of a prescription, and the phase in which each of its exercises stands."""

from collections.abc import Sequence
from typing import Final

from app.rules.vocabulary import PHASES, Phase
from app.schemas.exercise import Exercise
from app.sessions.ordering.sequence import SequenceKey, optimal_sequence
from app.sessions.ordering.variety import NO_GOAL, vary_order
from app.sessions.prescription.dosed_items import DosedItem
from app.sessions.problem.exercise_index import LOAD_GROUPS
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS
from app.sessions.problem.stage_places import choose_strength_stage, ends_quietly

OTHER_PHASE_COST: Final = 1
"""Cost of a phase in which an exercise may stand, but not first of all."""
FOREIGN_PHASE_COST: Final = 100
"""Cost of a phase in which an exercise does not stand in sessions that are built."""


def order_best(items: Sequence[DosedItem]) -> tuple[list[DosedItem], bool]:
    """Return the items by phases with the least transition, and whether nothing tires the same part twice in a row.

    Items with the same exercise stay together, in their own order.
    """
    by_slug: dict[str, list[DosedItem]] = {}
    for item in items:
        by_slug.setdefault(item.exercise.slug, []).append(item)
    exercises = [group[0].exercise for group in by_slug.values()]
    order, keeps_loads_apart = _order_exercises(exercises)
    groups = list(by_slug.values())
    return [item for number in order for item in groups[number]], keeps_loads_apart


def _order_exercises(exercises: Sequence[Exercise]) -> tuple[list[int], bool]:
    """The best order as indexes, and whether it keeps equal loads apart."""
    keys = [_make_key(exercise) for exercise in exercises]
    order = optimal_sequence(TRANSITIONS, keys)
    keeps_loads_apart = order is not None
    if order is None:
        keys = [(stage, position, 0) for stage, position, _ in keys]
        # Where even that has too many ways to the floor and back, the stages alone decide.
        order = optimal_sequence(TRANSITIONS, keys) or sorted(range(len(keys)), key=lambda number: keys[number][0])
    main_goals = _number_main_goals(exercises)
    is_gentle = [exercise.pattern in ("dynamic", "breathing") for exercise in exercises]
    return vary_order(TRANSITIONS, keys, order, main_goals, is_gentle), keeps_loads_apart


def _number_main_goals(exercises: Sequence[Exercise]) -> list[int]:
    names = [exercise.goals[0] if exercise.goals else None for exercise in exercises]
    numbers = {goal: number for number, goal in enumerate(sorted({goal for goal in names if goal is not None}))}
    return [NO_GOAL if goal is None else numbers[goal] for goal in names]


def _make_key(exercise: Exercise) -> SequenceKey:
    stage = {
        "prepare": 0,
        "mobilise": 1,
        "strengthen": choose_strength_stage(exercise),
        "restore": 6 if exercise.pattern == "breathing" else 5,
    }[_choose_best_phase(exercise)]
    return stage, POSITION_ID[exercise.position], LOAD_GROUPS.index(exercise.load_group)


def _choose_best_phase(exercise: Exercise) -> Phase:
    """The phase in which an exercise stands best: what works is no warm-up, and what is quiet ends the session."""
    wanted: Phase = exercise.phases[0]
    if exercise.pattern in ("strength", "isometric"):
        wanted = "strengthen"
    elif ends_quietly(exercise):
        wanted = "restore"
    elif exercise.pattern == "static_hold":
        wanted = "mobilise"
    return wanted if wanted in exercise.phases else exercise.phases[0]


def choose_phases(exercises: Sequence[Exercise]) -> list[int]:
    """Return a phase by number for each exercise in this order: phases never go back, and suit as well as they can."""
    costs = [[_phase_cost(exercise, number) for number in range(len(PHASES))] for exercise in exercises]
    best: list[list[int]] = [costs[-1]]
    # Backwards: the least cost from each exercise on, by its phase.
    for own in reversed(costs[:-1]):
        best.insert(0, [cost + min(best[0][number:]) for number, cost in enumerate(own)])
    chosen: list[int] = []
    for onwards in best:
        first = chosen[-1] if chosen else 0
        chosen.append(min(range(first, len(PHASES)), key=lambda number: (onwards[number], number)))
    return chosen


def _phase_cost(exercise: Exercise, number: int) -> int:
    if PHASES[number] not in exercise.phases:
        return FOREIGN_PHASE_COST
    return 0 if exercise.phases[0] == PHASES[number] else OTHER_PHASE_COST
