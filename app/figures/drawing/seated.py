"""Draws the seated figure of the workstation's diagram: one trunk, and limbs for seats and keys of several heights."""

import copy
from collections.abc import Iterable

import numpy as np
import shapely

from app.figures import seated_figure
from app.figures.drawing import skeleton as sk
from app.figures.drawing.camera import Camera
from app.figures.drawing.ends import foot
from app.figures.drawing.layers import Layer, Mark
from app.figures.drawing.limbs import arms, legs
from app.figures.drawing.outline import resample, soften
from app.figures.drawing.posefile import POSES, read
from app.figures.drawing.scene import Frame, person, view
from app.figures.drawing.skeleton import Body
from app.figures.drawing.solve import Pose, solve
from app.figures.drawing.space import Array, vec
from app.figures.drawing.svg import drawn, path
from app.figures.seated_figure import STATURE_MM, UNITS_PER_MM, ArmParts, LegParts, PointMm, SeatedFigureParts

SEAT = 0.2415 * STATURE_MM / 10
"""The seat of the posed figure above its soles, in cm: as high as a chair suits this stature."""
SEATS = (23.5, 33.5, SEAT)
KEYS = (*range(4, 16, 3), *range(16, 37, 2), *range(39, 58, 3))
WRIST_ABOVE_KEYS = 3.8
TRUNK = ("pelvis", "torso", "neck", "head")
SHOE, COLLAR = 0.9, 7.6
"""How much wider than the foot a shoe is, and how far up it reaches."""


def draw() -> SeatedFigureParts:
    """The figure of `seed/poses/parts/seated-figure.yaml`."""
    figure = read(POSES / "parts" / "seated-figure.yaml")
    pose, cam = figure.keys[0].pose, view(figure)
    body = figure.keys[0].body
    layers = {layer.name: layer for layer in person(body, cam)}
    eye = body.joints["head"] + body.head @ vec(8.3, 0.0, 3.3)
    return SeatedFigureParts(
        _place(eye, SEAT),
        _back(layers["pelvis"], layers["torso"]),
        "".join(_paths(layers[name].marks, SEAT) for name in TRUNK),
        tuple(_leg(pose, cam, "R", seat) for seat in SEATS),
        tuple(_leg(pose, cam, "L", seat) for seat in SEATS),
        tuple(_arm(pose, cam, "R", keys) for keys in KEYS),
        tuple(_arm(pose, cam, "L", keys) for keys in KEYS),
    )


def write() -> None:
    """Write the committed drawing."""
    seated_figure.SEATED_FIGURE_PATH.parent.mkdir(exist_ok=True)
    seated_figure.SEATED_FIGURE_PATH.write_bytes(seated_figure.encode_seated_figure(draw()))


def _place(point: Array, seat: float) -> PointMm:
    return round(float(point[0]) * 10, 1), round((float(point[1]) - seat) * 10, 1)


def _paths(marks: Iterable[Mark], seat: float) -> str:
    frame = Frame(UNITS_PER_MM, np.array([0.0, UNITS_PER_MM * seat]))
    return "".join(path(attributes, d) for mark in marks for attributes, d in drawn(mark, frame))


def _back(pelvis: Layer, torso: Layer) -> tuple[PointMm, ...]:
    """The rearmost point of the clothes at heights from the seat to the shoulders: where a backrest touches."""
    shape, found = shapely.union(pelvis.shape, torso.shape), []
    for above in range(6, 55, 4):
        line = shapely.LineString([(-100, -SEAT - above), (100, -SEAT - above)])
        found.append((round(float(shape.intersection(line).bounds[0]) * 10, 1), above * 10.0))
    return tuple(found)


def _leg(pose: Pose, cam: Camera, side: str, seat: float) -> LegParts:
    """One leg with its hip on a seat of this height and its foot flat on the floor."""
    changed = copy.deepcopy(pose)
    changed["pelvis"]["at"][1] += seat - SEAT
    body = solve(changed)
    thigh, shank = legs(body, cam, side)
    edge, shin, fill = thigh.marks
    bare, trousers = shank.marks[:2], shank.marks[2:]
    spheres = sk.foot_spheres(body, side)
    (heel, back), (toe, front) = spheres["heel" + side], spheres["toe" + side]
    return LegParts(
        round(seat * 10, 1),
        _place(body.joints["knee" + side], seat),
        _place(vec(heel[0] - back - SHOE, 0, 0), seat),
        _place(vec(toe[0] + front + SHOE, 0, 0), seat),
        _paths([shin], seat),
        _paths([edge, fill], seat),
        _paths([*bare, _shoe(cam, body, side), *trousers], seat),
    )


def _shoe(cam: Camera, body: Body, side: str) -> Mark:
    shape = foot(cam, body, side).buffer(SHOE, 6)
    x0, _, x1, _ = shape.bounds
    shape = soften(shape.intersection(shapely.box(x0, -COLLAR, x1, 0)), 0.5, 0.5)
    return Mark("fill", "dark", resample(shape, 30, np.array([x0, 0.0])))


def _arm(pose: Pose, cam: Camera, side: str, keys: float) -> ArmParts:
    """One arm with its fingers on keys this far above the seat."""
    changed = copy.deepcopy(pose)
    changed["arm" + side]["wrist"][1] = SEAT + keys + WRIST_ABOVE_KEYS
    body = solve(changed)
    marks = [mark for layer in arms(body, cam, side) for mark in layer.marks]
    tip, _ = sk.hand_tip(body, side)
    return ArmParts(keys * 10.0, _place(body.joints["elbow" + side], SEAT), _place(tip, SEAT), _paths(marks, SEAT))
