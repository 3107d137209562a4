"""Checks of distance, angles, supports and hours of the day. Limits are editorial where no source is named."""

from collections.abc import Iterator

from app.workstation.checks import Severity, ValueLimits, max_severity, severity_above, severity_below, severity_from
from app.workstation.checks_heights import Observation
from app.workstation.dimension import make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.fit import SEAT_DEPTH_GAP_CM, compute_fit, fit_screen_tilt
from app.workstation.texts import format_cm, workstation_texts

MIN_DISTANCE_LIMITS = ValueLimits(tolerated=50, minor=45, moderate=40)
"""Viewing distances in cm that are too small. 50 to 100 cm after OSHA."""
MAX_DISTANCE_LIMITS = ValueLimits(tolerated=100, minor=110, moderate=120)
"""Viewing distances in cm that are too large."""
MIN_ELBOW_LIMITS = ValueLimits(tolerated=90, minor=80, moderate=70)
"""Angles of the elbow in degrees that are too small. 90 to 120 degrees after OSHA."""
MAX_ELBOW_LIMITS = ValueLimits(tolerated=120, minor=135, moderate=135)
"""Angles of the elbow in degrees that are too large. An arm beyond 135 degrees is nearly straight: severe at once."""
ELBOW_TARGET_DEG = 100
"""Angle of the elbow to aim at."""
OFFSET_LIMITS = ValueLimits(tolerated=5, minor=15, moderate=30)
"""Degrees between straight ahead and the middle of the screen."""
TWO_SCREENS_TOLERATED_DEG = 20
"""The same for two screens of equal use, which meet straight ahead."""
MAX_TILT_DEG = 20
"""Largest tilt of a screen that is right with single lenses."""
MAX_PROGRESSIVE_TILT_DEG = 30
"""Largest tilt that is right with progressive lenses, and that is a minor finding with single ones."""
MIN_SEAT_GAP_CM, MAX_SEAT_GAP_CM = 3, 7
"""Free length behind the knee that is right."""
MIN_MINOR_SEAT_GAP_CM, MAX_MINOR_SEAT_GAP_CM = 1, 10
"""Free length behind the knee that is a minor finding. Without any, the seat presses on the leg: severe."""
LUMBAR_SUPPORT_CM = 20
"""Height of a support of the low back above the seat."""
SITTING_LIMITS = ValueLimits(tolerated=45, minor=60, moderate=120)
"""Minutes of sitting without getting up."""
SITTING_TARGET_MIN = 30
"""Minutes of sitting to aim at."""
LAPTOP_LIMITS = ValueLimits(tolerated=1, minor=2, moderate=4)
"""Hours a day on a laptop alone. Already one hour is a finding."""
PHONE_LIMITS = ValueLimits(tolerated=10, minor=20, moderate=40)
"""Minutes of an hour looking down at a phone. Already ten are a finding."""


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
    severity = max_severity(
        severity_below(distance, MIN_DISTANCE_LIMITS), severity_above(distance, MAX_DISTANCE_LIMITS)
    )
    # A tall person needs more than the least distance of anybody.
    if severity is None and distance < target.min:
        severity = "minor"
    if severity is None:
        return
    actions = workstation_texts().actions
    template = actions.screen_away if distance < target.value else actions.screen_nearer
    action = template.fill(distance=format_cm(target.value - distance))
    yield make_finding("viewing_distance", severity, distance, target, Action(action, guideline="viewing-distance"))


def _check_elbow(observation: Observation) -> Iterator[WorkstationFinding]:
    angle = observation.observed.elbow_deg
    if angle is None:
        return
    severity = max_severity(severity_below(angle, MIN_ELBOW_LIMITS), severity_above(angle, MAX_ELBOW_LIMITS))
    if severity is None:
        return
    actions = workstation_texts().actions
    action = actions.open_elbows if angle < MIN_ELBOW_LIMITS.tolerated else actions.bring_keyboard_nearer
    target = make_dimension(
        ELBOW_TARGET_DEG,
        ELBOW_TARGET_DEG - MIN_ELBOW_LIMITS.tolerated,
        MAX_ELBOW_LIMITS.tolerated - ELBOW_TARGET_DEG,
        unit="deg",
        source="osha-etool",
    )
    yield make_finding("elbow_angle", severity, angle, target, Action(action, guideline="elbow-angle"))


