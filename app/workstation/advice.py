"""Advice on a desk, chair and screen; each sentence with the guideline that it follows."""

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel
from app.workstation.body import WorkstationBody
from app.workstation.body_proportions import (
    ELBOW_REST_HEIGHT,
    POPLITEAL_HEIGHT,
    SEATED_ELBOW_HEIGHT,
    SEATED_EYE_HEIGHT,
    THIGH_TOP_HEIGHT,
    StatureRatio,
)
from app.workstation.footrest_limits import MAX_FOOTREST_CM, MIN_FOOTREST_CM
from app.workstation.posture import Posture, find_leg_difference, is_elbow_measured
from app.workstation.texts import MeasureAgainCode, format_cm, workstation_texts

LAPTOP_SCREEN_TOP_CM = 22.0
"""Height in cm of the upper edge of an open laptop's screen above the desk."""
MIN_DIFFERENCE_CM = 1.0
"""A smaller difference of heights needs no advice."""
MIN_MISSING_CM = 2.0
"""A seat or desk that is too low by less needs no advice."""
USUAL_DESK_THICKNESS_CM = 2.5
"""Thickness of a desk top where none is told."""
MIN_DESK_THICKNESS_CM = 1.0
"""No desk top is thinner."""
MAX_STANDARD_ERRORS = 4
"""An own measurement that is farther from the estimate is more likely a slip than a rare body."""
MAX_TOO_LOW_TO_STAND_CM = 5.0
"""A desk that stays further below standing height is for sitting only."""

AdviceCode = TypeAliasType(
    "AdviceCode",
    Annotated[
        Literal[
            "lower_the_desk",
            "keyboard_tray",
            "raise_chair_add_footrest",
            "raise_chair",
            "footrest_for_high_chair",
            "raise_the_desk",
            "standing_desk_only",
            "chair_too_low",
            "laptop_stand",
            "two_equal_screens",
            "side_screen",
            "progressive_lenses",
            "sit_and_stand",
            "desk_too_low_to_stand",
            "measure_elbows",
            "thin_desk_top",
            "measure_knees_again",
            "measure_elbows_again",
            "measure_eyes_again",
        ],
        Field(description="Stable name of an advice on a workstation."),
    ],
)
GUIDELINE_BY_ADVICE: dict[AdviceCode, str] = {
    "lower_the_desk": "desk-height",
    "keyboard_tray": "desk-height",
    "raise_chair_add_footrest": "footrest",
    "raise_chair": "chair-and-feet",
    "footrest_for_high_chair": "footrest",
    "raise_the_desk": "desk-height",
    "standing_desk_only": "standing-desk-height",
    "chair_too_low": "chair-and-feet",
    "laptop_stand": "laptop-setup",
    "two_equal_screens": "two-screens",
    "side_screen": "two-screens",
    "progressive_lenses": "progressive-lenses",
    "sit_and_stand": "sit-stand-cadence",
    "desk_too_low_to_stand": "standing-desk-height",
    "measure_elbows": "armrests",
    "thin_desk_top": "thigh-clearance",
    "measure_knees_again": "chair-and-feet",
    "measure_elbows_again": "armrests",
    "measure_eyes_again": "screen-height",
}
"""Slug of the guideline that each advice follows."""


class WorkstationAdvice(FrozenModel):
    """One thing to do."""

    code: AdviceCode = Field(description="Stable name of the advice, for an app's own words.")
    text: str
    guideline: str = Field(description="Slug under `/v1/guidelines`.")


def list_advice(body: WorkstationBody, posture: Posture, screen_drop_cm: float) -> tuple[WorkstationAdvice, ...]:
    """Return advice on heights first, then on screens, standing and measuring.

    `screen_drop_cm` is how far the upper edge of the display lies below the eye.
    """
    return (
        *(_advise_wheelchair_desk(posture) if body.wheelchair else _advise_heights(body, posture)),
        *_advise_thighs(body, posture),
        *_advise_screens(body, posture, screen_drop_cm),
        *_advise_standing(body, posture),
        *_advise_measuring(body, posture),
    )


