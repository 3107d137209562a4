"""The seated figure of the workstation diagram, read from its committed drawing; needs no drawing library.

Points are millimetres of a body of `STATURE_MM`: x ahead of the hip, y above the seat. Paths have `UNITS_PER_MM`
drawing units to a millimetre, y downwards.
"""

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.figures.persons import DEFAULT_SITTING_PERSON, SITTING_PERSONS, SittingPerson

PARTS = Path(__file__).resolve().parent / "parts"
"""The folder of the committed drawings: each is zlib-compressed JSON of a `SeatedFigureParts`."""
STATURE_MM = 1800.0
"""Standing height of the body whose millimetres the points are."""
UNITS_PER_MM = 1.5
"""Drawing units to a millimetre. At this scale, the outlines of a figure 250 pixels high are as wide as those of the
exercises' drawings at a tenth of their units."""
PointMm = tuple[float, float]
"""x ahead of the hip and y above the seat, in millimetres."""


class LegParts(NamedTuple):
    """A leg whose hip rests on a seat `seat_height` mm above the soles.

    Draw `shin_paths` first, then `thigh_paths` over it, then `lower_paths` (shin, foot and shoe).
    """

    seat_height: float
    knee: PointMm
    heel: PointMm
    toe: PointMm
    shin_paths: str
    thigh_paths: str
    lower_paths: str


class ArmParts(NamedTuple):
    """An arm whose hand lies on keys `keyboard_height` mm above the seat."""

    keyboard_height: float
    elbow: PointMm
    hand: PointMm
    paths: str


class SeatedFigureParts(NamedTuple):
    """The trunk with the head, and every limb in several postures.

    `back` holds the rearmost points of the clothes, from the seat upwards. The near limbs are the right ones, the far
    limbs the left ones; near and far limbs of one index have the same posture.
    """

    eye: PointMm
    back: tuple[PointMm, ...]
    trunk_paths: str
    near_legs: tuple[LegParts, ...]
    far_legs: tuple[LegParts, ...]
    near_arms: tuple[ArmParts, ...]
    far_arms: tuple[ArmParts, ...]


def encode_seated_figure(parts: SeatedFigureParts) -> bytes:
    """Return the bytes of the committed file; equal parts give equal bytes."""
    return zlib.compress(json.dumps(parts, separators=(",", ":")).encode(), 9)


def locate_seated_figure(person: SittingPerson = DEFAULT_SITTING_PERSON) -> Path:
    """Return the path of the committed drawing of a person."""
    return PARTS / ("seated-figure.z" if person == DEFAULT_SITTING_PERSON else f"seated-figure-{person}.z")


@lru_cache(maxsize=len(SITTING_PERSONS))
def load_seated_figure(person: SittingPerson = DEFAULT_SITTING_PERSON) -> SeatedFigureParts:
    """Return the committed drawing of a person."""
    eye, back, trunk_paths, *limbs = json.loads(zlib.decompress(locate_seated_figure(person).read_bytes()))
    near_legs, far_legs, near_arms, far_arms = limbs
    return SeatedFigureParts(
        _as_point(eye),
        tuple(_as_point(point) for point in back),
        trunk_paths,
        tuple(_as_leg(*leg) for leg in near_legs),
        tuple(_as_leg(*leg) for leg in far_legs),
        tuple(_as_arm(*arm) for arm in near_arms),
        tuple(_as_arm(*arm) for arm in far_arms),
    )


def _as_point(numbers: list[float]) -> PointMm:
    return numbers[0], numbers[1]


def _as_leg(seat_height: float, knee: list[float], heel: list[float], toe: list[float], *paths: str) -> LegParts:
    return LegParts(seat_height, _as_point(knee), _as_point(heel), _as_point(toe), *paths)


def _as_arm(keyboard_height: float, elbow: list[float], hand: list[float], paths: str) -> ArmParts:
    return ArmParts(keyboard_height, _as_point(elbow), _as_point(hand), paths)
