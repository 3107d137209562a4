"""Checks of heights: seat, desk, screen and feet, each against the body as it really sits.

Limits are in cm. They are editorial, and not narrower than the standard error of an estimated body.
"""

from collections.abc import Iterator

from app.workstation.body import WorkstationBody
from app.workstation.body_proportions import STANDING_ELBOW_HEIGHT
from app.workstation.checks import DeviationLimits, severity_of_deviation
from app.workstation.checks_desk import check_desk, is_chair_moved_to_desk
from app.workstation.dimension import make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.fit import find_screen_drop, find_viewing_distance, fit_footrest, fit_screen_top
from app.workstation.footrest_limits import MIN_FOOTREST_CM
from app.workstation.plan import Observation
from app.workstation.posture import is_popliteal_measured
from app.workstation.texts import format_cm, workstation_texts

SEAT_LIMITS = DeviationLimits(below=3, above=2, max_minor=4, max_moderate=7)
"""A seat that is too high presses on the thighs, so less is tolerated above than below."""
STANDING_DESK_LIMITS = DeviationLimits(
    below=5, above=STANDING_ELBOW_HEIGHT.standard_error_cm, max_minor=4, max_moderate=8
)
"""A low desk is easier to stand at than a high one."""
SCREEN_TOP_LIMITS = DeviationLimits(below=6, above=2, max_minor=5, max_moderate=10)
"""Looking down is easier than looking up."""
MIN_FOOTREST_TEXT_CM = 1
"""A footrest that would be lower is advised without a height."""


def check_heights(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield findings on seat, desk, standing desk, screen and feet; in a wheelchair on what can be moved there."""
    wheelchair = observation.body.wheelchair
    if not wheelchair:
        yield from _check_seat(observation)
    yield from check_desk(observation)
    if not wheelchair:
        yield from _check_standing_desk(observation)
    yield from _check_screen_top(observation)
    yield from _check_footplates(observation) if wheelchair else _check_feet(observation)


def _check_seat(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding where the seat is not where the plan has it, or where the plan leaves the feet in the air."""
    seat, feet = observation.observed.seat_height_cm, observation.observed.feet
    # The finding on the desk already moves the chair.
    if seat is None or is_chair_moved_to_desk(observation):
        return
    if _has_shorter_legs(observation):
        return
    target = make_dimension(observation.seat_target_cm, 2, 1, measured=is_popliteal_measured(observation.body))
    severity = severity_of_deviation(seat - target.value, SEAT_LIMITS)
    needs_footrest = observation.plan.raised_cm >= MIN_FOOTREST_CM
    if severity is None and needs_footrest and feet not in ("footrest", "dangling"):
        # Feet cannot be flat on the floor under such a seat, whatever was seen; hanging feet have their own check.
        severity = severity_of_deviation(seat - observation.plan.unraised_seat_cm, SEAT_LIMITS)
    if severity is None:
        return
    action = Action(
        _describe_seat_change(observation, seat - target.value),
        guideline="footrest" if needs_footrest else "chair-and-feet",
        costs_nothing=not needs_footrest or feet == "footrest",
    )
    yield make_finding("seat_height", severity, seat, target, action)


def _describe_seat_change(observation: Observation, deviation: float) -> str:
    actions, height = workstation_texts().actions, format_cm(deviation)
    if observation.plan.raised_cm >= MIN_FOOTREST_CM:
        template = actions.lower_seat_add_footrest if deviation > 0 else actions.raise_seat_add_footrest
        if height == "0":
            template = actions.keep_seat_add_footrest
        return template.fill(height=height, footrest=format_cm(observation.plan.raised_cm))
    if deviation < 0:
        return actions.raise_seat.fill(height=height)
    # A footrest in place of a lower seat would leave the elbows above a desk that is right for a lower seat.
    template = actions.lower_seat_or_add_footrest if observation.desk_cm is None else actions.lower_seat
    return template.fill(height=height)


def _check_standing_desk(observation: Observation) -> Iterator[WorkstationFinding]:
    desk = observation.observed.desk_height_standing_cm
    if desk is None:
        return
    target = make_dimension(observation.plan.standing_desk_cm, 5, 0)
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
    target = fit_screen_top(observation.plan.seated_eye_cm, drop, measured=body.measured.seated_eye_cm is not None)
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
            template.fill(height=format_cm(deviation), top=format_cm(target.value)),
            guideline=_choose_screen_guideline(body),
            costs_nothing=not laptop,
        ),
    )


def _choose_screen_guideline(body: WorkstationBody) -> str:
    if body.device == "laptop":
        return "laptop-setup"
    return "progressive-lenses" if body.lenses == "progressive" else "screen-height"


def _check_footplates(observation: Observation) -> Iterator[WorkstationFinding]:
    if observation.observed.feet == "dangling":
        action = Action(workstation_texts().actions.set_footplates, guideline="chair-and-feet")
        yield make_finding("feet", "severe", "dangling", None, action)


def _check_feet(observation: Observation) -> Iterator[WorkstationFinding]:
    if observation.observed.feet != "dangling":
        return
    stays_up, height = _find_footrest(observation)
    actions = workstation_texts().actions
    if _has_shorter_legs(observation):
        stays_up, action = False, str(actions.measure_knee_height)
    elif height is not None and height >= MIN_FOOTREST_TEXT_CM:
        alternative = actions.lower_chair_or_measured_footrest if observation.desk_cm is None else actions.lower_chair
        template = actions.add_measured_footrest if stays_up else alternative
        action = template.fill(height=format_cm(height))
    else:
        action = actions.keep_chair_add_footrest if stays_up else actions.lower_chair_or_footrest
    # Without the height of the seat there is no number for the footrest.
    target = fit_footrest(height) if height else None
    yield make_finding(
        "feet", "severe", "dangling", target, Action(action, guideline="footrest", costs_nothing=not stays_up)
    )


def _has_shorter_legs(observation: Observation) -> bool:
    """Return whether the feet hang from a seat that is no higher than the estimated knees, and stays there."""
    seat, feet = observation.observed.seat_height_cm, observation.observed.feet
    low_seat = seat is not None and seat <= observation.plan.unraised_seat_cm
    return feet == "dangling" and low_seat and not is_chair_moved_to_desk(observation)


def _find_footrest(observation: Observation) -> tuple[bool, float | None]:
    """Return whether the plan leaves the chair above the knees, and the height of a footrest where a number is known.

    Where the chair comes down to the knees, the height is how far it comes down.
    """
    seat, plan = observation.observed.seat_height_cm, observation.plan
    stays_up = plan.raised_cm >= MIN_FOOTREST_CM or is_chair_moved_to_desk(observation)
    if seat is None:
        return stays_up, None
    gap = max(seat - plan.unraised_seat_cm, 0.0)
    stays = severity_of_deviation(seat - observation.seat_target_cm, SEAT_LIMITS) is None
    moved = is_chair_moved_to_desk(observation) or not stays
    return stays_up, plan.raised_cm if stays_up and moved else gap
