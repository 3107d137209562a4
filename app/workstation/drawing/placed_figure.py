"""The seated figure and its chair, placed at the workstation.

The parts of the committed drawing are scaled and moved, never bent. Stature scales the whole figure, the eye's height
above the seat scales the trunk, and the shins reach down to what supports the feet. Of the drawn arms the one is used
whose hand comes nearest to the keys.
"""

import itertools
from typing import NamedTuple

from app.figures.persons import DEFAULT_SITTING_PERSON, SittingPerson
from app.figures.seated_figure import (
    STATURE_MM,
    UNITS_PER_MM,
    ArmParts,
    LegParts,
    PointMm,
    SeatedFigureParts,
    load_seated_figure,
)
from app.workstation.drawing.canvas import Canvas, Point
from app.workstation.posture import Posture

MAX_TRUNK_RATIO = 1.15
"""Largest ratio of the trunk's scale to the scale of the legs, and the inverse of the smallest."""
MIN_HANGING_CM = 2.0
"""Feet that are farther above the floor or footrest hang; nearer, the shins are stretched down to it."""
MAX_REACH_MM = 20.0
"""Keys that are farther from every drawn hand are out of reach; the hands then lie on the thighs."""
LAP_MM = 130.0
"""Height of hands on the thighs, above the seat of the drawing."""
LOW_BACK_INDEX = 3
"""Which of the points of the back is the hollow of the low back."""
MIN_SOLE_CM = 0.8
"""Thickness of the thinnest sole that is drawn, also for bare feet."""


class PlacedFigure(NamedTuple):
    """What is drawn and where. Points are in cm: x ahead of the hip, y above the floor."""

    drawing: SeatedFigureParts
    leg_scale: float
    """cm to a millimetre of the drawn legs."""
    trunk_scale: float
    """cm to a millimetre of the drawn trunk and arms."""
    shin_stretch: float
    """Factor by which the shins are longer than drawn."""
    seat_cm: float
    support_cm: float
    """Height of what the soles stand on, or hang at."""
    sole_cm: float
    leg_number: int
    """Which of the drawn legs."""
    arm_number: int
    """Which of the drawn arms."""
    arm_lift_cm: float
    """How far the arm is moved up."""
    eye: Point
    low_back: Point
    elbow: Point
    hand: Point
    toe: Point
    heel: Point
    are_hands_on_keys: bool
    """Else they lie on the thighs, because the keys are out of reach."""
    are_feet_supported: bool
    """Else they hang."""


def place_figure(
    stature_cm: float,
    shoes_cm: float,
    posture: Posture,
    keys_cm: float,
    footrest_cm: float,
    person: SittingPerson = DEFAULT_SITTING_PERSON,
) -> PlacedFigure:
    """Return a person on the seat, with the hands at `keys_cm` above the floor and the feet on floor or footrest."""
    drawing, seat, sole = load_seated_figure(person), posture.seat_cm, max(shoes_cm, MIN_SOLE_CM)
    leg_scale = stature_cm / STATURE_MM
    eye_scale = (posture.seated_eye_cm - seat) / drawing.eye[1]
    trunk_scale = min(max(eye_scale, leg_scale / MAX_TRUNK_RATIO), leg_scale * MAX_TRUNK_RATIO)
    # A footrest has a greatest height, so the feet of a very high chair do not reach it.
    hang = posture.raised_cm - footrest_cm > MIN_HANGING_CM
    support = posture.raised_cm if hang else footrest_cm
    leg_number = _find_nearest([leg.seat_height * leg_scale for leg in drawing.near_legs], seat - support - sole)
    leg = drawing.near_legs[leg_number]
    knee_cm = seat + leg.knee[1] * leg_scale
    drawn_shin_cm = (leg.knee[1] + leg.seat_height) * leg_scale
    arm_number, lift_mm = _choose_arm(drawing.near_arms, (keys_cm - seat) / trunk_scale)
    arm = drawing.near_arms[arm_number]
    reached_mm = (keys_cm - seat) / trunk_scale - arm.keyboard_height

    def place_on_trunk(point: PointMm) -> Point:
        return point[0] * trunk_scale, seat + point[1] * trunk_scale

    return PlacedFigure(
        drawing=drawing,
        leg_scale=leg_scale,
        trunk_scale=trunk_scale,
        shin_stretch=(knee_cm - support - sole) / drawn_shin_cm,
        seat_cm=seat,
        support_cm=support,
        sole_cm=sole,
        leg_number=leg_number,
        arm_number=arm_number,
        arm_lift_cm=lift_mm * trunk_scale,
        eye=place_on_trunk(drawing.eye),
        low_back=place_on_trunk((drawing.back[LOW_BACK_INDEX][0] - 30, drawing.back[LOW_BACK_INDEX][1])),
        elbow=place_on_trunk((arm.elbow[0], arm.elbow[1] + lift_mm)),
        hand=place_on_trunk((arm.hand[0], arm.hand[1] + lift_mm)),
        toe=(drawing.far_legs[leg_number].toe[0] * leg_scale, support),
        heel=(leg.heel[0] * leg_scale, support),
        are_hands_on_keys=abs(reached_mm) <= MAX_REACH_MM,
        are_feet_supported=not hang,
    )


