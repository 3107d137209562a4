"""The order of a selection: against every order of a few exercises, and by what holds for any number of them."""

import random
from collections.abc import Iterator
from itertools import pairwise, permutations

from app.sessions.ordering.sequence import SequenceKey, min_transition_s, optimal_sequence
from app.sessions.ordering.stages import PHASE_COUNT, PHASE_OF_STAGE, STAGE_COUNT
from app.sessions.ordering.transitions import min_floor_changes, min_path_s
from app.sessions.problem.positions import POSITION_ID, POSITIONS, TRANSITIONS
from tests.sessions.ordering.paths import count_floor_changes

STANDING, FLOOR = POSITION_ID["standing"], POSITION_ID["prone"]
STANDING_TO_FLOOR_S = TRANSITIONS.seconds[STANDING][FLOOR]


def random_keys(seed: int) -> Iterator[list[SequenceKey]]:
    """As many exercises as a session may have, over all stages."""
    rng = random.Random(seed)
    for _ in range(200):
        count = rng.randint(1, 18)
        yield [
            (rng.randrange(STAGE_COUNT), rng.randrange(len(POSITIONS)), rng.choice((0, 0, 0, 1, 2, 3)))
            for _ in range(count)
        ]


def few_keys(seed: int) -> Iterator[list[SequenceKey]]:
    """At most six exercises: few enough to try every order."""
    rng = random.Random(seed)
    positions = (0, 1, 2, 5, 7, 9, 14)
    for _ in range(400):
        count = rng.randint(1, 6)
        yield [(rng.choice((0, 1, 3)), rng.choice(positions), rng.choice((0, 0, 1, 2, 3))) for _ in range(count)]


def transition_s(order: list[SequenceKey]) -> int:
    return sum(TRANSITIONS.seconds[a[1]][b[1]] for a, b in pairwise(order))


def floor_changes(order: list[SequenceKey]) -> int:
    return count_floor_changes(TRANSITIONS, [position for _, position, _ in order])


def forced_floor_changes(keys: list[SequenceKey]) -> int:
    masks = [0] * PHASE_COUNT
    for stage, position, _ in keys:
        masks[PHASE_OF_STAGE[stage]] |= 1 << position
    return min_floor_changes(TRANSITIONS, masks)


def keeps_loads_apart(order: list[SequenceKey]) -> bool:
    return not any(a[2] and a[2] == b[2] for a, b in pairwise(order))


def best_of_all_orders(keys: list[SequenceKey]) -> int | None:
    """Least seconds of all orders; None where all put equal loads together or the best has too many floor changes."""
    orders = [
        list(order) for order in permutations(keys) if [key[0] for key in order] == sorted(key[0] for key in keys)
    ]
    fewest_floor_changes = min(floor_changes(order) for order in orders)
    costs = [(transition_s(order), floor_changes(order)) for order in orders if keeps_loads_apart(order)]
    if not costs or min(costs)[1] > fewest_floor_changes + 1:
        return None
    return min(costs)[0]


def test_the_sequence_is_the_best_of_all_orders() -> None:
    for keys in few_keys(2):
        best = best_of_all_orders(keys)
        assert min_transition_s(TRANSITIONS, keys) == best
        sequence = optimal_sequence(TRANSITIONS, keys)
        assert (sequence is None) == (best is None)
        if sequence is not None:
            order = [keys[index] for index in sequence]
            assert sorted(sequence) == list(range(len(keys)))
            assert transition_s(order) == best
            assert keeps_loads_apart(order)


def test_the_sequence_keeps_stages_and_loads_and_takes_the_stated_seconds() -> None:
    found = 0
    for keys in random_keys(1):
        sequence = optimal_sequence(TRANSITIONS, keys)
        assert (sequence is None) == (min_transition_s(TRANSITIONS, keys) is None)
        if sequence is not None:
            order = [keys[index] for index in sequence]
            assert sorted(sequence) == list(range(len(keys)))
            assert [stage for stage, _, _ in order] == sorted(stage for stage, _, _ in keys)
            assert keeps_loads_apart(order)
            assert transition_s(order) == min_transition_s(TRANSITIONS, keys)
            assert floor_changes(order) <= forced_floor_changes(keys) + 1
            found += 1
    assert found > 100


def test_no_random_order_is_better() -> None:
    rng = random.Random(2)
    compared = 0
    for keys in random_keys(3):
        for _ in range(20):
            order = sorted(rng.sample(keys, len(keys)), key=lambda key: key[0])
            if keeps_loads_apart(order) and floor_changes(order) <= forced_floor_changes(keys) + 1:
                least = min_transition_s(TRANSITIONS, keys)
                assert least is None or least <= transition_s(order)
                compared += least is not None
    assert compared > 200


def test_without_loads_only_the_positions_of_the_stages_count() -> None:
    equal = 0
    for keys in random_keys(4):
        masks = [0] * STAGE_COUNT
        for stage, position, _ in keys:
            masks[stage] |= 1 << position
        least = min_transition_s(TRANSITIONS, [(stage, position, 0) for stage, position, _ in keys])
        assert least in (None, min_path_s(TRANSITIONS, masks))
        equal += least is not None
    assert equal > 150


def test_loads_never_make_it_shorter() -> None:
    longer = 0
    for keys in random_keys(5):
        without_loads = min_transition_s(TRANSITIONS, [(stage, position, 0) for stage, position, _ in keys])
        with_loads = min_transition_s(TRANSITIONS, keys)
        if without_loads is not None and with_loads is not None:
            assert without_loads <= with_loads
            longer += without_loads < with_loads
    assert longer > 3


def test_neither_the_order_of_the_keys_nor_the_numbers_of_loads_count() -> None:
    rng = random.Random(6)
    for keys in random_keys(7):
        renumbered = [(stage, position, (0, 5, 1, 7)[load]) for stage, position, load in keys]
        shuffled = rng.sample(renumbered, len(keys))
        assert min_transition_s(TRANSITIONS, shuffled) == min_transition_s(TRANSITIONS, keys)


def test_equal_loads_need_others_between_them() -> None:
    for count in range(2, 8):
        equal: list[SequenceKey] = [(1, STANDING, 2)] * count
        assert min_transition_s(TRANSITIONS, [*equal, *[(1, STANDING, 0)] * (count - 2)]) is None
        assert min_transition_s(TRANSITIONS, [*equal, *[(1, STANDING, 0)] * (count - 1)]) == 0


def test_equal_loads_do_not_meet_where_a_stage_ends() -> None:
    assert min_transition_s(TRANSITIONS, [(1, STANDING, 2), (3, STANDING, 2)]) is None
    assert optimal_sequence(TRANSITIONS, [(3, STANDING, 2), (1, STANDING, 0), (1, STANDING, 2)]) == [2, 1, 0]
    assert min_transition_s(TRANSITIONS, [(1, STANDING, 2), (2, STANDING, 0), (3, STANDING, 2)]) == 0


def test_loads_are_not_kept_apart_by_floor_changes() -> None:
    once = [(1, STANDING, 2), (1, FLOOR, 0), (1, STANDING, 2)]
    assert min_transition_s(TRANSITIONS, once) == 2 * STANDING_TO_FLOOR_S
    assert min_transition_s(TRANSITIONS, [*[(1, STANDING, 2)] * 3, *[(1, FLOOR, 0)] * 2]) is None


def test_nothing_takes_no_transition() -> None:
    assert min_transition_s(TRANSITIONS, []) == 0
