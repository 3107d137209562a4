"""How high and how low a picture is drawn on, column by column: where room is left for something else."""

import re

import numpy as np

from app.figures.drawing.geometry import Array
from app.figures.drawing.svg import HEIGHT_PX, WIDTH_PX
from app.figures.drawing.viewport import UNITS_PER_PIXEL
from app.figures.muscle_place import COLUMN_PX

PATH = re.compile(r'(?: d|values)="(M[^"]+)"')
PIECE = re.compile(r"M(-?\d+) ?(-?\d+)([lq])([-\d t]+)(z?)")
NUMBER = re.compile(r"-?\d+")
MAX_STEP_PX = COLUMN_PX / 2
"""A longer straight stretch is divided, so that no column is jumped over."""
COLUMN_COUNT = WIDTH_PX // COLUMN_PX


def measure_columns(document: str) -> list[tuple[int, int]]:
    """Return the highest and the lowest pixel of all paths in each column; where there are none, bottom before top."""
    points = np.vstack([_follow(*found.groups()) for path in PATH.findall(document) for found in PIECE.finditer(path)])
    columns = np.clip(points[:, 0] // COLUMN_PX, 0, COLUMN_COUNT - 1).astype(int)
    tops, bottoms = np.full(COLUMN_COUNT, float(HEIGHT_PX)), np.zeros(COLUMN_COUNT)
    np.minimum.at(tops, columns, points[:, 1])
    np.maximum.at(bottoms, columns, points[:, 1])
    return [(int(np.floor(top)), int(np.ceil(bottom))) for top, bottom in zip(tops, bottoms, strict=True)]


def _follow(x: str, y: str, command: str, steps: str, end: str) -> Array:
    """Return points along a path in pixels, close enough to each other."""
    numbers = np.array(NUMBER.findall(steps), dtype=int).reshape(-1, 2)
    if command == "q":  # the first step is a control point from the same start
        numbers = numbers[1:]
    points = np.cumsum(np.vstack([[[int(x), int(y)]], numbers]), axis=0) / UNITS_PER_PIXEL
    if end:
        points = np.vstack([points, points[:1]])
    lengths = np.hypot(*np.diff(points, axis=0).T)
    if len(lengths) == 0 or float(lengths.max()) <= MAX_STEP_PX:
        return points
    distances = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, distances[-1], int(distances[-1] / MAX_STEP_PX) + 2)
    divided = np.column_stack([np.interp(at, distances, points[:, axis]) for axis in (0, 1)])
    return np.vstack([points, divided])
