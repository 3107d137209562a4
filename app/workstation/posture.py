"""Heights of a body that sits and stands at its desk, in cm above the floor: measured, or estimated from stature."""

from typing import NamedTuple

from app.workstation.body import WorkstationBody
from app.workstation.body_proportions import (
    POPLITEAL_HEIGHT,
    SEATED_ELBOW_HEIGHT,
    SEATED_EYE_HEIGHT,
    STANDING_ELBOW_HEIGHT,
    STANDING_EYE_HEIGHT,
    THIGH_TOP_HEIGHT,
)
from app.workstation.footrest_limits import MAX_FOOTREST_CM

RELAXED_EYE_DROP_CM = 3.0
"""By how much a relaxed posture lowers the eyes."""
RELAXED_ELBOW_DROP_CM = 1.0
"""By how much a relaxed posture lowers the elbows."""

THIGH_CLEARANCE_CM = 2.0
"""Free height between thighs and desk."""


class Posture(NamedTuple):
    """Heights above the floor in the shoes worn, not rounded. "Unraised" is with the seat at popliteal height."""

    unraised_seat_cm: float
    unraised_desk_cm: float
    raised_cm: float
    """How far the chair stands above popliteal height; below 0 where it does not reach it."""
    desk_cm: float
    """The desk for sitting work, as this desk and chair allow."""
    standing_desk_cm: float
    seated_eye_cm: float
    standing_eye_cm: float
    elbow_rest_cm: float
    """Above the seat."""
    thigh_top_cm: float

    @property
    def seat_cm(self) -> float:
        """The seat as it is set."""
        return self.unraised_seat_cm + self.raised_cm

    @property
    def max_desk_thickness_cm(self) -> float:
        """The thickest desk top that leaves the thighs free, at this height of seat and desk."""
        return self.desk_cm - self.thigh_top_cm - THIGH_CLEARANCE_CM


def find_posture(body: WorkstationBody, kept_raise_cm: float = 0.0) -> Posture:
    """Return the posture that suits a body at its own desk and on its own chair.

    `kept_raise_cm` is how far the chair stays above popliteal height on purpose, on a footrest. A measured popliteal
    height moves every estimate of a sitting body with it, because the whole body sits that much higher or lower.
    """
    measured, stature, shoes = body.measured, body.reference_stature_cm, body.soles_cm
    popliteal, elbow = find_popliteal_height(body), _find_seated_elbow(body)
    leg_difference = find_leg_difference(body)
    unraised_seat = popliteal + shoes
    unraised_desk = elbow + shoes - body.keyboard_cm
    raised, desk = _match_chair_and_desk(body, unraised_seat, unraised_desk, kept_raise_cm)
    estimated_eye = SEATED_EYE_HEIGHT.estimate_cm(stature) + leg_difference
    relaxed_drop = RELAXED_EYE_DROP_CM if body.relaxed else 0
    return Posture(
        unraised_seat_cm=unraised_seat,
        unraised_desk_cm=unraised_desk,
        raised_cm=raised,
        desk_cm=desk,
        standing_desk_cm=STANDING_ELBOW_HEIGHT.estimate_cm(stature) + shoes - body.keyboard_cm,
        seated_eye_cm=(measured.seated_eye_cm or estimated_eye - relaxed_drop) + shoes + raised,
        standing_eye_cm=STANDING_EYE_HEIGHT.estimate_cm(stature) + shoes,
        elbow_rest_cm=elbow - popliteal if measured.elbow_rest_cm is None else measured.elbow_rest_cm,
        thigh_top_cm=THIGH_TOP_HEIGHT.estimate_cm(stature) + leg_difference + shoes + raised,
    )


def find_popliteal_height(body: WorkstationBody) -> float:
    """Return the popliteal height, barefoot: measured, else from two heights of the elbow, else estimated.

    A wheelchair's seat takes its place: the body sits on it wherever the knees are.
    """
    measured = body.measured
    if body.wheelchair and body.chair is not None:
        return body.chair.lowest_cm
    if measured.popliteal_cm is not None:
        return measured.popliteal_cm
    if measured.seated_elbow_cm is not None and measured.elbow_rest_cm is not None:
        return measured.seated_elbow_cm - measured.elbow_rest_cm
    return POPLITEAL_HEIGHT.estimate_cm(body.reference_stature_cm)


def is_popliteal_measured(body: WorkstationBody) -> bool:
    """Return whether the popliteal height is known, not estimated."""
    measured = body.measured
    two_elbow_heights = measured.seated_elbow_cm is not None and measured.elbow_rest_cm is not None
    return measured.popliteal_cm is not None or two_elbow_heights or body.wheelchair


def is_elbow_measured(body: WorkstationBody) -> bool:
    """Return whether the elbow's height is known, not estimated."""
    return body.measured.seated_elbow_cm is not None or body.measured.elbow_rest_cm is not None


def find_leg_difference(body: WorkstationBody) -> float:
    """Return how far the popliteal height lies above the estimate from stature."""
    return find_popliteal_height(body) - POPLITEAL_HEIGHT.estimate_cm(body.reference_stature_cm)


def _find_seated_elbow(body: WorkstationBody) -> float:
    """Return the elbow's height above the floor, barefoot.

    A measured height already contains the person's posture, so `relaxed` does not change it.
    """
    measured = body.measured
    if measured.seated_elbow_cm is not None:
        return measured.seated_elbow_cm
    if measured.elbow_rest_cm is not None:
        return find_popliteal_height(body) + measured.elbow_rest_cm
    estimated = SEATED_ELBOW_HEIGHT.estimate_cm(body.reference_stature_cm) + find_leg_difference(body)
    return estimated - (RELAXED_ELBOW_DROP_CM if body.relaxed else 0)


def _match_chair_and_desk(
    body: WorkstationBody, unraised_seat: float, unraised_desk: float, kept_raise: float
) -> tuple[float, float]:
    """Return how far the chair is raised and how high the desk stands, so that the elbows are level with the keys."""
    chair, desk = body.chair, body.desk
    min_raised = max(kept_raise, chair.lowest_cm - unraised_seat if chair else 0.0)
    desk_height = unraised_desk + min_raised
    if desk:
        desk_height = min(max(desk_height, desk.lowest_cm), desk.highest_cm)
    # More than a footrest can make up for is not met by the chair: the desk must be lowered.
    desk_excess = desk_height - unraised_desk
    raised = max(min_raised, desk_excess if desk_excess <= MAX_FOOTREST_CM else 0.0)
    return (min(raised, chair.highest_cm - unraised_seat) if chair else raised), desk_height
