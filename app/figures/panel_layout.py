"""Two drawings in one picture, start and end: beside each other or one above the other, as large as they can be.

Both have one scale. Beside each other they stand on one line, with a word below each; drawings that are cut off at the
lower edge of the picture have it above. One above the other they keep their distance from the left edge.
"""

from typing import Literal, NamedTuple

from app.figures.frames import FrameCanvas, PicturePlacement, is_cut_off
from app.figures.lettering import ASCENDER_HEIGHT, measure_words
from app.figures.rectangle import Rectangle, unite_rectangles

LabelSide = Literal["above", "below", "left"]
PANEL_MARGIN_PX = 10.0
"""What stays empty at each edge of a picture of two drawings."""
PANEL_GAP_PX = 14.0
"""What stays empty between two drawings, at least."""
MAX_PANEL_ZOOM = 1.25
"""One of two drawings is larger than in its stored picture by this factor at most."""
STACKING_GAIN = 1.1
"""Drawings stand one above the other where that makes them larger than beside each other by this factor."""
UNITS_PER_PIXEL = 10
"""Drawing units to a pixel of a picture."""
LABEL_SIZE = 15.0
"""Size of the words of panels: their small letters are 7.5 pixels high, 6 in a picture 320 pixels wide."""
LABEL_HEIGHT_PX = ASCENDER_HEIGHT * LABEL_SIZE / UNITS_PER_PIXEL
"""Height of a word of panels."""
LABEL_GAP_PX = 8.0
"""Room between a word and its drawing."""
LABEL_ROOM_PX = LABEL_GAP_PX + LABEL_HEIGHT_PX
"""What a word takes above or below its drawing."""


class PanelLabel(NamedTuple):
    """A word of a panel: the word, on which side of the drawing it stands, and the point there in its middle."""

    word: str
    side: LabelSide
    x: float
    y: float

    @property
    def width(self) -> float:
        """Width in pixels."""
        return measure_words(self.word, LABEL_SIZE) / UNITS_PER_PIXEL


class Panel(NamedTuple):
    """One of two drawings: what it shows whole, on the stored canvas, the middle of what it stands on, and its word."""

    box: Rectangle
    middle: float
    word: str


class PlacedPanel(NamedTuple):
    """Where one of two drawings lies, the area that it has for itself, and its word."""

    placement: PicturePlacement
    area: Rectangle
    label: PanelLabel


def place_panels(panels: list[Panel], canvas: FrameCanvas, continuation_px: float) -> list[PlacedPanel]:
    """Return start and end as large as they can be.

    `continuation_px` is how much may be shown of what lies below the stored canvas, where drawings are cut off.
    """
    box = unite_rectangles([panel.box for panel in panels])
    if is_cut_off(box):
        return _place_cut_off(panels, box, canvas, continuation_px)
    beside = _place_beside(panels, box, canvas)
    stacked = max(
        (stack(panels, box, canvas) for stack in (_stack_with_words_beside, _stack_with_words_above)), key=_read_zoom
    )
    return stacked if _read_zoom(stacked) > STACKING_GAIN * _read_zoom(beside) else beside


def _read_zoom(placed: list[PlacedPanel]) -> float:
    return placed[0].placement.zoom


def _place_beside(panels: list[Panel], box: Rectangle, canvas: FrameCanvas) -> list[PlacedPanel]:
    """Return the drawings on one line, in the middle of the picture, with a word below each."""
    zoom = _fit_beside(panels, (canvas.height - 2 * PANEL_MARGIN_PX - LABEL_ROOM_PX) / box.height, canvas)
    top = (canvas.height - zoom * box.height - LABEL_ROOM_PX) / 2
    return _line_up(panels, canvas, PicturePlacement(zoom, 0, top - zoom * box.top), box, "below")


def _place_cut_off(
    panels: list[Panel], box: Rectangle, canvas: FrameCanvas, continuation_px: float
) -> list[PlacedPanel]:
    """Return drawings that go on below the picture, with a word above each: of low ones, more is shown."""
    zoom = _fit_beside(panels, (canvas.height - PANEL_MARGIN_PX - LABEL_ROOM_PX) / box.height, canvas)
    free = canvas.height - PANEL_MARGIN_PX - LABEL_ROOM_PX - zoom * box.height
    rise = min(free, zoom * continuation_px)
    shown = box._replace(bottom=box.bottom + rise / zoom)
    return _line_up(panels, canvas, PicturePlacement(zoom, 0, canvas.height - zoom * shown.bottom), shown, "above")


