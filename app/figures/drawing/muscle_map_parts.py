"""Draws the map of the muscles: the outline of a body, and on its front and its back the place of each muscle.

The right half is drawn; the left one is its mirror image, so that the map is symmetric to the last unit.
"""

from collections.abc import Callable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_surface import Surface
from app.figures.drawing.camera import Camera, make_camera
from app.figures.drawing.geometry import Array
from app.figures.drawing.muscle_patches import is_sliver, project_region
from app.figures.drawing.muscle_regions import DEEP_REGIONS, MUSCLE_REGIONS, TRUNK_SURFACES, Region
from app.figures.drawing.outline import circle_points, largest_polygon, round_corners
from app.figures.drawing.path_data import smooth_path_data, spread_control_points
from app.figures.drawing.posefile import POSES, read_pose_file
from app.figures.drawing.scapula import measure_girdle
from app.figures.drawing.scene import mannequin_layers
from app.figures.drawing.skeleton import SIDES, Body
from app.figures.drawing.surface_parts import build_surfaces
from app.figures.muscle_map import MAP_BODY_HEIGHT, MUSCLE_MAP_PATH, MuscleMapParts, encode_muscle_map

POSE_PATH = POSES / "parts" / "muscle-map.yaml"
"""The pose file of the body on the map."""
YAWS = {"front": 90.0, "back": -90.0}
"""Yaw of the camera of each view in degrees."""
HALF_POINTS = 76
"""Points of half the outline of the body."""
HEAD_RADII_CM = (8.3, 11.2)
"""Half width and half height of the head."""
HAIRLINE_SHARE = 0.1
"""How far above the middle of the head the hairline of the front is, as a share of its half height."""
ORDER = (*MUSCLE_REGIONS, *DEEP_REGIONS)
"""The muscles from back to front: deep ones are drawn over the others, so that they can be seen."""


def draw_muscle_map() -> MuscleMapParts:
    """Return the parts of the map, drawn from its pose file."""
    body = read_pose_file(POSE_PATH).key_poses[0].body
    cameras = {view: make_camera(yaw, 0) for view, yaw in YAWS.items()}
    outline, top, bottom = _outline_body(body, cameras["front"])
    scale = MAP_BODY_HEIGHT / (bottom - top)

    def to_units(points: Array) -> Array:
        return np.asarray((points - np.array([0.0, top])) * scale)

    head = cameras["front"].project(body.joints["head"])
    head[0] = 0.0
    hair = _outline_hair(head)
    return MuscleMapParts(
        smooth_path_data(to_units(outline)),
        {"front": smooth_path_data(to_units(hair)), "back": smooth_path_data(to_units(_outline_head(head)))},
        {view: _draw_patches(body, camera, to_units) for view, camera in cameras.items()},
        tuple(DEEP_REGIONS),
        round(float(to_units(outline)[:, 0].max())),
    )


def write_muscle_map() -> None:
    """Write the committed drawing of the map."""
    MUSCLE_MAP_PATH.parent.mkdir(exist_ok=True)
    MUSCLE_MAP_PATH.write_bytes(encode_muscle_map(draw_muscle_map()))


def _outline_body(body: Body, camera: Camera) -> tuple[Array, float, float]:
    """Return the outline of the body, symmetric about x = 0, with the y of its top and its bottom."""
    shades = {limb + side: "" for limb in ("arm", "leg") for side in SIDES}
    layers = mannequin_layers(body, camera, shades)
    head = camera.project(body.joints["head"])
    parts = [layer.shape for layer in layers if layer.name != "head"]
    shape = round_corners(shapely.union_all([*parts, shapely.Polygon(_outline_head(head))]), 1.2, 1.0)
    right = _halve(shape)
    return np.vstack([right, right[::-1] * [-1, 1]]), float(right[:, 1].min()), float(right[:, 1].max())


def _halve(shape: BaseGeometry) -> Array:
    """Return points from the crown round one side of the body to the crotch."""
    left, top, _, bottom = shape.bounds
    half = largest_polygon(shape.intersection(shapely.box(left - 1, top - 1, 0.0, bottom + 1)))
    ring = np.asarray(shapely.get_coordinates(half.exterior))[:-1]
    ring = np.roll(ring, -int(np.argmin(ring[:, 1] - ring[:, 0] * 1e-3)), 0)
    if ring[1, 0] > -1e-6:  # begins along the midline: turn it round
        ring = np.roll(ring[::-1], 1, 0)
    on_midline = np.flatnonzero(ring[:, 0] > -1e-6)
    ring = ring[: on_midline[1] + 1] if len(on_midline) > 1 else ring
    distances = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    at = (np.arange(HALF_POINTS) + 0.5) / HALF_POINTS * distances[-1]
    return np.column_stack([np.interp(at, distances, ring[:, axis]) for axis in (0, 1)])


def _outline_head(centre: Array) -> Array:
    return np.asarray(circle_points(np.zeros(2), 1.0) * HEAD_RADII_CM + centre)


def _outline_hair(centre: Array) -> Array:
    """Return the outline of the hair as it is seen from the front."""
    head = _outline_head(centre)
    level = centre[1] - HEAD_RADII_CM[1] * HAIRLINE_SHARE
    upper = head[head[:, 1] < level]
    upper = upper[np.argsort(upper[:, 0])]
    inner = (upper - centre) * [0.8, 0.62] + centre
    return np.vstack([upper, inner[::-1]])


def _draw_patches(body: Body, camera: Camera, to_units: Callable[[Array], Array]) -> list[tuple[str, list[int]]]:
    """Return the muscles of the right side that are seen, each with the control points of an outline."""
    surfaces, motion = build_surfaces(body, camera), measure_girdle(body, "R")
    patches = []
    for muscle in ORDER:
        for region in (MUSCLE_REGIONS | DEEP_REGIONS)[muscle]:
            points = project_region(region, _find_surface(surfaces, region), "R", motion, camera)
            if not is_sliver(points):
                grid = np.round(spread_control_points(to_units(points)) / 2).astype(int) * 2
                patches.append((muscle, grid.ravel().tolist()))
    return patches


def _find_surface(surfaces: dict[str, Surface], region: Region) -> Surface:
    return surfaces[region.surface + ("" if region.surface in TRUNK_SURFACES else "R")]
