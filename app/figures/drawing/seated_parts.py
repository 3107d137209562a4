"""Draws the seated figure of the workstation diagram: a trunk, and limbs for seats and keyboards of several heights."""

import copy
from collections.abc import Iterable

import numpy as np
import shapely

from app.figures.drawing.arms import arm_layers
from app.figures.drawing.camera import Camera
from app.figures.drawing.feet import foot_silhouette
from app.figures.drawing.geometry import Array, vec
from app.figures.drawing.kinematics import Pose, solve_pose
from app.figures.drawing.landmarks import foot_spheres, hand_tip
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.legs import leg_layers
from app.figures.drawing.limbs import FILL_INDEX, LOWER_EDGE_INDEX
from app.figures.drawing.outline import resample_outline, round_corners
from app.figures.drawing.posefile import POSES, read_pose_file
from app.figures.drawing.scene import camera_of, mannequin_layers
from app.figures.drawing.skeleton import Body
from app.figures.drawing.svg import to_paths, write_path
from app.figures.drawing.viewport import Viewport
from app.figures.persons import DEFAULT_SITTING_PERSON, SITTING_PERSONS, SittingPerson
from app.figures.seated_figure import (
    PARTS,
    STATURE_MM,
    UNITS_PER_MM,
    ArmParts,
    LegParts,
    PointMm,
    SeatedFigureParts,
    encode_seated_figure,
    locate_seated_figure,
)

POSE_PATH = POSES / "parts" / "seated-figure.yaml"
"""The pose file of the seated figure."""
SEAT_CM = 0.2415 * STATURE_MM / 10
"""Height of the seat above the soles in the pose file: popliteal height as a share of stature."""
SEAT_HEIGHTS_CM = (23.5, 33.5, SEAT_CM)
"""Heights of the seat above the soles for which legs are drawn."""
KEYBOARD_HEIGHTS_CM = (*range(4, 16, 3), *range(16, 37, 2), *range(39, 58, 3))
"""Heights of the keys above the seat for which arms are drawn; close together where most desks are."""
WRIST_ABOVE_KEYS_CM = 3.8
"""How far the wrist is above the keys that the fingers touch."""
SHADES = {"armR": "", "legR": "", "armL": "2", "legL": "2"}
"""Shade of each limb: the right ones are near."""
TRUNK_LAYERS = ("pelvis", "torso", "neck", "head")
"""The layers of the trunk, from back to front."""
SHOE_THICKNESS_CM = 0.9
"""How much wider than the foot a shoe is."""
ARCH_TOP_CM = 2.5
"""Height above the floor below which a shoe is flat, whatever the arch of the foot in it."""
SOLE_CM = 0.5
"""How far the sole covers the outline of the foot below."""
SHOE_COLLAR_CM = 7.6
"""How far above the floor a shoe reaches."""
BACK_HEIGHTS_CM = range(6, 55, 4)
"""Heights above the seat at which the back is measured."""


def draw_seated_figure(person: SittingPerson = DEFAULT_SITTING_PERSON) -> SeatedFigureParts:
    """Return the parts of a person who sits, drawn from the pose file."""
    figure = read_pose_file(POSE_PATH, person)
    pose, body, camera = figure.key_poses[0].pose, figure.key_poses[0].body, camera_of(figure)
    layers = {layer.name: layer for layer in mannequin_layers(body, camera, SHADES)}
    eye = body.joints["head"] + body.head_frame @ vec(8.3, 0.0, 3.3)
    return SeatedFigureParts(
        _to_mm(eye, SEAT_CM),
        _back_points(layers["pelvis"], layers["torso"]),
        "".join(_write_strokes(layers[name].strokes, SEAT_CM) for name in TRUNK_LAYERS),
        tuple(_draw_leg(pose, camera, "R", height) for height in SEAT_HEIGHTS_CM),
        tuple(_draw_leg(pose, camera, "L", height) for height in SEAT_HEIGHTS_CM),
        tuple(_draw_arm(pose, camera, "R", height) for height in KEYBOARD_HEIGHTS_CM),
        tuple(_draw_arm(pose, camera, "L", height) for height in KEYBOARD_HEIGHTS_CM),
    )


