"""Icons: a drawing made so simple that it is still read 32 to 96 pixels wide."""

import re

from app.figures.palette import CLASS_PREFIX

ICON_LINE_SCALE = 0.5
"""Outlines of an icon, which is 64 pixels wide, as a part of those of a picture 400 pixels wide: thrice as thick."""
LEFT_OUT = ("floor", r"mat\d?", "mouth", "crease", "brow", "strand", "eye", "fold", "seam")
"""Classes of what would blur or be lost: shadow, mat, and the thin lines of face, hair, hands, feet and clothes."""
SMALL_PATH = re.compile(rf'<path class="{CLASS_PREFIX}(?:{"|".join(LEFT_OUT)})"[^>]*/>')
ROD_WIDTH = re.compile(rf'(<path class="{CLASS_PREFIX}rod [^"]*" stroke-width=")(\d+)')
"""A band, stick or tube, up to its width, and the width."""
ROD_FACTOR = 1.5
"""By which rods are wider than they are."""


def simplify_drawing(body: str) -> str:
    """Return the paths of a still drawing without those that an icon does not show, and with wider rods."""
    return ROD_WIDTH.sub(lambda rod: f"{rod[1]}{float(rod[2]) * ROD_FACTOR:.0f}", SMALL_PATH.sub("", body))
