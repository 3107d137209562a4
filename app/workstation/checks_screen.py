"""Checks of the screen: viewing distance, offset from the middle, tilt. Editorial limits where no source is named."""

from collections.abc import Iterator

from app.workstation.checks import Severity, ValueLimits, max_severity, severity_above, severity_below
from app.workstation.dimension import make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.fit import MAX_DISTANCE_CM, MIN_DISTANCE_CM, compute_fit, fit_screen_tilt
from app.workstation.plan import Observation
from app.workstation.texts import format_cm, workstation_texts

MIN_DISTANCE_LIMITS = ValueLimits(tolerated=MIN_DISTANCE_CM, minor=45, moderate=40)
"""Viewing distances in cm that are too small; what is right is the range that a fit advises."""
MAX_DISTANCE_LIMITS = ValueLimits(tolerated=MAX_DISTANCE_CM, minor=110, moderate=120)
"""Viewing distances in cm that are too large."""
OFFSET_LIMITS = ValueLimits(tolerated=5, minor=15, moderate=30)
"""Degrees between straight ahead and the middle of the screen."""
TWO_SCREENS_TOLERATED_DEG = 20
"""The same for two screens of equal use, which meet straight ahead."""
MAX_TILT_DEG = 20
"""Largest tilt of a screen that is right with single lenses."""
MAX_PROGRESSIVE_TILT_DEG = 30
"""Largest tilt that is right with progressive lenses, and that is a minor finding with single ones."""


def check_viewing_distance(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding when eye and display are too near or too far."""
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


def check_screen_offset(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding when the screen is beside the middle."""
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


def check_screen_tilt(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding when the screen leans too far, or forward."""
    tilt = observation.observed.screen_tilt_deg
    max_tilt = MAX_PROGRESSIVE_TILT_DEG if observation.body.lenses == "progressive" else MAX_TILT_DEG
    if tilt is None or 0 <= tilt <= max_tilt:
        return
    actions = workstation_texts().actions
    action = actions.lean_screen_back if tilt < 0 else actions.set_screen_upright
    severity: Severity = "minor" if 0 <= tilt <= MAX_PROGRESSIVE_TILT_DEG else "moderate"
    target = fit_screen_tilt(observation.body)
    yield make_finding("screen_tilt", severity, tilt, target, Action(action, guideline="screen-tilt"))
