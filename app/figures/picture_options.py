"""What may be chosen of a picture, beside its theme."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.figures.persons import USUAL_APPEARANCE, Appearance
from app.kit.closed_lists import list_words

FigurePhase = TypeAliasType(
    "FigurePhase",
    Annotated[
        Literal["start", "end", "both", "animated"],
        Field(description="What a drawing shows: one posture, both postures, or the motion between them."),
    ],
)
StillFigurePhase = TypeAliasType(
    "StillFigurePhase",
    Annotated[
        Literal["start", "end", "both"],
        Field(description="What a drawing without motion shows: one posture, or both postures."),
    ],
)
PHASES: tuple[FigurePhase, ...] = list_words(FigurePhase)
"""Every phase."""
Background = TypeAliasType(
    "Background",
    Annotated[
        Literal["theme", "none"],
        Field(description="What is behind the drawing: a card in the colour of the theme, or nothing."),
    ],
)


class ShownMuscle(NamedTuple):
    """A muscle that a picture shows: its word, its role, and its name in a sentence."""

    muscle: str
    role: str
    name: str


Frame = TypeAliasType(
    "Frame",
    Annotated[
        Literal["landscape", "square", "portrait", "icon"],
        Field(
            description="The shape of a picture: 4:3, 1:1 or 3:4, filled by the drawing; `icon` is a square, drawn "
            "simply for 32 to 96 pixels."
        ),
    ],
)
MotionFrame = TypeAliasType(
    "MotionFrame",
    Annotated[
        Literal["landscape", "square", "portrait"],
        Field(description="The shape of a moving picture: 4:3, 1:1 or 3:4, filled by the drawing."),
    ],
)
FRAMES: tuple[Frame, ...] = list_words(Frame)
"""Every frame."""


class PictureLook(NamedTuple):
    """How a drawing is shown, beside its phase, theme and side."""

    background: Background = "theme"
    frame: Frame = "landscape"
    spine: bool = False
    """Whether the line of the spine lies over everything."""
    muscles: tuple[ShownMuscle, ...] = ()
    """The muscles that are coloured, with a map and a legend; none: neither."""
    appearance: Appearance = USUAL_APPEARANCE
    """Who is drawn."""


USUAL_LOOK = PictureLook()
"""The usual look."""
MotionFormat = Literal["webp", "gif"]
"""A format of moving pixels."""
DrawnSide = Literal["left", "right", "both"]
"""The side that works in a drawing; both where the sides do the same."""