def write_seated_figures() -> None:
    """Write the committed drawings of all persons who sit at the desk."""
    PARTS.mkdir(exist_ok=True)
    for person in SITTING_PERSONS:
        locate_seated_figure(person).write_bytes(encode_seated_figure(draw_seated_figure(person)))


def _to_mm(point: Array, seat_cm: float) -> PointMm:
    """Return a point of the world as mm ahead of the hip and above the seat."""
    return round(float(point[0]) * 10, 1), round((float(point[1]) - seat_cm) * 10, 1)


def _write_strokes(strokes: Iterable[Stroke], seat_cm: float) -> str:
    """Return the paths of strokes, whose origin is on the seat."""
    # The viewport multiplies by 10 units to a pixel, which makes `UNITS_PER_MM` of the body's cm.
    viewport = Viewport(UNITS_PER_MM, np.array([0.0, UNITS_PER_MM * seat_cm]))
    shown = [stroke for stroke in strokes if stroke.has_size]
    return "".join(write_path(*path) for stroke in shown for path in to_paths(stroke, viewport))


def _back_points(pelvis: Layer, torso: Layer) -> tuple[PointMm, ...]:
    """Return the rearmost points of the clothes from the seat to the shoulders: where a backrest touches."""
    shape, points = shapely.union(pelvis.shape, torso.shape), []
    for height in BACK_HEIGHTS_CM:
        level = shapely.LineString([(-100, -SEAT_CM - height), (100, -SEAT_CM - height)])
        points.append((round(float(shape.intersection(level).bounds[0]) * 10, 1), height * 10.0))
    return tuple(points)


def _draw_leg(pose: Pose, camera: Camera, side: str, seat_cm: float) -> LegParts:
    """Return one leg with its hip on a seat of this height and its foot flat on the floor."""
    changed = copy.deepcopy(pose)
    changed["pelvis"]["at"][1] += seat_cm - SEAT_CM
    body = solve_pose(changed)
    thigh, shank = leg_layers(body, camera, side, SHADES["leg" + side])
    edge, shin, fill = thigh.strokes[0], thigh.strokes[LOWER_EDGE_INDEX], thigh.strokes[FILL_INDEX]
    foot, trousers = shank.strokes[:2], shank.strokes[-2:]  # between them the toes, which are in the shoe
    heel, _, toe = foot_spheres(body, side).values()
    return LegParts(
        round(seat_cm * 10, 1),
        _to_mm(body.joints["knee" + side], seat_cm),
        _to_mm(vec(heel.centre[0] - heel.radius - SHOE_THICKNESS_CM, 0, 0), seat_cm),
        _to_mm(vec(toe.centre[0] + toe.radius + SHOE_THICKNESS_CM, 0, 0), seat_cm),
        _write_strokes([shin], seat_cm),
        _write_strokes([edge, fill], seat_cm),
        _write_strokes([*foot, _shoe_stroke(camera, body, side), *trousers], seat_cm),
    )


def _shoe_stroke(camera: Camera, body: Body, side: str) -> Stroke:
    shape = foot_silhouette(camera, body, side).buffer(SHOE_THICKNESS_CM, 6)
    x0, _, x1, _ = shape.bounds
    sole = shape.intersection(shapely.box(x0, -ARCH_TOP_CM, x1, SOLE_CM)).convex_hull
    shape = round_corners(shape.union(sole).intersection(shapely.box(x0, -SHOE_COLLAR_CM, x1, SOLE_CM)), 0.5, 0.5)
    return Stroke("fill", "dark", resample_outline(shape, 30, np.array([x0, 0.0])))


def _draw_arm(pose: Pose, camera: Camera, side: str, keyboard_cm: float) -> ArmParts:
    """Return one arm with its fingers on keys this far above the seat."""
    changed = copy.deepcopy(pose)
    changed["arm" + side]["wrist"][1] = SEAT_CM + keyboard_cm + WRIST_ABOVE_KEYS_CM
    body = solve_pose(changed)
    strokes = [stroke for layer in arm_layers(body, camera, side, SHADES["arm" + side]) for stroke in layer.strokes]
    elbow, hand = body.joints["elbow" + side], hand_tip(body, side).centre
    return ArmParts(keyboard_cm * 10.0, _to_mm(elbow, SEAT_CM), _to_mm(hand, SEAT_CM), _write_strokes(strokes, SEAT_CM))
