"""The shapes of a hand: flat, spread, relaxed, or a fist that may hold something.

Points of a hand are written as (along, across, out) from the wrist, in cm: along the fingers, across to the thumb's
side, and out of the palm.
"""

from collections.abc import Sequence
from typing import NamedTuple

Station = tuple[float, float, float, float]
"""A point of the hand (along, across, out) and the radius there, in cm."""


class HandShape(NamedTuple):
    """The stations of the four fingers, index finger first, and those of the thumb.

    Those of a finger are the wrist, its knuckle, its two other joints, and its tip.
    """

    fingers: tuple[tuple[Station, ...], ...]
    thumb: tuple[Station, ...]
    is_closed: bool


KNUCKLES = ((7.9, 2.5), (8.3, 0.85), (8.0, -0.8), (7.3, -2.35))
"""Where the knuckles of an open hand lie, along and across."""


def _open_hand(reaches: Sequence[float], across: Sequence[float], curl: float, thumb: tuple[Station, ...]) -> HandShape:
    """Return a hand with straight fingers, or fingers that curl a little to the palm.

    `reaches` and `across` say where their tips lie.
    """
    fingers = []
    for (along, root), reach, tip in zip(KNUCKLES, reaches, across, strict=True):
        bones = reach - along
        fingers.append(
            (
                (0.0, root * 0.4, 0.0, 2.3),
                (along, root, -0.2, 1.6),
                (along + bones * 0.47, root + (tip - root) * 0.5, curl * 0.2 - 0.4, 1.15),
                (along + bones * 0.77, root + (tip - root) * 0.8, curl * 0.6 - 0.2, 1.0),
                (reach, tip, curl, 0.85),
            )
        )
    return HandShape(tuple(fingers), thumb, is_closed=False)


def _closed_hand() -> HandShape:
    """Return a fist, closed as far as something of a bar's size leaves room."""
    fingers = tuple(
        (
            (0.0, offset * 0.4, 0.0, 2.3),
            (7.0 + longer * 0.6, offset, -0.8, 1.65),
            (9.0 + longer, offset * 0.98, 1.5, 1.3),
            (7.8 + longer * 0.8, offset * 0.95, 3.7, 1.15),
            (5.4, offset * 0.92, 3.9, 1.05),
        )
        for offset, longer in ((2.85, 0.2), (1.0, 0.6), (-0.9, 0.35), (-2.7, -0.3))
    )
    return HandShape(fingers, ((2.2, 2.2, 0.8, 1.75), (5.0, 3.9, 2.9, 1.25), (6.2, 1.3, 5.5, 1.0)), is_closed=True)


RESTING_THUMB = ((2.0, 1.5, 0.3, 1.9), (5.2, 4.1, 0.9, 1.35), (8.6, 5.4, 1.3, 1.0))
HAND_SHAPES = {
    "flat": _open_hand((15.3, 16.5, 15.7, 13.1), (4.2, 1.4, -1.5, -4.3), 0.2, RESTING_THUMB),
    "spread": _open_hand(
        (14.9, 16.2, 15.2, 12.8),
        (5.6, 1.9, -1.9, -5.6),
        0.0,
        ((2.0, 1.5, 0.3, 1.9), (4.8, 4.9, 0.5, 1.4), (7.4, 7.6, 0.6, 1.1)),
    ),
    "relax": _open_hand((14.4, 15.5, 14.7, 12.6), (3.2, 1.1, -1.05, -3.1), 1.5, RESTING_THUMB),
    "fist": _closed_hand(),
}
"""The shapes of a hand by the word of the pose file."""
