"""Upright rectangles: of what stands on a picture, and of the room that is left for it."""

from collections.abc import Iterable
from typing import NamedTuple


class Rectangle(NamedTuple):
    """An upright rectangle; y points down. The unit is that of its user: pixels of a picture, or cm of a body."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def unite_rectangles(rectangles: Iterable[Rectangle]) -> Rectangle:
    """Return the smallest rectangle round all of them. Raises `ValueError` where there are none."""
    lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
    return Rectangle(min(lefts), min(tops), max(rights), max(bottoms))
