"""Flat outlines: hulls of projected spheres, smoothing, even resampling, and the smooth path through the points."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.space import Array

TURN = np.linspace(0, 2 * np.pi, 24, endpoint=False)
CIRCLE = np.column_stack([np.cos(TURN), np.sin(TURN)])


def disc(centre: Array, radius: float) -> Array:
    """Points round a circle."""
    return centre + CIRCLE * radius


def hull(points: Array) -> BaseGeometry:
    """Convex hull of points (n, 2)."""
    return shapely.convex_hull(shapely.linestrings(points))


def chain(spheres: Sequence[tuple[Array, float]]) -> BaseGeometry:
    """The silhouette of spheres (flat centre, radius) swept one to the next."""
    rings = np.array([disc(c, r) for c, r in spheres])
    pairs = np.concatenate([rings[:-1], rings[1:]], axis=1)
    return union(shapely.convex_hull(shapely.linestrings(pairs)))


def union(parts: Iterable[BaseGeometry]) -> BaseGeometry:
    """All parts as one, the largest piece if they do not touch."""
    every = list(parts)
    return largest(every[0] if len(every) == 1 else shapely.union_all(every))


def largest(shape: BaseGeometry) -> BaseGeometry:
    """The largest polygon of a shape."""
    if shape.geom_type == "Polygon" and not shape.is_empty:
        return shape
    pieces = [g for g in shapely.get_parts(shape) if g.geom_type == "Polygon"]
    return max(pieces, key=lambda g: float(g.area)) if pieces else shapely.Point(0, 0).buffer(0.05)


def soften(shape: BaseGeometry, fill: float, round_: float) -> BaseGeometry:
    """Fill notches narrower than twice `fill`, round corners sharper than `round_`."""
    return largest(shape.buffer(fill, 6).buffer(-fill - round_, 6).buffer(round_, 6))


def resample(shape: BaseGeometry, count: int, start: Array) -> Array:
    """`count` points evenly round the outline, clockwise on the picture, beginning nearest to `start`."""
    ring = np.asarray(shapely.get_coordinates(shapely.get_exterior_ring(largest(shape))))
    turns = ring[:-1, 0] * ring[1:, 1] - ring[:-1, 1] * ring[1:, 0]
    if float(turns.sum()) < 0:
        last = ring[-2:-1]  # the first point of the ring read backwards
        ring = np.concatenate([ring[-2::-1], last])
    steps = np.hypot(*(ring[1:] - ring[:-1]).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    line = shapely.linestrings(ring)
    first = float(shapely.line_locate_point(line, shapely.Point(float(start[0]), float(start[1]))))
    at = (first + along[-1] * np.arange(count) / count) % along[-1]
    return np.column_stack([np.interp(at, along, ring[:, 0]), np.interp(at, along, ring[:, 1])])


def ring_of(points: Array) -> BaseGeometry:
    """The polygon round points in order, made valid."""
    shape = shapely.polygons(points)
    return shape if shape.is_valid else largest(shape.buffer(0))


def _grid(points: Array) -> Array:
    """Vertices on the even grid, so that their midpoints are whole numbers and the path below is exact."""
    return (np.round(points / 2) * 2).astype(int)


def _moves(points: Array) -> str:
    return " ".join(map(str, points.reshape(-1).tolist())).replace(" -", "-")


def smooth_path(points: Array, closed: bool = True) -> str:
    """A smooth path (quadratic B-spline) along points given in the drawing's units.

    Each `t` step needs one point only: its control point is the mirror image of the last one, and with
    even vertices that mirror image is the next vertex exactly.
    """
    if closed:
        before, after = np.concatenate([points[-1:], points[:-1]]), np.concatenate([points[1:], points[:1]])
        grid = _grid(points + (2 * points - before - after) / 8)
        middle = (grid + np.concatenate([grid[1:], grid[:1]])) // 2
        steps = np.diff(np.vstack([middle, middle[:1]]), axis=0)
        first = np.concatenate([grid[1] - middle[0], middle[1] - middle[0]])
        return f"M{_moves(middle[0])}q{_moves(first)}t{_moves(steps[1:])}z"
    grid = _grid(points)
    middle = (grid[:-1] + grid[1:]) // 2
    middle[0], middle[-1] = grid[0], grid[-1]
    first = np.concatenate([grid[1] - grid[0], middle[1] - grid[0]])
    rest = _moves(np.diff(middle, axis=0)[1:])
    return f"M{_moves(grid[0])}q{_moves(first)}" + (f"t{rest}" if rest else "")


def straight_path(points: Array) -> str:
    """A closed path with straight sides."""
    grid = np.round(points).astype(int)
    return f"M{_moves(grid[0])}l{_moves(np.diff(grid, axis=0))}z"
