"""The muscles that the camera sees on the body, as outlines on the picture with a fixed number of points."""

from typing import NamedTuple

import numpy as np
import shapely

from app.figures.drawing.body_surface import Surface
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer
from app.figures.drawing.muscle_regions import MUSCLE_REGIONS, TRUNK_SURFACES, Region
from app.figures.drawing.scapula import GirdleMotion, measure_girdle, move_with_scapula
from app.figures.drawing.scene import Scene
from app.figures.drawing.skeleton import SIDES
from app.figures.drawing.surface_parts import build_surfaces

MIN_AREA_CM2 = 3.0
"""A smaller patch is left out: it would be a speck."""
MIN_WIDTH_CM = 0.8
"""A patch that is narrower on average is left out: it would be a sliver along the rim of the body."""
INSET_CM = 0.35
"""How far patches stay inside the silhouette of their layer."""
POINT_DISTANCE = 9.0
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


def outline_patches(scene: Scene, camera: Camera) -> dict[PatchKey, Array | None]:
    """Return the points of each patch on the picture in cm; None for one that is out of sight."""
    body, surfaces = scene.body, build_surfaces(scene.body, camera)
    layers = {layer.name: layer for layer in scene.layers}
    patches: dict[PatchKey, Array | None] = {}
    for side in SIDES:
        motion = measure_girdle(body, side)
        for muscle, regions in MUSCLE_REGIONS.items():
            for part, region in enumerate(regions):
                surface = surfaces[region.surface + ("" if region.surface in TRUNK_SURFACES else side)]
                points = _project_region(region, surface, side, motion, camera)
                key = PatchKey(muscle, side, part, surface.layer)
                patches[key] = _fit_into(points, layers[surface.layer])
    return patches


def _project_region(region: Region, surface: Surface, side: str, motion: GirdleMotion, camera: Camera) -> Array:
    stations, angles = spread_points(region)
    if region.moves_with_scapula:
        stations, angles = move_with_scapula(stations, angles, motion)
    if region.surface in TRUNK_SURFACES and side == "L":
        angles = -angles
    return camera.project(surface.locate(stations, surface.keep_visible(stations, angles)))


def spread_points(region: Region) -> tuple[Array, Array]:
    """Return stations and angles of even points round a region."""
    weight = STATION_WEIGHTS.get(region.surface, LIMB_WEIGHT)
    corners = np.array([*region.corners, region.corners[0]]) * [weight, 1.0]
    steps = np.hypot(*np.diff(corners, axis=0).T)
    distances = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(8, round(distances[-1] / POINT_DISTANCE / 2) * 2)
    at = distances[-1] * np.arange(count) / count
    return np.interp(at, distances, corners[:, 0]) / weight, np.interp(at, distances, corners[:, 1])


def _fit_into(points: Array, layer: Layer) -> Array | None:
    """Return points moved into the silhouette of their layer; None where next to nothing is seen of them."""
    if is_sliver(points):
        return None
    inner = layer.shape.buffer(-INSET_CM, 3)
    if inner.is_empty:
        return None
    outside = np.flatnonzero(~shapely.contains_xy(inner, points[:, 0], points[:, 1]))
    if len(outside):
        lines = shapely.shortest_line(shapely.points(points[outside]), inner)
        points = points.copy()
        points[outside] = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 1]
    return None if is_sliver(points) else points


def is_sliver(points: Array) -> bool:
    """Return whether an outline is too small or too narrow to be seen as a patch."""
    after = np.roll(points, -1, 0)
    area = abs(float((points[:, 0] * after[:, 1] - points[:, 1] * after[:, 0]).sum())) / 2
    length = float(np.hypot(*(after - points).T).sum())
    return area < MIN_AREA_CM2 or 2 * area / max(length, 1e-6) < MIN_WIDTH_CM
