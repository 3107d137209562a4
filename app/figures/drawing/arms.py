"""Arms as layers: the upper arm with its sleeve, the forearm and the hand."""

from app.figures.drawing.arm_shape import (
    FOREARM_EDGE_STATIONS,
    elbow_tip,
    forearm_spheres,
    sleeve_edge_spheres,
    sleeve_outline,
    sleeve_shape,
    sleeve_spheres,
    upper_arm_spheres,
)
from app.figures.drawing.armpit_fold import armpit_fold
from app.figures.drawing.bare_arm import bare_arm_strokes
from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.hands import hand_spheres, hand_strokes
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.limbs import densify_spheres, edge_stroke, is_far_side, outline_spheres, place_spheres
from app.figures.drawing.outline import largest_polygon
from app.figures.drawing.shirt_yoke import yoke_stroke
from app.figures.drawing.skeleton import ARM, Body

WRIST_STATIONS: list[Station] = [(0.86, 2.53, 0), (1.02, 2.4, 0)]
"""The end of the forearm, which covers the outline of the hand where the hand grows out of it."""
UPPER_ARM_POINTS, FOREARM_POINTS, FOREARM_EDGE_POINTS = 14, 20, 14
"""Points of the outlines."""


def arm_layers(body: Body, camera: Camera, side: str, shade: str) -> list[Layer]:
    """Return the upper arm with its sleeve, the forearm and the hand; `shade` as in `leg_layers`."""
    return [
        _upper_arm_layer(body, camera, side, shade),
        _forearm_layer(body, camera, side, shade),
        _hand_layer(body, camera, side, shade),
    ]


def _upper_arm_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    """Return the upper arm; it also draws the forearm's outline near the elbow, which the forearm then covers."""
    shoulder, elbow = body.joints["shoulder" + side], body.joints["elbow" + side]
    upper, lower = body.bones(ARM, side)
    spheres, sleeve = upper_arm_spheres(body, side), sleeve_spheres(body, side)
    arm_points, arm_shape = outline_spheres(camera, spheres, UPPER_ARM_POINTS, shoulder - upper * 30)
    shape = sleeve_shape(body, camera, side, sleeve)
    edge = sleeve_shape(body, camera, side, sleeve_edge_spheres(body, camera, side))
    forearm = [elbow_tip(body, side), *forearm_spheres(body, side)]
    strokes = [
        Stroke("edge", "skin", arm_points),
        edge_stroke(camera, "skin", forearm, FOREARM_POINTS, elbow - lower * 30),
        Stroke("fill", "skin" + shade, arm_points),
        Stroke("edge", "top", sleeve_outline(body, camera, side, edge)),
        Stroke("fill", "top" + shade, sleeve_outline(body, camera, side, shape)),
        yoke_stroke(body, camera, side, shade),
        armpit_fold(body, camera, side),
        *bare_arm_strokes(body, camera, side, shade),
    ]
    return Layer(
        "upper" + side,
        strokes,
        largest_polygon(arm_shape.union(shape)),
        front_surface(densify_spheres(camera, sleeve) + densify_spheres(camera, spheres)),
        camera.depth_of((shoulder + elbow) / 2) + 1,
        joint_zones(camera, body, side, "shoulder", "elbow"),
        depth_bias=0.6,  # an arm that touches the trunk lies before it
        is_far_side=is_far_side(body, camera, side, ARM),
    )


def _forearm_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    elbow, wrist = body.joints["elbow" + side], body.joints["wrist" + side]
    lower = body.bones(ARM, side)[1]
    spheres = [elbow_tip(body, side), *forearm_spheres(body, side)]
    points, shape = outline_spheres(camera, spheres, FOREARM_POINTS, elbow - lower * 30)
    strokes = [
        edge_stroke(camera, "skin", forearm_spheres(body, side, FOREARM_EDGE_STATIONS), FOREARM_EDGE_POINTS, elbow),
        Stroke("fill", "skin" + shade, points),
    ]
    return Layer(
        "fore" + side,
        strokes,
        shape,
        front_surface(densify_spheres(camera, spheres)),
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
    strokes.append(Stroke("fill", "skin" + shade, outline_spheres(camera, end, 8, elbow)[0]))
    return Layer(
        "hand" + side,
        strokes,
        shape,
        front_surface(densify_spheres(camera, hand_spheres(body, side))),
        camera.depth_of(wrist) + 2,
        joint_zones(camera, body, side, "wrist"),
        depth_bias=1.0,  # a hand that rests on something lies before it
    )
