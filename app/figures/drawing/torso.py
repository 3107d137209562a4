"""The trunk as layers: shirt and leggings, lofted through rings along the spine."""

import itertools
from typing import NamedTuple

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, DepthSphere, Sphere
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.neck import NECK_ZONE_CM
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
    1: Ring(15.0, 10.6, 9.6),
    2: Ring(13.8, 10.4, 9.0),
    3: Ring(13.1, 10.6, 8.2),
    4: Ring(13.3, 11.5, 7.2),
    5: Ring(14.2, 12.8, 6.0),
    6: Ring(15.2, 13.9, 5.4),
    7: Ring(15.9, 14.4, 5.2),
    8: Ring(15.8, 13.4, 5.0),
    9: Ring(14.0, 11.0, 4.8),
    10: Ring(8.6, 7.4, 5.0),
}
"""The trunk's rings by spine node."""
BREATH_SHARES = {3: 0.5, 4: 0.9, 5: 1.0, 6: 0.8, 7: 0.4}
"""By spine node, the share of a breath's cm by which the rib cage widens there."""
BELLY_SHARES = {1: 0.35, 2: 0.8, 3: 1.0, 4: 0.8, 5: 0.35}
"""The same of the cm by which the belly stands out to the front."""
SHIRT_LOOSENESS_CM = {1: 1.5, 2: 0.9}
"""By spine node, how much wider than the trunk the shirt is: it falls over the leggings."""
BUTTOCK_SHARE = 0.16
"""How far down the thigh, as a share of its length, the buttocks reach."""


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
    """Return the shirt."""
    shape = _shirt_shape(body, camera)
    points = resample_outline(shape, 40, camera.project(body.spine[2] - body.spine_frames[2][:, 1] * 30))
    zones = {"neck": Sphere(camera.project(body.spine[NECK_NODE]), NECK_ZONE_CM)}
    for side in SIDES:
        zones |= joint_zones(camera, body, side, "hip", "shoulder")
    return Layer(
        "torso",
        [Stroke("edge", "top", points), Stroke("fill", "top", points)],
        shape,
        front_surface(_trunk_spheres(body, camera, 1, 10)),
        camera.depth_of(body.spine[5] + body.spine_frames[5][:, 0] * 4),
        zones,
    )


def _ring_points(body: Body, node: int, looseness: float = 0.0) -> Array:
    """Return points (24, 3) round the trunk at a spine node; a breath widens the lower ribs, or lifts the belly."""
    wider = looseness + body.breath * BREATH_SHARES.get(node, 0.0)
    half, front, behind = (size + wider * share for size, share in zip(RINGS[node], (1, 0.5, 0.5), strict=True))
    front += body.belly * BELLY_SHARES.get(node, 0.0)
    frame = body.spine_frames[node]
    centre = body.spine[node] + frame[:, 0] * (front - behind) / 2
    forward = np.outer(UNIT_CIRCLE[:, 0] * (front + behind) / 2, frame[:, 0])
    return centre + forward + np.outer(UNIT_CIRCLE[:, 1] * half, frame[:, 2])


def _loft(camera: Camera, rings: list[Array]) -> list[BaseGeometry]:
    """Return the silhouettes of the stretches between neighbouring rings."""
    return [convex_hull(np.vstack(pair)) for pair in itertools.pairwise([camera.project(ring) for ring in rings])]


def _leggings_shape(body: Body, camera: Camera) -> BaseGeometry:
    frame, pelvis = body.pelvis_frame, body.joints["pelvis"]
    parts = _loft(camera, [_ring_points(body, node) for node in (0, 1, 2)])
    discs = []
    for side in SIDES:
        hip, knee = body.joints["hip" + side], body.joints["knee" + side]
        # Without buttocks, the seat of a body that bends at the hips would be flat; swept a little down the thigh,
        # they round the corner between trunk and thigh.
        buttock = pelvis + frame @ np.array([-2.4, -1.4, SIDE_SIGN[side] * 6.3])
        below = hip + (knee - hip) * BUTTOCK_SHARE
        discs += [circle_points(camera.project(hip), 8.6), circle_points(camera.project(buttock), 8.7)]
        parts.append(sweep(camera.project_spheres([(buttock, 8.7), (below, 8.3)])))
    seat = convex_hull(np.vstack([*discs, camera.project(_ring_points(body, 1))]))
    return round_corners(unite([*parts, seat]), 3, 2)


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
