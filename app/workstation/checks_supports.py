"""Checks of elbows, seat and supports. Limits are editorial where no source is named."""

from collections.abc import Iterator

from app.workstation.checks import Severity, ValueLimits, max_severity, severity_above, severity_below
from app.workstation.dimension import make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.fit import SEAT_DEPTH_GAP_CM, compute_fit
from app.workstation.plan import Observation
from app.workstation.texts import workstation_texts

MIN_ELBOW_LIMITS = ValueLimits(tolerated=90, minor=80, moderate=70)
"""Angles of the elbow in degrees that are too small. 90 to 120 degrees after OSHA."""
MAX_ELBOW_LIMITS = ValueLimits(tolerated=120, minor=135, moderate=135)
"""Angles of the elbow in degrees that are too large. An arm beyond 135 degrees is nearly straight: severe at once."""
ELBOW_TARGET_DEG = 100
"""Angle of the elbow to aim at."""
MIN_SEAT_GAP_CM, MAX_SEAT_GAP_CM = 3, 7
"""Free length behind the knee that is right."""
MIN_MINOR_SEAT_GAP_CM, MAX_MINOR_SEAT_GAP_CM = 1, 10
"""Free length behind the knee that is a minor finding. Without any, the seat presses on the leg: severe."""
LUMBAR_SUPPORT_CM = 20
"""Height of a support of the low back above the seat."""


def check_elbow_angle(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding when the elbows are bent too much or too little."""
    angle = observation.observed.elbow_deg
    if angle is None:
        return
    severity = max_severity(severity_below(angle, MIN_ELBOW_LIMITS), severity_above(angle, MAX_ELBOW_LIMITS))
    if severity is None:
        return
    actions = workstation_texts().actions
    # Where the desk is known, the plan says how seat and desk move: this sentence moves the keyboard only.
    seat_may_move = observation.desk_cm is None and not observation.body.wheelchair
    open_elbows = actions.open_elbows if seat_may_move else actions.open_elbows_by_distance
    action = open_elbows if angle < MIN_ELBOW_LIMITS.tolerated else actions.bring_keyboard_nearer
    target = make_dimension(
        ELBOW_TARGET_DEG,
        ELBOW_TARGET_DEG - MIN_ELBOW_LIMITS.tolerated,
        MAX_ELBOW_LIMITS.tolerated - ELBOW_TARGET_DEG,
        unit="deg",
        source="osha-etool",
    )
    yield make_finding("elbow_angle", severity, angle, target, Action(action, guideline="elbow-angle"))


def check_seat_depth(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding when the seat is too deep or too short."""
    gap = observation.observed.seat_depth_gap_cm
    if observation.body.wheelchair or gap is None or MIN_SEAT_GAP_CM <= gap <= MAX_SEAT_GAP_CM:
        return
    severity: Severity = "severe"
    if gap > 0:
        severity = "minor" if MIN_MINOR_SEAT_GAP_CM <= gap <= MAX_MINOR_SEAT_GAP_CM else "moderate"
    actions = workstation_texts().actions
    action = actions.slide_seat_forward if gap > MAX_SEAT_GAP_CM else actions.slide_seat_back
    target = make_dimension(SEAT_DEPTH_GAP_CM, 2, 2, source="editorial")
    yield make_finding("seat_depth_gap", severity, gap, target, Action(action, guideline="seat-depth"))


def check_supports(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding for each support that is missing, for glare and for a mouse out of reach."""
    observed, actions = observation.observed, workstation_texts().actions
    if observed.armrests is False:
        target = compute_fit(observation.body).armrest_above_seat
        yield make_finding("armrests", "minor", "no", target, Action(actions.set_armrests, guideline="armrests"))
    if observed.lumbar_support is False:
        target = make_dimension(LUMBAR_SUPPORT_CM, 5, 5, source="editorial")
        yield make_finding(
            "lumbar_support", "minor", "no", target, Action(actions.support_low_back, guideline="back-support")
        )
    if observed.glare_free is False:
        yield make_finding("glare", "minor", "no", None, Action(actions.avoid_glare, guideline="glare-and-light"))
    if observed.mouse_beside_keyboard is False:
        yield make_finding("mouse", "minor", "no", None, Action(actions.move_mouse, guideline="mouse-and-keyboard"))
