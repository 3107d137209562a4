"""The seated figure and its chair, from the side, facing right. Proportions are of standing height."""

from typing import NamedTuple

from app.workstation.canvas import Canvas, Point, n
from app.workstation.posture import Posture


class Sitter(NamedTuple):
    """Joints in cm: x from the hip, y above the floor."""

    height: float
    seat: float
    support: float
    hip: Point
    knee: Point
    ankle: Point
    shoulder: Point
    elbow: Point
    hand: Point
    head: Point
    eye: Point


def sitter(height: float, shoes: float, at: Posture, keys: float) -> Sitter:
    """The figure on its seat, feet on floor or footrest, hands at `keys` cm above the floor."""
    support = max(at.raised, 0.0)
    hip = (0.0, at.seat + 0.052 * height)
    knee = (0.252 * height, at.seat + 0.030 * height)
    shoulder = (-0.030 * height, at.seat + 0.340 * height)
    elbow = (0.002 * height, at.seat + at.elbow_rest + 0.022 * height)
    head = (0.002 * height, at.eye + 0.004 * height)
    return Sitter(
        height=height,
        seat=at.seat,
        support=support,
        hip=hip,
        knee=knee,
        ankle=(knee[0] - 0.012 * height, support + shoes + 0.042 * height),
        shoulder=shoulder,
        elbow=elbow,
        hand=(elbow[0] + 0.245 * height, keys + 1.8),
        head=head,
        eye=(head[0] + 0.045 * height, at.eye),
    )


def draw_chair(on: Canvas, one: Sitter, depth: float, armrest: float) -> None:
    """Backrest with its curve for the low back, seat, post and base."""
    h, seat = one.height, one.seat
    back = -0.085 * h
    low, high = (back - 0.012 * h, seat + 0.05 * h), (back - 0.045 * h, seat + 0.345 * h)
    on.capsule("prop2", (back, seat - 3), 1.6, low, 1.6)
    on.capsule("prop", low, 0.022 * h, high, 0.017 * h)
    on.capsule("prop", (back - 0.004 * h, seat + 0.10 * h), 0.022 * h, (back - 0.012 * h, seat + 0.15 * h), 0.020 * h)
    front = back + depth
    middle, reach = (back + front) / 2, 0.13 * h
    on.capsule("prop2", (middle, seat - 4), 1.8, (middle, 9), 1.8)
    on.capsule("prop2", (middle - reach, 5.5), 1.5, (middle + reach, 5.5), 1.5)
    on.capsule("prop2", (middle, 9), 2.4, (middle, 6), 2.4)
    for wheel in (middle - reach, middle, middle + reach):
        on.capsule("dark", (wheel, 2.6), 2.6, (wheel + 0.1, 2.6), 2.6)
    on.capsule("prop", (back + 2.2, seat - 2.8), 2.8, (front - 2.8, seat - 2.8), 2.8)
    rest = seat + armrest - 1.2
    on.capsule("prop2", (middle - 3, seat - 3), 1.2, (middle - 3, rest), 1.2)
    on.capsule("prop2", (middle - 15, rest), 1.2, (middle + 9, rest), 1.2)


def draw_far_leg(on: Canvas, one: Sitter, shoes: float) -> None:
    """Darker, and a little ahead."""
    _draw_leg(on, one, shoes, 0.030 * one.height, "leg2")


def draw_near_leg(on: Canvas, one: Sitter, shoes: float) -> None:
    """With the hip, over the hem of the shirt."""
    _draw_leg(on, one, shoes, 0.0, "leg")


