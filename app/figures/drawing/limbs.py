"""Arms and legs as layers: outlines of their segments, sleeves, hands and feet.

A segment is a row of spheres along a bone, swept from each to the next. Its stations are written as (share of the
bone's length, radius in cm, offset in cm towards the segment's fuller side).
"""

import itertools
from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from app.figures.drawing.bare_arm import bare_arm_strokes
from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.feet import foot_strokes
from app.figures.drawing.geometry import (
    Array,
    DepthSphere,
    Sphere,
    angle_between,
    reject,
)
from app.figures.drawing.hands import hand_spheres, hand_strokes
from app.figures.drawing.landmarks import foot_spheres
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.outline import largest_polygon, resample_outline, round_corners, sweep
from app.figures.drawing.skeleton import ARM, CHEST_NODE, LEG, LIMBS, SIDE_SIGN, SIDES, Body, Limb, bent_side

Shades = dict[str, str]
"""By limb (`armR`), "2" for the darker tones of a far limb, else ""."""

THIGH_STATIONS: list[Station] = [(0, 8.6, 0), (0.35, 8.3, 0.5), (0.7, 6.9, 0.3), (1, 5.7, 0)]
"""The whole thigh."""
THIGH_EDGE_STATIONS: list[Station] = [(0.3, 8.0, 0.4), (0.7, 6.9, 0.3), (1, 5.7, 0)]
"""The part of the thigh that is outlined: none at the hip, where it runs into the pelvis."""
SHIN_STATIONS: list[Station] = [(0, 5.6, 0), (0.3, 5.4, -1.0), (0.6, 4.5, -0.6), (0.88, 3.7, 0)]
"""The whole shin, with the calf behind."""
SHIN_EDGE_STATIONS: list[Station] = [(0.32, 5.1, -0.9), (0.6, 4.5, -0.6), (0.88, 3.7, 0)]
"""The part of the shin that is outlined."""
SHIN_TOP_STATIONS: list[Station] = [(0, 5.6, 0), (0.3, 5.4, -1.0), (0.55, 4.6, -0.6)]
"""The part of the shin below the knee whose outline is drawn with the thigh."""
UPPER_ARM_STATIONS: list[Station] = [(0, 5.4, 0), (0.45, 4.7, 0), (1, 3.8, 0)]
"""The whole upper arm."""
UPPER_ARM_EDGE_STATIONS: list[Station] = [(0.5, 4.5, 0), (1, 3.8, 0)]
"""The bare part of the upper arm, which is outlined in the colour of skin."""
SLEEVE_STATIONS: list[Station] = [(0, 6.0, 0), (0.22, 5.7, 0), (0.46, 5.4, 0)]
"""The sleeve."""
SLEEVE_EDGE_STATIONS: list[Station] = [(0.08, 5.85, 0), (0.22, 5.7, 0), (0.46, 5.4, 0)]
"""The part of the sleeve that is outlined."""
FOREARM_STATIONS: list[Station] = [(0, 3.8, 0), (0.25, 4.0, 0), (0.65, 3.2, 0), (1, 2.5, 0)]
"""The whole forearm."""
FOREARM_EDGE_STATIONS: list[Station] = [(0.3, 3.9, 0), (0.65, 3.2, 0), (1, 2.5, 0)]
"""The part of the forearm that is outlined."""
FOREARM_TOP_STATIONS: list[Station] = [(0, 3.8, 0), (0.25, 4.0, 0), (0.6, 3.3, 0)]
"""The part of the forearm below the elbow whose outline is drawn with the upper arm."""
WRIST_STATIONS: list[Station] = [(0.72, 3.05, 0), (0.9, 2.65, 0), (1.02, 2.5, 0)]
"""The end of the forearm, which covers the outline of the hand where the hand grows out of it."""
FAR_SIDE_DEPTH = -0.45
"""A limb counts as far when its side of the trunk faces away by more than this (cosine)."""
FAR_RAISED_DEPTH = -0.6
"""The same for a raised arm: the shoulder line of the shirt would run across a sleeve that lies behind it."""
RAISED_DEG = 50.0
"""An arm is raised when it leaves the line of the trunk by less than this."""
FAR_SHADE_DEPTHS = {ARM.name: -0.6, LEG.name: -0.5}
"""The same for its shade, in every posture of the motion: a dark sleeve before the chest would be a patch on it."""
LOWER_EDGE_INDEX = 1
"""Index, in the strokes of thigh and upper arm, of the outline that they draw for the segment below them."""
FILL_INDEX = 2
"""Index, in the strokes of thigh and upper arm, of the filled segment."""


