"""The request of a fit: stature, shoes, screens, lenses, desk and chair, and the person's own measurements."""

import math
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticKnownError
from typing_extensions import TypeAliasType

from app.kit.lengths import CM_PER_INCH, Length
from app.kit.models import RequestModel
from app.kit.quantity import Quantity
from app.workstation.body_proportions import POPLITEAL_HEIGHT, SEATED_EYE_HEIGHT

Device = TypeAliasType("Device", Annotated[Literal["desktop", "laptop"], Field(description="What is worked on.")])
Lenses = TypeAliasType(
    "Lenses",
    Annotated[
        Literal["single", "progressive"],
        Field(description="Spectacles: one strength, or progressive ones that read through their lower part."),
    ],
)
Screens = TypeAliasType(
    "Screens",
    Annotated[
        Literal["one", "two_equal", "main_and_side"],
        Field(description="How many displays, and which of them is looked at most."),
    ],
)

ScreenAspect = TypeAliasType(
    "ScreenAspect",
    Annotated[
        Literal["4:3", "3:2", "16:10", "16:9", "21:9", "32:9"], Field(description="Width to height of a display.")
    ],
)

MIN_STATURE_CM, MAX_STATURE_CM = 140, 205
"""Range of standing heights in which the estimates hold."""
STATURE_DESCRIPTION = "Standing height without shoes. The estimates hold in this range only."
DESK_HEIGHT = Length(45, 140, "Floor to the top of the desk.")
"""A desk height that is accepted."""
SEAT_HEIGHT = Length(25, 90, "Floor to the top of the seat, with someone on it.")
"""A seat height that is accepted."""


class DeskRange(RequestModel):
    """A desk of one height (`fixed_cm`), or an adjustable one (`min_cm` and `max_cm`): one of the two, not both."""

    # Code checks this and no `oneOf` says it: beside properties it makes generators write a class without fields.

    fixed_cm: Annotated[float, DESK_HEIGHT] | None = None
    min_cm: Annotated[float, DESK_HEIGHT] | None = None
    max_cm: Annotated[float, DESK_HEIGHT] | None = None
    thickness_cm: (
        Annotated[float, Length(0.5, 15, "The desk top above the thighs, with rails and drawers; absent: 2.5.")] | None
    ) = None

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        heights = (self.fixed_cm is not None, self.min_cm is not None, self.max_cm is not None)
        if heights not in ((True, False, False), (False, True, True)):
            raise ValueError("Give either fixed_cm, or both min_cm and max_cm (or each with _in, in inches)")
        if self.lowest_cm > self.highest_cm:
            raise ValueError("The lowest height should not be above the highest")
        return self

    @property
    def lowest_cm(self) -> float:
        """The lowest height that the desk can have."""
        # The validator guarantees one of the two; 0.0 only satisfies the type checker.
        return self.fixed_cm if self.fixed_cm is not None else self.min_cm or 0.0

    @property
    def highest_cm(self) -> float:
        """The highest height that the desk can have."""
        return self.fixed_cm if self.fixed_cm is not None else self.max_cm or 0.0


class ChairRange(RequestModel):
    """A seat of one height (`fixed_cm`, as of a wheelchair), or its lowest and highest (`min_cm` and `max_cm`)."""

    fixed_cm: Annotated[float, SEAT_HEIGHT] | None = None
    min_cm: Annotated[float, SEAT_HEIGHT] | None = None
    max_cm: Annotated[float, SEAT_HEIGHT] | None = None

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        heights = (self.fixed_cm is not None, self.min_cm is not None, self.max_cm is not None)
        if heights not in ((True, False, False), (False, True, True)):
            raise ValueError("Give either fixed_cm, or both min_cm and max_cm (or each with _in, in inches)")
        if self.lowest_cm > self.highest_cm:
            raise ValueError("The lowest height should not be above the highest")
        return self

    @property
    def lowest_cm(self) -> float:
        """The lowest seat."""
        # The validator guarantees one of the two; 0.0 only satisfies the type checker.
        return self.fixed_cm if self.fixed_cm is not None else self.min_cm or 0.0

    @property
    def highest_cm(self) -> float:
        """The highest seat."""
        return self.fixed_cm if self.fixed_cm is not None else self.max_cm or 0.0


class BodyMeasurements(RequestModel):
    """Lengths measured on the person, sitting upright without shoes. Each replaces an estimate from stature.

    In a wheelchair heights are measured as the person sits in it, with shoes on; `popliteal_cm` is not used.
    """

    elbow_rest_cm: (
        Annotated[
            float,
            Length(10, 40, "Seat to the underside of the elbow, arm hanging, elbow at a right angle."),
        ]
        | None
    ) = None
    seated_elbow_cm: (
        Annotated[float, Length(40, 100, "Floor to the underside of the elbow, feet flat, thighs level.")] | None
    ) = None
    seated_eye_cm: Annotated[float, Length(80, 160, "Floor to the eye, feet flat, thighs level.")] | None = None
    popliteal_cm: (
        Annotated[float, Length(28, 60, "Floor to the underside of the thigh behind the knee, feet flat.")] | None
    ) = None


