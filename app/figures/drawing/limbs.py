"""What arms and legs have in common: segments as swept spheres, their outlines, and which limb is on the far side.

A segment is a row of spheres along a bone, swept from each to the next. Its stations are written as (share of the
bone's length, radius in cm, offset in cm towards the segment's fuller side).
"""

import itertools
from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, DepthSphere, Sphere
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import resample_outline, round_corners, sweep
from app.figures.drawing.skeleton import ARM, CHEST_NODE, LEG, LIMBS, SIDE_SIGN, SIDES, Body, Limb, measure_raise

Shades = dict[str, str]
"""By limb (`armR`), "2" for the darker tones of a far limb, else ""."""

FAR_SIDE_DEPTH = -0.45
"""A limb counts as far when its side of the trunk faces away by more than this (cosine)."""
FAR_RAISED_DEPTH = -0.6
"""The same for a raised arm: the shoulder line of the shirt would run across a sleeve that lies behind it."""
RAISED_DEG = 130.0
"""An arm is raised when it is lifted by more than this from where it hangs along the trunk."""
FAR_SHADE_DEPTHS = {ARM.name: -0.6, LEG.name: -0.5}
"""The same for its shade, in every posture of the motion: a dark sleeve before the chest would be a patch on it."""
LOWER_EDGE_INDEX = 1
"""Index, in the strokes of thigh and upper arm, of the outline that they draw for the segment below them."""
FILL_INDEX = 2
"""Index, in the strokes of thigh and upper arm, of the filled segment."""


def is_far_side(body: Body, camera: Camera, side: str, limb: Limb) -> bool:
    """Return whether the body is turned so that this limb is on the far side."""
    is_raised = limb is ARM and measure_raise(body, side) > RAISED_DEG
    return _side_depth(body, camera, side, limb) < (FAR_RAISED_DEPTH if is_raised else FAR_SIDE_DEPTH)


def choose_shades(bodies: Sequence[Body], camera: Camera) -> Shades:
    """Return the shade of each limb for a whole motion: a limb that changed its tone on the way would flicker."""
    return {
        limb.name + side: "2" if _nearest_side_depth(bodies, camera, side, limb) < FAR_SHADE_DEPTHS[limb.name] else ""
        for limb in LIMBS
        for side in SIDES
    }


def _nearest_side_depth(bodies: Sequence[Body], camera: Camera, side: str, limb: Limb) -> float:
    return max(_side_depth(body, camera, side, limb) for body in bodies)


def _side_depth(body: Body, camera: Camera, side: str, limb: Limb) -> float:
    """Return the cosine between the outer side of a limb's half of the trunk and the direction to the viewer."""
    frame = body.spine_frames[CHEST_NODE] if limb is ARM else body.pelvis_frame
    return camera.depth_of(frame[:, 2] * SIDE_SIGN[side])


def place_spheres(
    body: Body, side: str, upper: str, lower: str, stations: list[Station], fuller_side: Array
) -> list[Sphere]:
    """Return the spheres of a segment between two joints, with the girth of the body."""
    start, end = body.joints[upper + side], body.joints[lower + side]
    return [
        Sphere(start + (end - start) * share + fuller_side * offset, radius)
        for share, radius, offset in body.shape.fit_stations(stations, upper, lower)
    ]


def outline_spheres(camera: Camera, spheres: list[Sphere], count: int, start: Array) -> tuple[Array, BaseGeometry]:
    """Return the silhouette of swept spheres: `count` points beginning near `start`, and its shape."""
    shape = round_corners(sweep(camera.project_spheres(spheres)), 1.5, 0.8)
    return resample_outline(shape, count, camera.project(start)), shape


def edge_stroke(camera: Camera, tone: str, spheres: list[Sphere], count: int, start: Array) -> Stroke:
    """Return the outline of swept spheres as a stroke of `count` points."""
    return Stroke("edge", tone, outline_spheres(camera, spheres, count, start)[0])


def densify_spheres(camera: Camera, spheres: list[Sphere], steps: int = 3) -> list[DepthSphere]:
    """Return projected spheres with `steps` to each stretch, so that the surface between them has a depth, too."""
    dense = []
    for a, b in itertools.pairwise(spheres):
        for step in range(steps):
            share = step / steps
            centre, radius = a.centre + (b.centre - a.centre) * share, a.radius + (b.radius - a.radius) * share
            dense.append(Sphere(centre, radius))
    return camera.depth_spheres([*dense, spheres[-1]])
