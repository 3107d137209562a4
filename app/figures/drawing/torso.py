"""The trunk as layers: shirt and leggings lofted through rings along the spine, the spine's accent line, the neck."""

import itertools
from typing import NamedTuple

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, DepthSphere, Sphere
from app.figures.drawing.head import SKULL_ZONE_CM
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.outline import (
    UNIT_CIRCLE,
    circle_points,
    convex_hull,
    resample_outline,
    round_corners,
    sweep,
    unite,
)
from app.figures.drawing.skeleton import NECK_NODE, SIDE_SIGN, SIDES, Body


class Ring(NamedTuple):
    """An ellipse round a spine node: half width, depth in front of the node and behind it, in cm."""

    half_width: float
    front: float
    behind: float


RINGS = {
    0: Ring(15.4, 10.6, 10.3),
    1: Ring(15.0, 10.6, 9.2),
    2: Ring(13.6, 10.4, 7.4),
    3: Ring(12.8, 10.6, 6.2),
    4: Ring(13.1, 11.5, 5.8),
    5: Ring(14.2, 12.8, 5.6),
    6: Ring(15.2, 13.9, 5.4),
    7: Ring(15.9, 14.4, 5.2),
    8: Ring(15.8, 13.4, 5.0),
    9: Ring(14.0, 11.0, 4.8),
    10: Ring(8.6, 7.4, 5.0),
}
"""The trunk's rings by spine node."""
BREATH_SHARES = {3: 0.5, 4: 0.9, 5: 1.0, 6: 0.8, 7: 0.4}
"""By spine node, the share of a breath's cm by which the rib cage widens there."""
SHIRT_LOOSENESS_CM = {1: 1.5, 2: 0.9}
"""By spine node, how much wider than the trunk the shirt is: it falls over the leggings."""
NECK_ZONE_CM = 7.0
"""Radius round the base of the neck in which torso and neck are not compared by depth."""
SPINE_INSET_CM = 1.6
"""How far behind the spine nodes the accent line runs: a little inside the back."""
SPINE_FADE_START = 0.36
"""Cosine between the chest and the direction to the viewer at which the accent line begins to fade."""
SPINE_FADE_RANGE = 0.1
"""Over how much more cosine the accent line fades to nothing."""


def pelvis_layer(body: Body, camera: Camera) -> Layer:
    """Return the upper part of the leggings."""
    shape = _leggings_shape(body, camera)
    points = resample_outline(shape, 24, camera.project(body.joints["pelvis"] - body.pelvis_frame[:, 1] * 30))
    hips = camera.depth_spheres([(body.joints["hip" + side], 8.6) for side in SIDES])
    zones = {name: zone for side in SIDES for name, zone in joint_zones(camera, body, side, "hip").items()}
    return Layer(
        "pelvis",
        [Stroke("edge", "leg", points), Stroke("fill", "leg", points)],
        shape,
        front_surface(_trunk_spheres(body, camera, 0, 1) + hips),
        camera.depth_of(body.joints["pelvis"]),
        zones,
    )


def torso_layer(body: Body, camera: Camera) -> Layer:
    """Return the shirt with the accent line of the spine on top."""
    shape = _shirt_shape(body, camera)
    points = resample_outline(shape, 40, camera.project(body.spine[2] - body.spine_frames[2][:, 1] * 30))
    spine = Stroke("spine", "spine", _spine_line(body, camera), opacity=_spine_opacity(body, camera))
    zones = {"neck": Sphere(camera.project(body.spine[NECK_NODE]), NECK_ZONE_CM)}
    for side in SIDES:
        zones |= joint_zones(camera, body, side, "hip", "shoulder")
    return Layer(
        "torso",
        [Stroke("edge", "top", points), Stroke("fill", "top", points), spine],
        shape,
        front_surface(_trunk_spheres(body, camera, 1, 10)),
        camera.depth_of(body.spine[5] + body.spine_frames[5][:, 0] * 4),
        zones,
    )


def neck_layer(body: Body, camera: Camera) -> Layer:
    """Return the neck, between collar and skull."""
    low, middle, high = (body.spine_frames[node][:, 0] for node in (10, 11, 12))
    spheres = [
        (body.spine[10] + low * 1.4, 5.9),
        (body.spine[11] + middle * 1.8, 5.4),
        (body.spine[12] + high * 1.4 + body.head_frame[:, 1] * 2.0, 5.3),
    ]
    shape = round_corners(sweep(camera.project_spheres(spheres)), 2, 1)
    points = resample_outline(shape, 14, camera.project(body.spine[9]))
    zones = {
        "neck": Sphere(camera.project(body.spine[NECK_NODE]), NECK_ZONE_CM),
        "skull": Sphere(camera.project(body.joints["head"]), SKULL_ZONE_CM),
    }
    return Layer(
        "neck",
        [Stroke("edge", "skin", points), Stroke("fill", "skin", points)],
        shape,
        front_surface(camera.depth_spheres(spheres)),
        camera.depth_of(body.spine[5]) - 0.5,
        zones,
    )