def _draw_leg(on: Canvas, one: Sitter, shoes: float, shift: float, tone: str) -> None:
    h = one.height
    knee, ankle = (one.knee[0] + shift, one.knee[1]), (one.ankle[0] + shift, one.ankle[1])
    sole = one.support + max(shoes, 0.6)
    toe = (ankle[0] + 0.105 * h, sole + 0.012 * h)
    on.capsule("dark", (ankle[0] - 0.012 * h, sole + 0.019 * h), 0.019 * h, toe, 0.012 * h)
    on.box("dark", (ankle[0] - 0.031 * h, one.support), (toe[0] + 0.012 * h, sole + 0.010 * h), 2)
    on.capsule(tone, knee, 0.034 * h, ankle, 0.022 * h, "leg-e")
    on.capsule(tone, one.hip, 0.060 * h, knee, 0.037 * h, "leg-e")
    on.capsule(tone, knee, 0.033 * h, (knee[0], knee[1] - 0.02 * h), 0.033 * h)


def draw_upper_body(on: Canvas, one: Sitter) -> None:
    """Trunk, neck, head, and the thoracic spine as the accent."""
    h, (sx, sy) = one.height, one.shoulder
    waist, chest = (-0.012 * h, one.hip[1] + 0.06 * h), (sx + 0.012 * h, sy - 0.028 * h)
    on.capsule("skin2", (sx + 0.008 * h, sy), 0.030 * h, (one.head[0] - 0.012 * h, one.head[1] - 0.035 * h), 0.029 * h)
    on.capsule("top", waist, 0.056 * h, chest, 0.064 * h, "top-e")
    on.capsule("top", (-0.004 * h, one.hip[1] + 0.005 * h), 0.058 * h, waist, 0.056 * h)
    back = -0.040 * h
    for tone in ("case", "spine"):
        on.curve(
            tone, (back, one.hip[1] + 0.10 * h), (back - 0.036 * h, sy - 0.09 * h), (back - 0.004 * h, sy + 0.018 * h)
        )
    _draw_head(on, one)


def _draw_head(on: Canvas, one: Sitter) -> None:
    x, y = on.at(one.head)
    rx, ry = 0.052 * one.height * on.scale, 0.064 * one.height * on.scale

    def line(*points: tuple[float, float]) -> str:
        return " ".join(f"{n(x + rx * across)} {n(y + ry * down)}" for across, down in points)

    def dot(tone: str, across: float, down: float, size: float) -> None:
        on.add(f'<circle class="tmw-{tone}" cx="{n(x + rx * across)}" cy="{n(y + ry * down)}" r="{n(rx * size)}"/>')

    face = (
        f"M{line((-0.8, -0.6))}C{line((-0.3, -1.25), (1, -1.1), (0.98, -0.2))}L{line((1.2, 0.22))}L{line((1, 0.3))}"
        f"C{line((1.05, 0.8), (0.75, 1.05), (0.3, 0.98))}C{line((-0.4, 0.9), (-0.95, 0.5), (-0.8, -0.6))}Z"
    )
    hair = (
        f"M{line((0.95, -0.5))}C{line((0.9, -1.25), (-0.5, -1.4), (-0.98, -0.5))}"
        f"C{line((-1.2, 0), (-0.85, 0.5), (-0.55, 0.55))}C{line((-0.35, 0.2), (-0.1, -0.1), (0, -0.45))}"
        f"C{line((0.4, -0.4), (0.7, -0.45), (0.95, -0.5))}Z"
    )
    dot("hair", -0.95, -0.75, 0.5)
    on.path("skin", face)
    on.path("skin-e", face)
    on.path("hair", hair)
    dot("skin2", -0.12, 0.12, 0.17)
    dot("eye", 0.65, -0.06, 0.1)


def draw_arm(on: Canvas, one: Sitter) -> None:
    """The near arm, its forearm level with the keys."""
    h = one.height
    wrist = (one.hand[0] - 0.055 * h, one.hand[1] + 0.5)
    on.capsule("skin", one.elbow, 0.024 * h, wrist, 0.016 * h, "skin-e")
    on.capsule("skin", wrist, 0.016 * h, one.hand, 0.010 * h, "skin-e")
    on.capsule("skin", one.elbow, 0.022 * h, wrist, 0.0145 * h)
    on.capsule("top", one.shoulder, 0.036 * h, one.elbow, 0.028 * h, "top-e")
