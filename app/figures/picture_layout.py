"""What a picture is made of: one stored drawing, or start and end, each placed as large as it can be."""

import math
from typing import Any, NamedTuple

from app.figures.frames import AS_STORED, CANVASES, STORED_CANVAS, FrameCanvas, PicturePlacement, fit_box, is_cut_off
from app.figures.muscle_place import COLUMN_PX
from app.figures.panel_layout import Panel, PanelLabel, place_panels
from app.figures.picture_options import Frame
from app.figures.rectangle import Rectangle, unite_rectangles
from app.figures.texts import FigureTexts
from app.texts.loader import load_texts

Asset = dict[str, dict[str, Any]]
"""The content of an asset file, see `app.figures.assets`."""
MAT_MARGIN_PX = 6.0
"""What stays empty at each edge of a landscape picture beyond a mat or a wall."""
PERSON_ROOM_PX = 6.0
"""What persons, things and arrows keep beyond that margin, on the stored canvas."""
MAX_LANDSCAPE_ZOOM = 1.25
"""A landscape picture enlarges a stored drawing by this factor at most."""
MIN_CUT_PX = 80.0
"""What at least of a drawing that is cut off stays below the picture: it ends at the knees, not at the ankles."""
MIN_POST_CUT_PX = 8.0
"""The same where the person is seen whole and only posts are cut off."""
MAX_ADVANTAGES: dict[Frame, dict[str, float]] = {
    "landscape": {"ghost": 1.05, "panels": math.inf},
    "square": {"ghost": 1.3, "panels": 1.55},
    "portrait": {"ghost": 1.3, "panels": 1.55},
}
"""Two drawings are shown, unless a single one is larger by more than this factor.

A layout whose shadow tells much gives way to two drawings that are nearly as large;
one whose shadow tells little stays.
"""
FOOTING_HEIGHT_PX = 45.0
"""What of a drawing is no higher than this above its lowest point carries the person: feet, legs of a chair, a mat."""
PANEL_PHASES = ("start", "end")
"""The phases of a picture of two drawings, in their order."""


class Part(NamedTuple):
    """One drawing of a picture: its phase, its place, its own area, whether it has arrows, and its word, if any."""

    phase: str
    placement: PicturePlacement
    area: Rectangle
    has_arrows: bool = False
    label: PanelLabel | None = None


def list_parts(asset: Asset, phase: str, frame: Frame, has_map: bool = False) -> list[Part]:
    """Return the drawings of a picture: one, or start and end.

    Beside a map of muscles there is no room for two drawings, but where a landscape picture has no other.
    """
    canvas, layout = CANVASES[frame], asset["about"]["layout"]
    area = Rectangle(0, 0, canvas.width, canvas.height)
    # A map of muscles makes its own room, from a drawing that leaves some.
    is_stored = frame == "landscape" and has_map
    placement = AS_STORED if is_stored else _place_alone(asset, phase, frame)
    single = Part(phase, placement, area, phase == "both")
    is_divided = not has_map or (layout, frame) == ("panels", "landscape")
    if phase != "both" or layout == "single" or not is_divided:
        return [single]
    panels = _plan_panels(asset, canvas)
    # A landscape picture that is cut off has been enlarged to show a small movement, which a ghost does best.
    is_close_up = frame == "landscape" and layout == "ghost" and is_cut_off(find_box(asset, phase, frame))
    is_small = panels[0].placement.zoom * MAX_ADVANTAGES[frame][layout] < single.placement.zoom
    return [single] if is_small or is_close_up else panels


def _place_alone(asset: Asset, phase: str, frame: Frame) -> PicturePlacement:
    """Return the placement of the only drawing of a picture."""
    canvas = CANVASES[frame]
    area, box = Rectangle(0, 0, canvas.width, canvas.height), find_box(asset, phase, frame)
    if frame == "landscape":
        return fit_box(box, area, MAT_MARGIN_PX, _measure_continuation(asset), MAX_LANDSCAPE_ZOOM)
    return fit_box(box, area, canvas.padding, _measure_continuation(asset))


