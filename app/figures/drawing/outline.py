"""Outlines on the picture: hulls of projected spheres, rounding, and even resampling. Lengths in cm."""

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.geometry import Array

CIRCLE_ANGLES = np.linspace(0, 2 * np.pi, 24, endpoint=False)
"""Radians at which a circle is sampled."""
UNIT_CIRCLE = np.column_stack([np.cos(CIRCLE_ANGLES), np.sin(CIRCLE_ANGLES)])
"""Points (24, 2) round a circle of radius 1."""
ARC_SEGMENTS = 6
"""Segments to a quarter circle of a rounded corner."""


def circle_points(centre: Array, radius: float) -> Array:
    """Return points round a circle."""
    return centre + UNIT_CIRCLE * radius


def convex_hull(points: Array) -> BaseGeometry:
    """Return the convex hull of points (n, 2)."""
    return shapely.convex_hull(shapely.linestrings(points))


def sweep(discs: Sequence[tuple[Array, float]]) -> BaseGeometry:
    """Return the silhouette of discs (centre, radius) swept from each to the next."""
    # The hull of each pair of neighbours is a capsule; together they are the swept shape.
    rings = np.array([circle_points(centre, radius) for centre, radius in discs])
    pairs = np.concatenate([rings[:-1], rings[1:]], axis=1)
    return unite(shapely.convex_hull(shapely.linestrings(pairs)))


def unite(parts: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the union of all parts, or its largest piece where they do not touch."""
    shapes = list(parts)
    return largest_polygon(shapes[0] if len(shapes) == 1 else shapely.union_all(shapes))


def largest_polygon(shape: BaseGeometry) -> BaseGeometry:
    """Return the largest polygon of a shape; a dot when it has none."""
    if shape.geom_type == "Polygon" and not shape.is_empty:
        return shape
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(polygons, key=lambda part: float(part.area)) if polygons else shapely.Point(0, 0).buffer(0.05)


def round_corners(shape: BaseGeometry, notch: float, corner: float) -> BaseGeometry:
    """Return the shape with notches narrower than 2 * `notch` filled and corners rounded to the radius `corner`."""
    # Outwards fills notches, inwards past the start cuts off what is thinner, outwards again restores the size.
    filled = shape.buffer(notch, ARC_SEGMENTS).buffer(-notch - corner, ARC_SEGMENTS)
    return largest_polygon(filled.buffer(corner, ARC_SEGMENTS))


def resample_outline(shape: BaseGeometry, count: int, start: Array, far_density: float = 0.0) -> Array:
    """Return `count` points round an outline, clockwise on the picture, beginning at the nearest to `start`.

    They are even, or closer to each other at the far end: `far_density` is the share of the spacing that is taken off
    there, and added near the start.

    A fixed count and a start that moves with the body make the outlines of two moments correspond point by point,
    which the animation needs.
    """
    outline = _measure_outline(shape)
    shares = np.arange(count) / count
    shares = shares + far_density * np.sin(2 * np.pi * shares) / (2 * np.pi)
    return outline.points_at(outline.locate(start) + outline.length * shares)


def resample_between(shape: BaseGeometry, anchors: Sequence[Array], counts: Sequence[int]) -> Array:
    """Return points clockwise round an outline, with corners at those of its points that are nearest to `anchors`.

    Between each anchor and the next lie `counts` even steps, in the order in which they come after the first anchor.
    """
    outline = _measure_outline(shape)
    first, *others = (outline.locate(anchor) for anchor in anchors)
    after = sorted((distance - first) % outline.length for distance in others)
    edges = itertools.pairwise([0.0, *after, outline.length])
    steps = [np.linspace(low, high, count, endpoint=False) for (low, high), count in zip(edges, counts, strict=True)]
    return outline.points_at(first + np.concatenate(steps))


class _Outline(NamedTuple):
    """A closed ring of points (n + 1, 2), clockwise on the picture, and how far along it each of them lies, in cm."""

    ring: Array
    distances: Array

    @property
    def length(self) -> float:
        """The way round it, in cm."""
        return float(self.distances[-1])

    def locate(self, point: Array) -> float:
        """Return how far along it the point nearest to another one lies, in cm."""
        nearest = shapely.Point(float(point[0]), float(point[1]))
        return float(shapely.line_locate_point(shapely.linestrings(self.ring), nearest))

    def points_at(self, distances: Array) -> Array:
        """Return the points (n, 2) at distances (n) along it, in cm."""
        at = distances % self.length
        return np.column_stack([np.interp(at, self.distances, self.ring[:, axis]) for axis in (0, 1)])


def _measure_outline(shape: BaseGeometry) -> _Outline:
    ring = np.asarray(shapely.get_coordinates(shapely.get_exterior_ring(largest_polygon(shape))))
    cross_products = ring[:-1, 0] * ring[1:, 1] - ring[:-1, 1] * ring[1:, 0]
    if float(cross_products.sum()) < 0:  # twice the signed area: turn the ring round
        ring = np.concatenate([ring[-2::-1], ring[-2:-1]])
    steps = np.hypot(*(ring[1:] - ring[:-1]).T)
    return _Outline(ring, np.concatenate([[0.0], np.cumsum(steps)]))


def polygon_of(points: Array) -> BaseGeometry:
    """Return the polygon round points in order, made valid."""
    shape = shapely.polygons(points)
    return shape if shape.is_valid else largest_polygon(shape.buffer(0))