def _advise_heights(body: WorkstationBody, posture: Posture) -> Iterator[WorkstationAdvice]:
    texts = workstation_texts().advice
    above = posture.desk_cm - posture.unraised_desk_cm
    chair_too_low = posture.raised_cm < -MIN_MISSING_CM
    # A low chair gets a cushion, so the keys are compared with the elbows at popliteal height.
    remaining = above if chair_too_low else above - posture.raised_cm
    if above > MAX_FOOTREST_CM:
        yield _advise_high_desk(posture, above)
    elif remaining > MIN_DIFFERENCE_CM:
        template = texts.keyboard_tray_at_knee_height if chair_too_low else texts.keyboard_tray_at_highest_chair
        yield _make_advice("keyboard_tray", template.fill(height=format_cm(remaining)))
    if posture.raised_cm > MIN_DIFFERENCE_CM:
        # The desk is the cause only where it cannot go lower; else the chair cannot, and the desk follows it.
        desk_at_lowest = body.desk is not None and posture.desk_cm <= body.desk.lowest_cm
        for_desk = desk_at_lowest and above > MIN_DIFFERENCE_CM
        yield _advise_raised_chair(posture, for_desk=for_desk, tray=remaining <= MIN_DIFFERENCE_CM)
    if above - posture.raised_cm < -MIN_MISSING_CM:
        text = texts.raise_the_desk.fill(height=format_cm(posture.raised_cm - above))
        yield _make_advice("raise_the_desk", text)
    if chair_too_low:
        text = texts.chair_too_low.fill(height=format_cm(posture.raised_cm))
        yield _make_advice("chair_too_low", text)


def _advise_wheelchair_desk(posture: Posture) -> Iterator[WorkstationAdvice]:
    texts, above = workstation_texts().advice, posture.desk_cm - posture.unraised_desk_cm
    if above > MIN_DIFFERENCE_CM:
        yield _make_advice("keyboard_tray", texts.keyboard_tray_at_wheelchair.fill(height=format_cm(above)))
    elif above < -MIN_MISSING_CM:
        yield _make_advice("raise_the_desk", texts.raise_the_desk.fill(height=format_cm(above)))


def _advise_high_desk(posture: Posture, above: float) -> WorkstationAdvice:
    texts = workstation_texts().advice
    if -MAX_TOO_LOW_TO_STAND_CM <= posture.desk_cm - posture.standing_desk_cm <= MIN_DIFFERENCE_CM:
        return _make_advice("standing_desk_only", texts.standing_desk_only)
    return _make_advice("lower_the_desk", texts.lower_the_desk.fill(height=format_cm(above)))


def _advise_raised_chair(posture: Posture, *, for_desk: bool, tray: bool) -> WorkstationAdvice:
    """Return advice for a raised chair and the feet. With `tray`, a keyboard tray is offered instead."""
    texts = workstation_texts().advice
    height, seat = format_cm(posture.raised_cm), format_cm(posture.seat_cm)
    if posture.raised_cm < MIN_FOOTREST_CM:
        return _make_advice("raise_chair", texts.raise_chair.fill(height=height, seat=seat))
    if not for_desk:
        text = texts.footrest_for_high_chair.fill(height=height)
        return _make_advice("footrest_for_high_chair", text)
    template = texts.raise_chair_add_footrest_or_tray if tray else texts.raise_chair_add_footrest
    return _make_advice("raise_chair_add_footrest", template.fill(seat=seat, height=height))


def _advise_screens(body: WorkstationBody, posture: Posture, screen_drop_cm: float) -> Iterator[WorkstationAdvice]:
    texts = workstation_texts().advice
    if body.device == "laptop":
        missing = posture.seated_eye_cm - screen_drop_cm - (posture.desk_cm + LAPTOP_SCREEN_TOP_CM)
        needs_stand = missing >= MIN_DIFFERENCE_CM
        text = texts.laptop_stand.fill(height=format_cm(missing)) if needs_stand else texts.laptop_keyboard
        yield _make_advice("laptop_stand", text)
    if body.screens == "two_equal":
        yield _make_advice("two_equal_screens", texts.two_equal_screens)
    if body.screens == "main_and_side":
        yield _make_advice("side_screen", texts.side_screen)
    if body.lenses == "progressive":
        yield _make_advice("progressive_lenses", texts.progressive_lenses)


