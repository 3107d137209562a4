"""Dimensions of the workstation that suits a body: seat, desk, screen, armrests and footrest."""

import math

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.notices import Disclaimer, load_disclaimer
from app.workstation.advice import WorkstationAdvice, list_advice
from app.workstation.body import WorkstationBody
from app.workstation.body_proportions import (
    ELBOW_REST_HEIGHT,
    SEAT_LENGTH,
    SEATED_EYE_HEIGHT,
    STANDING_EYE_HEIGHT,
    THIGH_TOP_HEIGHT,
)
from app.workstation.dimension import FittedDimension, make_dimension
from app.workstation.footrest_limits import MAX_FOOTREST_CM, MIN_FOOTREST_CM
from app.workstation.posture import (
    THIGH_CLEARANCE_CM,
    Posture,
    find_posture,
    is_elbow_measured,
    is_popliteal_measured,
)

OWN_MEASUREMENT_ERROR_CM = 1.0
"""Standard error of a length that people measure on themselves. Editorial."""
GAZE_DOWN_DEG = 17.5
"""Angle below the level gaze at which the middle of a screen is easiest to see: 15 to 20 degrees."""
MAX_SCREEN_DROP_CM = 10.0
"""Farthest that the upper edge of a display should lie below the eye, with single lenses."""
PROGRESSIVE_DROP_CM = 4.0
"""How much lower a display stands for lenses whose reading zone is at their lower edge."""
SEAT_DEPTH_GAP_CM = 5.0
"""Free length between the front edge of the seat and the back of the knee."""
VIEWING_DISTANCE_RATIO = 0.40
"""Viewing distance as a part of stature: about an arm's length."""
MIN_DISTANCE_CM, MAX_DISTANCE_CM = 50.0, 100.0
"""Range of viewing distances (OSHA)."""
MIN_DISTANCE_BY_DIAGONAL = ((32.0, 70.0), (27.0, 60.0))
"""(Inches of diagonal from which, least viewing distance in cm), the largest screens first."""
TEXT_HEIGHT_RATIO = 1 / 200
"""Height of a capital letter as a part of the viewing distance."""
MIN_TEXT_RAD, MAX_TEXT_RAD = math.radians(16 / 60), math.radians(20 / 60)
"""Visual angle of a capital letter: 16 to 20 minutes of arc (ISO 9241-303)."""


class WorkstationFit(FrozenModel):
    """Where everything goes. Heights are above the floor, in the shoes worn."""

    seat_height: FittedDimension = Field(
        description="Top of the seat, higher than the knee asks where a desk stays high."
    )
    desk_sitting: FittedDimension = Field(description="Desk top for this body with the chair at knee height.")
    desk_setting: FittedDimension = Field(description="Where this very desk should stand for sitting work.")
    desk_standing: FittedDimension | None = Field(description="Desk top for standing work; null in a wheelchair.")
    under_desk: FittedDimension = Field(description="Least free height under the desk, clear of the thighs.")
    eye_sitting: FittedDimension = Field(description="The eye, on the seat as recommended.")
    eye_standing: FittedDimension | None = Field(description="The eye, standing; null in a wheelchair.")
    screen_top_sitting: FittedDimension = Field(description="Upper edge of the display, sitting.")
    screen_top_standing: FittedDimension | None = Field(
        description="Upper edge of the display, standing; null in a wheelchair."
    )
    viewing_distance: FittedDimension = Field(description="Eye to display.")
    text_height: FittedDimension = Field(description="Height of a capital letter on the display.")
    screen_tilt: FittedDimension = Field(description="Top of the display leaning back.")
    seat_depth: FittedDimension | None = Field(
        description="Backrest to front edge, with 3 to 7 cm free behind the knee; null in a wheelchair."
    )
    armrest_above_seat: FittedDimension = Field(description="Above the seat. Standing height tells little: measure it.")
    footrest: FittedDimension = Field(description="Height of a footrest; 0 where none is needed.")
    advice: tuple[WorkstationAdvice, ...] = Field(
        description="What to do with this desk, chair and screen, most important first."
    )
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the rules; null: nobody yet.")


