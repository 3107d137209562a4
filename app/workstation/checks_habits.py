"""Checks of angles, distance, supports and hours of the day. Limits are editorial where no source is named."""

from collections.abc import Iterator

from app.workstation.checks import Severity, max_severity, severity_above, severity_below
from app.workstation.checks_heights import Observation
from app.workstation.dimension import make_dimension
from app.workstation.findings import WorkstationFinding, make_finding
from app.workstation.fit import compute_fit, fit_screen_tilt
from app.workstation.texts import format_cm, workstation_texts


def check_habits(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield findings on everything but heights."""
    yield from _check_distance(observation)
    yield from _check_elbow(observation)
    yield from _check_offset(observation)
    yield from _check_tilt(observation)
    yield from _check_seat_depth(observation)
    yield from _check_supports(observation)
    yield from _check_hours(observation)


def _check_distance(observation: Observation) -> Iterator[WorkstationFinding]:
    distance = observation.observed.viewing_distance_cm
    if distance is None:
        return
    target = compute_fit(observation.body).viewing_distance
    severity = max_severity(severity_below(distance, 50, 45, 40), severity_above(distance, 100, 110, 120))
    if severity is None and distance < target.min:
        severity = "minor"
    if severity is None:
        return
    actions = workstation_texts().actions
    template = actions.screen_away if distance < target.value else actions.screen_nearer
    action = template.fill(distance=format_cm(target.value - distance))
    yield make_finding("viewing_distance", severity, distance, target, action, guideline="viewing-distance")


def _check_elbow(observation: Observation) -> Iterator[WorkstationFinding]:
    angle = observation.observed.elbow_deg
    if angle is None:
        return
    severity = max_severity(severity_below(angle, 90, 80, 70), severity_above(angle, 120, 135, 135))
    if severity is None:
        return
    actions = workstation_texts().actions
    action = actions.open_elbows if angle < 90 else actions.bring_keyboard_nearer
    target = make_dimension(100, 10, 20, unit="deg", source="osha-etool")
    yield make_finding("elbow_angle", severity, angle, target, action, guideline="elbow-angle")


def _check_offset(observation: Observation) -> Iterator[WorkstationFinding]:
    offset, two_equal = observation.observed.screen_offset_deg, observation.body.screens == "two_equal"
    tolerance = 20 if two_equal else 5
    severity = severity_above(offset, tolerance, 15, 30) if offset is not None else None
    if offset is None or severity is None:
        return
    source = "hfes-100-2007" if two_equal else "editorial"
    actions = workstation_texts().actions
    yield make_finding(
        "screen_offset",
        severity,
        offset,
        make_dimension(0, 0, tolerance, unit="deg", source=source),
        actions.centre_two_screens if two_equal else actions.centre_screen,
        guideline="two-screens" if two_equal else "screen-straight-ahead",
    )


def _check_tilt(observation: Observation) -> Iterator[WorkstationFinding]:
    tilt = observation.observed.screen_tilt_deg
    max_tilt = 30 if observation.body.lenses == "progressive" else 20
    if tilt is None or 0 <= tilt <= max_tilt:
        return
    actions = workstation_texts().actions
    action = actions.lean_screen_back if tilt < 0 else actions.set_screen_upright
    severity: Severity = "minor" if 0 <= tilt <= 30 else "moderate"
    target = fit_screen_tilt(observation.body)
    yield make_finding("screen_tilt", severity, tilt, target, action, guideline="screen-tilt")


def _check_seat_depth(observation: Observation) -> Iterator[WorkstationFinding]:
    gap = observation.observed.seat_depth_gap_cm
    if gap is None or 3 <= gap <= 7:
        return
    severity: Severity = "severe"
    if gap > 0:
        severity = "minor" if 1 <= gap <= 10 else "moderate"
    actions = workstation_texts().actions
    action = actions.slide_seat_forward if gap > 7 else actions.slide_seat_back
    target = make_dimension(5, 2, 2, source="editorial")
    yield make_finding("seat_depth_gap", severity, gap, target, action, guideline="seat-depth")


def _check_supports(observation: Observation) -> Iterator[WorkstationFinding]:
    observed, actions = observation.observed, workstation_texts().actions
    if observed.armrests is False:
        target = compute_fit(observation.body).armrest_above_seat
        yield make_finding("armrests", "minor", False, target, actions.set_armrests, guideline="armrests")
    if observed.lumbar_support is False:
        target = make_dimension(20, 5, 5, source="editorial")
        yield make_finding("lumbar_support", "minor", False, target, actions.support_low_back, guideline="back-support")
    if observed.glare_free is False:
        yield make_finding("glare", "minor", False, None, actions.avoid_glare, guideline="glare-and-light")
    if observed.mouse_beside_keyboard is False:
        yield make_finding("mouse", "minor", False, None, actions.move_mouse, guideline="mouse-and-keyboard")


def _check_hours(observation: Observation) -> Iterator[WorkstationFinding]:
    observed, actions = observation.observed, workstation_texts().actions
    sitting, laptop, phone = observed.longest_sitting_min, observed.laptop_only_h, observed.phone_head_down_min_h
    if sitting is not None and (severity := severity_above(sitting, 45, 60, 120)):
        target = make_dimension(30, 30, 15, unit="min", source="editorial")
        yield make_finding(
            "longest_sitting", severity, sitting, target, actions.sit_shorter, guideline="movement-breaks"
        )
    if laptop is not None and (severity := _severity_from(laptop, 1, 2, 4)):
        target = make_dimension(0, 0, 1, unit="h", source="editorial")
        yield make_finding(
            "laptop_only",
            severity,
            laptop,
            target,
            actions.equip_laptop,
            guideline="laptop-setup",
            costs_nothing=False,
        )
    if phone is not None and (severity := _severity_from(phone, 10, 20, 40)):
        target = make_dimension(0, 0, 10, unit="min/h", source="editorial")
        yield make_finding(
            "phone_head_down", severity, phone, target, actions.raise_phone, guideline="phone-head-position"
        )


def _severity_from(value: float, limit: float, minor: float, moderate: float) -> Severity | None:
    """Like `severity_above`, but `limit` itself is already too much."""
    return "minor" if value == limit else severity_above(value, limit, minor, moderate)