def _check_offset(observation: Observation) -> Iterator[WorkstationFinding]:
    offset, two_equal = observation.observed.screen_offset_deg, observation.body.screens == "two_equal"
    if offset is None:
        return
    limits = OFFSET_LIMITS._replace(tolerated=TWO_SCREENS_TOLERATED_DEG) if two_equal else OFFSET_LIMITS
    severity = severity_above(offset, limits)
    if severity is None:
        return
    source = "hfes-100-2007" if two_equal else "editorial"
    actions = workstation_texts().actions
    yield make_finding(
        "screen_offset",
        severity,
        offset,
        make_dimension(0, 0, limits.tolerated, unit="deg", source=source),
        Action(
            actions.centre_two_screens if two_equal else actions.centre_screen,
            guideline="two-screens" if two_equal else "screen-straight-ahead",
        ),
    )


def _check_tilt(observation: Observation) -> Iterator[WorkstationFinding]:
    tilt = observation.observed.screen_tilt_deg
    max_tilt = MAX_PROGRESSIVE_TILT_DEG if observation.body.lenses == "progressive" else MAX_TILT_DEG
    if tilt is None or 0 <= tilt <= max_tilt:
        return
    actions = workstation_texts().actions
    action = actions.lean_screen_back if tilt < 0 else actions.set_screen_upright
    severity: Severity = "minor" if 0 <= tilt <= MAX_PROGRESSIVE_TILT_DEG else "moderate"
    target = fit_screen_tilt(observation.body)
    yield make_finding("screen_tilt", severity, tilt, target, Action(action, guideline="screen-tilt"))


def _check_seat_depth(observation: Observation) -> Iterator[WorkstationFinding]:
    gap = observation.observed.seat_depth_gap_cm
    if gap is None or MIN_SEAT_GAP_CM <= gap <= MAX_SEAT_GAP_CM:
        return
    severity: Severity = "severe"
    if gap > 0:
        severity = "minor" if MIN_MINOR_SEAT_GAP_CM <= gap <= MAX_MINOR_SEAT_GAP_CM else "moderate"
    actions = workstation_texts().actions
    action = actions.slide_seat_forward if gap > MAX_SEAT_GAP_CM else actions.slide_seat_back
    target = make_dimension(SEAT_DEPTH_GAP_CM, 2, 2, source="editorial")
    yield make_finding("seat_depth_gap", severity, gap, target, Action(action, guideline="seat-depth"))


def _check_supports(observation: Observation) -> Iterator[WorkstationFinding]:
    observed, actions = observation.observed, workstation_texts().actions
    if observed.armrests is False:
        target = compute_fit(observation.body).armrest_above_seat
        yield make_finding("armrests", "minor", False, target, Action(actions.set_armrests, guideline="armrests"))
    if observed.lumbar_support is False:
        target = make_dimension(LUMBAR_SUPPORT_CM, 5, 5, source="editorial")
        yield make_finding(
            "lumbar_support", "minor", False, target, Action(actions.support_low_back, guideline="back-support")
        )
    if observed.glare_free is False:
        yield make_finding("glare", "minor", False, None, Action(actions.avoid_glare, guideline="glare-and-light"))
    if observed.mouse_beside_keyboard is False:
        yield make_finding("mouse", "minor", False, None, Action(actions.move_mouse, guideline="mouse-and-keyboard"))


def _check_hours(observation: Observation) -> Iterator[WorkstationFinding]:
    observed, actions = observation.observed, workstation_texts().actions
    sitting, laptop, phone = observed.longest_sitting_min, observed.laptop_only_h, observed.phone_head_down_min_h
    if sitting is not None and (severity := severity_above(sitting, SITTING_LIMITS)):
        target = make_dimension(
            SITTING_TARGET_MIN,
            SITTING_TARGET_MIN,
            SITTING_LIMITS.tolerated - SITTING_TARGET_MIN,
            unit="min",
            source="editorial",
        )
        yield make_finding(
            "longest_sitting", severity, sitting, target, Action(actions.sit_shorter, guideline="movement-breaks")
        )
    if laptop is not None and (severity := severity_from(laptop, LAPTOP_LIMITS)):
        target = make_dimension(0, 0, LAPTOP_LIMITS.tolerated, unit="h", source="editorial")
        yield make_finding(
            "laptop_only",
            severity,
            laptop,
            target,
            Action(actions.equip_laptop, guideline="laptop-setup", costs_nothing=False),
        )
    if phone is not None and (severity := severity_from(phone, PHONE_LIMITS)):
        target = make_dimension(0, 0, PHONE_LIMITS.tolerated, unit="min/h", source="editorial")
        yield make_finding(
            "phone_head_down", severity, phone, target, Action(actions.raise_phone, guideline="phone-head-position")
        )
