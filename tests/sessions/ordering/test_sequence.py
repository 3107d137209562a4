"""What holds for an order of any size; that it is the best of all orders is tried on small ones beside the oracles."""

import random
from collections.abc import Iterator
from itertools import pairwise

from app.sessions.ordering.sequence import COUNT_OF_PHASES, PHASE_OF_STAGE, STAGES, Kind, best_order, gentle_order
from app.sessions.ordering.transitions import MOVE_S, NUMBER, floor_changes, least_floor_changes, tour_s

UP, FLOOR = NUMBER["standing"], NUMBER["prone"]


def sets(seed: int) -> Iterator[list[Kind]]:
    """As many exercises as a session may have, over all stages."""
    dice = random.Random(seed)
    for _ in range(200):
        count = dice.randint(1, 18)
        yield [
            (dice.randrange(STAGES), dice.randrange(len(MOVE_S)), dice.choice((0, 0, 0, 1, 2, 3))) for _ in range(count)
        ]


def moving(order: list[Kind]) -> int:
    return sum(MOVE_S[a[1]][b[1]] for a, b in pairwise(order))


def climbing_spared(kinds: list[Kind]) -> int:
    masks = [0] * COUNT_OF_PHASES
    for stage, place, _ in kinds:
        masks[PHASE_OF_STAGE[stage]] |= 1 << place
    return least_floor_changes(masks)


def test_the_order_keeps_stages_and_loads_and_moves_as_little_as_is_said() -> None:
    found = 0
    for kinds in sets(1):
        order = best_order(kinds)
        assert (order is None) == (gentle_order(kinds) is None)
        if order is not None:
            done = [kinds[n] for n in order]
            assert sorted(order) == list(range(len(kinds)))
            assert [stage for stage, _, _ in done] == sorted(stage for stage, _, _ in kinds)
            assert not any(a[2] and a[2] == b[2] for a, b in pairwise(done))
            assert moving(done) == gentle_order(kinds)
            assert floor_changes([place for _, place, _ in done]) <= climbing_spared(kinds) + 1
            found += 1
    assert found > 100


def test_no_order_at_random_is_better() -> None:
    dice = random.Random(2)
    compared = 0
    for kinds in sets(3):
        for _ in range(20):
            order = sorted(dice.sample(kinds, len(kinds)), key=lambda kind: kind[0])
            apart = not any(a[2] and a[2] == b[2] for a, b in pairwise(order))
            if apart and floor_changes([place for _, place, _ in order]) <= climbing_spared(kinds) + 1:
                least = gentle_order(kinds)
                assert least is None or least <= moving(order)
                compared += least is not None
    assert compared > 200


def test_without_loads_only_the_places_of_the_stages_count() -> None:
    same = 0
    for kinds in sets(4):
        masks = [0] * STAGES
        for stage, place, _ in kinds:
            masks[stage] |= 1 << place
        least = gentle_order([(stage, place, 0) for stage, place, _ in kinds])
        assert least in (None, tour_s(masks))
        same += least is not None
    assert same > 150


def test_loads_never_make_it_shorter() -> None:
    longer = 0
    for kinds in sets(5):
        free, bound = gentle_order([(stage, place, 0) for stage, place, _ in kinds]), gentle_order(kinds)
        if free is not None and bound is not None:
            assert free <= bound
            longer += free < bound
    assert longer > 3


def test_neither_the_order_of_asking_nor_the_names_of_loads_count() -> None:
    dice = random.Random(6)
    for kinds in sets(7):
        renamed = [(stage, place, (0, 5, 1, 7)[load]) for stage, place, load in kinds]
        assert gentle_order(dice.sample(renamed, len(kinds))) == gentle_order(kinds)


def test_equal_loads_need_others_between_them() -> None:
    for many in range(2, 8):
        alike: list[Kind] = [(1, UP, 2)] * many
        assert gentle_order([*alike, *[(1, UP, 0)] * (many - 2)]) is None
        assert gentle_order([*alike, *[(1, UP, 0)] * (many - 1)]) == 0


def test_equal_loads_do_not_meet_where_a_stage_ends() -> None:
    assert gentle_order([(1, UP, 2), (3, UP, 2)]) is None
    assert best_order([(3, UP, 2), (1, UP, 0), (1, UP, 2)]) == [2, 1, 0]
    assert gentle_order([(1, UP, 2), (2, UP, 0), (3, UP, 2)]) == 0


def test_loads_are_not_kept_apart_by_climbing_up_and_down() -> None:
    assert gentle_order([(1, UP, 2), (1, FLOOR, 0), (1, UP, 2)]) == 2 * MOVE_S[UP][FLOOR]
    assert gentle_order([*[(1, UP, 2)] * 3, *[(1, FLOOR, 0)] * 2]) is None


def test_nothing_to_do_takes_no_moving() -> None:
    assert gentle_order([]) == 0
