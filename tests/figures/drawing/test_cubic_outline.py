"""Cubic curves follow the quadratic ones that they replace."""

import numpy as np
import pytest

from app.figures.drawing.cubic_outline import MAX_DEVIATION, parse_outline, to_cubic_outlines
from app.figures.drawing.geometry import Array
from app.figures.drawing.path_data import smooth_path_data, straight_path_data

ANGLES = np.linspace(0, 2 * np.pi, 40, endpoint=False)
CIRCLE = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)]) * 500 + 1000


def test_path_data_is_read_as_it_was_written() -> None:
    outline = parse_outline("M100 200q10 0 20 10t5-20-5 30z")
    assert outline.vertices.tolist() == [[100, 200], [120, 210], [125, 190], [120, 220]]
    assert outline.controls.tolist() == [[110, 200], [130, 220], [120, 160]]
    assert outline.is_closed
    assert parse_outline("M0 0l5-5 5 5").vertices.tolist() == [[0, 0], [5, -5], [10, 0]]


def sample_cubics(data: str) -> Array:
    (outline,) = to_cubic_outlines([data])
    t = np.linspace(0, 1, 30)[:, None]
    ends = range(1, len(outline.vertices) + outline.is_closed)
    curves = []
    for start, end in zip(range(len(ends)), (index % len(outline.vertices) for index in ends), strict=True):
        a, b = outline.vertices[start], outline.vertices[end]
        p, q = a + outline.outgoing[start], b + outline.incoming[end]
        curves.append((1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * p + 3 * t**2 * (1 - t) * q + t**3 * b)
    return np.vstack(curves)


def test_a_circle_stays_one_with_fewer_vertices() -> None:
    data = smooth_path_data(CIRCLE)
    (outline,) = to_cubic_outlines([data])
    assert len(outline.vertices) <= len(CIRCLE) / 2
    radii = np.hypot(*(sample_cubics(data) - 1000).T)
    assert radii.min() > 500 - MAX_DEVIATION - 2
    assert radii.max() < 500 + MAX_DEVIATION + 2


def test_an_open_line_keeps_its_ends() -> None:
    data = smooth_path_data(CIRCLE[:15], closed=False)
    points = sample_cubics(data)
    assert points[0] == pytest.approx(parse_outline(data).vertices[0])
    assert points[-1] == pytest.approx(parse_outline(data).vertices[-1])


def test_corners_stay_corners() -> None:
    square = np.array([[0, 0], [100, 0], [100, 100], [0, 100]])
    (outline,) = to_cubic_outlines([straight_path_data(square)])
    assert outline.vertices[:4].tolist() == square.tolist()
    assert not outline.incoming.any()


def test_all_samples_have_the_same_vertices() -> None:
    flat = CIRCLE * [1, 0.1]
    outlines = to_cubic_outlines([smooth_path_data(CIRCLE), smooth_path_data(flat)])
    assert len({len(outline.vertices) for outline in outlines}) == 1
