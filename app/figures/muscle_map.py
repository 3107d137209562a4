"""The small map of the muscles, read from its committed drawing: a body from the front and from behind.

Lengths are drawing units, tenths of a pixel. Each view has the midline of its body at x = 0 and the crown at y = 0. The
right side is stored; the left one is its mirror image.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from app.figures.muscle_patches import Outline

MUSCLE_MAP_PATH = Path(__file__).resolve().parent / "parts" / "muscle-map.z"
"""The committed drawing: zlib-compressed JSON of a `MuscleMapParts`."""
MAP_BODY_HEIGHT = 1050
"""Height of the bodies."""
MapView = Literal["front", "back"]
MAP_VIEWS: tuple[MapView, ...] = ("front", "back")
"""The sides from which the map shows the body."""


class MuscleMapParts(NamedTuple):
    """The outline of the body, the hair of each view, and the muscles of the right side that it shows.

    A muscle has the coordinates of the control points of its outline, x and y in turn. `deep` names the muscles that
    others cover; they come last. `half_width` reaches from the midline to the finger tips.
    """

    body: str
    hair: Mapping[str, str]
    patches: Mapping[str, list[tuple[str, list[int]]]]
    deep: tuple[str, ...]
    half_width: int


def encode_muscle_map(parts: MuscleMapParts) -> bytes:
    """Return the bytes of the committed drawing; equal parts give equal bytes."""
    return zlib.compress(json.dumps(parts._asdict(), sort_keys=True, separators=(",", ":")).encode(), 9)


@lru_cache(maxsize=1)
def load_muscle_map() -> MuscleMapParts:
    """Return the committed drawing."""
    return MuscleMapParts(**json.loads(zlib.decompress(MUSCLE_MAP_PATH.read_bytes())))


def list_map_patches(view: MapView, muscle: str, side: str) -> Iterator[Outline]:
    """Yield the outlines of a muscle of a side (R or L) in a view, about the midline of its body."""
    # The person's right side is on the left of the front view, and on the right of the back view, as it is stored.
    sign = 1 if side == "R" else -1
    for name, numbers in load_muscle_map().patches[view]:
        if name == muscle:
            yield tuple((x * sign, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
