"""The closed lists of the self-tests."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

SelfTestId = TypeAliasType(
    "SelfTestId",
    Annotated[
        Literal[
            "lumbar_locked_rotation",
            "seated_rotation",
            "wall_angel",
            "occiput_to_wall",
            "c7_to_wall",
            "tragus_to_wall",
            "combined_elevation",
            "kyphosis_inclinometer",
            "craniovertebral_angle",
            "chest_expansion",
            "trunk_extensor_hold",
        ],
        Field(description="Stable name of a self-test."),
    ],
)
BandLabel = TypeAliasType(
    "BandLabel", Annotated[Literal["good", "fair", "limited", "marked"], Field(description="How good a result is.")]
)
ReferredTest = Literal["occiput_to_wall", "c7_to_wall", "tragus_to_wall", "kyphosis_inclinometer", "chest_expansion"]
SelfTestUnit = TypeAliasType(
    "SelfTestUnit", Annotated[Literal["deg", "cm", "s", "points"], Field(description="The unit of a self-test.")]
)
LengthUnit = TypeAliasType(
    "LengthUnit", Annotated[Literal["cm", "in"], Field(description="A unit of a length that is sent.")]
)
SideScoring = TypeAliasType(
    "SideScoring",
    Annotated[
        Literal["each", "mean", "one"],
        Field(
            description="Whether the sides of the body are scored each on its own, as their mean, or not told apart."
        ),
    ],
)
BetterDirection = TypeAliasType(
    "BetterDirection",
    Annotated[
        Literal["higher", "lower"], Field(description="Whether a higher or a lower value of a self-test is better.")
    ],
)
