"""The shapes of a picture, and how a drawing is placed in one: as large as it can be without losing a part.

Drawings are stored once, for the landscape canvas of 400 by 300 pixels, with the bounds of what they show. Every
shape moves and scales that drawing, so nothing is drawn twice.
"""

from typing import NamedTuple

from app.figures.palette import CLASS_PREFIX
from app.figures.picture_options import Frame
from app.figures.rectangle import Rectangle

MAX_ZOOM = 1.6
"""A small drawing is enlarged by this factor at most: a person who sits is not a giant beside one who stands."""
CUT_ROOM = 1e-6
"""Room below a drawing that is cut off at the edge of its picture."""


class FrameCanvas(NamedTuple):
    """A picture: its size, the radius of its corners, and what stays empty at each edge, in pixels."""

    width: int
    height: int
    corner: int
    padding: float


CANVASES: dict[Frame, FrameCanvas] = {
    "landscape": FrameCanvas(400, 300, 18, 16),
    "square": FrameCanvas(300, 300, 18, 10),
    "portrait": FrameCanvas(300, 400, 18, 10),
    "icon": FrameCanvas(64, 64, 12, 3),
}
"""The canvas of each frame."""
STORED_CANVAS = CANVASES["landscape"]
"""The canvas for which drawings are stored."""


class PicturePlacement(NamedTuple):
    """How a stored drawing comes into a picture: enlarged by `zoom`, then moved by `x` and `y` pixels."""

    zoom: float
    x: float
    y: float

    def place(self, box: Rectangle) -> Rectangle:
        """Return where a box of the stored drawing lies in the picture."""
        (left, top, right, bottom), zoom = box, self.zoom
        return Rectangle(left * zoom + self.x, top * zoom + self.y, right * zoom + self.x, bottom * zoom + self.y)


AS_STORED = PicturePlacement(1, 0, 0)
"""The placement of a drawing that is neither enlarged nor moved."""
END = "</g></svg>"
"""What every document ends with: the end of the drawing's group and of the document."""


def fit_box(
    box: Rectangle, area: Rectangle, padding: float, continuation_px: float = 0.0, max_zoom: float = MAX_ZOOM
) -> PicturePlacement:
    """Return the placement that shows a box of the stored drawing as large as it can be, in the middle of an area.

    `padding` pixels stay empty at each edge. A box that reaches to the lower edge of the stored canvas is cut off
    there: it reaches to that of the area, too. In a high area, up to `continuation_px` of what lies below are shown.
    """
    is_cut = is_cut_off(box)
    height = area.height - (padding if is_cut else 2 * padding)
    zoom = min((area.width - 2 * padding) / box.width, height / box.height, max_zoom)
    x = (area.left + area.right) / 2 - zoom * (box.left + box.right) / 2
    if is_cut:
        rise = min(height - zoom * box.height, zoom * continuation_px)
        return PicturePlacement(zoom, x, area.bottom - rise - zoom * box.bottom)
    return PicturePlacement(zoom, x, (area.top + area.bottom) / 2 - zoom * (box.top + box.bottom) / 2)


def is_cut_off(box: Rectangle) -> bool:
    """Return whether a drawing goes on below its picture."""
    return box.bottom > STORED_CANVAS.height - CUT_ROOM


def write_group(placement: PicturePlacement, mirror_sum: float | None = None) -> str:
    """Return the opening tag of the group that holds a drawing, whose units are tenths of a pixel.

    `mirror_sum` is the sum of the left and right edge between which the drawing is mirrored, if it is.
    """
    scale = _format(placement.zoom / 10)
    x, y = placement.x, placement.y
    if mirror_sum is not None:
        x, scale = mirror_sum - x, f"-{scale} {scale}"
    move = "" if (x, y) == (0, 0) else f"translate({_format(x)} {_format(y)})"
    return f'<g transform="{move}scale({scale})">'


def write_opening(canvas: FrameCanvas) -> str:
    """Return the opening tag of a document."""
    size = f'width="{canvas.width}" height="{canvas.height}" viewBox="0 0 {canvas.width} {canvas.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'


def write_card(canvas: FrameCanvas) -> str:
    """Return the card behind a drawing."""
    return f'<rect class="{CLASS_PREFIX}bg" width="{canvas.width}" height="{canvas.height}" rx="{canvas.corner}"/>'


def _format(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