def _advise_standing(body: WorkstationBody, posture: Posture) -> Iterator[WorkstationAdvice]:
    if body.desk is None or body.desk.fixed_cm is not None or body.wheelchair:
        return
    texts = workstation_texts().advice
    if body.desk.highest_cm < posture.standing_desk_cm - MAX_TOO_LOW_TO_STAND_CM:
        text = texts.desk_too_low_to_stand.fill(height=format_cm(posture.standing_desk_cm))
        yield _make_advice("desk_too_low_to_stand", text)
    elif body.desk.lowest_cm <= posture.standing_desk_cm:
        yield _make_advice("sit_and_stand", texts.sit_and_stand)


def _advise_thighs(body: WorkstationBody, posture: Posture) -> Iterator[WorkstationAdvice]:
    """Yield advice where the desk top is too thick for the thighs. Thighs and keys are there before the desk top."""
    room, texts = posture.max_desk_thickness_cm, workstation_texts().advice
    if body.desk is None or room >= (body.desk.thickness_cm or USUAL_DESK_THICKNESS_CM):
        return
    if room < MIN_DESK_THICKNESS_CM:
        yield _make_advice("thin_desk_top", texts.no_desk_top)
    else:
        yield _make_advice("thin_desk_top", texts.thin_desk_top.fill(thickness=f"{math.floor(room * 10) / 10:g}"))


def _advise_measuring(body: WorkstationBody, posture: Posture) -> Iterator[WorkstationAdvice]:
    texts = workstation_texts().advice
    repeated = tuple(advise_measuring_again(body))
    yield from repeated
    # Both with the seat at popliteal height.
    elbow, thigh = posture.unraised_desk_cm + body.keyboard_cm, posture.thigh_top_cm - posture.raised_cm
    if not is_elbow_measured(body):
        yield _make_advice("measure_elbows", texts.measure_elbows)
    elif elbow < thigh - THIGH_TOP_HEIGHT.standard_error_cm and not any(
        advice.code == "measure_elbows_again" for advice in repeated
    ):
        yield _make_advice("measure_elbows", texts.measure_elbows_again)


def advise_measuring_again(body: WorkstationBody) -> Iterator[WorkstationAdvice]:
    """Yield advice for each own measurement that hardly anybody of this stature has: a slip of the tape, most often."""
    if body.stature_cm is None:
        return
    texts = workstation_texts().advice.measure_again
    for code, values in _list_own_measurements(body).items():
        if any(_is_unlikely(body, value, estimate) for value, estimate in values):
            yield _make_advice(code, texts[code])


def _list_own_measurements(body: WorkstationBody) -> dict[MeasureAgainCode, list[tuple[float | None, StatureRatio]]]:
    own = body.measured
    return {
        "measure_knees_again": [(None if body.wheelchair else own.popliteal_cm, POPLITEAL_HEIGHT)],
        "measure_elbows_again": [
            (own.seated_elbow_cm, SEATED_ELBOW_HEIGHT),
            (own.elbow_rest_cm, ELBOW_REST_HEIGHT),
        ],
        "measure_eyes_again": [(own.seated_eye_cm, SEATED_EYE_HEIGHT)],
    }


def _is_unlikely(body: WorkstationBody, value_cm: float | None, ratio: StatureRatio) -> bool:
    if value_cm is None:
        return False
    # A wheelchair lifts the whole body, but not what is measured from its seat.
    lift = find_leg_difference(body) if body.wheelchair and ratio is not ELBOW_REST_HEIGHT else 0.0
    error_cm = abs(value_cm - lift - ratio.estimate_cm(body.reference_stature_cm))
    return error_cm > MAX_STANDARD_ERRORS * ratio.standard_error_cm


def _make_advice(code: AdviceCode, text: str) -> WorkstationAdvice:
    return WorkstationAdvice(code=code, text=text, guideline=GUIDELINE_BY_ADVICE[code])
