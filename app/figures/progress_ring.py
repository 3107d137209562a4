"""The ring in the corner of a moving drawing: it fills on the way out, rests with the pause, empties on the way back.

It tells the tempo of the dose where the movement itself is small, as that of a breath. A motion without a prescribed
tempo has none. It lies in the upper right corner of every frame, behind the drawing, and is never mirrored.
"""

import math
from typing import Any

from app.figures.motion_loop import STANDARD_TEMPO, MotionLoop, write_shares
from app.figures.palette import CLASS_PREFIX

INSET_PX, RADIUS_PX, WIDTH_PX = 20.0, 8.0, 3.2
"""Distance of its centre from the upper and right edge of the picture; radius; width of the line."""
LENGTH = round(2 * math.pi * RADIUS_PX * 10)
"""Length of the ring in drawing units, tenths of a pixel."""
CIRCLE = f'r="{RADIUS_PX * 10:.0f}"'
TRACK = f'<circle class="{CLASS_PREFIX}ring" {CIRCLE}/>'
"""The whole ring, pale, round the origin."""
FILLED = f'<circle class="{CLASS_PREFIX}ring-fill" {CIRCLE} stroke-dasharray="{{dashes}}"'
"""The filled part of the ring, without the end of its tag; it begins at the right."""


def has_ring(loop: MotionLoop) -> bool:
    """Return whether the motion has a prescribed tempo, which a ring can show."""
    return loop.tempo != STANDARD_TEMPO


def list_fill_times(loop: MotionLoop) -> list[tuple[float, float]]:
    """Return at how many seconds the ring is filled by which share, between which it changes evenly."""
    moments = [(0.0, 0.0), (loop.move_start_s, 0.0), (loop.move_end_s, 1.0)]
    return [*moments, (loop.return_start_s, 1.0), (loop.return_end_s, 0.0), (loop.duration_s, 0.0)]


def write_empty_ring(picture_width: int) -> str:
    """Return the ring at the start of the motion; `fill_ring` fills it."""
    return f"{_open_group(picture_width)}{TRACK}{FILLED.format(dashes=_dashes(0))}/></g>"


def write_moving_ring(loop: MotionLoop, picture_width: int) -> str:
    """Return the ring as SVG that a browser plays."""
    moments = list_fill_times(loop)
    times = write_shares([time / loop.duration_s for time, _ in moments])
    values = ";".join(_dashes(share) for _, share in moments)
    duration = f'dur="{loop.duration_s:.2f}'.rstrip("0").rstrip(".") + 's" repeatCount="indefinite"'
    animation = f'<animate attributeName="stroke-dasharray" {duration} keyTimes="{times}" values="{values}"/>'
    ring = f"{TRACK}{FILLED.format(dashes=_dashes(0))}>{animation}</circle>"
    return f'{_open_group(picture_width)}<g class="{CLASS_PREFIX}moving">{ring}</g></g>'


def _open_group(picture_width: int) -> str:
    """Return the opening tag of the group round the ring, turned so that it begins at the top."""
    return f'<g transform="translate({picture_width - INSET_PX:.0f} {INSET_PX:.0f})rotate(-90)scale(.1)">'


def fill_ring(document: str, loop: MotionLoop, position: float) -> str:
    """Return a document with an empty ring as it is at a position among the samples; any other as it is."""
    dashes = f'stroke-dasharray="{_dashes(0)}"'
    return document.replace(dashes, f'stroke-dasharray="{_dashes(_fill_share(loop, position))}"', 1)


def build_ring_shapes(loop: MotionLoop, frames_per_s: int, picture_width: int) -> list[dict[str, Any]]:
    """Return the ring as shapes of a Lottie layer, with names of colours in place of colours."""
    place = [picture_width - INSET_PX, INSET_PX]
    size = {"p": {"a": 0, "k": place}, "s": {"a": 0, "k": [RADIUS_PX * 2, RADIUS_PX * 2]}}
    ellipse = {"ty": "el", "d": 1, **size}
    even = {"i": {"x": [1], "y": [1]}, "o": {"x": [0], "y": [0]}}
    frames = {round(time * frames_per_s, 2): round(share * 100) for time, share in list_fill_times(loop)}
    keyframes = [{"t": time, "s": [share], **even} for time, share in frames.items()]
    whole, none = {"a": 1, "k": keyframes}, {"a": 0, "k": 0}
    trim = {"ty": "tm", "s": none, "e": whole, "o": none, "m": 1}
    # The first of several shapes lies on top.
    return [_group([ellipse, trim, _line("ring-fill")]), _group([ellipse, _line("ring")])]


def _dashes(share: float) -> str:
    filled = round(LENGTH * share)
    return f"{filled} {LENGTH - filled}" if filled else f"0 {LENGTH}"


def _fill_share(loop: MotionLoop, position: float) -> float:
    """Return how far the ring is filled at a position among the samples."""
    if position <= loop.move_count - 1 or not loop.return_count:
        return position / (loop.move_count - 1)
    return 1 - (position - loop.move_count) / (loop.return_count - 1)


def _group(items: list[dict[str, Any]]) -> dict[str, Any]:
    values = {"a": [0, 0], "p": [0, 0], "s": [100, 100], "r": 0, "o": 100}
    transform = {"ty": "tr", **{name: {"a": 0, "k": value} for name, value in values.items()}}
    return {"ty": "gr", "it": [*items, transform]}


def _line(tone: str) -> dict[str, Any]:
    colour, width = {"a": 0, "k": f"stroke {CLASS_PREFIX}{tone}"}, {"a": 0, "k": WIDTH_PX}
    return {"ty": "st", "c": colour, "o": {"a": 0, "k": 100}, "w": width, "lc": 1, "lj": 1}
