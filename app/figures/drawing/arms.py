"""Arms as layers: the upper arm with its sleeve, the forearm and the hand.

Stations are as in `app.figures.drawing.limbs`.
"""

from app.figures.drawing.bare_arm import bare_arm_strokes
from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.hands import hand_spheres, hand_strokes
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.limbs import densify_spheres, edge_stroke, is_far_side, outline_spheres, place_spheres
from app.figures.drawing.outline import largest_polygon
from app.figures.drawing.skeleton import ARM, Body

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
    spheres = place_spheres(body, side, "shoulder", "elbow", UPPER_ARM_STATIONS, lower)
    sleeve = place_spheres(body, side, "shoulder", "elbow", SLEEVE_STATIONS, lower)
    arm_points, arm_shape = outline_spheres(camera, spheres, 14, shoulder - upper * 30)
    sleeve_points, sleeve_shape = outline_spheres(camera, sleeve, 14, shoulder - upper * 30)
    strokes = [
        edge_stroke(
            camera,
            "skin",
            place_spheres(body, side, "shoulder", "elbow", UPPER_ARM_EDGE_STATIONS, lower),
            12,
            shoulder,
        ),
        edge_stroke(
            camera,
            "skin",
            place_spheres(body, side, "elbow", "wrist", FOREARM_TOP_STATIONS, lower),
            12,
            elbow - lower * 30,
        ),
        Stroke("fill", "skin" + shade, arm_points),
        edge_stroke(
            camera, "top", place_spheres(body, side, "shoulder", "elbow", SLEEVE_EDGE_STATIONS, lower), 12, shoulder
        ),
        Stroke("fill", "top" + shade, sleeve_points),
        *bare_arm_strokes(body, camera, side, shade),
    ]
    return Layer(
        "upper" + side,
        strokes,
        largest_polygon(arm_shape.union(sleeve_shape)),
        front_surface(densify_spheres(camera, sleeve) + densify_spheres(camera, spheres)),
        camera.depth_of((shoulder + elbow) / 2) + 1,
        joint_zones(camera, body, side, "shoulder", "elbow"),
        depth_bias=0.6,  # an arm that touches the trunk lies before it
        is_far_side=is_far_side(body, camera, side, ARM),
    )


def _forearm_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    elbow, wrist = body.joints["elbow" + side], body.joints["wrist" + side]
    lower = body.bones(ARM, side)[1]
    spheres = place_spheres(body, side, "elbow", "wrist", FOREARM_STATIONS, lower)
    points, shape = outline_spheres(camera, spheres, 16, elbow - lower * 30)
    strokes = [
        edge_stroke(
            camera, "skin", place_spheres(body, side, "elbow", "wrist", FOREARM_EDGE_STATIONS, lower), 14, elbow
        ),
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