def leg_layers(body: Body, camera: Camera, side: str, shade: str) -> list[Layer]:
    """Return the thigh, and the shin with its foot; `shade` is "2" for the darker tones of a far limb, else ""."""
    return [_thigh_layer(body, camera, side, shade), _shank_layer(body, camera, side, shade)]


def arm_layers(body: Body, camera: Camera, side: str, shade: str) -> list[Layer]:
    """Return the upper arm with its sleeve, the forearm and the hand; `shade` as in `leg_layers`."""
    return [
        _upper_arm_layer(body, camera, side, shade),
        _forearm_layer(body, camera, side, shade),
        _hand_layer(body, camera, side, shade),
    ]


def is_far_side(body: Body, camera: Camera, side: str, limb: Limb) -> bool:
    """Return whether the body is turned so that this limb is on the far side."""
    is_raised = limb is ARM and angle_between(body.bones(ARM, side)[0], body.chest_frame[:, 1]) < RAISED_DEG
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


def _outline(camera: Camera, spheres: list[Sphere], count: int, start: Array) -> tuple[Array, BaseGeometry]:
    """Return the silhouette of swept spheres: `count` points beginning near `start`, and its shape."""
    shape = round_corners(sweep(camera.project_spheres(spheres)), 1.5, 0.8)
    return resample_outline(shape, count, camera.project(start)), shape


def _edge(camera: Camera, tone: str, spheres: list[Sphere], count: int, start: Array) -> Stroke:
    return Stroke("edge", tone, _outline(camera, spheres, count, start)[0])


def _dense_spheres(camera: Camera, spheres: list[Sphere], steps: int = 3) -> list[DepthSphere]:
    """Return projected spheres with `steps` to each stretch, so that the surface between them has a depth, too."""
    dense = []
    for a, b in itertools.pairwise(spheres):
        for step in range(steps):
            share = step / steps
            centre, radius = a.centre + (b.centre - a.centre) * share, a.radius + (b.radius - a.radius) * share
            dense.append(Sphere(centre, radius))
    return camera.depth_spheres([*dense, spheres[-1]])


def _shin_front(body: Body, side: str) -> Array:
    return bent_side(*body.bones(LEG, side), body.poles["leg" + side])


def _thigh_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    """Return the thigh; it also draws the shin's outline near the knee, which the shin then covers."""
    hip, knee = body.joints["hip" + side], body.joints["knee" + side]
    upper, lower = body.bones(LEG, side)
    front = reject(body.poles["leg" + side], upper)
    spheres = place_spheres(body, side, "hip", "knee", THIGH_STATIONS, front)
    edge = place_spheres(body, side, "hip", "knee", THIGH_EDGE_STATIONS, front)
    shin_top = place_spheres(body, side, "knee", "ankle", SHIN_TOP_STATIONS, _shin_front(body, side))
    points, shape = _outline(camera, spheres, 16, hip - upper * 30)
    strokes = [
        _edge(camera, "leg", edge, 16, hip),
        _edge(camera, "leg", shin_top, 14, knee - lower * 30),
        Stroke("fill", "leg" + shade, points),
    ]
    return Layer(
        "thigh" + side,
        strokes,
        shape,
        front_surface(_dense_spheres(camera, spheres)),
        camera.depth_of((hip + knee) / 2),
        joint_zones(camera, body, side, "hip", "knee"),
        is_far_side=is_far_side(body, camera, side, LEG),
    )


