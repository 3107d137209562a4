"""Checks of heights: seat, desk, screen and feet, each against the body as it really sits.

Limits are in cm. They are editorial, and not narrower than the standard error of an estimated body.
"""

from collections.abc import Iterator
from typing import NamedTuple

from app.workstation.body import WorkstationBody
from app.workstation.body_proportions import SEATED_ELBOW_HEIGHT, STANDING_ELBOW_HEIGHT
from app.workstation.checks import DeviationLimits, severity_of_deviation
from app.workstation.dimension import FittedDimension, make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.fit import find_screen_drop, find_viewing_distance, fit_footrest, fit_screen_top
from app.workstation.footrest_limits import MAX_FOOTREST_CM
from app.workstation.observed import ObservedWorkstation
from app.workstation.posture import Posture, find_posture
from app.workstation.texts import format_cm, workstation_texts

SEAT_LIMITS = DeviationLimits(below=3, above=2, max_minor=4, max_moderate=7)
"""A seat that is too high presses on the thighs, so less is tolerated above than below."""
DESK_LIMITS = DeviationLimits(below=3, above=2, max_minor=4, max_moderate=8)
"""For measured elbows. Where they are estimated, a standard error is tolerated above."""
STANDING_DESK_LIMITS = DeviationLimits(
    below=5, above=STANDING_ELBOW_HEIGHT.standard_error_cm, max_minor=4, max_moderate=8
)
"""A low desk is easier to stand at than a high one."""
SCREEN_TOP_LIMITS = DeviationLimits(below=6, above=2, max_minor=5, max_moderate=10)
"""Looking down is easier than looking up."""
DESK_RANGE_MARGIN_CM = 1
"""An adjustable desk that misses the target by this much can still be set to it, nearly."""
MIN_FOOTREST_TEXT_CM = 1
"""A footrest that would be lower is advised without a height."""
HIGH_DESK_CM = 2
"""A desk that is farther above elbow height explains a chair that is raised on purpose."""


class Observation(NamedTuple):
    """A body at its workstation."""

    body: WorkstationBody
    posture: Posture
    """With the seat at popliteal height."""
    observed: ObservedWorkstation
    raised_cm: float
    """How far the chair is raised on purpose, to reach a high desk."""


def observe_body(body: WorkstationBody, observed: ObservedWorkstation) -> Observation:
    """Return the body as it sits. A chair raised to a high desk, with something under the feet, is not a fault."""
    # Without its desk and chair: the targets follow the body, not the furniture that is assessed.
    posture = find_posture(body.model_copy(update={"desk": None, "chair": None}))
    desk, seat = observed.desk_height_cm, observed.seat_height_cm
    high_desk = desk is not None and desk - posture.unraised_desk_cm > HIGH_DESK_CM
    raised = 0.0
    if observed.feet == "footrest" or (observed.feet == "dangling" and high_desk):
        if seat is not None:
            raised = seat - posture.unraised_seat_cm
        elif desk is not None:
            raised = desk - posture.unraised_desk_cm
    return Observation(body, posture, observed, min(max(raised, 0.0), MAX_FOOTREST_CM))


