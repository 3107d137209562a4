"""The random source gives the same numbers for a seed everywhere, and spreads them well enough for a search."""

from collections import Counter

from app.sessions.solver.random_source import RANDOM_BITS, TABLE_SIZE, RandomSource, mix_bits


def numbers(seed: int, count: int) -> list[int]:
    source = RandomSource(seed)
    return [source.next_bits() for _ in range(count)]


def test_a_seed_always_gives_the_same_numbers() -> None:
    assert numbers(7, 500) == numbers(7, 500)


def test_the_numbers_never_change() -> None:
    assert numbers(1, 2) == [1073281921947364330, 246239409219375946]


def test_no_two_of_many_seeds_give_the_same_numbers() -> None:
    assert len({tuple(numbers(seed, 3)) for seed in (*range(2000), 2**31 - 1)}) == 2001


def test_numbers_have_sixty_bits_and_use_them_all() -> None:
    drawn = numbers(3, 1000)
    assert all(0 <= number < 1 << RANDOM_BITS for number in drawn)
    for bit in range(RANDOM_BITS):
        assert 400 < sum(number >> bit & 1 for number in drawn) < 600


def test_no_number_comes_again_before_all_came() -> None:
    for seed in range(20):
        assert len(set(numbers(seed, TABLE_SIZE))) == TABLE_SIZE


def test_every_kind_of_move_is_drawn_about_as_often() -> None:
    for seed in range(5):
        draws = Counter(number & 127 for number in numbers(seed, TABLE_SIZE))
        assert len(draws) == 128
        assert min(draws.values()) > 30
        assert max(draws.values()) < 110


def test_mixed_bits_differ_by_value_and_by_seed() -> None:
    mixed = {mix_bits(value, seed) for value in range(50) for seed in range(50)}
    assert len(mixed) == 2500
    assert all(0 <= bits < 1 << 64 for bits in mixed)
