"""Legs as layers: the thigh, and the shin with its foot; stations as in `app.figures.drawing.limbs`."""

from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.feet import foot_strokes
from app.figures.drawing.geometry import Array, Sphere, reject
from app.figures.drawing.landmarks import foot_spheres
from app.figures.drawing.layers import Layer, Stroke, front_surface, joint_zones
from app.figures.drawing.limbs import densify_spheres, edge_stroke, is_far_side, outline_spheres, place_spheres
from app.figures.drawing.outline import largest_polygon
from app.figures.drawing.skeleton import LEG, Body, bent_side

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


def leg_layers(body: Body, camera: Camera, side: str, shade: str) -> list[Layer]:
    """Return the thigh, and the shin with its foot; `shade` is "2" for the darker tones of a far limb, else ""."""
    return [_thigh_layer(body, camera, side, shade), _shank_layer(body, camera, side, shade)]


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
    points, shape = outline_spheres(camera, spheres, 16, hip - upper * 30)
    strokes = [
        edge_stroke(camera, "leg", edge, 16, hip),
        edge_stroke(camera, "leg", shin_top, 14, knee - lower * 30),
        Stroke("fill", "leg" + shade, points),
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


def _shank_layer(body: Body, camera: Camera, side: str, shade: str) -> Layer:
    knee, ankle = body.joints["knee" + side], body.joints["ankle" + side]
    lower, front = body.bones(LEG, side)[1], _shin_front(body, side)
    spheres = place_spheres(body, side, "knee", "ankle", SHIN_STATIONS, front)
    edge = place_spheres(body, side, "knee", "ankle", SHIN_EDGE_STATIONS, front)
    points, shape = outline_spheres(camera, spheres, 18, knee - lower * 30)
    foot, foot_shape = foot_strokes(camera, body, side, shade)
    strokes = [
        *foot,
        edge_stroke(camera, "leg", edge, 16, knee),
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