def check_heights(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield findings on seat, desk, standing desk, screen and feet."""
    yield from _check_seat(observation)
    yield from _check_desk(observation)
    yield from _check_standing_desk(observation)
    yield from _check_screen_top(observation)
    yield from _check_feet(observation)


def _check_seat(observation: Observation) -> Iterator[WorkstationFinding]:
    seat = observation.observed.seat_height_cm
    if seat is None:
        return
    measured = observation.body.measured.popliteal_cm is not None
    target = make_dimension(observation.posture.unraised_seat_cm + observation.raised_cm, 2, 1, measured=measured)
    deviation = seat - target.value
    severity = severity_of_deviation(deviation, SEAT_LIMITS)
    if severity is None:
        return
    actions = workstation_texts().actions
    template = actions.lower_seat if deviation > 0 else actions.raise_seat
    action = template.fill(height=format_cm(deviation))
    yield make_finding("seat_height", severity, seat, target, Action(action, guideline="chair-and-feet"))


def _check_desk(observation: Observation) -> Iterator[WorkstationFinding]:
    desk = observation.observed.desk_height_cm
    if desk is None:
        return
    lengths = observation.body.measured
    measured = lengths.elbow_rest_cm is not None or lengths.seated_elbow_cm is not None
    target = make_dimension(observation.posture.unraised_desk_cm + observation.raised_cm, 2, 1, measured=measured)
    deviation = desk - target.value
    tolerated_above = DESK_LIMITS.above if measured else SEATED_ELBOW_HEIGHT.standard_error_cm
    severity = severity_of_deviation(deviation, DESK_LIMITS._replace(above=tolerated_above))
    if severity is None:
        return
    within_range = _is_within_desk_range(observation.body, target.value)
    yield make_finding(
        "desk_height",
        severity,
        desk,
        target,
        Action(
            _describe_desk_change(observation, deviation, target),
            guideline="desk-height",
            costs_nothing=abs(deviation) <= MAX_FOOTREST_CM and within_range,
        ),
    )


def _is_within_desk_range(body: WorkstationBody, height: float) -> bool:
    """Return whether the desk can be set to this height."""
    desk, margin = body.desk, DESK_RANGE_MARGIN_CM
    return desk is not None and desk.lowest_cm - margin <= height <= desk.highest_cm + margin


def _describe_desk_change(observation: Observation, deviation: float, target: FittedDimension) -> str:
    """Return how desk, elbows and feet meet: move the desk, block it up, or raise the chair and the feet."""
    actions = workstation_texts().actions
    height, footrest = format_cm(deviation), deviation + observation.raised_cm
    if _is_within_desk_range(observation.body, target.value):
        template = actions.set_desk_lower if deviation > 0 else actions.set_desk_higher
        return template.fill(desk=format_cm(target.value), height=height)
    if deviation < 0:
        return actions.block_up_desk.fill(height=height)
    if footrest > MAX_FOOTREST_CM:
        return actions.replace_desk.fill(height=height)
    template = actions.raise_chair_to_desk if observation.body.desk is not None else actions.lower_desk_or_raise_chair
    return template.fill(height=height, footrest=format_cm(footrest))


def _check_standing_desk(observation: Observation) -> Iterator[WorkstationFinding]:
    desk = observation.observed.desk_height_standing_cm
    if desk is None:
        return
    target = make_dimension(observation.posture.standing_desk_cm, 5, 0)
    deviation = desk - target.value
    severity = severity_of_deviation(deviation, STANDING_DESK_LIMITS)
    if severity is None:
        return
    actions = workstation_texts().actions
    template = actions.lower_standing_desk if deviation > 0 else actions.raise_standing_desk
    action = template.fill(height=format_cm(deviation))
    yield make_finding("desk_height_standing", severity, desk, target, Action(action, guideline="standing-desk-height"))


def _check_screen_top(observation: Observation) -> Iterator[WorkstationFinding]:
    body, top = observation.body, observation.observed.screen_top_cm
    if top is None:
        return
    drop = find_screen_drop(body, find_viewing_distance(body))
    eye = observation.posture.seated_eye_cm + observation.raised_cm
    target = fit_screen_top(eye, drop, measured=body.measured.seated_eye_cm is not None)
    deviation = top - target.value
    severity = severity_of_deviation(deviation, SCREEN_TOP_LIMITS)
    if severity is None:
        return
    actions, laptop = workstation_texts().actions, body.device == "laptop"
    lift = actions.raise_laptop if laptop else actions.raise_screen
    template = actions.lower_screen if deviation > 0 else lift
    yield make_finding(
        "screen_top",
        severity,
        top,
        target,
        Action(
            template.fill(height=format_cm(deviation)),
            guideline=_choose_screen_guideline(body),
            costs_nothing=not laptop,
        ),
    )


def _choose_screen_guideline(body: WorkstationBody) -> str:
    if body.device == "laptop":
        return "laptop-setup"
    return "progressive-lenses" if body.lenses == "progressive" else "screen-height"


def _check_feet(observation: Observation) -> Iterator[WorkstationFinding]:
    if observation.observed.feet != "dangling":
        return
    seat, gap = observation.observed.seat_height_cm, None
    if seat is not None:
        gap = max(seat - observation.posture.unraised_seat_cm, 0.0)
    actions = workstation_texts().actions
    raised = bool(observation.raised_cm)
    if gap is not None and gap >= MIN_FOOTREST_TEXT_CM:
        template = actions.keep_chair_add_measured_footrest if raised else actions.lower_chair_or_measured_footrest
        action: str = template.fill(height=format_cm(gap))
    else:
        action = actions.keep_chair_add_footrest if raised else actions.lower_chair_or_footrest
    # Without the height of the seat there is no number for the footrest.
    target = fit_footrest(gap) if gap else None
    yield make_finding(
        "feet", "severe", "dangling", target, Action(action, guideline="footrest", costs_nothing=not raised)
    )
