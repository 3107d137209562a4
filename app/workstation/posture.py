"""Where a body's points are when it sits and stands at its desk, in cm above the floor.

Ratios to standing height H and their errors come from ANSUR II (US Army 2010-12, 4,082 men and 1,986 women, the two
weighted alike): fit adults with upright posture, so the error grows for other bodies. One's own measures are better.
"""

from typing import NamedTuple

from app.workstation.body import WorkstationBody

POPLITEAL, POPLITEAL_SE = 0.2415, 1.5
SEATED_ELBOW, SEATED_ELBOW_SE = 0.3827, 2.35
ELBOW_REST, ELBOW_REST_SE = 0.1413, 2.8
SEATED_EYE, SEATED_EYE_SE = 0.7002, 1.7
STANDING_ELBOW, STANDING_ELBOW_SE = 0.6138, 1.65
STANDING_EYE, STANDING_EYE_SE = 0.9341, 0.85
THIGH_TOP, THIGH_TOP_SE = 0.3444, 1.7
SEAT_LENGTH, SEAT_LENGTH_SE = 0.2921, 2.1

RELAXED_EYE_CM, RELAXED_ELBOW_CM = 3.0, 1.0
MAX_FOOTREST_CM = 20.0
"""Above this a footrest is a climbing frame: the desk comes down instead."""


class Posture(NamedTuple):
    """Unrounded heights; `raised` is how far the chair stands above knee height to reach the desk."""

    knee_seat: float
    knee_desk: float
    raised: float
    desk: float
    desk_standing: float
    eye: float
    eye_standing: float
    elbow_rest: float
    thigh_top: float

    @property
    def seat(self) -> float:
        return self.knee_seat + self.raised


def find_posture(body: WorkstationBody) -> Posture:
    """The posture that suits `body` at its own desk and on its own chair."""
    own, height, shoes = body.measured, body.stature_cm, body.shoes_cm
    knee_seat = (own.popliteal_cm or POPLITEAL * height) + shoes
    knee_desk = _find_seated_elbow(body) + shoes - body.keyboard_cm
    raised, desk = _match_chair_and_desk(body, knee_seat, knee_desk)
    eye = own.seated_eye_cm or SEATED_EYE * height - (RELAXED_EYE_CM if body.relaxed else 0)
    return Posture(
        knee_seat=knee_seat,
        knee_desk=knee_desk,
        raised=raised,
        desk=desk,
        desk_standing=STANDING_ELBOW * height + shoes - body.keyboard_cm,
        eye=eye + shoes + raised,
        eye_standing=STANDING_EYE * height + shoes,
        elbow_rest=find_elbow_rest(body),
        thigh_top=THIGH_TOP * height + shoes + raised,
    )


def find_elbow_rest(body: WorkstationBody) -> float:
    """Elbow above the seat: measured, or what the two measured heights leave, or the (weak) estimate."""
    own = body.measured
    if own.elbow_rest_cm is None and own.seated_elbow_cm is not None and own.popliteal_cm is not None:
        return own.seated_elbow_cm - own.popliteal_cm
    return own.elbow_rest_cm or ELBOW_REST * body.stature_cm


def _find_seated_elbow(body: WorkstationBody) -> float:
    """Barefoot, above the floor. What was measured is taken as it is, posture included."""
    own = body.measured
    if own.seated_elbow_cm is not None:
        return own.seated_elbow_cm
    if own.elbow_rest_cm is not None:
        return (own.popliteal_cm or POPLITEAL * body.stature_cm) + own.elbow_rest_cm
    return SEATED_ELBOW * body.stature_cm - (RELAXED_ELBOW_CM if body.relaxed else 0)


def _match_chair_and_desk(body: WorkstationBody, knee_seat: float, knee_desk: float) -> tuple[float, float]:
    """How far the chair goes above knee height, and where the desk stands, so that elbows and keys meet."""
    chair, desk = body.chair, body.desk
    forced = max(0.0, chair.min_cm - knee_seat) if chair else 0.0
    wanted = knee_desk + forced
    height = min(max(wanted, desk.lowest_cm), desk.highest_cm) if desk else wanted
    missing = height - knee_desk
    raised = max(forced, missing if missing <= MAX_FOOTREST_CM else 0.0)
    return (min(raised, chair.max_cm - knee_seat) if chair else raised), height
