"""The query parameters of the illustrations, by format."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from typing_extensions import TypeAliasType

from app.figures.palette import FixedTheme, Theme
from app.figures.persons import DEFAULT_PERSON, PersonChoice, SkinTone
from app.figures.picture_options import Background, FigurePhase, Frame, MotionFrame, PictureLook, StillFigurePhase
from app.kit.query import QueryModel, require_integer

MIN_PNG_WIDTH = 32
"""Pixels; a small icon."""
MAX_PNG_WIDTH = 2048
"""Pixels; 17 cm in print at 300 dots an inch."""
MAX_MOTION_WIDTH = 640
"""Pixels. A motion has about thirty different frames; apps that want it larger play Lottie."""
WorkingSide = TypeAliasType(
    "WorkingSide",
    Annotated[Literal["left", "right"], Field(description="The side that works in a one-sided exercise.")],
)
Side = Annotated[
    WorkingSide | None,
    Field(description="The working side of a one-sided exercise; absent: as drawn. Other exercises look the same."),
]
StillTheme = Annotated[FixedTheme, Field(description="Colours.")]
CardOrNone = Annotated[
    Background, Field(description="`theme` is a card in the colour of the theme; with `none` the page shows through.")
]
Spine = Annotated[
    bool,
    Field(
        description="Draws the line of the spine over everything, from the sacrum to the base of the neck, so that one "
        "sees how the back bends and turns."
    ),
]
Muscles = Annotated[
    bool,
    Field(
        description="Colours the muscles of the record, by role, on the body where they are seen and on a small map of "
        "its front and back, with a legend. Roles have a texture and a word, too."
    ),
]

Version = Annotated[
    str | None,
    Field(
        pattern="^[0-9a-f]+$",
        max_length=64,
        description="`figure.hash` of the record: the picture may then be kept for good. With any other hash the "
        "picture is the same, and is kept for a day.",
    ),
]
MotionWidth = Annotated[
    int,
    Field(ge=64, le=MAX_MOTION_WIDTH, description="Width in pixels; the height follows from the frame."),
    BeforeValidator(require_integer),
]


class FigureQuery(QueryModel):
    """What may be chosen of every picture."""

    person: PersonChoice = Field(DEFAULT_PERSON, description="Who shows the exercise.")
    skin: SkinTone | None = Field(None, description="Absent: that of the person.")
    side: Side = None
    frame: Frame = Field("landscape", description="The drawing fills it.")
    spine: Spine = False
    v: Version = None

    @property
    def look(self) -> PictureLook:
        """How the drawing is shown."""
        return PictureLook(frame=self.frame, spine=self.spine)


class CardQuery(FigureQuery):
    """What may be chosen where the background may be left out."""

    background: CardOrNone = "theme"

    @property
    def look(self) -> PictureLook:
        """How the drawing is shown."""
        return super().look._replace(background=self.background)


class SvgQuery(CardQuery):
    """Which drawing."""

    phase: FigurePhase = Field(
        "both", description="`both` shows the end over a shadow of the start, or the two side by side."
    )
    theme: Theme = Field("auto", description="`auto` follows the reader's own setting.")
    muscles: Muscles = False


class PngQuery(CardQuery):
    """Which image, and how wide."""

    phase: StillFigurePhase = Field("both", description="PNG is still: the motion is in other formats.")
    theme: StillTheme = "light"
    muscles: Muscles = False
    width: Annotated[
        int,
        Field(ge=MIN_PNG_WIDTH, le=MAX_PNG_WIDTH, description="Width in pixels; the height follows from the frame."),
        BeforeValidator(require_integer),
    ] = 512


class LottieQuery(CardQuery):
    """How the motion looks."""

    frame: MotionFrame = Field("landscape", description="The drawing fills it.")
    theme: StillTheme = "light"


class WebpQuery(LottieQuery):
    """How the motion looks, and how wide."""

    muscles: Muscles = False
    width: MotionWidth = 400


class GifQuery(FigureQuery):
    """How the motion looks, and how wide. There is no soft edge in GIF, so it always has its background."""

    frame: MotionFrame = Field("landscape", description="The drawing fills it.")
    theme: StillTheme = "light"
    muscles: Muscles = False
    width: MotionWidth = 400