def _shank_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    knee, ankle = body.joints["knee" + side], body.joints["ankle" + side]
    lower, front = body.bones(LEG, side)[1], _shin_front(body, side)
    spheres = place_spheres(body, side, "knee", "ankle", SHIN_STATIONS, front)
    edge = place_spheres(body, side, "knee", "ankle", SHIN_EDGE_STATIONS, front)
    points, shape = _outline(camera, spheres, 18, knee - lower * 30)
    foot, foot_shape = foot_strokes(camera, body, side, shade)
    strokes = [
        *foot,
        _edge(camera, "leg", edge, 16, knee),
        Stroke("fill", "leg" + shade, points),
    ]
    foot_line = [Sphere(ankle, 3.7), *foot_spheres(body, side).values()]
    return Layer(
        "shank" + side,
        strokes,
        largest_polygon(shape.union(foot_shape)),
        front_surface(_dense_spheres(camera, spheres) + _dense_spheres(camera, foot_line)),
        camera.depth_of((knee + ankle) / 2) + 0.5,
        joint_zones(camera, body, side, "knee"),
    )


def _upper_arm_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    """Return the upper arm; it also draws the forearm's outline near the elbow, which the forearm then covers."""
    shoulder, elbow = body.joints["shoulder" + side], body.joints["elbow" + side]
    upper, lower = body.bones(ARM, side)
    spheres = place_spheres(body, side, "shoulder", "elbow", UPPER_ARM_STATIONS, lower)
    sleeve = place_spheres(body, side, "shoulder", "elbow", SLEEVE_STATIONS, lower)
    arm_points, arm_shape = _outline(camera, spheres, 14, shoulder - upper * 30)
    sleeve_points, sleeve_shape = _outline(camera, sleeve, 14, shoulder - upper * 30)
    strokes = [
        _edge(
            camera,
            "skin",
            place_spheres(body, side, "shoulder", "elbow", UPPER_ARM_EDGE_STATIONS, lower),
            12,
            shoulder,
        ),
        _edge(
            camera,
            "skin",
            place_spheres(body, side, "elbow", "wrist", FOREARM_TOP_STATIONS, lower),
            12,
            elbow - lower * 30,
        ),
        Stroke("fill", "skin" + shade, arm_points),
        _edge(camera, "top", place_spheres(body, side, "shoulder", "elbow", SLEEVE_EDGE_STATIONS, lower), 12, shoulder),
        Stroke("fill", "top" + shade, sleeve_points),
        *bare_arm_strokes(body, camera, side, shade),
    ]
    return Layer(
        "upper" + side,
        strokes,
        largest_polygon(arm_shape.union(sleeve_shape)),
        front_surface(_dense_spheres(camera, sleeve) + _dense_spheres(camera, spheres)),
        camera.depth_of((shoulder + elbow) / 2) + 1,
        joint_zones(camera, body, side, "shoulder", "elbow"),
        depth_bias=0.6,  # an arm that touches the trunk lies before it
        is_far_side=is_far_side(body, camera, side, ARM),
    )


def _forearm_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    elbow, wrist = body.joints["elbow" + side], body.joints["wrist" + side]
    lower = body.bones(ARM, side)[1]
    spheres = place_spheres(body, side, "elbow", "wrist", FOREARM_STATIONS, lower)
    points, shape = _outline(camera, spheres, 16, elbow - lower * 30)
    strokes = [
        _edge(camera, "skin", place_spheres(body, side, "elbow", "wrist", FOREARM_EDGE_STATIONS, lower), 14, elbow),
        Stroke("fill", "skin" + shade, points),
    ]
    return Layer(
        "fore" + side,
        strokes,
        shape,
        front_surface(_dense_spheres(camera, spheres)),
        camera.depth_of((elbow + wrist) / 2) + 1.5,
        joint_zones(camera, body, side, "elbow", "wrist"),
        depth_bias=1.0,  # an arm that rests on something lies before it
    )


def _hand_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    """Return the hand; it also fills the end of the forearm, so that no outline separates the two."""
    elbow, wrist = body.joints["elbow" + side], body.joints["wrist" + side]
    lower = body.bones(ARM, side)[1]
    strokes, shape = hand_strokes(camera, body, side, shade)
    end = place_spheres(body, side, "elbow", "wrist", WRIST_STATIONS, lower)
    strokes.append(Stroke("fill", "skin" + shade, _outline(camera, end, 8, elbow)[0]))
    return Layer(
        "hand" + side,
        strokes,
        shape,
        front_surface(_dense_spheres(camera, hand_spheres(body, side))),
        camera.depth_of(wrist) + 2,
        joint_zones(camera, body, side, "wrist"),
        depth_bias=1.0,  # a hand that rests on something lies before it
    )
