"""Outlines of muscles from the numbers of an asset file, and the textures that tell their roles without colour.

A texture is made of lines across the outline, from point to point, so that it turns with the body and has the same
structure in every moment of a motion. It needs no pattern with an identifier, which sanitisers remove.
"""

import itertools
import math
import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

GRID_UNITS = 4
"""Outlines of muscles are stored in steps of so many drawing units, 0.4 pixels."""
NUMBER = re.compile(r"-?\d+")
LINE_INSET = 0.16
"""Share of a line's length that stays free at each of its ends."""
DOT_SHARES = (0.26, 0.5, 0.74)
"""Where on a line dots lie."""
Point = tuple[float, float]
_Item = TypeVar("_Item")
Outline = tuple[tuple[int, int], ...]
"""Control points of a closed quadratic B-spline, in drawing units, even numbers."""


def decode_outlines(text: str, sample_count: int) -> tuple[Outline, ...]:
    """Return the outlines of the samples: numbers are steps along the first one, then their changes."""
    numbers = [int(number) for number in NUMBER.findall(text)]
    length = len(numbers) // sample_count
    steps, outlines = [0] * length, []
    for first in range(0, len(numbers), length):
        steps = [step + change for step, change in zip(steps, numbers[first : first + length], strict=True)]
        outlines.append(_follow(steps))
    return tuple(outlines)


def _follow(steps: Sequence[int]) -> Outline:
    x = y = 0
    points = []
    for right, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + right * GRID_UNITS, y + down * GRID_UNITS
        points.append((x, y))
    return tuple(points)


def is_seen(outline: Outline) -> bool:
    """Return whether an outline has an extent: what is out of sight is one point."""
    return any(point != outline[0] for point in outline)


def write_outline(outline: Outline) -> str:
    """Return the path data of an outline."""
    middles = [
        ((x + after[0]) // 2, (y + after[1]) // 2) for (x, y), after in zip(outline, _turn(outline, 1), strict=True)
    ]
    (x, y), control = middles[0], outline[1]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(middles, _turn(middles, 1), strict=True)]
    first = [(control[0] - x, control[1] - y), steps[0]]
    return f"M{_write([(x, y)])}q{_write(first)}t{_write(steps[1:])}z"


class Hatching(NamedTuple):
    """Which lines across an outline are drawn: those from the `shift`-th point on, every `step`-th."""

    shift: int = 0
    step: int = 1

    def turn(self) -> "Hatching":
        """Return lines in another sense, in an outline of any number of points."""
        return self._replace(shift=self.shift + 3)


def choose_hatching(outlines: Sequence[Outline], min_distance: float) -> Hatching:
    """Return lines across the narrow way of an outline that keep `min_distance` on average where it is largest.

    All moments of an outline have the same lines, so that their texture has the same structure.
    """
    largest, count = max(outlines, key=_measure_round), len(outlines[0])
    shift = min(range(count // 2), key=lambda place: sum(_measure_lines(largest, place)))
    middles = [_between(line, 0.5) for line in _cross(largest, Hatching(shift))]
    way = sum(math.dist(a, b) for a, b in itertools.pairwise(middles))
    step = math.ceil(min_distance * count / 2 / max(way, 1))
    return Hatching(shift, min(max(1, step), max(1, (count // 2 - 1) // 2)))


def _measure_round(outline: Outline) -> float:
    return sum(math.dist(a, b) for a, b in zip(outline, _turn(outline, 1), strict=True))


def _measure_lines(outline: Outline, shift: int) -> list[float]:
    return [math.dist(*line) for line in _cross(outline, Hatching(shift))]


def write_lines(outline: Outline, hatching: Hatching) -> str:
    """Return the path data of lines across an outline."""
    return "".join(_write_line(*_shorten(line)) for line in _cross(outline, hatching))


def write_grid(outline: Outline, hatching: Hatching) -> str:
    """Return the path data of lines across an outline in two senses."""
    return write_lines(outline, hatching) + write_lines(outline, hatching.turn())


def write_dots(outline: Outline, hatching: Hatching) -> str:
    """Return the path data of dots inside an outline: lines without length, whose caps are round."""
    dots = [_between(line, share) for line in _cross(outline, hatching) for share in DOT_SHARES]
    return "".join(f"M{_write([(round(x), round(y))])}l0 0" for x, y in dots)


def _cross(outline: Outline, hatching: Hatching) -> list[tuple[Point, Point]]:
    """Return lines that join points with those across."""
    turned, count = _turn(outline, hatching.shift % len(outline)), len(outline)
    first = (hatching.step + 1) // 2
    return [(turned[place], turned[count - place]) for place in range(first, count // 2, hatching.step)]


def _turn(items: Sequence[_Item], count: int) -> list[_Item]:
    return [*items[count:], *items[:count]]


def _between(line: tuple[Point, Point], share: float) -> Point:
    (x0, y0), (x1, y1) = line
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _shorten(line: tuple[Point, Point]) -> tuple[Point, Point]:
    return _between(line, LINE_INSET), _between(line, 1 - LINE_INSET)


def _write_line(start: Point, end: Point) -> str:
    x, y = round(start[0]), round(start[1])
    return f"M{_write([(x, y)])}l{_write([(round(end[0]) - x, round(end[1]) - y)])}"


def _write(points: Sequence[tuple[int, int]]) -> str:
    """Return coordinates separated by as little as SVG allows: a space, or the minus sign alone."""
    return " ".join(str(value) for point in points for value in point).replace(" -", "-")
