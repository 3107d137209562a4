"""Which pictures there are of an exercise: formats, what may be chosen of each, sizes, and a text alternative for each.

A record is one of twenty in a page and of all in a bundle, so it has one text alternative; here is the one place with
those of every phase and side.
"""

from functools import lru_cache
from typing import Any

from pydantic import Field

from app.catalogue.figure_query import GifQuery, LottieQuery, PngQuery, SvgQuery, WebpQuery
from app.figures import assets
from app.figures.frames import CANVASES
from app.figures.motion_loop import MotionLoop, MotionTempo
from app.figures.picture_options import FRAMES, PHASES, FigurePhase, Frame, MotionFrame
from app.kit.closed_lists import list_words
from app.kit.models import FrozenModel
from app.kit.query import QueryModel
from app.rules.vocabulary import Side
from app.schemas.exercise import Figure

FORMATS: tuple[tuple[str, str, type[QueryModel]], ...] = (
    ("svg", "image/svg+xml", SvgQuery),
    ("png", "image/png", PngQuery),
    ("webp", "image/webp", WebpQuery),
    ("gif", "image/gif", GifQuery),
    ("lottie", "application/json", LottieQuery),
)
"""The name of each format as records have it, its media type, and its parameters."""


class PictureParameter(FrozenModel):
    """One of `values`, or a whole number from `min` to `max`."""

    values: tuple[str, ...] | None
    min: int | None
    max: int | None
    default: str | None


class PictureFormat(FrozenModel):
    """A format, its address without query, and its parameters by name."""

    format: str
    url: str
    media_type: str
    parameters: dict[str, PictureParameter]


class PictureFrame(FrozenModel):
    """The size of SVG and Lottie in a frame, in pixels, and the share that the drawing fills of it, by phase."""

    frame: Frame
    width: int
    height: int
    filled: dict[FigurePhase, float]


class FigureListing(FrozenModel):
    """All pictures of an exercise."""

    slug: str
    hash: str
    drawn_side: Side
    persons: tuple[str, ...] = Field(description="Who shows this exercise.")
    loop_s: float = Field(description="Seconds of a round of the motion.")
    best_frame: MotionFrame = Field(description="The frame that the motion fills most.")
    formats: tuple[PictureFormat, ...]
    frames: tuple[PictureFrame, ...]
    alts: dict[Side, dict[FigurePhase, str]] = Field(description="By working side and phase.")


def list_pictures(slug: str, figure: Figure, drawing: str, tempo: MotionTempo) -> FigureListing:
    """Return the pictures of an exercise that is drawn under the slug `drawing`."""
    frames = tuple(_describe_frame(drawing, frame) for frame in FRAMES)
    moving: list[PictureFrame] = [frame for frame in frames if frame.frame in list_words(MotionFrame)]
    return FigureListing(
        slug=slug,
        hash=figure.hash,
        drawn_side=figure.drawn_side,
        persons=assets.list_persons(drawing),
        loop_s=MotionLoop(tempo, 2).duration_s,
        best_frame=max(moving, key=lambda frame: frame.filled["animated"]).frame,
        formats=tuple(
            PictureFormat(format=name, url=getattr(figure, name), media_type=media_type, parameters=_describe(query))
            for name, media_type, query in FORMATS
        ),
        frames=frames,
        alts=_list_alts(drawing, figure.drawn_side),
    )


def _describe_frame(drawing: str, frame: Frame) -> PictureFrame:
    canvas = CANVASES[frame]
    phases = [phase for phase in PHASES if (frame, phase) != ("icon", "animated")]
    filled = {phase: round(assets.measure_filled(drawing, phase, frame), 2) for phase in phases}
    return PictureFrame(frame=frame, width=canvas.width, height=canvas.height, filled=filled)


def _list_alts(drawing: str, drawn_side: Side) -> dict[Side, dict[FigurePhase, str]]:
    """Return the text alternatives by side and phase, those of the drawn side first."""
    other_side: dict[Side, Side] = {"left": "right", "right": "left"}
    sides = [drawn_side, *([other_side[drawn_side]] if drawn_side in other_side else [])]
    return {side: {phase: assets.get_alt_text(drawing, phase, side) for phase in PHASES} for side in sides}


@lru_cache(maxsize=len(FORMATS))
def _describe(query: type[QueryModel]) -> dict[str, PictureParameter]:
    """Return the parameters of a format, but for the version, read from the model that checks them."""
    schema = query.model_json_schema()
    return {
        name: _describe_parameter(part, schema.get("$defs", {}))
        for name, part in schema["properties"].items()
        if name != "v"
    }


def _describe_parameter(part: dict[str, Any], definitions: dict[str, Any]) -> PictureParameter:
    options = [part, *part.get("anyOf", ())]
    options += [definitions[option["$ref"].rpartition("/")[2]] for option in options if "$ref" in option]
    words = next((option["enum"] for option in options if "enum" in option), None)
    if part.get("type") == "boolean":
        words = ["false", "true"]
    default = part.get("default")
    return PictureParameter(
        values=words,
        min=part.get("minimum"),
        max=part.get("maximum"),
        default=None if default is None else str(default).lower(),
    )
