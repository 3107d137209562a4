"""Dice of our own: the same throws in every process and on every machine."""

from typing import Final

THROWS: Final = 1 << 13
_BITS: Final = 60
_MASK: Final = (1 << 64) - 1


def _throws() -> list[int]:
    """Numbers of 60 bits by xorshift, thrown once: a throw is then a look into a list."""
    x = 0x2545F4914F6CDD1D
    found = []
    for _ in range(THROWS):
        x ^= x << 13 & _MASK
        x ^= x >> 7
        x ^= x << 17 & _MASK
        found.append(x >> 64 - _BITS)
    return found


_ALL: Final = _throws()


class Dice:
    """A way of its own through the throws for each seed."""

    def __init__(self, seed: int) -> None:
        state = (seed + 1) * 0x9E3779B97F4A7C15 & _MASK
        state = (state ^ state >> 29) * 0xBF58476D1CE4E5B9 & _MASK
        self.at: int = state >> 40 & THROWS - 1
        self.step: int = state >> 20 & THROWS - 1 | 1
        self.mix: int = state & (1 << _BITS) - 1
        self.all: list[int] = _ALL

    def throw(self) -> int:
        """Sixty bits."""
        self.at = self.at + self.step & THROWS - 1
        return self.all[self.at] ^ self.mix
