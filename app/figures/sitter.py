"""The seated figure of the workstation's diagram, read from its committed drawing; needs no drawing library.

Places are millimetres of a body of `STATURE`: x ahead of the hip, y above the seat. Paths are `UNITS` to a millimetre,
y downwards, so that the outlines of a figure 250 pixels high are as wide as in the exercises' pictures at a tenth.
"""

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

DRAWING = Path(__file__).resolve().parent / "parts" / "sitter.z"
STATURE = 1800.0
UNITS = 1.5
Place = tuple[float, float]


class Leg(NamedTuple):
    """A leg on a seat `seat` above the soles: `shin` lies under the `thigh`, `lower` (shin, foot, shoe) over it."""

    seat: float
    knee: Place
    heel: Place
    toe: Place
    shin: str
    thigh: str
    lower: str


class Arm(NamedTuple):
    """An arm whose hand lies on keys `keys` above the seat."""

    keys: float
    elbow: Place
    hand: Place
    paths: str


class Sitter(NamedTuple):
    """All parts. The trunk carries the head; limbs come in several postures, far (left) and near (right) in step."""

    eye: Place
    back: tuple[Place, ...]
    trunk: str
    near_legs: tuple[Leg, ...]
    far_legs: tuple[Leg, ...]
    near_arms: tuple[Arm, ...]
    far_arms: tuple[Arm, ...]


def packed(sitter: Sitter) -> bytes:
    """The bytes of the committed file: the same drawing always gives the same bytes."""
    return zlib.compress(json.dumps(sitter, separators=(",", ":")).encode(), 9)


@lru_cache(maxsize=1)
def sitter() -> Sitter:
    """The committed drawing."""
    eye, back, trunk, *limbs = json.loads(zlib.decompress(DRAWING.read_bytes()))
    near_legs, far_legs, near_arms, far_arms = limbs
    return Sitter(
        _place(eye),
        tuple(_place(one) for one in back),
        trunk,
        tuple(_leg(*one) for one in near_legs),
        tuple(_leg(*one) for one in far_legs),
        tuple(_arm(*one) for one in near_arms),
        tuple(_arm(*one) for one in far_arms),
    )


def _place(numbers: list[float]) -> Place:
    return numbers[0], numbers[1]


def _leg(seat: float, knee: Any, heel: Any, toe: Any, shin: str, thigh: str, lower: str) -> Leg:
    return Leg(seat, _place(knee), _place(heel), _place(toe), shin, thigh, lower)


def _arm(keys: float, elbow: Any, hand: Any, paths: str) -> Arm:
    return Arm(keys, _place(elbow), _place(hand), paths)