def _fit_beside(panels: list[Panel], max_zoom: float, canvas: FrameCanvas) -> float:
    """Return the zoom at which drawings have room beside each other; that of their height is given."""
    width = canvas.width - 2 * PANEL_MARGIN_PX - PANEL_GAP_PX
    return min(width / sum(panel.box.width for panel in panels), max_zoom, MAX_PANEL_ZOOM)


def _line_up(
    panels: list[Panel], canvas: FrameCanvas, placement: PicturePlacement, box: Rectangle, side: LabelSide
) -> list[PlacedPanel]:
    """Return drawings with the same room left of, between and right of them; `box` is what both take in height."""
    zoom, shown = placement.zoom, placement.place(box)
    free = canvas.width - zoom * sum(panel.box.width for panel in panels)
    # Narrow drawings stay a pair: between them is no more room than beside them, at each side.
    room, placed = free / (len(panels) + 1), []
    left = room
    for panel in panels:
        area = Rectangle(left, shown.top, left + zoom * panel.box.width, shown.bottom)
        panel_placement = placement._replace(x=left - zoom * panel.box.left)
        y = area.bottom if side == "below" else area.top
        placed.append(
            PlacedPanel(panel_placement, area, PanelLabel(panel.word, side, panel_placement.x + zoom * panel.middle, y))
        )
        left = area.right + room
    return placed


def _stack_with_words_beside(panels: list[Panel], box: Rectangle, canvas: FrameCanvas) -> list[PlacedPanel]:
    """Return one drawing above the other, with a word left of each."""
    words = LABEL_GAP_PX + max(PanelLabel(panel.word, "left", 0, 0).width for panel in panels)
    zoom = _fit_stacked(panels, canvas.width - words, canvas.height, box)
    left = (canvas.width - words - zoom * box.width) / 2 + words
    return _stack(panels, canvas, PicturePlacement(zoom, left - zoom * box.left, 0), box, "left")


def _stack_with_words_above(panels: list[Panel], box: Rectangle, canvas: FrameCanvas) -> list[PlacedPanel]:
    """Return one drawing above the other, with a word above each."""
    zoom = _fit_stacked(panels, canvas.width, canvas.height - len(panels) * LABEL_ROOM_PX, box)
    left = (canvas.width - zoom * box.width) / 2
    return _stack(panels, canvas, PicturePlacement(zoom, left - zoom * box.left, 0), box, "above")


def _fit_stacked(panels: list[Panel], width: float, height: float, box: Rectangle) -> float:
    """Return the zoom at which drawings have room one above the other."""
    free = height - 2 * PANEL_MARGIN_PX - PANEL_GAP_PX
    zooms = (width - 2 * PANEL_MARGIN_PX) / box.width, free / sum(panel.box.height for panel in panels)
    return min(*zooms, MAX_PANEL_ZOOM)


def _stack(
    panels: list[Panel], canvas: FrameCanvas, placement: PicturePlacement, box: Rectangle, side: LabelSide
) -> list[PlacedPanel]:
    """Return drawings with the same room above, between and below them; `box` is what both take in width."""
    zoom, shown = placement.zoom, placement.place(box)
    above = LABEL_ROOM_PX if side == "above" else 0.0
    free = canvas.height - sum(zoom * panel.box.height + above for panel in panels)
    room, placed = free / (len(panels) + 1), []
    top = room
    for panel in panels:
        area = Rectangle(shown.left, top + above, shown.right, top + above + zoom * panel.box.height)
        panel_placement = placement._replace(y=area.top - zoom * panel.box.top)
        x, y = (
            ((area.left + area.right) / 2, area.top) if side == "above" else (area.left, (area.top + area.bottom) / 2)
        )
        placed.append(PlacedPanel(panel_placement, area, PanelLabel(panel.word, side, x, y)))
        top = area.bottom + room
    return placed


def find_label_box(label: PanelLabel) -> Rectangle:
    """Return what a word takes of the picture, from its ascenders to its baseline."""
    if label.side == "left":
        right, middle = label.x - LABEL_GAP_PX, label.y
        return Rectangle(right - label.width, middle - LABEL_HEIGHT_PX / 2, right, middle + LABEL_HEIGHT_PX / 2)
    bottom = label.y - LABEL_GAP_PX if label.side == "above" else label.y + LABEL_ROOM_PX
    return Rectangle(label.x - label.width / 2, bottom - LABEL_HEIGHT_PX, label.x + label.width / 2, bottom)
