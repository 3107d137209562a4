"""What a picture is made of: one stored drawing, or start and end, each placed as large as it can be."""

from typing import Any, NamedTuple

from app.figures.frames import AS_STORED, CANVASES, FrameCanvas, PicturePlacement, fit_box, is_cut_off
from app.figures.picture_options import Frame
from app.figures.rectangle import Rectangle, unite_rectangles

Asset = dict[str, dict[str, Any]]
"""The content of an asset file, see `app.figures.assets`."""
PANEL_PADDING_PX = 8.0
"""What stays empty at each edge of one of two panels."""
LABEL_ROOM_PX = 26.0
"""Height of the strip above a panel in which its label stands."""
MAX_PANEL_ZOOM = 1.0
"""A panel is no larger than the drawing in its stored picture."""
MAX_ADVANTAGES = {"ghost": 1.3, "panels": 1.55}
"""In a square or upright frame two panels are shown, unless a single drawing is larger by more than this factor.

A layout whose shadow tells much gives way to panels that are nearly as large; one whose shadow tells little stays.
"""


class Part(NamedTuple):
    """One drawing of a picture: its phase, its place, the area that it has for itself, and whether it has arrows."""

    phase: str
    placement: PicturePlacement
    area: Rectangle
    has_arrows: bool = False


def list_parts(asset: Asset, phase: str, frame: Frame, has_map: bool = False) -> list[Part]:
    """Return the drawings of a picture: one, or start and end.

    Beside a map of muscles, a square or upright picture has no room for two drawings.
    """
    canvas = CANVASES[frame]
    area = Rectangle(0, 0, canvas.width, canvas.height)
    placement = fit_box(find_box(asset, phase, frame), area, canvas.padding)
    single = Part(phase, AS_STORED if frame == "landscape" else placement, area, phase == "both")
    layout = asset["about"]["layout"]
    is_single = layout == "single" or (layout, frame) == ("ghost", "landscape") or (has_map and frame != "landscape")
    if phase != "both" or is_single:
        return [single]
    panels = _plan_panels(find_panel_box(asset), canvas)
    is_small = panels[0].placement.zoom * MAX_ADVANTAGES[layout] < single.placement.zoom
    return [single] if is_small and frame != "landscape" else panels


def find_box(asset: Asset, phase: str, frame: Frame) -> Rectangle:
    """Return the box of the stored drawing that a frame shows whole.

    Start and end have the same one, so that the person does not jump from one picture to the other.
    """
    bounds = {name: Rectangle(*values) for name, values in asset["bounds"].items()}
    if frame == "icon":
        return bounds[f"icon_{phase}"]
    if phase == "animated":
        return bounds["animated"]
    names = {"start", "end", "arrows"} if phase == "both" else {"start", "end"}
    return unite_rectangles([box for name, box in bounds.items() if name in names])


def find_panel_box(asset: Asset) -> Rectangle:
    """Return the box of the stored drawing that a panel shows whole: with the mat, over which no label should stand."""
    names = asset["bounds"].keys() & {"start", "end", "arrows", "backdrop"}
    return unite_rectangles([Rectangle(*asset["bounds"][name]) for name in sorted(names)])


def _plan_panels(box: Rectangle, canvas: FrameCanvas) -> list[Part]:
    """Return start and end beside each other, or start above end, whichever is larger."""
    half, middle = canvas.width / 2, canvas.height / 2
    beside = [Rectangle(0, 0, half, canvas.height), Rectangle(half, 0, canvas.width, canvas.height)]
    stacked = [Rectangle(0, 0, canvas.width, middle), Rectangle(0, middle, canvas.width, canvas.height)]
    # What goes on below the upper one of two drawings that are cut off would show behind the lower one.
    plans = [beside] if is_cut_off(box) else [beside, stacked]
    placed = [
        [
            Part(phase, _fit_panel(box, area), area, phase == "end")
            for phase, area in zip(("start", "end"), areas, strict=True)
        ]
        for areas in plans
    ]
    return max(placed, key=lambda parts: parts[0].placement.zoom)


def _fit_panel(box: Rectangle, area: Rectangle) -> PicturePlacement:
    free = area._replace(top=area.top + LABEL_ROOM_PX - PANEL_PADDING_PX)
    return fit_box(box, free, PANEL_PADDING_PX, MAX_PANEL_ZOOM)


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
