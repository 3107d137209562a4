"""Heights of a body that sits and stands at its desk, in cm above the floor: measured, or estimated from stature."""

from typing import NamedTuple

from app.workstation.body import WorkstationBody
from app.workstation.body_proportions import (
    ELBOW_REST_HEIGHT,
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


def find_posture(body: WorkstationBody) -> Posture:
    """Return the posture that suits a body at its own desk and on its own chair."""
    measured, stature, shoes = body.measured, body.stature_cm, body.shoes_cm
    unraised_seat = _find_popliteal_height(body) + shoes
    unraised_desk = _find_seated_elbow(body) + shoes - body.keyboard_cm
    raised, desk = _match_chair_and_desk(body, unraised_seat, unraised_desk)
    estimated_eye = SEATED_EYE_HEIGHT.estimate_cm(stature) - (RELAXED_EYE_DROP_CM if body.relaxed else 0)
    return Posture(
        unraised_seat_cm=unraised_seat,
        unraised_desk_cm=unraised_desk,
        raised_cm=raised,
        desk_cm=desk,
        standing_desk_cm=STANDING_ELBOW_HEIGHT.estimate_cm(stature) + shoes - body.keyboard_cm,
        seated_eye_cm=(measured.seated_eye_cm or estimated_eye) + shoes + raised,
        standing_eye_cm=STANDING_EYE_HEIGHT.estimate_cm(stature) + shoes,
        elbow_rest_cm=find_elbow_rest(body),
        thigh_top_cm=THIGH_TOP_HEIGHT.estimate_cm(stature) + shoes + raised,
    )


def find_elbow_rest(body: WorkstationBody) -> float:
    """Return the elbow's height above the seat: measured, else the difference of two measured heights, else estimated.

    The estimate is weak: stature explains little of this height.
    """
    measured = body.measured
    if measured.elbow_rest_cm is not None:
        return measured.elbow_rest_cm
    if measured.seated_elbow_cm is not None and measured.popliteal_cm is not None:
        return measured.seated_elbow_cm - measured.popliteal_cm
    return ELBOW_REST_HEIGHT.estimate_cm(body.stature_cm)


def _find_popliteal_height(body: WorkstationBody) -> float:
    return body.measured.popliteal_cm or POPLITEAL_HEIGHT.estimate_cm(body.stature_cm)


def _find_seated_elbow(body: WorkstationBody) -> float:
    """Return the elbow's height above the floor, barefoot.

    A measured height already contains the person's posture, so `relaxed` does not change it.
    """
    measured = body.measured
    if measured.seated_elbow_cm is not None:
        return measured.seated_elbow_cm
    if measured.elbow_rest_cm is not None:
        return _find_popliteal_height(body) + measured.elbow_rest_cm
    return SEATED_ELBOW_HEIGHT.estimate_cm(body.stature_cm) - (RELAXED_ELBOW_DROP_CM if body.relaxed else 0)


def _match_chair_and_desk(body: WorkstationBody, unraised_seat: float, unraised_desk: float) -> tuple[float, float]:
    """Return how far the chair is raised and how high the desk stands, so that the elbows are level with the keys."""
    chair, desk = body.chair, body.desk
    min_raised = max(0.0, chair.min_cm - unraised_seat) if chair else 0.0
    desk_height = unraised_desk + min_raised
    if desk:
        desk_height = min(max(desk_height, desk.lowest_cm), desk.highest_cm)
    # More than a footrest can make up for is not met by the chair: the desk must be lowered.
    desk_excess = desk_height - unraised_desk
    raised = max(min_raised, desk_excess if desk_excess <= MAX_FOOTREST_CM else 0.0)
    return (min(raised, chair.max_cm - unraised_seat) if chair else raised), desk_height
