"""Checks of angles, distance, supports and the hours of a day."""

from collections.abc import Iterator

from app.workstation.checks_heights import Seen
from app.workstation.findings import Check, Finding, Severity, above, below, finding, worse
from app.workstation.fit import fit, screen_tilt
from app.workstation.measure import FittedMeasure, measure


def check_habits(seen: Seen) -> Iterator[Finding]:
    """Findings on everything but heights."""
    yield from _distance(seen)
    yield from _elbow(seen)
    yield from _offset(seen)
    yield from _tilt(seen)
    yield from _seat_depth(seen)
    yield from _supports(seen)
    yield from _hours(seen)


def _distance(seen: Seen) -> Iterator[Finding]:
    value = seen.now.viewing_distance_cm
    if value is None:
        return
    target = fit(seen.body).viewing_distance
    severity = worse(below(value, 50, 45, 40), above(value, 100, 110, 120))
    if severity is None and value < target.min:
        severity = "minor"
    if severity is None:
        return
    off = abs(target.value - value)
    yield finding(
        "viewing_distance",
        severity,
        value,
        target,
        f"Move the screen {off:.0f} cm away and enlarge the text."
        if value < target.value
        else f"Move the screen {off:.0f} cm nearer, or enlarge the text.",
        free=True,
        guideline="viewing-distance",
        why="Too near tires the eyes, too far pulls the head forward to read.",
    )


def _elbow(seen: Seen) -> Iterator[Finding]:
    value = seen.now.elbow_deg
    severity = worse(below(value, 90, 80, 70), above(value, 120, 135, 135)) if value is not None else None
    if value is None or severity is None:
        return
    yield finding(
        "elbow_angle",
        severity,
        value,
        measure(100, 10, 20, unit="deg", source="osha-etool"),
        "Open the elbows: lower the keyboard or raise the chair, and move it a little away."
        if value < 90
        else "Bring the keyboard nearer, so that the upper arms hang beside the body.",
        free=True,
        guideline="elbow-angle",
        why="A tight bend loads the forearm, and a reach carries the arms' weight on the shoulders.",
    )


def _offset(seen: Seen) -> Iterator[Finding]:
    value, two = seen.now.screen_offset_deg, seen.body.screens == "two_equal"
    severity = above(value, 20 if two else 5, 15, 30) if value is not None else None
    if value is None or severity is None:
        return
    target = measure(0, 0, 20 if two else 5, unit="deg", source="hfes-100-2007" if two else "editorial")
    yield finding(
        "screen_offset",
        severity,
        value,
        target,
        "Let the edges of both screens meet straight ahead of you."
        if two
        else "Move the screen you use most, or turn chair and keyboard, until it is straight ahead.",
        free=True,
        guideline="two-screens" if two else "screen-straight-ahead",
        why="A display at the side keeps neck and upper back turned one way for hours.",
    )


def _tilt(seen: Seen) -> Iterator[Finding]:
    value = seen.now.screen_tilt_deg
    if value is None or 0 <= value <= (30 if seen.body.lenses == "progressive" else 20):
        return
    yield finding(
        "screen_tilt",
        "minor" if 0 <= value <= 30 else "moderate",
        value,
        screen_tilt(seen.body),
        "Lean the top of the screen back a little." if value < 0 else "Set the screen more upright.",
        free=True,
        guideline="screen-tilt",
        why="A display that faces the eyes squarely keeps the text even and spares the neck.",
    )


def _seat_depth(seen: Seen) -> Iterator[Finding]:
    value = seen.now.seat_depth_gap_cm
    if value is None or 3 <= value <= 7:
        return
    severity: Severity = "severe"
    if value > 0:
        severity = "minor" if 1 <= value <= 10 else "moderate"
    short = value > 7
    yield finding(
        "seat_depth_gap",
        severity,
        value,
        measure(5, 2, 2, source="editorial"),
        "Slide the seat forward, if it can, so that it carries more of the thighs."
        if short
        else "Slide the seat back, or put a cushion behind the low back.",
        free=True,
        guideline="seat-depth",
        why="Too deep a seat keeps the back off the backrest, too short a one leaves the thighs unsupported.",
    )


def _supports(seen: Seen) -> Iterator[Finding]:
    now = seen.now
    if now.armrests is False:
        yield _missing(
            "armrests",
            fit(seen.body).armrest_above_seat,
            "Set the armrests so that they just touch the elbows, or rest the forearms on the desk.",
            "armrests",
            "Carried forearms take weight off neck and shoulders.",
        )
    if now.lumbar_support is False:
        yield _missing(
            "lumbar_support",
            measure(20, 5, 5, source="editorial"),
            "Put a rolled towel or a cushion in the small of the back, at belt height.",
            "back-support",
            "A low back that is carried lets ribs and head stack with less effort.",
        )
    if now.glare_free is False:
        yield _missing(
            "glare",
            None,
            "Turn the screen at a right angle to the window and shade bright lamps.",
            "glare-and-light",
            "Reflections make people twist and lean to see past them.",
        )
    if now.mouse_beside_keyboard is False:
        yield _missing(
            "mouse",
            None,
            "Bring the mouse next to the keyboard, at the same height.",
            "mouse-and-keyboard",
            "A mouse out of reach holds the arm out all day.",
        )


def _missing(check: Check, target: FittedMeasure | None, move: str, guideline: str, why: str) -> Finding:
    """A support that is not there."""
    return finding(check, "minor", False, target, move, free=True, guideline=guideline, why=why)


def _hours(seen: Seen) -> Iterator[Finding]:
    now = seen.now
    sitting, laptop, phone = now.longest_sitting_min, now.laptop_only_h, now.phone_head_down_min_h
    if sitting is not None and (grave := above(sitting, 45, 60, 120)):
        yield finding(
            "longest_sitting",
            grave,
            sitting,
            measure(30, 30, 15, unit="min", source="editorial"),
            "Get up or change position every half hour; reminders can do the thinking.",
            free=True,
            guideline="movement-breaks",
            why="Short breaks taken often go with less discomfort than rare long ones.",
        )
    if laptop is not None and (grave := _from(laptop, 1, 2, 4)):
        yield finding(
            "laptop_only",
            grave,
            laptop,
            measure(0, 0, 1, unit="h", source="editorial"),
            "Raise the laptop on a stand or books and add a separate keyboard and mouse.",
            free=False,
            guideline="laptop-setup",
            why="With screen and keys joined, one of them is always at the wrong height.",
        )
    if phone is not None and (grave := _from(phone, 10, 20, 40)):
        yield finding(
            "phone_head_down",
            grave,
            phone,
            measure(0, 0, 10, unit="min/h", source="editorial"),
            "Bring the phone up towards eye height, and keep spells of looking down short.",
            free=True,
            guideline="phone-head-position",
            why="Holding the head bent forward keeps the neck muscles at work; a change rests them.",
        )


def _from(value: float, first: float, minor: float, moderate: float) -> Severity | None:
    """Like `above`, but `first` itself is already too much."""
    return "minor" if value == first else above(value, first, minor, moderate)
