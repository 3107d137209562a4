"""The set-up that suits a body: seat, desk, screen, eye and all that follows from them."""

import math

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.notices import Disclaimer, load_disclaimer
from app.workstation.advice import WorkstationAdvice, list_advice
from app.workstation.body import WorkstationBody
from app.workstation.measure import FittedDimension, make_dimension
from app.workstation.posture import (
    ELBOW_REST_SE,
    MAX_FOOTREST_CM,
    SEAT_LENGTH,
    SEATED_EYE_SE,
    STANDING_EYE_SE,
    THIGH_TOP_SE,
    Posture,
    find_posture,
)

OWN_MEASURE_SE = 1.0
GAZE_DOWN_DEG = 17.5
"""The middle of a screen is easiest 15 to 20 degrees below the level gaze."""
SCREEN_HEIGHT_CM_PER_IN = 1.245
"""Height of a 16:9 screen for each inch of its diagonal."""
MIN_FOOTREST_CM = 2.0


class WorkstationFit(FrozenModel):
    """Where everything goes. Heights are above the floor, in the shoes worn."""

    seat_height: FittedDimension = Field(
        description="Top of the seat, higher than the knee asks where a desk stays high."
    )
    desk_sitting: FittedDimension = Field(description="Desk top for this body with the chair at knee height.")
    desk_setting: FittedDimension = Field(description="Where this very desk should stand for sitting work.")
    desk_standing: FittedDimension = Field(description="Desk top for standing work.")
    under_desk: FittedDimension = Field(description="Least free height under the desk, clear of the thighs.")
    eye_sitting: FittedDimension = Field(description="The eye, on the seat as recommended.")
    eye_standing: FittedDimension = Field(description="The eye, standing.")
    screen_top_sitting: FittedDimension = Field(description="Upper edge of the display, sitting.")
    screen_top_standing: FittedDimension = Field(description="Upper edge of the display, standing.")
    viewing_distance: FittedDimension = Field(description="Eye to display.")
    text_height: FittedDimension = Field(description="Height of a capital letter on the display.")
    screen_tilt: FittedDimension = Field(description="Top of the display leaning back.")
    seat_depth: FittedDimension = Field(description="Backrest to front edge, with 3 to 7 cm free behind the knee.")
    armrest_above_seat: FittedDimension = Field(description="Above the seat. Standing height tells little: measure it.")
    footrest: FittedDimension = Field(description="Height of a footrest; 0 where none is needed.")
    advice: tuple[WorkstationAdvice, ...] = Field(
        description="What to do with this desk, chair and screen, most important first."
    )
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the rules; null: nobody yet.")


def compute_fit(body: WorkstationBody) -> WorkstationFit:
    """The fitted workstation of `body`."""
    at, own = find_posture(body), body.measured
    distance = find_viewing_distance(body)
    drop = find_screen_drop(body, distance)
    elbow_known = own.seated_elbow_cm is not None or own.elbow_rest_cm is not None
    eye_known = own.seated_eye_cm is not None
    eye_se = OWN_MEASURE_SE if eye_known else SEATED_EYE_SE
    rest_known = own.elbow_rest_cm is not None or (own.seated_elbow_cm is not None and own.popliteal_cm is not None)
    rest_se = OWN_MEASURE_SE if rest_known else ELBOW_REST_SE
    return WorkstationFit(
        seat_height=make_dimension(at.seat, 2, 1, measured=own.popliteal_cm is not None),
        desk_sitting=make_dimension(at.knee_desk, 2, 1, measured=elbow_known),
        desk_setting=make_dimension(at.desk, 2, 1, measured=elbow_known),
        desk_standing=make_dimension(at.desk_standing, 5, 0),
        under_desk=make_dimension(at.thigh_top + 2, 0, 2 * THIGH_TOP_SE),
        eye_sitting=make_dimension(at.eye, eye_se, eye_se, measured=eye_known),
        eye_standing=make_dimension(at.eye_standing, STANDING_EYE_SE, STANDING_EYE_SE),
        screen_top_sitting=fit_screen_top(at.eye, drop, measured=eye_known),
        screen_top_standing=fit_screen_top(at.eye_standing, drop, measured=False),
        viewing_distance=_fit_viewing_distance(distance),
        text_height=_fit_text_height(distance),
        screen_tilt=fit_screen_tilt(body),
        seat_depth=make_dimension(SEAT_LENGTH * body.stature_cm - 5, 2, 2),
        armrest_above_seat=make_dimension(at.elbow_rest, rest_se, rest_se, measured=rest_known),
        footrest=fit_footrest(at),
        advice=list_advice(body, at, drop),
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def find_viewing_distance(body: WorkstationBody) -> float:
    """Eye to display in cm: about an arm's length, more for large screens."""
    distance = min(max(0.40 * body.stature_cm, 50.0), 100.0)
    if body.diagonal_in >= 32:
        return max(distance, 70.0)
    return max(distance, 60.0) if body.diagonal_in >= 27 else distance


def find_screen_drop(body: WorkstationBody, distance: float) -> float:
    """How far the upper edge lies below the eye, in cm; more where the lens for reading lies low."""
    half = SCREEN_HEIGHT_CM_PER_IN * body.diagonal_in / 2
    drop = min(max(distance * math.tan(math.radians(GAZE_DOWN_DEG)) - half, 0.0), 10.0)
    return drop + (4.0 if body.lenses == "progressive" else 0.0)


def fit_screen_top(eye: float, drop: float, *, measured: bool) -> FittedDimension:
    """Upper edge of the display: never above the eye, and rather too low than too high."""
    return make_dimension(eye - drop, 5, min(1.0, drop), measured=measured)


def fit_screen_tilt(body: WorkstationBody) -> FittedDimension:
    """Degrees that the display leans back."""
    if body.lenses == "progressive":
        return make_dimension(20, 10, 10, unit="deg", source="editorial")
    return make_dimension(15, 5, 5, unit="deg", source="osha-etool")


def fit_footrest(at: Posture) -> FittedDimension:
    """What carries the feet where the chair stands above knee height; under 2 cm nothing is needed."""
    height = at.raised if at.raised >= MIN_FOOTREST_CM else 0.0
    return make_dimension(min(height, MAX_FOOTREST_CM), min(2.0, height), 1.0 if height else 0.0, source="editorial")


def _fit_viewing_distance(distance: float) -> FittedDimension:
    return make_dimension(distance, min(15.0, distance - 50), 100 - distance, source="osha-etool")


def _fit_text_height(distance: float) -> FittedDimension:
    """A two-hundredth of the distance; 16 to 20 minutes of arc."""
    value, low, high = (distance * 10 * share for share in (1 / 200, math.radians(16 / 60), math.radians(20 / 60)))
    return make_dimension(value, value - low, high - value, unit="mm", source="iso-9241-303")
