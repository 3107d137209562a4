"""What to do with this desk, chair and screen, in sentences; each with the guideline that it follows."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from app.kit.models import FrozenModel
from app.workstation.body import WorkstationBody
from app.workstation.posture import HIGHEST_FOOTREST_CM, THIGH_TOP_SE, Posture

LAPTOP_SCREEN_TOP_CM = 22.0
"""How high the upper edge of an open laptop's screen stands above the desk."""

Code = Literal[
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
]


class Advice(FrozenModel):
    """One thing to do."""

    code: Code = Field(description="Stable name of the advice, for an app's own words.")
    text: str
    guideline: str = Field(description="Slug under `/v1/guidelines`.")


def advise(body: WorkstationBody, at: Posture, drop: float) -> tuple[Advice, ...]:
    """Advice on height first, then screen, then habit."""
    return (*_heights(body, at), *_screens(body, at, drop), *_standing(body, at), *_own_measures(body, at))


def _heights(body: WorkstationBody, at: Posture) -> Iterator[Advice]:
    above = at.desk - at.knee_desk
    too_low = at.raised < -2
    left = above if too_low else above - at.raised
    lowest = body.desk is not None and at.desk <= body.desk.lowest
    if above > HIGHEST_FOOTREST_CM:
        yield _far_too_high(at, above)
    elif left > 1:
        yield Advice(
            code="keyboard_tray",
            text=f"{'Even at knee height' if too_low else 'With the chair at its highest'} the keys are still "
            f"{left:.0f} cm above the elbows: fit a keyboard tray below the desk top, or lower the desk.",
            guideline="desk-height",
        )
    if at.raised > 1:
        yield _raised(at, for_desk=lowest and above > 1, tray=left <= 1)
    if above - at.raised < -2:
        yield Advice(
            code="raise_the_desk",
            text=f"The desk is {at.raised - above:.0f} cm too low for this seat: put firm blocks under its legs.",
            guideline="desk-height",
        )
    if too_low:
        yield Advice(
            code="chair_too_low",
            text=f"The chair ends {-at.raised:.0f} cm below knee height: a firm cushion brings the seat up.",
            guideline="chair-and-feet",
        )


def _far_too_high(at: Posture, above: float) -> Advice:
    if -5 <= at.desk - at.desk_standing <= 1:
        return Advice(
            code="standing_desk_only",
            text="This desk stands at standing height: use it standing, and sit at another one.",
            guideline="standing-desk-height",
        )
    return Advice(
        code="lower_the_desk",
        text=f"The desk is {above:.0f} cm above elbow height, more than chair and footrest can make up for: lower it, "
        "shorten its legs or use another one.",
        guideline="desk-height",
    )


def _raised(at: Posture, *, for_desk: bool, tray: bool) -> Advice:
    """A chair above knee height, and what the feet then need; `tray`: one under the desk would do instead."""
    if at.raised < 2:
        return Advice(
            code="raise_chair",
            text=f"Raise the seat by {at.raised:.0f} cm to {at.seat:.0f} cm; so little needs no footrest.",
            guideline="chair-and-feet",
        )
    if not for_desk:
        return Advice(
            code="footrest_for_high_chair",
            text=f"The chair stands {at.raised:.0f} cm above knee height: put a footrest of that height under both "
            "feet.",
            guideline="footrest",
        )
    return Advice(
        code="raise_chair_add_footrest",
        text=f"The desk cannot come down, so bring yourself up: seat at {at.seat:.0f} cm, and a footrest of "
        f"{at.raised:.0f} cm under both feet."
        + (" A keyboard tray under the desk top would do the same." if tray else ""),
        guideline="footrest",
    )


def _screens(body: WorkstationBody, at: Posture, drop: float) -> Iterator[Advice]:
    if body.device == "laptop":
        missing = at.eye - drop - (at.desk + LAPTOP_SCREEN_TOP_CM)
        yield Advice(
            code="laptop_stand",
            text=f"Raise the laptop by about {missing:.0f} cm, on a stand or books, and add a separate keyboard and "
            "mouse."
            if missing >= 1
            else "Add a separate keyboard and mouse, and keep the top of the laptop's screen near eye level.",
            guideline="laptop-setup",
        )
    if body.screens == "two_equal":
        yield Advice(
            code="two_equal_screens",
            text="Let the two screens meet straight ahead of you, each turned in by 15 to 30 degrees.",
            guideline="two-screens",
        )
    if body.screens == "main_and_side":
        yield Advice(
            code="side_screen",
            text="Main screen straight ahead; the other close beside it, turned in by at most 35 degrees.",
            guideline="two-screens",
        )
    if body.lenses == "progressive":
        yield Advice(
            code="progressive_lenses",
            text="Lower the screen and lean it back until you read its top line with the head level; lenses made for "
            "screen distance are the other answer.",
            guideline="progressive-lenses",
        )


def _standing(body: WorkstationBody, at: Posture) -> Iterator[Advice]:
    if body.desk is None or body.desk.fixed_cm is not None:
        return
    if body.desk.highest < at.desk_standing - 5:
        yield Advice(
            code="desk_too_low_to_stand",
            text=f"For standing work the desk would have to reach about {at.desk_standing:.0f} cm; this one is for "
            "sitting.",
            guideline="standing-desk-height",
        )
    elif body.desk.lowest <= at.desk_standing:
        yield Advice(
            code="sit_and_stand",
            text="Change often: in each half hour about 20 minutes sitting, 8 standing and 2 moving.",
            guideline="sit-stand-cadence",
        )


def _own_measures(body: WorkstationBody, at: Posture) -> Iterator[Advice]:
    measured = body.measured.elbow_rest_cm is not None or body.measured.seated_elbow_cm is not None
    elbow, thigh = at.knee_desk + body.keyboard_cm, at.thigh_top - at.raised
    if measured and elbow < thigh - THIGH_TOP_SE:
        yield Advice(
            code="measure_elbows",
            text="By these figures the elbows are no higher than the thighs, and no desk fits between: please measure "
            "from the seat to the underside of the elbow once more.",
            guideline="armrests",
        )
    if not measured:
        yield Advice(
            code="measure_elbows",
            text="Standing height tells little about elbow height: measure from the seat to the underside of the "
            "elbow, and fit again with that figure.",
            guideline="armrests",
        )