class WorkstationBody(RequestModel):
    """A person at a desk. Only standing height is required, or a wheelchair with its seat and own measurements.

    Nothing of it is stored or logged.

    Each length may be sent in cm or in inches, not in both.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"stature_cm": 170, "shoes_cm": 2.5, "desk": {"fixed_cm": 73}, "chair": {"min_cm": 40, "max_cm": 53}},
                {
                    "wheelchair": True,
                    "chair": {"fixed_cm": 52},
                    "measured": {"seated_elbow_cm": 72, "seated_eye_cm": 126},
                },
                {"stature_in": 67, "shoes_in": 1, "desk": {"min_in": 25.5, "max_in": 51}},
            ]
        },
    )

    wheelchair: bool = Field(
        False,
        description="The seat is a wheelchair: it stays as it is, no footrest is advised, and nothing stands. Needs "
        "`chair.fixed_cm`; stature may be left out where eye and elbow are measured.",
    )
    stature_cm: (
        Annotated[
            float,
            Length(MIN_STATURE_CM, MAX_STATURE_CM, STATURE_DESCRIPTION),
        ]
        | None
    ) = Field(None, validate_default=True)
    shoes_cm: Annotated[float, Length(0, 12, "Thickness of the soles; 0 for bare feet.")] = 2.5
    keyboard_cm: Annotated[float, Length(0, 8, "Thickness of the keyboard under the fingers.")] = 2.0
    relaxed: bool = Field(False, description="True for an easy posture: eyes 3 cm and elbows 1 cm lower than upright.")
    screen_diagonal_in: (
        Annotated[float, Quantity(10, 57, "inches", "Diagonal of the screen; absent: 24, laptop 14.")] | None
    ) = None
    screen_aspect: ScreenAspect = Field("16:9", description="Width to height of the screen; 21:9 and 32:9 are wide.")
    lenses: Lenses = Field("single", description="`progressive` includes bifocal lenses.")
    device: Device = Field("desktop", description="A laptop is advised a stand and a separate keyboard.")
    screens: Screens = Field("one", description="Two screens of equal use, or a main one with another at its side.")
    desk: DeskRange | None = Field(None, description="Absent: any height is possible.")
    chair: ChairRange | None = Field(None, description="Absent: any height is possible.")
    measured: BodyMeasurements = Field(
        BodyMeasurements(), description="The person's own measurements, in place of estimates."
    )

    @field_validator("stature_cm")
    @classmethod
    def _require_stature(cls, stature_cm: float | None, info: ValidationInfo) -> float | None:
        """Refuse a body without stature, as if the field were required; in a wheelchair own measurements may do."""
        if stature_cm is None and not info.data.get("wheelchair"):
            raise PydanticKnownError("missing")
        return stature_cm

    @model_validator(mode="after")
    def _check_wheelchair(self) -> Self:
        if not self.wheelchair:
            return self
        if self.chair is None or self.chair.lowest_cm < self.chair.highest_cm:
            raise ValueError("In a wheelchair give chair.fixed_cm: floor to the top of the cushion, with you on it")
        own = self.measured
        elbow_measured = own.seated_elbow_cm is not None or own.elbow_rest_cm is not None
        if self.stature_cm is None and (own.seated_eye_cm is None or not elbow_measured):
            raise ValueError(
                "Give stature_cm, or measured.seated_eye_cm with measured.seated_elbow_cm or measured.elbow_rest_cm"
            )
        return self

    @property
    def reference_stature_cm(self) -> float:
        """The stature for estimates: as given, or the one that goes with the height of the eyes above a wheelchair."""
        if self.stature_cm is not None:
            return self.stature_cm
        eye_above_seat = (self.measured.seated_eye_cm or 0.0) - (self.chair.lowest_cm if self.chair else 0.0)
        ratio = SEATED_EYE_HEIGHT.ratio - POPLITEAL_HEIGHT.ratio
        return min(max(eye_above_seat / ratio, MIN_STATURE_CM), MAX_STATURE_CM)

    @property
    def soles_cm(self) -> float:
        """What shoes add to heights above the floor: nothing in a wheelchair, whose heights are measured with them."""
        return 0.0 if self.wheelchair else self.shoes_cm

    @property
    def diagonal_in(self) -> float:
        """The diagonal of the screen in inches, as given or as usual for the device."""
        return self.screen_diagonal_in or (14.0 if self.device == "laptop" else 24.0)

    @property
    def screen_height_cm(self) -> float:
        """The height of the screen, from its diagonal and aspect."""
        width, height = (int(part) for part in self.screen_aspect.split(":"))
        return CM_PER_INCH * self.diagonal_in * height / math.hypot(width, height)
