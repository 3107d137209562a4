"""The seated figure at its place: parts of the committed drawing, scaled and moved, never bent; and its chair.

Standing height scales the whole. The trunk is as tall as the eye's height above the seat asks, the shins reach from the
knees to what carries the feet, and of the drawn arms the one is taken whose hand comes nearest to the keys.
"""

import itertools
from typing import NamedTuple

from app.figures.seated_figure import STATURE_MM, UNITS_PER_MM, ArmParts, LegParts, PointMm, load_seated_figure
from app.workstation.drawing.canvas import Canvas, Point
from app.workstation.posture import Posture

MAX_TRUNK_SCALE = 1.15
"""How far the trunk may leave the proportions of standing height."""
MIN_HANGING_CM = 2.0
"""Feet farther than this above floor or footrest hang, and are drawn so; nearer, the shins reach down to it."""
MAX_REACH_MM, LAP_MM = 20.0, 130.0
"""Keys farther than this from any drawn hand are out of reach: the hands wait on the thighs."""
MIN_SOLE_CM = 0.8


class PlacedFigure(NamedTuple):
    """What is drawn and where: cm, x from the hip, y above the floor. `leg` and `trunk` are cm to a drawn mm."""

    leg: float
    trunk: float
    seat: float
    foot: float
    sole: float
    stretch: float
    posture: int
    arm: int
    lift: float
    eye: Point
    hand: Point
    toe: Point
    heel: Point


def place_figure(height: float, shoes: float, at: Posture, keys: float, support: float) -> PlacedFigure:
    """The figure on its seat, feet on floor or footrest (`support`), hands at `keys` cm above the floor."""
    drawn, leg, sole = load_seated_figure(), height / STATURE_MM, max(shoes, MIN_SOLE_CM)
    foot = at.raised_cm if at.raised_cm - support > MIN_HANGING_CM else support
    trunk = min(max((at.seated_eye_cm - at.seat_cm) / drawn.eye[1], leg / MAX_TRUNK_SCALE), leg * MAX_TRUNK_SCALE)
    near = _find_nearest([one.seat_height * leg for one in drawn.near_legs], at.seat_cm - foot - sole)
    legs, knee = drawn.near_legs[near], at.seat_cm + drawn.near_legs[near].knee[1] * leg
    drop = (legs.knee[1] + legs.seat_height) * leg
    stretch = (knee - foot - sole) / drop
    arm, lift = _choose_arm(drawn.near_arms, (keys - at.seat_cm) / trunk)
    hand = drawn.near_arms[arm]

    def above(place: PointMm, size: float) -> Point:
        return place[0] * size, at.seat_cm + place[1] * size

    return PlacedFigure(
        leg=leg,
        trunk=trunk,
        seat=at.seat_cm,
        foot=foot,
        sole=sole,
        stretch=stretch,
        posture=near,
        arm=arm,
        lift=lift * trunk,
        eye=above(drawn.eye, trunk),
        hand=above((hand.hand[0], hand.hand[1] + lift), trunk),
        toe=(drawn.far_legs[near].toe[0] * leg, foot),
        heel=(legs.heel[0] * leg, foot),
    )


def _find_nearest(values: list[float], wanted: float) -> int:
    return min(range(len(values)), key=lambda one: abs(values[one] - wanted))


def _choose_arm(arms: tuple[ArmParts, ...], keys: float) -> tuple[int, float]:
    """Which arm, and by how many millimetres it is lifted so that the hand lies on the keys."""
    heights = [one.keyboard_height for one in arms]
    found = _find_nearest(heights, keys)
    if abs(keys - heights[found]) <= MAX_REACH_MM:
        return found, keys - heights[found]
    return _find_nearest(heights, LAP_MM), 0.0


def draw_behind(on: Canvas, one: PlacedFigure) -> None:
    """All that the desk may cover: the far limbs, trunk and head, the near leg."""
    drawn = load_seated_figure()
    _draw_leg(on, one, drawn.far_legs[one.posture])
    _draw_arm(on, one, drawn.far_arms[one.arm])
    on.add_group(drawn.trunk_paths, (0, one.seat), one.trunk / UNITS_PER_MM)
    _draw_leg(on, one, drawn.near_legs[one.posture])


def draw_near_arm(on: Canvas, one: PlacedFigure) -> None:
    """The arm in front of desk and keys."""
    _draw_arm(on, one, load_seated_figure().near_arms[one.arm])


def _draw_arm(on: Canvas, one: PlacedFigure, arm: ArmParts) -> None:
    on.add_group(arm.paths, (0, one.seat + one.lift), one.trunk / UNITS_PER_MM)


def _draw_leg(on: Canvas, one: PlacedFigure, leg: LegParts) -> None:
    """Below the knee stretched about the knee; the sole of the shoe is as thick as it is."""
    size, knee = one.leg / UNITS_PER_MM, leg.knee[1] * one.leg
    below = (0.0, one.seat + knee * (1 - one.stretch))
    on.add_group(leg.shin_paths, below, size, one.stretch)
    on.add_group(leg.thigh_paths, (0, one.seat), size)
    on.add_group(leg.lower_paths, below, size, one.stretch)
    low, high = leg.heel[0] * one.leg, leg.toe[0] * one.leg
    on.add_box("dark2", (low, one.foot), (high, one.foot + one.sole + 0.6), 1.5)


def draw_chair(on: Canvas, one: PlacedFigure, depth: float, armrest: float) -> None:
    """A backrest that follows the back, seat, armrest, post and base."""
    seat, size = one.seat, one.trunk
    back = [(x * size - 3.2, seat + y * size) for x, y in load_seated_figure().back]
    on.add_capsule("prop2", (back[2][0] - 2.5, seat - 3), 1.6, (back[4][0] - 3, back[4][1]), 1.6)
    for low, high in itertools.pairwise(back[2:]):
        on.add_capsule("prop", low, 3.0, high, 3.0)
    front = min(back[0][0] + depth, one.heel[0] + 2)
    middle, reach = (back[0][0] + front) / 2, 230 * one.leg
    on.add_capsule("prop2", (middle, seat - 4), 1.8, (middle, 9), 1.8)
    on.add_capsule("prop2", (middle - reach, 5.5), 1.5, (middle + reach, 5.5), 1.5)
    on.add_capsule("prop2", (middle, 9), 2.4, (middle, 6), 2.4)
    for wheel in (middle - reach, middle, middle + reach):
        on.add_capsule("dark", (wheel, 2.6), 2.6, (wheel + 0.1, 2.6), 2.6)
    rest = seat + armrest - 1.2
    on.add_capsule("prop2", (middle - 3, seat - 3), 1.2, (middle - 3, rest), 1.2)
    on.add_capsule("prop2", (middle - 140 * one.leg, rest), 1.2, (middle + 90 * one.leg, rest), 1.2)
    on.add_capsule("prop", (back[0][0] + 1.4, seat - 2.8), 2.8, (front - 2.8, seat - 2.8), 2.8)