def _ring_points(body: Body, node: int, looseness: float = 0.0) -> Array:
    """Return points (24, 3) round the trunk at a spine node; a breath widens the lower ribs."""
    wider = looseness + body.breath * BREATH_SHARES.get(node, 0.0)
    half, front, behind = (size + wider * share for size, share in zip(RINGS[node], (1, 0.5, 0.5), strict=True))
    frame = body.spine_frames[node]
    centre = body.spine[node] + frame[:, 0] * (front - behind) / 2
    forward = np.outer(UNIT_CIRCLE[:, 0] * (front + behind) / 2, frame[:, 0])
    return centre + forward + np.outer(UNIT_CIRCLE[:, 1] * half, frame[:, 2])


def _loft(camera: Camera, rings: list[Array]) -> list[BaseGeometry]:
    """Return the silhouettes of the stretches between neighbouring rings."""
    return [convex_hull(np.vstack(pair)) for pair in itertools.pairwise([camera.project(ring) for ring in rings])]


def _leggings_shape(body: Body, camera: Camera) -> BaseGeometry:
    frame, pelvis = body.pelvis_frame, body.joints["pelvis"]
    # Without buttocks, the seat of a body that bends at the hips would be flat.
    buttocks = [pelvis + frame[:, 2] * SIDE_SIGN[s] * 6.3 - frame[:, 0] * 4.2 - frame[:, 1] * 1.0 for s in SIDES]
    discs = [circle_points(camera.project(body.joints["hip" + side]), 8.6) for side in SIDES]
    discs += [circle_points(camera.project(centre), 9.1) for centre in buttocks]
    seat = convex_hull(np.vstack([*discs, camera.project(_ring_points(body, 1))]))
    return round_corners(unite([*_loft(camera, [_ring_points(body, node) for node in (0, 1, 2)]), seat]), 3, 2)


def _shirt_shape(body: Body, camera: Camera) -> BaseGeometry:
    # Rings alone would leave the shoulders bare: collar and ribs are swept to each shoulder joint.
    parts = _loft(camera, [_ring_points(body, node, SHIRT_LOOSENESS_CM.get(node, 0.0)) for node in range(1, 11)])
    collar = body.spine[NECK_NODE] + body.spine_frames[NECK_NODE] @ np.array([1.0, -3.0, 0.0])
    for side in SIDES:
        shoulder = body.joints["shoulder" + side]
        ribs = body.spine[7] + body.spine_frames[7] @ np.array([4.0, 0.0, 9.0 * SIDE_SIGN[side]])
        parts.append(sweep(camera.project_spheres([(collar, 5.8), (shoulder, 6.0)])))
        parts.append(sweep(camera.project_spheres([(ribs, 7.8), (shoulder, 5.8)])))
    return round_corners(unite(parts), 3, 2)


def _trunk_spheres(body: Body, camera: Camera, first: int, last: int) -> list[DepthSphere]:
    """Return projected spheres that fill the trunk between two nodes: five abreast at each."""
    spheres = []
    for node in range(first, last + 1):
        half_width, front, behind = RINGS[node]
        radius, frame = (front + behind) / 2, body.spine_frames[node]
        centre = body.spine[node] + frame[:, 0] * (front - behind) / 2
        for share in (-1, -0.5, 0, 0.5, 1):
            point = centre + frame[:, 2] * share * max(0.0, half_width - radius * 0.85)
            spheres.append((point, radius * (1 - 0.12 * abs(share))))
    return camera.depth_spheres(spheres)


def _spine_line(body: Body, camera: Camera) -> Array:
    """Return points of the thoracic spine on the picture."""
    nodes = range(4, 11)
    return camera.project(np.array([body.spine[i] - body.spine_frames[i][:, 0] * SPINE_INSET_CM for i in nodes]))


def _spine_opacity(body: Body, camera: Camera) -> float:
    """Return how plainly the spine shows: 1 from behind or the side, fading as the chest faces the viewer."""
    facing = camera.depth_of(body.spine_frames[7][:, 0])
    return float(np.clip(1.0 - (facing - SPINE_FADE_START) / SPINE_FADE_RANGE, 0.0, 1.0))
