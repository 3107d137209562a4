"""Where on a picture the map of the muscles fits: in a corner, beside the drawing, which shrinks only where it must."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

COLUMN_PX = 10
"""Width in pixels of the columns in which an asset file says what of its picture is drawn on."""
MARGIN_PX = 8
"""What stays free at each edge of the picture."""
GAP_PX = 6
"""What stays free between the drawing and the map."""
SCALES = tuple(1 - step * 0.04 for step in range(15))
"""By how much a drawing may shrink."""
Columns = tuple[tuple[int, int], ...]
"""Highest and lowest pixel that is drawn on in each column; bottom before top where nothing is."""
Size = tuple[float, float]


class MapPlace(NamedTuple):
    """How the drawing is scaled and shifted, and the corner at the upper left of the map; in pixels.

    `shape` is the index of the size that was chosen for the map.
    """

    scale: float
    shift_x: float
    shift_y: float
    x: float
    y: float
    shape: int


@lru_cache(maxsize=512)
def find_place(columns: Columns, sizes: tuple[Size, ...], picture: Size, is_top_right_taken: bool) -> MapPlace:
    """Return a place for a map of one of several sizes at which the drawing stays largest, then moves least."""
    for scale in SCALES:
        fitting = [
            MapPlace(scale, shift_x, shift_y, x, y, shape)
            for shift_x, shift_y in _list_shifts(columns, scale, picture)
            for shape, size in enumerate(sizes)
            for x, y in _list_corners(size, picture, is_top_right_taken)
            if _is_free(columns, scale, (shift_x, shift_y), (x, y, x + size[0], y + size[1]))
        ]
        if fitting:
            centre = (picture[0] * (1 - scale) / 2, picture[1] * (1 - scale) / 2)
            return min(
                fitting, key=lambda place: abs(place.shift_x - centre[0]) + abs(place.shift_y - centre[1]) + place.shape
            )
    corner = next(_list_corners(sizes[0], picture, is_top_right_taken))
    return MapPlace(SCALES[-1], picture[0] * (1 - SCALES[-1]), 0.0, *corner, 0)


def _list_shifts(columns: Columns, scale: float, picture: Size) -> Iterator[tuple[float, float]]:
    """Yield where the scaled drawing may lie: in the middle, or moved to an edge; one that is cut off stays there."""
    used = [number for number, (top, bottom) in enumerate(columns) if bottom > top]
    left, right = used[0] * COLUMN_PX, (used[-1] + 1) * COLUMN_PX
    top, bottom = min(columns[number][0] for number in used), max(columns[number][1] for number in used)
    for shift_x in _list_positions(left, right, scale, picture[0]):
        for shift_y in _list_positions(top, bottom, scale, picture[1]):
            yield shift_x, shift_y


def _list_positions(low: float, high: float, scale: float, length: float) -> list[float]:
    if high > length:  # cut off at the far edge
        return [length * (1 - scale)]
    nearest, farthest = MARGIN_PX - low * scale, length - MARGIN_PX - high * scale
    middle = min(max(length * (1 - scale) / 2, nearest), farthest)
    return [middle, nearest, farthest]


def _list_corners(size: Size, picture: Size, is_top_right_taken: bool) -> Iterator[tuple[float, float]]:
    left, top = float(MARGIN_PX), float(MARGIN_PX)
    right, bottom = picture[0] - MARGIN_PX - size[0], picture[1] - MARGIN_PX - size[1]
    if not is_top_right_taken:
        yield right, top
    yield from ((left, top), (right, bottom), (left, bottom))


def _is_free(columns: Sequence[tuple[int, int]], scale: float, shift: Size, box: tuple[float, ...]) -> bool:
    """Return whether nothing is drawn in a box (left, top, right, bottom) once the drawing is scaled and shifted."""
    left, top, right, bottom = box
    first = max(0, int((left - GAP_PX - shift[0]) / scale / COLUMN_PX))
    last = min(len(columns) - 1, int((right + GAP_PX - shift[0]) / scale / COLUMN_PX))
    high, low = (top - GAP_PX - shift[1]) / scale, (bottom + GAP_PX - shift[1]) / scale
    return all(
        drawn_bottom < drawn_top or drawn_top > low or drawn_bottom < high
        for drawn_top, drawn_bottom in columns[first : last + 1]
    )
