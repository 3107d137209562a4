"""The surface of the body as grids of points, on which regions of muscles are stated by their place.

A surface has stations along a body part and angles round it. Round the trunk 0 degrees is the front, 90 the right side,
180 the back; round a limb 90 is the outer side. So a region of the right side becomes that of the left one where
angles change their sign on the trunk, and without a change on the limbs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere
from app.figures.drawing.outline import CIRCLE_ANGLES

ANGLE_COUNT = len(CIRCLE_ANGLES)
"""Points round a surface at each station."""
STEP_DEG = 360 / ANGLE_COUNT
"""From each point round a surface to the next."""
MIN_FACING = 0.1
"""A point is seen when its normal turns towards the viewer by more than this (cosine)."""


@dataclass
class Surface:
    """A part of the body seen by a camera: `stations` (n), and points `grid` (n, ANGLE_COUNT, 3) in the world.

    `middle` (n) is the angle in degrees that looks at the viewer most; between `low` and `high` degrees from it, both
    (n), the surface is seen.
    """

    layer: str
    stations: Array
    grid: Array
    middle: Array
    low: Array
    high: Array

    def locate(self, stations: Array, angles: Array) -> Array:
        """Return the points (n, 3) at stations and angles, between which the grid is interpolated."""
        row = np.interp(stations, self.stations, np.arange(len(self.stations)))
        column = (angles % 360) / STEP_DEG
        r0, c0 = np.minimum(row.astype(int), len(self.stations) - 2), column.astype(int) % ANGLE_COUNT
        c1, dr, dc = (c0 + 1) % ANGLE_COUNT, (row - r0)[:, None], (column - column.astype(int))[:, None]
        upper = self.grid[r0, c0] * (1 - dc) + self.grid[r0, c1] * dc
        lower = self.grid[r0 + 1, c0] * (1 - dc) + self.grid[r0 + 1, c1] * dc
        points: Array = upper * (1 - dr) + lower * dr
        return points

    def keep_visible(self, stations: Array, angles: Array) -> Array:
        """Return the angles of an outline moved to the rim of what is seen, where they lie beyond it.

        Both ends of an outline that is out of sight are moved to the same rim, so that nothing is left of it.
        """
        middle = np.interp(stations, self.stations, self.middle)
        mean = float(angles.mean())
        centre = float(np.interp(stations.mean(), self.stations, self.middle))
        offset = (mean - centre + 180) % 360 - 180
        relative = offset + (centre - middle) + (angles - mean)
        low, high = (np.interp(stations, self.stations, limit) for limit in (self.low, self.high))
        kept: Array = middle + np.clip(relative, low, high)
        return kept


def make_surface(camera: Camera, layer: str, stations: Sequence[float] | Array, grid: Array) -> Surface:
    """Return a surface with what the camera sees of it."""
    facing = _facing(camera, grid)
    radians = np.radians(np.arange(ANGLE_COUNT) * STEP_DEG)
    weight = np.maximum(facing, 0) + 1e-9 * (1 + facing)
    middle = np.unwrap(np.arctan2((weight * np.sin(radians)).sum(1), (weight * np.cos(radians)).sum(1)))
    low, high = (_find_rim(facing, middle, sign) for sign in (-1, 1))
    return Surface(layer, np.asarray(stations, dtype=float), grid, np.degrees(middle), low, high)


def _facing(camera: Camera, grid: Array) -> Array:
    """Return the cosine between the normal and the direction to the viewer at each point of a grid."""
    along = np.gradient(grid, axis=0)
    around = np.roll(grid, -1, 1) - np.roll(grid, 1, 1)
    normals = np.cross(along, around)
    outwards = grid - grid.mean(1, keepdims=True)
    normals *= np.sign((normals * outwards).sum(2, keepdims=True) + 1e-12)
    lengths = np.maximum(np.linalg.norm(normals, axis=2), 1e-9)
    facing: Array = (normals @ camera.viewer_direction) / lengths
    return facing


def _find_rim(facing: Array, middle: Array, sign: int) -> Array:
    """Return by row how many degrees from the middle the surface is seen in one sense; 0 where it is not at all."""
    steps = np.arange(ANGLE_COUNT // 2 + 1) * STEP_DEG
    rims = []
    for row, centre in zip(facing, np.degrees(middle), strict=True):
        at = (centre + sign * steps) % 360 / STEP_DEG
        seen = np.interp(at, np.arange(ANGLE_COUNT + 1), np.append(row, row[0])) - MIN_FACING
        hidden = np.flatnonzero(seen <= 0)
        if len(hidden) == 0:
            rims.append(180.0)
            continue
        last = int(hidden[0])
        share = 0.0 if last == 0 else seen[last - 1] / (seen[last - 1] - seen[last])
        rims.append(0.0 if last == 0 else float(steps[last - 1] + share * STEP_DEG))
    return sign * np.array(rims)


def tube(spheres: Sequence[Sphere], axes: Sequence[tuple[Array, Array]]) -> Array:
    """Return the points round a row of spheres; `axes` are the directions of 0 and 90 degrees at each."""
    cosines, sines = np.cos(CIRCLE_ANGLES)[:, None], np.sin(CIRCLE_ANGLES)[:, None]
    return np.array(
        [
            centre + (cosines * first + sines * second) * radius
            for (centre, radius), (first, second) in zip(spheres, axes, strict=True)
        ]
    )


def spread_to_spheres(grid: Array, spheres: Sequence[Sphere]) -> Array:
    """Return a grid whose points are moved outwards in the plane of their ring to the surface of spheres."""
    centres = grid.mean(1, keepdims=True)
    rays = grid - centres
    lengths = np.linalg.norm(rays, axis=2)
    directions = rays / np.maximum(lengths, 1e-9)[..., None]
    for sphere in spheres:
        to_sphere = sphere.centre - centres
        along = (directions * to_sphere).sum(2)
        inside = sphere.radius**2 - ((to_sphere**2).sum(2) - along**2)
        exits = np.where(inside > 0, along + np.sqrt(np.maximum(inside, 0)), 0.0)
        lengths = np.maximum(lengths, exits)
    spread: Array = centres + directions * lengths[..., None]
    return spread


def sweep_spheres(first: Sphere, second: Sphere, count: int) -> list[Sphere]:
    """Return spheres between two, both included."""
    shares = np.linspace(0, 1, count)
    centres = first.centre + np.outer(shares, second.centre - first.centre)
    radii = first.radius + shares * (second.radius - first.radius)
    return [Sphere(centre, float(radius)) for centre, radius in zip(centres, radii, strict=True)]
