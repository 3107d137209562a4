"""The trunk as layers: shirt and leggings, lofted through rings along the spine."""

import itertools

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_shape import WOMAN
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
from app.figures.drawing.skeleton import ARM, NECK_NODE, SIDE_SIGN, SIDES, Body, measure_raise, upper_side

BREATH_SHARES = {3: 0.5, 4: 0.9, 5: 1.0, 6: 0.8, 7: 0.4}
"""By spine node, the share of a breath's cm by which the rib cage widens there."""
BELLY_SHARES = {1: 0.35, 2: 0.8, 3: 1.0, 4: 0.8, 5: 0.35}
"""The same of the cm by which the belly stands out to the front."""
FLOOR_CM = -0.5
"""Height below which nothing of the trunk is drawn: a mat yields a little."""
SHIRT_LOOSENESS_CM = {1: 0.9, 2: 0.6, 3: 0.4, 4: 0.3, 5: 0.2}
"""By spine node, how much wider than the trunk the shirt is: it falls over the leggings."""
HIP_CM = 8.6
"""Radius of the hip, of the first body shape."""
SHRUG_SHARE = 0.6
"""How far the shirt beside the neck follows the rise of a shoulder."""
TRAPEZIUS_CM = (-0.5, -1.9, 4.2, 4.0)
"""The muscle beside the neck: cm before, above and beside the base of the neck, and its radius."""
FLANK_CM, ARMPIT_CM, ARMPIT_DROP_CM = 5.5, 3.2, 1.5
"""Radii of the muscle that runs from the flank to the arm, at the ribs and at the arm; and how far below the joint of
the shoulder it ends, in the first body shape.
"""
LATISSIMUS_REACH = ((30.0, 90.0), (0.0, 3.0))
"""Degrees by which an arm is raised, and how many cm from the shoulder towards the elbow that muscle ends then."""
SHOULDER_LINE_REACH = ((80.0, 150.0), (0.0, 4.0))
"""Degrees by which an arm is raised, and how many cm beyond the shoulder the line from the neck ends."""
BUTTOCK_SHARE = 0.27
"""How far down the thigh, as a share of its length, the buttocks reach."""


def pelvis_layer(body: Body, camera: Camera) -> Layer:
    """Return the upper part of the leggings."""
    shape = _leggings_shape(body, camera)
    points = resample_outline(shape, 24, camera.project(body.joints["pelvis"] - body.pelvis_frame[:, 1] * 30))
    hips = camera.depth_spheres([(body.joints["hip" + side], HIP_CM * body.shape.girth("hip")) for side in SIDES])
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


def ring_points(body: Body, node: int, looseness: float = 0.0) -> Array:
    """Return points (24, 3) round the trunk at a spine node; a breath widens the lower ribs, or lifts the belly."""
    wider = looseness + body.breath * BREATH_SHARES.get(node, 0.0)
    half, front, behind = (
        size + wider * share for size, share in zip(body.shape.rings[node], (1, 0.5, 0.5), strict=True)
    )
    front += body.belly * BELLY_SHARES.get(node, 0.0)
    frame = body.spine_frames[node]
    centre = body.spine[node] + frame[:, 0] * (front - behind) / 2
    forward = np.outer(UNIT_CIRCLE[:, 0] * (front + behind) / 2, frame[:, 0])
    points = centre + forward + np.outer(UNIT_CIRCLE[:, 1] * half, frame[:, 2])
    points[:, 1] = np.maximum(points[:, 1], FLOOR_CM)  # the floor flattens what lies on it
    return points


def _loft(camera: Camera, rings: list[Array]) -> list[BaseGeometry]:
    """Return the silhouettes of the stretches between neighbouring rings."""
    return [convex_hull(np.vstack(pair)) for pair in itertools.pairwise([camera.project(ring) for ring in rings])]


def _leggings_shape(body: Body, camera: Camera) -> BaseGeometry:
    parts = _loft(camera, [ring_points(body, node) for node in (0, 1, 2)])
    discs = []
    for side in SIDES:
        hip, buttock, below = seat_spheres(body, side)
        discs += [circle_points(camera.project(centre), radius) for centre, radius in (hip, buttock)]
        parts.append(sweep(camera.project_spheres([buttock, below, hip])))
    seat = convex_hull(np.vstack([*discs, camera.project(ring_points(body, 1))]))
    return round_corners(unite([*parts, seat]), 3, 2)


