"""What holds for an order of any size; that it is the best of all orders is tried on small ones beside the oracles."""

import random
from collections.abc import Iterator
from itertools import pairwise

from app.sessions.ordering.sequence import SequenceKey, min_transition_s, optimal_sequence
from app.sessions.ordering.stages import PHASE_COUNT, PHASE_OF_STAGE, STAGE_COUNT
from app.sessions.ordering.transitions import count_floor_changes, min_floor_changes, min_path_s
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS

UP, FLOOR = POSITION_ID["standing"], POSITION_ID["prone"]


def sets(seed: int) -> Iterator[list[SequenceKey]]:
    """As many exercises as a session may have, over all stages."""
    dice = random.Random(seed)
    for _ in range(200):
        count = dice.randint(1, 18)
        yield [
            (dice.randrange(STAGE_COUNT), dice.randrange(len(TRANSITIONS.seconds)), dice.choice((0, 0, 0, 1, 2, 3)))
            for _ in range(count)
        ]


def moving(order: list[SequenceKey]) -> int:
    return sum(TRANSITIONS.seconds[a[1]][b[1]] for a, b in pairwise(order))


def climbing_spared(kinds: list[SequenceKey]) -> int:
    masks = [0] * PHASE_COUNT
    for stage, place, _ in kinds:
        masks[PHASE_OF_STAGE[stage]] |= 1 << place
    return min_floor_changes(TRANSITIONS, masks)


def test_the_order_keeps_stages_and_loads_and_moves_as_little_as_is_said() -> None:
    found = 0
    for kinds in sets(1):
        order = optimal_sequence(TRANSITIONS, kinds)
        assert (order is None) == (min_transition_s(TRANSITIONS, kinds) is None)
        if order is not None:
            done = [kinds[n] for n in order]
            assert sorted(order) == list(range(len(kinds)))
            assert [stage for stage, _, _ in done] == sorted(stage for stage, _, _ in kinds)
            assert not any(a[2] and a[2] == b[2] for a, b in pairwise(done))
            assert moving(done) == min_transition_s(TRANSITIONS, kinds)
            assert count_floor_changes(TRANSITIONS, [place for _, place, _ in done]) <= climbing_spared(kinds) + 1
            found += 1
    assert found > 100


def test_no_order_at_random_is_better() -> None:
    dice = random.Random(2)
    compared = 0
    for kinds in sets(3):
        for _ in range(20):
            order = sorted(dice.sample(kinds, len(kinds)), key=lambda kind: kind[0])
            apart = not any(a[2] and a[2] == b[2] for a, b in pairwise(order))
            if (
                apart
                and count_floor_changes(TRANSITIONS, [place for _, place, _ in order]) <= climbing_spared(kinds) + 1
            ):
                least = min_transition_s(TRANSITIONS, kinds)
                assert least is None or least <= moving(order)
                compared += least is not None
    assert compared > 200


def test_without_loads_only_the_places_of_the_stages_count() -> None:
    same = 0
    for kinds in sets(4):
        masks = [0] * STAGE_COUNT
        for stage, place, _ in kinds:
            masks[stage] |= 1 << place
        least = min_transition_s(TRANSITIONS, [(stage, place, 0) for stage, place, _ in kinds])
        assert least in (None, min_path_s(TRANSITIONS, masks))
        same += least is not None
    assert same > 150


def test_loads_never_make_it_shorter() -> None:
    longer = 0
    for kinds in sets(5):
        free, bound = (
            min_transition_s(TRANSITIONS, [(stage, place, 0) for stage, place, _ in kinds]),
            min_transition_s(TRANSITIONS, kinds),
        )
        if free is not None and bound is not None:
            assert free <= bound
            longer += free < bound
    assert longer > 3


def test_neither_the_order_of_asking_nor_the_names_of_loads_count() -> None:
    dice = random.Random(6)
    for kinds in sets(7):
        renamed = [(stage, place, (0, 5, 1, 7)[load]) for stage, place, load in kinds]
        assert min_transition_s(TRANSITIONS, dice.sample(renamed, len(kinds))) == min_transition_s(TRANSITIONS, kinds)


def test_equal_loads_need_others_between_them() -> None:
    for many in range(2, 8):
        alike: list[SequenceKey] = [(1, UP, 2)] * many
        assert min_transition_s(TRANSITIONS, [*alike, *[(1, UP, 0)] * (many - 2)]) is None
        assert min_transition_s(TRANSITIONS, [*alike, *[(1, UP, 0)] * (many - 1)]) == 0


def test_equal_loads_do_not_meet_where_a_stage_ends() -> None:
    assert min_transition_s(TRANSITIONS, [(1, UP, 2), (3, UP, 2)]) is None
    assert optimal_sequence(TRANSITIONS, [(3, UP, 2), (1, UP, 0), (1, UP, 2)]) == [2, 1, 0]
    assert min_transition_s(TRANSITIONS, [(1, UP, 2), (2, UP, 0), (3, UP, 2)]) == 0


def test_loads_are_not_kept_apart_by_climbing_up_and_down() -> None:
    assert min_transition_s(TRANSITIONS, [(1, UP, 2), (1, FLOOR, 0), (1, UP, 2)]) == 2 * TRANSITIONS.seconds[UP][FLOOR]
    assert min_transition_s(TRANSITIONS, [*[(1, UP, 2)] * 3, *[(1, FLOOR, 0)] * 2]) is None


def test_nothing_to_do_takes_no_moving() -> None:
    assert min_transition_s(TRANSITIONS, []) == 0
