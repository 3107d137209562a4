"""Legs as layers: the thigh, and the shin with its foot; stations as in `app.figures.drawing.limbs`."""

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.feet import foot_strokes
from app.figures.drawing.geometry import Array, Sphere, reject
from app.figures.drawing.landmarks import foot_spheres
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.leg_outline import hemmed_shape, sample_segment, segment_shape, withdraw_points
from app.figures.drawing.limbs import densify_spheres, is_far_side, place_spheres
from app.figures.drawing.outline import largest_polygon
from app.figures.drawing.seat_line import seat_line
from app.figures.drawing.skeleton import LEG, SIDE_SIGN, Body, bent_side

THIGH_STATIONS: list[Station] = [
    (0, 8.6, 0),
    (0.24, 8.6, 0),
    (0.42, 8.2, 0.4),
    (0.62, 7.0, 0.6),
    (0.8, 5.9, 0.3),
    (0.92, 5.5, 0.1),
    (1, 5.5, 0.2),
]
"""The whole thigh: full in front and outside, narrow above the kneecap."""
THIGH_EDGE_SHARE = 0.2
"""Share of the thigh at which its outline begins: none at the hip, where it runs into the pelvis."""
SHIN_STATIONS: list[Station] = [
    (0, 5.5, 0.1),
    (0.12, 5.2, -0.4),
    (0.28, 5.6, -1.4),
    (0.45, 5.0, -1.2),
    (0.65, 3.9, -0.7),
    (0.82, 3.3, -0.2),
    (0.92, 3.5, 0),
]
"""The whole shin, with the calf behind; the last one is the hem."""
SHIN_EDGE_SHARE = 0.3
"""Share of the shin at which its own outline begins."""
SHIN_TOP_SHARE = 0.55
"""Share of the shin down to which its outline is drawn with the thigh, too."""
OUTER_FULLNESS = 0.3
"""How far the fuller side of a thigh turns outwards from its front."""
INNER_FULLNESS = 0.25
"""How far the fuller side of a calf turns inwards from behind."""
THIGH_POINTS, SHIN_POINTS = 16, 20
"""Points of the outlines."""


def leg_layers(body: Body, camera: Camera, side: str, shade: str) -> list[Layer]:
    """Return the thigh, and the shin with its foot; `shade` is "2" for the darker tones of a far limb, else ""."""
    return [_thigh_layer(body, camera, side, shade), _shank_layer(body, camera, side, shade)]


def thigh_spheres(body: Body, side: str) -> list[Sphere]:
    """Return the spheres of a thigh from hip to knee."""
    upper, _ = body.bones(LEG, side)
    front = reject(body.poles["leg" + side], upper)
    fuller = front + OUTER_FULLNESS * _outwards(front, upper, side)
    return place_spheres(body, side, "hip", "knee", THIGH_STATIONS, fuller)


def shin_spheres(body: Body, side: str) -> list[Sphere]:
    """Return the spheres of a shin from the knee to the hem."""
    upper, lower = body.bones(LEG, side)
    front = bent_side(upper, lower, body.poles["leg" + side])
    fuller = front + INNER_FULLNESS * _outwards(front, lower, side)
    return place_spheres(body, side, "knee", "ankle", SHIN_STATIONS, fuller)


def _outwards(front: Array, bone: Array, side: str) -> Array:
    return np.cross(bone, front) * SIDE_SIGN[side]


def _cut_spheres(spheres: list[Sphere], stations: list[Station], first: float, last: float) -> list[Sphere]:
    """Return the spheres of the part of a segment between two shares of its length."""
    shares = [share for share, _, _ in stations]
    inside = [share for share in shares if first < share < last]
    columns = np.array([[*sphere.centre, sphere.radius] for sphere in spheres]).T
    rows = np.array([np.interp([first, *inside, last], shares, column) for column in columns]).T
    return [Sphere(row[:3], float(row[3])) for row in rows]


def _thigh_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    """Return the thigh; it also draws the shin's outline near the knee, which the shin then covers."""
    hip, knee = body.joints["hip" + side], body.joints["knee" + side]
    upper, _ = body.bones(LEG, side)
    spheres = thigh_spheres(body, side)
    shape = segment_shape(camera, spheres)
    points = sample_segment(shape, THIGH_POINTS, camera.project(hip - upper * 30), camera.project(knee + upper * 30))
    edged = segment_shape(camera, _cut_spheres(spheres, THIGH_STATIONS, THIGH_EDGE_SHARE, 1))
    shin_points, _ = _sample_shin(body, camera, side)
    shin_top = segment_shape(camera, _cut_spheres(shin_spheres(body, side), SHIN_STATIONS, 0, SHIN_TOP_SHARE))
    strokes = [
        Stroke("edge", "leg", withdraw_points(points, edged)),
        Stroke("edge", "leg", withdraw_points(shin_points, shin_top)),
        Stroke("fill", "leg" + shade, points),
        seat_line(body, camera, side),
    ]
    return Layer(
        "thigh" + side,
        strokes,
        shape,
        front_surface(densify_spheres(camera, spheres)),
        camera.depth_of((hip + knee) / 2),
        joint_zones(camera, body, side, "hip", "knee"),
        is_far_side=is_far_side(body, camera, side, LEG),
    )


def _sample_shin(body: Body, camera: Camera, side: str) -> tuple[Array, BaseGeometry]:
    """Return the outline of the shin and its silhouette."""
    knee, ankle, lower = body.joints["knee" + side], body.joints["ankle" + side], body.bones(LEG, side)[1]
    shape = hemmed_shape(camera, shin_spheres(body, side), lower)
    start, end = camera.project(knee - lower * 30), camera.project(ankle + lower * 30)
    return sample_segment(shape, SHIN_POINTS, start, end), shape


def _shank_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    knee, ankle, lower = body.joints["knee" + side], body.joints["ankle" + side], body.bones(LEG, side)[1]
    spheres = shin_spheres(body, side)
    points, shape = _sample_shin(body, camera, side)
    edged = hemmed_shape(camera, _cut_spheres(spheres, SHIN_STATIONS, SHIN_EDGE_SHARE, SHIN_STATIONS[-1][0]), lower)
    foot, foot_shape = foot_strokes(camera, body, side, shade)
    strokes = [
        *foot,
        Stroke("edge", "leg", withdraw_points(points, edged)),
        Stroke("fill", "leg" + shade, points),
    ]
    foot_line = [Sphere(ankle, 3.7), *foot_spheres(body, side).values()]
    return Layer(
        "shank" + side,
        strokes,
        largest_polygon(shape.union(foot_shape)),
        front_surface(densify_spheres(camera, spheres) + densify_spheres(camera, foot_line)),
        camera.depth_of((knee + ankle) / 2) + 0.5,
        joint_zones(camera, body, side, "knee"),
    )
