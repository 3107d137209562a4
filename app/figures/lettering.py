"""Words as lines: letters of one stroke width, drawn by us.

A picture of pixels has no fonts where it is rendered, and an Android VectorDrawable has no texts. The letters a to z
are designed on a grid: the baseline is y = 0, small letters are 5 high, y points down.
"""

import re
from typing import NamedTuple

LETTER_GAP, SPACE_WIDTH = 1.7, 3.0
"""Between two letters, and for a space, in units of the grid."""
ASCENDER_HEIGHT = 7.5
"""Height of letters with an ascender."""
NUMBER = re.compile(r"-?[\d.]+")
BOWL = "M2.5 -5C3.9 -5 5 -3.9 5 -2.5C5 -1.1 3.9 0 2.5 0C1.1 0 0 -1.1 0 -2.5C0 -3.9 1.1 -5 2.5 -5Z"
STEM = "M0 -5L0 0"
ARCH = "M0 -2.8C0 -4.2 1 -5 2.3 -5C3.6 -5 4.4 -4.2 4.4 -2.8L4.4 0"


class Letter(NamedTuple):
    """A letter: its width, and its strokes as path data."""

    width: float
    strokes: str


LETTERS: dict[str, Letter] = {
    "a": Letter(5, f"{BOWL}M5 -5L5 0"),
    "b": Letter(5, f"M0 -7.5L0 0{BOWL}"),
    "c": Letter(
        4.4, "M4.4 -4.1C3.9 -4.7 3.3 -5 2.5 -5C1.1 -5 0 -3.9 0 -2.5C0 -1.1 1.1 0 2.5 0C3.3 0 3.9 -0.3 4.4 -0.9"
    ),
    "d": Letter(5, f"{BOWL}M5 -7.5L5 0"),
    "e": Letter(5, "M0 -2.6L5 -2.6C5 -4 3.9 -5 2.5 -5C1.1 -5 0 -3.9 0 -2.5C0 -1.1 1.1 0 2.5 0C3.4 0 4.1 -0.4 4.6 -1.1"),
    "f": Letter(2.9, "M3 -7.4C1.8 -7.7 1.2 -7 1.2 -5.9L1.2 0M0 -5L2.8 -5"),
    "g": Letter(5, f"{BOWL}M5 -5L5 0C5 1.4 3.9 2.3 2.5 2.3C1.6 2.3 0.9 2 0.4 1.4"),
    "h": Letter(4.4, f"M0 -7.5L0 0{ARCH}"),
    "i": Letter(0, f"{STEM}M0 -7.2L0 -7"),
    "j": Letter(1, "M1 -5L1 1C1 2 0.5 2.4 -0.3 2.3M1 -7.2L1 -7"),
    "k": Letter(4.2, "M0 -7.5L0 0M4 -5L0 -1.9M1.5 -3L4.2 0"),
    "l": Letter(0, "M0 -7.5L0 0"),
    "m": Letter(
        7.2,
        f"{STEM}M0 -3C0 -4.3 0.8 -5 1.8 -5C2.9 -5 3.6 -4.3 3.6 -3L3.6 0"
        "M3.6 -3C3.6 -4.3 4.4 -5 5.4 -5C6.5 -5 7.2 -4.3 7.2 -3L7.2 0",
    ),
    "n": Letter(4.4, STEM + ARCH),
    "o": Letter(5, BOWL),
    "p": Letter(5, f"M0 -5L0 2.3{BOWL}"),
    "q": Letter(5, f"{BOWL}M5 -5L5 2.3"),
    "r": Letter(2.6, f"{STEM}M0 -2.6C0 -4.1 1 -5 2.6 -4.9"),
    "s": Letter(
        3.7,
        "M3.6 -4.2C3.2 -4.8 2.6 -5 1.9 -5C0.9 -5 0.2 -4.5 0.2 -3.7C0.2 -2.8 1 -2.6 1.9 -2.4"
        "C2.9 -2.2 3.7 -1.9 3.7 -1.1C3.7 -0.4 2.9 0 1.9 0C1.1 0 0.4 -0.3 0 -0.9",
    ),
    "t": Letter(3, "M1.2 -6.8L1.2 -1.5C1.2 -0.4 1.8 0 3 -0.1M0 -5L2.9 -5"),
    "u": Letter(4.4, "M0 -5L0 -2.2C0 -0.8 0.8 0 2.1 0C3.4 0 4.4 -0.8 4.4 -2.2M4.4 -5L4.4 0"),
    "v": Letter(4.4, "M0 -5L2.2 0L4.4 -5"),
    "w": Letter(6.8, "M0 -5L1.7 0L3.4 -4.6L5.1 0L6.8 -5"),
    "x": Letter(4, "M0 -5L4 0M4 -5L0 0"),
    "y": Letter(4.5, "M0 -5L2.3 -0.2M4.5 -5L1.7 1.5C1.4 2.2 0.9 2.4 0.2 2.3"),
    "z": Letter(4, "M0 -5L4 -5L0 0L4 0"),
}
"""All letters; a word is in small letters."""


def measure_words(text: str, size: float) -> float:
    """Return the width of words, where small letters are 5 * `size` high. Raises KeyError for an unknown letter."""
    widths = [SPACE_WIDTH if letter == " " else LETTERS[letter].width for letter in text]
    return (sum(widths) + LETTER_GAP * (len(widths) - 1)) * size


def write_words(text: str, x: float, y: float, size: float) -> str:
    """Return the path data of words that begin at x on the baseline y. Raises KeyError for an unknown letter."""
    data, at = "", x
    for letter in text:
        if letter == " ":
            at += (SPACE_WIDTH + LETTER_GAP) * size
            continue
        data += _place_strokes(LETTERS[letter].strokes, at, y, size)
        at += (LETTERS[letter].width + LETTER_GAP) * size
    return data


def _place_strokes(strokes: str, x: float, y: float, size: float) -> str:
    origins = (x, y)
    place = 0

    def move(found: re.Match[str]) -> str:
        nonlocal place
        value = origins[place % 2] + float(found[0]) * size
        place += 1
        return f"{value:.0f}"

    return NUMBER.sub(move, strokes)
