"""The request of an assessment: lengths, angles, supports and hours, as they are at a workstation now."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from typing_extensions import TypeAliasType

from app.kit.lengths import Length
from app.kit.models import RequestModel
from app.kit.quantity import Quantity
from app.workstation.body import DESK_HEIGHT, SEAT_HEIGHT

FeetSupport = TypeAliasType(
    "FeetSupport", Annotated[Literal["flat", "footrest", "dangling"], Field(description="What supports the feet.")]
)


class ObservedWorkstation(RequestModel):
    """What was measured; at least one field. A field that is left out is not assessed.

    Each length may be sent in cm or in inches, not in both.
    """

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    seat_height_cm: Annotated[float, SEAT_HEIGHT] | None = None
    desk_height_cm: Annotated[float, DESK_HEIGHT] | None = None
    desk_height_standing_cm: (
        Annotated[float, Length(60, 150, "Floor to the top of the desk when used standing.")] | None
    ) = None
    screen_top_cm: (
        Annotated[float, Length(40, 220, "Floor to the upper edge of the display, as used sitting.")] | None
    ) = None
    viewing_distance_cm: Annotated[float, Length(15, 250, "Eye to display.")] | None = None
    elbow_deg: (
        Annotated[float, Quantity(30, 180, "deg", "Between upper arm and forearm while typing; 180 is a straight arm.")]
        | None
    ) = None
    screen_offset_deg: (
        Annotated[float, Quantity(0, 90, "deg", "How far to the side of straight ahead the middle of the display is.")]
        | None
    ) = None
    screen_tilt_deg: (
        Annotated[float, Quantity(-45, 60, "deg", "Top of the display leaning back; below 0 where it leans forward.")]
        | None
    ) = None
    seat_depth_gap_cm: (
        Annotated[float, Length(0, 30, "Front edge of the seat to the back of the knee; 0 where it touches.")] | None
    ) = None
    feet: FeetSupport | None = Field(None, description="What supports the feet.")
    lumbar_support: bool | None = Field(None, description="The backrest fills the hollow of the low back.")
    armrests: bool | None = Field(None, description="The elbows rest on armrests or desk, with the shoulders relaxed.")
    glare_free: bool | None = Field(None, description="No light reflects in the display.")
    mouse_beside_keyboard: bool | None = Field(None, description="The mouse is at the keyboard's height, close by.")
    longest_sitting_min: (
        Annotated[float, Quantity(0, 960, "min", "Longest time of sitting without getting up.")] | None
    ) = None
    laptop_only_h: (
        Annotated[float, Quantity(0, 24, "h", "Time a day on a laptop without separate keyboard or screen.")] | None
    ) = None
    phone_head_down_min_h: (
        Annotated[float, Quantity(0, 60, "min/h", "Minutes of an hour looking down at a phone.")] | None
    ) = None

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if all(value is None for value in self.__dict__.values()):
            raise ValueError("Give at least one measurement")
        return self
