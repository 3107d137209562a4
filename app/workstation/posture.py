"""Heights of a body that sits and stands at its desk, in cm above the floor.

The ratios to standing height and their standard errors come from ANSUR II (US Army 2010-12, 4,082 men and 1,986 women,
both sexes weighted alike). These are fit adults in an upright posture, so the error is larger for other bodies. A
person's own measurements are better.
"""

from typing import NamedTuple

from app.workstation.body import WorkstationBody
from app.workstation.footrest_limits import MAX_FOOTREST_CM


class StatureRatio(NamedTuple):
    """A length of the body, estimated as `ratio * stature`."""

    ratio: float
    standard_error_cm: float

    def estimate_cm(self, stature_cm: float) -> float:
        """Return the length of an average body of this standing height."""
        return self.ratio * stature_cm


POPLITEAL_HEIGHT = StatureRatio(0.2415, 1.5)
"""Floor to the underside of the thigh behind the knee, sitting, barefoot."""
SEATED_ELBOW_HEIGHT = StatureRatio(0.3827, 2.35)
"""Floor to the underside of the elbow, sitting, barefoot."""
ELBOW_REST_HEIGHT = StatureRatio(0.1413, 2.8)
"""Seat to the underside of the elbow."""
SEATED_EYE_HEIGHT = StatureRatio(0.7002, 1.7)
"""Floor to the eye, sitting, barefoot."""
STANDING_ELBOW_HEIGHT = StatureRatio(0.6138, 1.65)
"""Floor to the underside of the elbow, standing, barefoot."""
STANDING_EYE_HEIGHT = StatureRatio(0.9341, 0.85)
"""Floor to the eye, standing, barefoot."""
THIGH_TOP_HEIGHT = StatureRatio(0.3444, 1.7)
"""Floor to the top of the thigh, sitting, barefoot."""
SEAT_LENGTH = StatureRatio(0.2921, 2.1)
"""Buttock-popliteal length: back of the hip to the back of the knee, sitting."""

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