def seat_spheres(body: Body, side: str) -> tuple[Sphere, Sphere, Sphere]:
    """Return the spheres of a hip, of the buttock behind it, and of its end a little down the thigh.

    Without buttocks, the seat of a body that bends at the hips would be flat; swept a little down the thigh, they
    round the corner between trunk and thigh.
    """
    hip, knee, girth = body.joints["hip" + side], body.joints["knee" + side], body.shape.girth("hip")
    inward = np.array([-2.4, -1.4, SIDE_SIGN[side] * (body.shape.hip_half - 2.3)])
    buttock = body.joints["pelvis"] + body.pelvis_frame @ inward
    below = hip + (knee - hip) * BUTTOCK_SHARE
    return Sphere(hip, HIP_CM * girth), Sphere(buttock, 8.7 * girth), Sphere(below, 8.5 * girth)


def _shirt_shape(body: Body, camera: Camera) -> BaseGeometry:
    # Rings alone would leave the shoulders bare: collar and ribs are swept to each shoulder joint.
    parts = _loft(camera, [ring_points(body, node, SHIRT_LOOSENESS_CM.get(node, 0.0)) for node in range(1, 11)])
    parts += [sweep(camera.project_spheres(pair)) for side in SIDES for pair in shoulder_pairs(body, side)]
    return round_corners(unite(parts), 3, 2)


def shoulder_pairs(body: Body, side: str) -> list[tuple[Sphere, Sphere]]:
    """Return the pairs of spheres that join a shoulder to collar, ribs, flank and the muscle beside the neck.

    A raised shoulder lifts the shirt beside the neck with it, so that the line from neck to shoulder still slopes.
    """
    shift = body.joints["shoulder" + side] - body.resting_shoulder(side)
    lift = SHRUG_SHARE * max(0.0, float(shift @ body.chest_frame[:, 1]))
    collar = body.spine[NECK_NODE] + body.spine_frames[NECK_NODE] @ np.array([1.0, lift - 3.0, 0.0])
    above, out = TRAPEZIUS_CM[1] + lift, TRAPEZIUS_CM[2] * body.shape.neck * SIDE_SIGN[side]
    trapezius = body.spine[NECK_NODE] + body.spine_frames[NECK_NODE] @ np.array([TRAPEZIUS_CM[0], above, out])
    raise_deg = measure_raise(body, side)
    raised = body.joints["shoulder" + side] + body.bones(ARM, side)[0] * float(
        np.interp(raise_deg, *SHOULDER_LINE_REACH)
    )
    girth, wider = body.shape.girth("shoulder"), body.shape.rings[7].half_width / WOMAN.rings[7].half_width
    shoulder = body.joints["shoulder" + side]
    ribs = body.spine[7] + body.spine_frames[7] @ np.array([4.0, 0.0, 9.0 * wider * SIDE_SIGN[side]])
    return [
        (Sphere(collar, 5.8), Sphere(raised, 4.8 * girth)),
        (Sphere(ribs, 7.8), Sphere(shoulder, 5.0 * girth)),
        _latissimus_pair(body, side, raise_deg),
        (Sphere(trapezius, TRAPEZIUS_CM[3]), Sphere((collar + raised) / 2, 5.0)),
    ]


def _latissimus_pair(body: Body, side: str, raise_deg: float) -> tuple[Sphere, Sphere]:
    """Return the spheres of the muscle from the flank to the arm, which it follows where the arm is raised."""
    beside = (body.shape.rings[6].half_width - FLANK_CM) * SIDE_SIGN[side]
    flank = body.spine[6] + body.spine_frames[6] @ np.array([1.0, 0.0, beside])
    along = float(np.interp(raise_deg, *LATISSIMUS_REACH))
    girth = body.shape.girth("shoulder")
    below = upper_side(body, side) * ARMPIT_DROP_CM * girth
    armpit = body.joints["shoulder" + side] + body.bones(ARM, side)[0] * along - below
    return Sphere(flank, FLANK_CM), Sphere(armpit, ARMPIT_CM * girth)


def _trunk_spheres(body: Body, camera: Camera, first: int, last: int) -> list[DepthSphere]:
    """Return projected spheres that fill the trunk between two nodes: five abreast at each."""
    spheres = []
    for node in range(first, last + 1):
        half_width, front, behind = body.shape.rings[node]
        radius, frame = (front + behind) / 2, body.spine_frames[node]
        centre = body.spine[node] + frame[:, 0] * (front - behind) / 2
        for share in (-1, -0.5, 0, 0.5, 1):
            point = centre + frame[:, 2] * share * max(0.0, half_width - radius * 0.85)
            spheres.append((point, radius * (1 - 0.12 * abs(share))))
    return camera.depth_spheres(spheres)
