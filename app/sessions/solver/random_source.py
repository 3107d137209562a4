"""A random source of our own: the same numbers for a seed in every process and on every machine."""

from functools import lru_cache
from typing import Final

TABLE_SIZE: Final = 1 << 13
"""Numbers before a source repeats itself."""
RANDOM_BITS: Final = 60
"""Bits of each number: as many as a compiled search holds in one machine word."""
_WORD: Final = (1 << 64) - 1
_GOLDEN_RATIO: Final = 0x9E3779B97F4A7C15
"""Splitmix64: the increment, 2^64 divided by the golden ratio."""
_MULTIPLIER: Final = 0xBF58476D1CE4E5B9
"""Splitmix64: the multiplier of its first round."""
_XORSHIFT_START: Final = 0x2545F4914F6CDD1D


class RandomSource:
    """Numbers of a table of xorshift64, in an order and with a mask of its own by seed."""

    def __init__(self, seed: int) -> None:
        # From seed 0 the state would be 0, and every number of the table would come unmasked.
        state = mix_bits(0, seed + 1)
        self.index: int = state >> 40 & TABLE_SIZE - 1
        self.stride: int = state >> 20 & TABLE_SIZE - 1 | 1
        """Odd, so that every number of the table comes once before any comes again."""
        self.mask: int = state & (1 << RANDOM_BITS) - 1
        self.table: list[int] = _xorshift_table()

    def next_bits(self) -> int:
        """The next 60 bits."""
        self.index = self.index + self.stride & TABLE_SIZE - 1
        return self.table[self.index] ^ self.mask


def mix_bits(value: int, seed: int) -> int:
    """64 well-mixed bits of a value and a seed, by the first round of splitmix64."""
    state = (value ^ seed * _GOLDEN_RATIO) & _WORD
    return (state ^ state >> 29) * _MULTIPLIER & _WORD


@lru_cache(maxsize=1)
def _xorshift_table() -> list[int]:
    """Numbers of 60 bits by xorshift64.

    A table, because one look into a list is faster than three shifts of big integers.
    """
    state = _XORSHIFT_START
    numbers = []
    for _ in range(TABLE_SIZE):
        state ^= state << 13 & _WORD
        state ^= state >> 7
        state ^= state << 17 & _WORD
        numbers.append(state >> 64 - RANDOM_BITS)
    return numbers
