"""Texts of the workstation, in the shape of `seed/texts/en/workstation.yaml`."""

from typing import Annotated, Literal

from app.kit.models import FrozenModel
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, Template, Text
from app.workstation.checks import CheckId

HeightTemplate = Annotated[Template, Fields("height")]
"""A sentence with a height in whole cm."""
MeasureAgainCode = Literal["measure_knees_again", "measure_elbows_again", "measure_eyes_again"]
"""Advice to repeat a measurement that hardly anybody of this stature has."""
DistanceTemplate = Annotated[Template, Fields("distance")]
"""A sentence with a distance in whole cm."""


class AdviceTexts(FrozenModel):
    """What to do with a desk, chair and screen."""

    keyboard_tray_at_knee_height: HeightTemplate
    keyboard_tray_at_highest_chair: HeightTemplate
    keyboard_tray_at_wheelchair: HeightTemplate
    raise_the_desk: HeightTemplate
    chair_too_low: HeightTemplate
    standing_desk_only: Text
    lower_the_desk: HeightTemplate
    raise_chair: Annotated[Template, Fields("height", "seat")]
    footrest_for_high_chair: HeightTemplate
    raise_chair_add_footrest: Annotated[Template, Fields("seat", "height")]
    raise_chair_add_footrest_or_tray: Annotated[Template, Fields("seat", "height")]
    laptop_stand: HeightTemplate
    laptop_keyboard: Text
    two_equal_screens: Text
    side_screen: Text
    progressive_lenses: Text
    desk_too_low_to_stand: HeightTemplate
    sit_and_stand: Text
    measure_elbows_again: Text
    measure_elbows: Text
    thin_desk_top: Annotated[Template, Fields("thickness")]
    no_desk_top: Text
    measure_again: Annotated[dict[MeasureAgainCode, Text], EveryKey(MeasureAgainCode)]


class ActionTexts(FrozenModel):
    """What to do about a finding."""

    lower_seat: HeightTemplate
    lower_seat_or_add_footrest: HeightTemplate
    raise_seat: HeightTemplate
    lower_seat_add_footrest: Annotated[Template, Fields("height", "footrest")]
    raise_seat_add_footrest: Annotated[Template, Fields("height", "footrest")]
    keep_seat_add_footrest: Annotated[Template, Fields("footrest")]
    set_desk_lower: Annotated[Template, Fields("desk", "height")]
    set_desk_higher: Annotated[Template, Fields("desk", "height")]
    block_up_desk: HeightTemplate
    replace_desk: HeightTemplate
    raise_chair_to_desk: Annotated[Template, Fields("chair", "footrest")]
    lower_desk_or_raise_chair: Annotated[Template, Fields("height", "chair", "footrest")]
    lower_standing_desk: HeightTemplate
    raise_standing_desk: HeightTemplate
    lower_screen: Annotated[Template, Fields("height", "top")]
    raise_screen: Annotated[Template, Fields("height", "top")]
    raise_laptop: Annotated[Template, Fields("height", "top")]
    keep_chair_add_footrest: Text
    add_measured_footrest: HeightTemplate
    lower_chair: HeightTemplate
    lower_chair_or_footrest: Text
    measure_knee_height: Text
    set_footplates: Text
    lower_chair_or_measured_footrest: HeightTemplate
    screen_away: DistanceTemplate
    screen_nearer: DistanceTemplate
    open_elbows: Text
    open_elbows_by_distance: Text
    bring_keyboard_nearer: Text
    centre_two_screens: Text
    centre_screen: Text
    lean_screen_back: Text
    set_screen_upright: Text
    slide_seat_forward: Text
    slide_seat_back: Text
    set_armrests: Text
    support_low_back: Text
    avoid_glare: Text
    move_mouse: Text
    sit_shorter: Text
    equip_laptop: Text
    raise_phone: Text


class DiagramTexts(FrozenModel):
    """The words of the drawing. Dimensions are filled in with their units."""

    title: Text
    description: Annotated[Template, Fields("seat", "desk", "screen_top", "distance")]
    description_with_footrest: Annotated[Template, Fields("seat", "desk", "screen_top", "distance", "footrest")]
    eye: Text
    seat: Text
    footrest: Text
    screen_top: Text
    desk: Text
    seat_depth: Text
    armrest: Text
    screen_tilt: Text
    elbow_angle: Text
    back_support: Text
    feet_flat: Text


class WorkstationTexts(TextFile):
    """All texts of the workstation."""

    file_name = "workstation.yaml"
    advice: AdviceTexts
    actions: ActionTexts
    why: Annotated[dict[CheckId, Text], EveryKey(CheckId)]
    diagram: DiagramTexts


def workstation_texts() -> WorkstationTexts:
    """Return the texts of the workstation."""
    return load_texts(WorkstationTexts)


def format_cm(length: float) -> str:
    """Return a length in whole cm, without a sign."""
    return f"{abs(length):.0f}"