def _find_nearest(values: list[float], target: float) -> int:
    """Return the index of the value that is nearest to the target."""
    return min(range(len(values)), key=lambda index: abs(values[index] - target))


def _choose_arm(arms: tuple[ArmParts, ...], keys_mm: float) -> tuple[int, float]:
    """Return which arm is drawn, and by how many millimetres it is moved up so that the hand lies on the keys."""
    heights = [arm.keyboard_height for arm in arms]
    nearest = _find_nearest(heights, keys_mm)
    if abs(keys_mm - heights[nearest]) <= MAX_REACH_MM:
        return nearest, keys_mm - heights[nearest]
    return _find_nearest(heights, LAP_MM), 0.0


def draw_body(canvas: Canvas, figure: PlacedFigure) -> None:
    """Draw what the desk may cover: the far limbs, trunk and head, and the near leg."""
    drawing = figure.drawing
    _draw_leg(canvas, figure, drawing.far_legs[figure.leg_number])
    _draw_arm(canvas, figure, drawing.far_arms[figure.arm_number])
    canvas.add_group(drawing.trunk_paths, (0, figure.seat_cm), figure.trunk_scale / UNITS_PER_MM)
    _draw_leg(canvas, figure, drawing.near_legs[figure.leg_number])


def draw_near_arm(canvas: Canvas, figure: PlacedFigure) -> None:
    """Draw the arm that lies in front of desk and keys."""
    _draw_arm(canvas, figure, figure.drawing.near_arms[figure.arm_number])


def _draw_arm(canvas: Canvas, figure: PlacedFigure, arm: ArmParts) -> None:
    canvas.add_group(arm.paths, (0, figure.seat_cm + figure.arm_lift_cm), figure.trunk_scale / UNITS_PER_MM)


def _draw_leg(canvas: Canvas, figure: PlacedFigure, leg: LegParts) -> None:
    """Draw a leg whose shin is stretched about the knee, and the sole of its shoe, which is not stretched."""
    size, knee_cm = figure.leg_scale / UNITS_PER_MM, leg.knee[1] * figure.leg_scale
    shin_origin = (0.0, figure.seat_cm + knee_cm * (1 - figure.shin_stretch))
    canvas.add_group(leg.shin_paths, shin_origin, size, figure.shin_stretch)
    canvas.add_group(leg.thigh_paths, (0, figure.seat_cm), size)
    canvas.add_group(leg.lower_paths, shin_origin, size, figure.shin_stretch)
    heel_x, toe_x = leg.heel[0] * figure.leg_scale, leg.toe[0] * figure.leg_scale
    sole_top = figure.support_cm + figure.sole_cm + 0.6
    # Of the tone of the shoe: a lighter one reads as a footrest.
    radius_px = (sole_top - figure.support_cm) / 2 * canvas.scale
    canvas.add_box("dark", (heel_x, figure.support_cm), (toe_x, sole_top), radius_px)


def draw_chair(canvas: Canvas, figure: PlacedFigure, seat_depth: float) -> None:
    """Draw the chair: a backrest that follows the back, base and seat; its depth is in cm."""
    seat = figure.seat_cm
    back = [(x * figure.trunk_scale - 3.2, seat + y * figure.trunk_scale) for x, y in figure.drawing.back]
    canvas.add_capsule("prop2", (back[2][0] - 2.5, seat - 3), 1.6, (back[4][0] - 3, back[4][1]), 1.6)
    for lower, upper in itertools.pairwise(back[2:]):
        canvas.add_capsule("prop", lower, 3.0, upper, 3.0)
    rear = back[0][0]
    # A seat that is deeper than the thigh is drawn to the shin, not through it.
    front = min(rear + seat_depth, figure.heel[0] + 2)
    middle = (rear + front) / 2
    _draw_chair_base(canvas, middle, 230 * figure.leg_scale, seat)
    canvas.add_capsule("prop", (rear + 1.4, seat - 2.8), 2.8, (front - 2.8, seat - 2.8), 2.8)


def draw_near_armrest(canvas: Canvas, figure: PlacedFigure, armrest: float) -> None:
    """Draw the armrest in front of the thigh, its top `armrest` cm above the seat."""
    under_elbow, top = figure.elbow[0], figure.seat_cm + armrest - 1.3
    canvas.add_capsule("prop2", (under_elbow - 2, figure.seat_cm - 4), 1.3, (under_elbow - 2, top), 1.3)
    canvas.add_capsule("prop3", (under_elbow - 9, top), 1.3, (under_elbow + 10, top), 1.3)


def _draw_chair_base(canvas: Canvas, middle: float, half_width: float, seat: float) -> None:
    """Draw the post, the legs and three wheels."""
    left, right = middle - half_width, middle + half_width
    canvas.add_capsule("prop2", (middle, seat - 4), 1.8, (middle, 9), 1.8)
    canvas.add_capsule("prop2", (left, 5.5), 1.5, (right, 5.5), 1.5)
    canvas.add_capsule("prop2", (middle, 9), 2.4, (middle, 6), 2.4)
    for wheel in (left, middle, right):
        canvas.add_disc("dark", (wheel, 2.6), 2.6)