def compute_fit(body: WorkstationBody) -> WorkstationFit:
    """Return the fitted workstation of a body."""
    posture, measured = find_posture(body), body.measured
    distance = find_viewing_distance(body)
    screen_drop = find_screen_drop(body, distance)
    elbow_measured, seated_only = is_elbow_measured(body), body.wheelchair
    eye_measured = measured.seated_eye_cm is not None
    eye_error = OWN_MEASUREMENT_ERROR_CM if eye_measured else SEATED_EYE_HEIGHT.standard_error_cm
    standing_error = STANDING_EYE_HEIGHT.standard_error_cm
    return WorkstationFit(
        seat_height=make_dimension(posture.seat_cm, 2, 1, measured=is_popliteal_measured(body)),
        desk_sitting=make_dimension(posture.unraised_desk_cm, 2, 1, measured=elbow_measured),
        desk_setting=make_dimension(posture.desk_cm, 2, 1, measured=elbow_measured),
        desk_standing=None if seated_only else make_dimension(posture.standing_desk_cm, 5, 0),
        under_desk=make_dimension(posture.thigh_top_cm + THIGH_CLEARANCE_CM, 0, 2 * THIGH_TOP_HEIGHT.standard_error_cm),
        eye_sitting=make_dimension(posture.seated_eye_cm, eye_error, eye_error, measured=eye_measured),
        eye_standing=None if seated_only else make_dimension(posture.standing_eye_cm, standing_error, standing_error),
        screen_top_sitting=fit_screen_top(posture.seated_eye_cm, screen_drop, measured=eye_measured),
        screen_top_standing=None
        if seated_only
        else fit_screen_top(posture.standing_eye_cm, screen_drop, measured=False),
        viewing_distance=_fit_viewing_distance(distance),
        text_height=_fit_text_height(distance),
        screen_tilt=fit_screen_tilt(body),
        seat_depth=None if seated_only else make_dimension(find_seat_depth(body), 2, 2),
        armrest_above_seat=fit_armrest(body, posture),
        footrest=fit_footrest(posture.raised_cm),
        advice=list_advice(body, posture, screen_drop),
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def find_seat_depth(body: WorkstationBody) -> float:
    """Return the depth of a seat in cm that leaves the back of the knee free."""
    return SEAT_LENGTH.estimate_cm(body.reference_stature_cm) - SEAT_DEPTH_GAP_CM


def find_viewing_distance(body: WorkstationBody) -> float:
    """Return the distance from eye to display in cm: about an arm's length, and more for large screens."""
    distance = min(max(VIEWING_DISTANCE_RATIO * body.reference_stature_cm, MIN_DISTANCE_CM), MAX_DISTANCE_CM)
    for diagonal_in, min_distance in MIN_DISTANCE_BY_DIAGONAL:
        if body.diagonal_in >= diagonal_in:
            return max(distance, min_distance)
    return distance


def find_screen_drop(body: WorkstationBody, distance: float) -> float:
    """Return how far the upper edge of the display lies below the eye, in cm."""
    middle_drop = distance * math.tan(math.radians(GAZE_DOWN_DEG))
    drop = min(max(middle_drop - body.screen_height_cm / 2, 0.0), MAX_SCREEN_DROP_CM)
    return drop + (PROGRESSIVE_DROP_CM if body.lenses == "progressive" else 0.0)


def fit_screen_top(eye: float, screen_drop: float, *, measured: bool) -> FittedDimension:
    """Return the upper edge of the display. It never stands above the eye, and rather too low than too high."""
    # A tolerance above that is larger than the drop would allow a display above the eye.
    return make_dimension(eye - screen_drop, 5, min(1.0, screen_drop), measured=measured)


def fit_screen_tilt(body: WorkstationBody) -> FittedDimension:
    """Return the degrees that the top of the display leans back."""
    if body.lenses == "progressive":
        return make_dimension(20, 10, 10, unit="deg", source="editorial")
    return make_dimension(15, 5, 5, unit="deg", source="osha-etool")


def fit_armrest(body: WorkstationBody, posture: Posture) -> FittedDimension:
    """Return the height of the armrests above the seat."""
    own = body.measured
    two_heights = own.seated_elbow_cm is not None and own.popliteal_cm is not None
    measured = own.elbow_rest_cm is not None or two_heights
    error = OWN_MEASUREMENT_ERROR_CM if measured else ELBOW_REST_HEIGHT.standard_error_cm
    return make_dimension(posture.elbow_rest_cm, error, error, measured=measured)


def fit_footrest(raised_cm: float) -> FittedDimension:
    """Return the height of the footrest for a chair that is raised above popliteal height; 0 where none is needed."""
    height = raised_cm if raised_cm >= MIN_FOOTREST_CM else 0.0
    return make_dimension(min(height, MAX_FOOTREST_CM), min(2.0, height), 1.0 if height else 0.0, source="editorial")


def _fit_viewing_distance(distance: float) -> FittedDimension:
    below = min(15.0, distance - MIN_DISTANCE_CM)
    return make_dimension(distance, below, MAX_DISTANCE_CM - distance, source="osha-etool")


def _fit_text_height(distance: float) -> FittedDimension:
    """Return the height of a capital letter in mm."""
    distance_mm = distance * 10
    height, lowest, highest = (distance_mm * ratio for ratio in (TEXT_HEIGHT_RATIO, MIN_TEXT_RAD, MAX_TEXT_RAD))
    return make_dimension(height, height - lowest, highest - height, unit="mm", source="iso-9241-303")