def find_box(asset: Asset, phase: str, frame: Frame) -> Rectangle:
    """Return the box of the stored drawing that a frame shows whole.

    Start, end and motion have the same one, so that the person does not jump from one picture to the other.
    """
    bounds = {name: Rectangle(*values) for name, values in asset["bounds"].items()}
    if frame == "icon":
        return bounds[f"icon_{phase}"]
    if frame == "landscape":
        return _find_landscape_box(bounds)
    if phase != "both":
        return bounds["animated"]
    names = {"start", "end", "arrows"}
    return unite_rectangles([box for name, box in bounds.items() if name in names])


def _find_landscape_box(bounds: dict[str, Rectangle]) -> Rectangle:
    """Return what all landscape pictures of an exercise show whole: mat and wall, too, which may be nearer the edge."""
    left, top, right, bottom = unite_rectangles([bounds[name] for name in bounds.keys() & {"animated", "arrows"}])
    below = 0 if is_cut_off(bounds["animated"]) else PERSON_ROOM_PX
    person = Rectangle(left - PERSON_ROOM_PX, top - PERSON_ROOM_PX, right + PERSON_ROOM_PX, bottom + below)
    return unite_rectangles([person, bounds.get("backdrop", person)])


def find_panel_box(asset: Asset, phase: str) -> Rectangle:
    """Return the box of the stored drawing that a panel shows whole: with the mat, and the end with its arrows."""
    names = asset["bounds"].keys() & {phase, "backdrop", *(["arrows"] if phase == "end" else [])}
    return unite_rectangles([Rectangle(*asset["bounds"][name]) for name in sorted(names)])


def _plan_panels(asset: Asset, canvas: FrameCanvas) -> list[Part]:
    """Return start and end as two drawings."""
    words = load_texts(FigureTexts).phases
    panels = [Panel(find_panel_box(asset, phase), _find_footing(asset, phase), words[phase]) for phase in PANEL_PHASES]
    placed = place_panels(panels, canvas, _measure_continuation(asset))
    return [
        Part(phase, placement, area, phase == "end", label)
        for phase, (placement, area, label) in zip(PANEL_PHASES, placed, strict=True)
    ]


def _find_footing(asset: Asset, phase: str) -> float:
    """Return the middle of what a drawing stands on, in pixels from the left: a word stands there, not below an arm."""
    columns = asset["muscles"]["columns"][phase]
    lowest = max(bottom for top, bottom in columns if bottom > top)
    used = [place for place, (top, bottom) in enumerate(columns) if bottom > max(top, lowest - FOOTING_HEIGHT_PX)]
    return (used[0] + used[-1] + 1) / 2 * COLUMN_PX


def _measure_continuation(asset: Asset) -> float:
    """Return how many pixels may be shown of what lies below the stored canvas, where drawings are cut off."""
    columns = asset["muscles"]["columns"]
    lowest: float = min(max(bottom for top, bottom in columns[phase] if bottom > top) for phase in PANEL_PHASES)
    is_person_whole = not any(is_cut_off(Rectangle(*asset["bounds"][f"icon_{phase}"])) for phase in PANEL_PHASES)
    hidden_px = MIN_POST_CUT_PX if is_person_whole else MIN_CUT_PX
    return max(0.0, lowest - STORED_CANVAS.height - hidden_px)


def measure_filled(asset: Asset, phase: str, frame: Frame) -> float:
    """Return which share of a picture the box round person and things takes, 0 to 1; of two panels, both boxes."""
    canvas = CANVASES[frame]
    if frame == "icon" and phase == "both":
        phase = asset["about"]["icon"]
    shown = [_shown_box(asset, part, frame) for part in list_parts(asset, phase, frame)]
    return sum(box.width * box.height for box in shown) / (canvas.width * canvas.height)


def _shown_box(asset: Asset, part: Part, frame: Frame) -> Rectangle:
    """Return what the drawing of a part takes of its area, with the mat or wall as far as it is seen."""
    names = {"start", "end"} if part.phase == "both" else {part.phase}
    names |= {"arrows"} if part.has_arrows else set()
    names = {f"icon_{part.phase}"} if frame == "icon" else names | {"backdrop"}
    bounds = asset["bounds"]
    box, area = (
        part.placement.place(unite_rectangles([Rectangle(*bounds[name]) for name in names & bounds.keys()])),
        part.area,
    )
    return Rectangle(
        max(box.left, area.left), max(box.top, area.top), min(box.right, area.right), min(box.bottom, area.bottom)
    )
