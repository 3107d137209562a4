"""The muscles that the camera sees on the body, as outlines on the picture with a fixed number of points."""

from functools import cache
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_surface import Surface
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer
from app.figures.drawing.muscle_places import MUSCLE_LAYERS
from app.figures.drawing.muscle_regions import MUSCLE_REGIONS, TRUNK_SURFACES, Region
from app.figures.drawing.scapula import FOLLOWING_DEG, GirdleMotion, measure_girdle, move_with_scapula
from app.figures.drawing.scene import Scene
from app.figures.drawing.skeleton import SIDES
from app.figures.drawing.surface_parts import build_surfaces

MIN_AREA_CM2 = 3.0
"""A smaller patch is left out: it would be a speck."""
MIN_WIDTH_CM = 0.8
"""A patch that is narrower on average is left out: it would be a sliver along the rim of the body."""
INSET_CM = 0.35
"""How far patches stay inside the silhouette of their layer."""
POINT_DISTANCE = 10.5
"""Distance of an outline's points along a region, in degrees or the like."""
STATION_WEIGHTS = {"trunk": 22.0, "neck": 24.0, "pelvis": 4.5}
"""What a step of one station counts in such units; of limbs, the whole bone."""
LIMB_WEIGHT = 150.0
"""The same for the whole bone of a limb."""


class PatchKey(NamedTuple):
    """Which part of which muscle of which side, and the layer it lies on."""

    muscle: str
    side: str
    part: int
    layer: str


class Patch(NamedTuple):
    """The outline of a part of a muscle on the picture, points (n, 2) in cm; all are the same where it is not seen."""

    points: Array
    is_seen: bool


def outline_patches(scene: Scene, camera: Camera) -> dict[PatchKey, Patch]:
    """Return all patches of a scene, always in the same order and with the same number of points."""
    body, surfaces = scene.body, build_surfaces(scene.body, camera)
    inner = {layer.name: _shrink(layer) for layer in scene.layers if layer.name in MUSCLE_LAYERS}
    patches: dict[PatchKey, Patch] = {}
    for side in SIDES:
        motion = measure_girdle(body, side)
        for muscle, regions in MUSCLE_REGIONS.items():
            for part, region in enumerate(regions):
                surface = surfaces[region.surface + ("" if region.surface in TRUNK_SURFACES else side)]
                points = project_region(region, surface, side, motion, camera)
                patches[PatchKey(muscle, side, part, surface.layer)] = _fit_into(points, inner[surface.layer])
    return patches


def project_region(region: Region, surface: Surface, side: str, motion: GirdleMotion, camera: Camera) -> Array:
    """Return the points of a region on the picture; what faces away is moved to the rim of what is seen."""
    stations, angles = spread_points(region)
    if region.scapula:
        stations, angles = move_with_scapula(stations, angles, motion, FOLLOWING_DEG[region.scapula])
    if region.surface in TRUNK_SURFACES and side == "L":
        angles = -angles
    return camera.project(surface.locate(stations, surface.keep_visible(stations, angles)))


@cache
def spread_points(region: Region) -> tuple[Array, Array]:
    """Return stations and angles of even points round a region."""
    weight = STATION_WEIGHTS.get(region.surface, LIMB_WEIGHT)
    corners = np.array([*region.corners, region.corners[0]]) * [weight, 1.0]
    steps = np.hypot(*np.diff(corners, axis=0).T)
    distances = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(8, round(distances[-1] / POINT_DISTANCE / 2) * 2)
    at = distances[-1] * np.arange(count) / count
    return np.interp(at, distances, corners[:, 0]) / weight, np.interp(at, distances, corners[:, 1])


def _shrink(layer: Layer) -> BaseGeometry:
    """Return the silhouette of a layer without its rim."""
    inner = layer.shape.buffer(-INSET_CM, 3)
    return layer.shape if inner.is_empty else inner


def _fit_into(points: Array, inner: BaseGeometry) -> Patch:
    """Return points moved into a silhouette; where next to nothing is seen of them, all at one place."""
    if not is_sliver(points):
        outside = np.flatnonzero(~shapely.contains_xy(inner, points[:, 0], points[:, 1]))
        if len(outside):
            points[outside] = _move_into(points[outside], inner)
        if not is_sliver(points):
            return Patch(points, True)
    centre = points.mean(0)[None]
    if not shapely.contains_xy(inner, *centre[0]):
        centre = _move_into(centre, inner)
    return Patch(np.repeat(centre, len(points), 0), False)


def _move_into(points: Array, shape: BaseGeometry) -> Array:
    """Return the points of a shape that are nearest to points outside."""
    lines = shapely.shortest_line(shapely.points(points), shape)
    nearest: Array = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 1]
    return nearest


def is_sliver(points: Array) -> bool:
    """Return whether an outline is too small or too narrow to be seen as a patch."""
    after = np.roll(points, -1, 0)
    area = abs(float((points[:, 0] * after[:, 1] - points[:, 1] * after[:, 0]).sum())) / 2
    length = float(np.hypot(*(after - points).T).sum())
    return area < MIN_AREA_CM2 or 2 * area / max(length, 1e-6) < MIN_WIDTH_CM
