"""Check of the desk for sitting work, with what chair and footrest do about it. Limits in cm are editorial."""

from collections.abc import Iterator

from app.texts.templates import Template
from app.workstation.body_proportions import SEATED_ELBOW_HEIGHT
from app.workstation.checks import DeviationLimits, Severity, severity_of_deviation
from app.workstation.dimension import make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.footrest_limits import MAX_FOOTREST_CM, MIN_FOOTREST_CM
from app.workstation.plan import Observation, is_adjustable
from app.workstation.posture import is_elbow_measured
from app.workstation.texts import format_cm, workstation_texts

DESK_LIMITS = DeviationLimits(below=3, above=2, max_minor=4, max_moderate=8)
"""For measured elbows. Where they are estimated, a standard error is tolerated above."""
MIN_MOVE_CM = 1.0
"""A chair that can rise by less is at its highest; keys that are less above the elbows need no tray."""
MAX_LOW_SEAT_CM = 3.0
"""A seat that is farther below the knees goes up in any case, so that lowering the desk is no answer."""


def check_desk(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding where the desk is to be set anew, or where keys and elbows do not meet on the seat as it is."""
    desk = observation.observed.desk_height_cm
    if desk is None:
        return
    setting_error = desk - observation.plan.desk_cm if is_adjustable(observation.body) else 0.0
    is_set_anew = _judge(observation, setting_error) is not None
    error = setting_error if is_set_anew else observation.desk_error_cm
    severity = _judge(observation, error)
    if severity is None:
        return
    target = make_dimension(desk - error, 2, 1, measured=is_elbow_measured(observation.body))
    text = _describe_setting(observation, error) if is_set_anew else _describe_desk_change(observation, error)
    yield make_finding(
        "desk_height", severity, desk, target, Action(text, guideline="desk-height", costs_nothing=is_set_anew)
    )


def is_chair_moved_to_desk(observation: Observation) -> bool:
    """Return whether the finding on the desk raises the chair, so that the seat needs no finding of its own."""
    desk, error = observation.observed.desk_height_cm, observation.desk_error_cm
    if desk is None:
        return False
    if is_adjustable(observation.body) and _judge(observation, desk - observation.plan.desk_cm) is not None:
        return observation.plan.raised_cm >= MIN_FOOTREST_CM and _is_seat_left_low(observation)
    if error <= 0 or _judge(observation, error) is None:
        return False
    return observation.desk_excess_cm <= MAX_FOOTREST_CM and _find_chair_rise(observation) > 0


def _judge(observation: Observation, error: float) -> Severity | None:
    above = DESK_LIMITS.above if is_elbow_measured(observation.body) else SEATED_ELBOW_HEIGHT.standard_error_cm
    return severity_of_deviation(error, DESK_LIMITS._replace(above=above))


def _find_chair_rise(observation: Observation) -> float:
    """Return how far the chair goes up in the plan; 0 where that is next to nothing."""
    rise = max(observation.plan.raised_cm, 0.0) - (observation.current_raise_cm or 0.0)
    return rise if rise >= MIN_MOVE_CM else 0.0


def _describe_setting(observation: Observation, error: float) -> str:
    """Return where the desk is set, and what chair or blocks do about the rest."""
    texts, plan = workstation_texts(), observation.plan
    template = texts.actions.set_desk_lower if error > 0 else texts.actions.set_desk_higher
    sentences = [template.fill(desk=format_cm(plan.desk_cm), height=format_cm(error))]
    if _judge(observation, observation.planned_desk_error_cm) is not None:
        rest = format_cm(observation.planned_desk_error_cm)
        too_low = observation.planned_desk_error_cm < 0
        remedy = texts.actions.block_up_desk if too_low else _choose_tray(observation)
        sentences.append(remedy.fill(height=rest))
    elif plan.raised_cm >= MIN_FOOTREST_CM and _is_seat_left_low(observation):
        rise, footrest = format_cm(_find_chair_rise(observation)), format_cm(plan.raised_cm)
        sentences.append(texts.actions.raise_chair_to_desk.fill(chair=rise, footrest=footrest))
    return " ".join(sentences)


def _is_seat_left_low(observation: Observation) -> bool:
    """Return whether the seat is too low for the desk as it will be set, though not low enough for its own finding."""
    rise = _find_chair_rise(observation)
    own_finding = observation.observed.seat_height_cm is not None and rise > MAX_LOW_SEAT_CM
    return _judge(observation, rise) is not None and not own_finding


def _describe_desk_change(observation: Observation, error: float) -> str:
    """Return how desk, elbows and feet meet: block the desk up, replace it, or raise the chair and the feet."""
    texts, height, rise = workstation_texts(), format_cm(error), _find_chair_rise(observation)
    if error < 0:
        return texts.actions.block_up_desk.fill(height=height)
    if observation.desk_excess_cm > MAX_FOOTREST_CM and not observation.body.wheelchair:
        return texts.actions.replace_desk.fill(height=height)
    rest = observation.planned_desk_error_cm
    tray = _choose_tray(observation).fill(height=format_cm(rest))
    if not rise:
        return tray
    template = texts.actions.raise_chair_to_desk
    if observation.body.desk is None and (observation.current_raise_cm or 0.0) >= -MAX_LOW_SEAT_CM:
        template = texts.actions.lower_desk_or_raise_chair
    text = template.fill(height=height, chair=format_cm(rise), footrest=format_cm(observation.plan.raised_cm))
    return f"{text} {tray}" if rest > MIN_MOVE_CM else text


def _choose_tray(observation: Observation) -> Template:
    texts = workstation_texts().advice
    if observation.body.wheelchair:
        return texts.keyboard_tray_at_wheelchair
    return texts.keyboard_tray_at_highest_chair
