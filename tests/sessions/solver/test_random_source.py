"""The dice throw the same for a seed everywhere, and fairly enough for a search."""

from collections import Counter

from app.sessions.solver.random_source import TABLE_SIZE, RandomSource


def throws(seed: int, count: int) -> list[int]:
    dice = RandomSource(seed)
    return [dice.next_bits() for _ in range(count)]


def test_a_seed_always_throws_the_same() -> None:
    assert throws(7, 500) == throws(7, 500)


def test_the_throws_are_the_same_for_ever() -> None:
    assert throws(1, 2) == [1073281921947364330, 246239409219375946]


def test_no_two_of_many_seeds_throw_alike() -> None:
    assert len({tuple(throws(seed, 3)) for seed in (*range(2000), 2**31 - 1)}) == 2001


def test_throws_have_sixty_bits_and_use_them_all() -> None:
    found = throws(3, 1000)
    assert all(0 <= throw < 1 << 60 for throw in found)
    for bit in range(60):
        assert 400 < sum(throw >> bit & 1 for throw in found) < 600


def test_no_throw_comes_again_before_all_were_thrown() -> None:
    for seed in range(20):
        assert len(set(throws(seed, TABLE_SIZE))) == TABLE_SIZE


def test_every_kind_of_move_is_thrown_about_as_often() -> None:
    for seed in range(5):
        often = Counter(throw & 127 for throw in throws(seed, TABLE_SIZE))
        assert len(often) == 128
        assert min(often.values()) > 30
        assert max(often.values()) < 110
