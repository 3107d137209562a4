"""Checks of heights: seat, desk, screen and feet, each against the body as it really sits."""

from collections.abc import Iterator
from typing import NamedTuple

from app.workstation.body import WorkstationBody
from app.workstation.findings import Finding, finding, off_target
from app.workstation.fit import footrest, screen_drop, screen_top, viewing_distance
from app.workstation.measure import FittedMeasure, measure
from app.workstation.observed import ObservedDesk
from app.workstation.posture import HIGHEST_FOOTREST_CM, SEATED_ELBOW_SE, STANDING_ELBOW_SE, Posture, posture_of


class Seen(NamedTuple):
    """A body and its place: the posture at knee height, and how far the chair stands above that on purpose."""

    body: WorkstationBody
    at: Posture
    now: ObservedDesk
    raised: float


def look(body: WorkstationBody, now: ObservedDesk) -> Seen:
    """The body as it sits. A chair raised to a high desk, with something under the feet, is not a fault."""
    at = posture_of(body.model_copy(update={"desk": None, "chair": None}))
    high_desk = now.desk_height_cm is not None and now.desk_height_cm - at.knee_desk > 2
    raised = 0.0
    if now.feet == "footrest" or (now.feet == "dangling" and high_desk):
        if now.seat_height_cm is not None:
            raised = now.seat_height_cm - at.knee_seat
        elif now.desk_height_cm is not None:
            raised = now.desk_height_cm - at.knee_desk
    return Seen(body, at, now, min(max(raised, 0.0), HIGHEST_FOOTREST_CM))


def check_heights(seen: Seen) -> Iterator[Finding]:
    """Findings on seat, desk, standing desk, screen and feet."""
    yield from _seat(seen)
    yield from _desk(seen)
    yield from _standing_desk(seen)
    yield from _screen_top(seen)
    yield from _feet(seen)


def _seat(seen: Seen) -> Iterator[Finding]:
    if seen.now.seat_height_cm is None:
        return
    target = measure(seen.at.knee_seat + seen.raised, 2, 1, measured=seen.body.measured.popliteal_cm is not None)
    off = seen.now.seat_height_cm - target.value
    severity = off_target(off, 3, 2, 4, 7)
    if severity is None:
        return
    yield finding(
        "seat_height",
        severity,
        seen.now.seat_height_cm,
        target,
        f"Lower the seat by {off:.0f} cm, or put a footrest of that height under both feet."
        if off > 0
        else f"Raise the seat by {-off:.0f} cm; where it goes no higher, a firm cushion helps.",
        free=True,
        guideline="chair-and-feet",
        why="With both feet carried and the thighs level, the back can rest against the backrest.",
    )


def _desk(seen: Seen) -> Iterator[Finding]:
    if seen.now.desk_height_cm is None:
        return
    own = seen.body.measured
    known = own.elbow_rest_cm is not None or own.seated_elbow_cm is not None
    target = measure(seen.at.knee_desk + seen.raised, 2, 1, measured=known)
    off = seen.now.desk_height_cm - target.value
    severity = off_target(off, 3, 2 if known else SEATED_ELBOW_SE, 4, 8)
    if severity is None:
        return
    yield finding(
        "desk_height",
        severity,
        seen.now.desk_height_cm,
        target,
        _move_desk(seen, off, target),
        free=abs(off) <= HIGHEST_FOOTREST_CM and _reaches(seen.body, target.value),
        guideline="desk-height",
        why="Keys above the elbows lift the shoulders, keys far below them round the upper back.",
    )


def _reaches(body: WorkstationBody, height: float) -> bool:
    return body.desk is not None and body.desk.lowest - 1 <= height <= body.desk.highest + 1


def _move_desk(seen: Seen, off: float, target: FittedMeasure) -> str:
    if _reaches(seen.body, target.value):
        return f"Set the desk to {target.value:.0f} cm, {abs(off):.0f} cm {'lower' if off > 0 else 'higher'} than now."
    if off < 0:
        return f"Put firm blocks of {-off:.0f} cm under the desk, or raise it by that much."
    if off + seen.raised > HIGHEST_FOOTREST_CM:
        return f"Lower the desk by {off:.0f} cm or use another one: that is more than a chair and footrest make up for."
    first = "" if seen.body.desk is not None else f"Lower the desk by {off:.0f} cm. If it is fixed: "
    rest = f"raise the chair by {off:.0f} cm and put a footrest of {off + seen.raised:.0f} cm under both feet, or fit"
    return f"{first}{rest if first else rest.capitalize()} a keyboard tray."


def _standing_desk(seen: Seen) -> Iterator[Finding]:
    height = seen.now.desk_height_standing_cm
    if height is None:
        return
    target = measure(seen.at.desk_standing, 5, 0)
    off = height - target.value
    severity = off_target(off, 5, STANDING_ELBOW_SE, 4, 8)
    if severity is None:
        return
    yield finding(
        "desk_height_standing",
        severity,
        height,
        target,
        f"For standing, {'lower' if off > 0 else 'raise'} the desk by {abs(off):.0f} cm.",
        free=True,
        guideline="standing-desk-height",
        why="Standing, too, the forearms should be level and the shoulders loose.",
    )


def _screen_top(seen: Seen) -> Iterator[Finding]:
    if seen.now.screen_top_cm is None:
        return
    drop = screen_drop(seen.body, viewing_distance(seen.body))
    target = screen_top(seen.at.eye + seen.raised, drop, measured=seen.body.measured.seated_eye_cm is not None)
    off = seen.now.screen_top_cm - target.value
    severity = off_target(off, 6, 2, 5, 10)
    if severity is None:
        return
    laptop = seen.body.device == "laptop"
    lift = "on a stand or books, and add a separate keyboard and mouse" if laptop else "on a riser, an arm or books"
    yield finding(
        "screen_top",
        severity,
        seen.now.screen_top_cm,
        target,
        f"Lower the screen by {off:.0f} cm." if off > 0 else f"Raise the screen by {-off:.0f} cm, {lift}.",
        free=not laptop,
        guideline="laptop-setup" if laptop else _screen_guideline(seen.body),
        why="A low display draws the head forward and down, a high one tips it back.",
    )


def _screen_guideline(body: WorkstationBody) -> str:
    return "progressive-lenses" if body.lenses == "progressive" else "screen-height"


def _feet(seen: Seen) -> Iterator[Finding]:
    if seen.now.feet != "dangling":
        return
    gap = None
    if seen.now.seat_height_cm is not None:
        gap = max(seen.now.seat_height_cm - seen.at.knee_seat, 0.0)
    support = f"a footrest of {gap:.0f} cm" if gap is not None and gap >= 1 else "a footrest"
    lower = "" if seen.raised else "Lower the chair until both feet rest, or put "
    yield finding(
        "feet",
        "severe",
        "dangling",
        footrest(seen.at._replace(raised=gap)) if gap else None,
        f"{lower or 'Keep the chair where it is and put '}{support} under them.",
        free=not seen.raised,
        guideline="footrest",
        why="Feet that hang pull the body off the backrest, and the upper back does the holding.",
    )
