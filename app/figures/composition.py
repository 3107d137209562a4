"""Composes a picture from a stored drawing: its frame, one drawing or start and end beside each other, and overlays."""

import math
import re
from html import escape
from typing import NamedTuple

from app.figures.frames import (
    AS_STORED,
    CANVASES,
    END,
    STORED_CANVAS,
    FrameCanvas,
    PicturePlacement,
    write_card,
    write_group,
    write_opening,
)
from app.figures.icons import ICON_LINE_SCALE, simplify_drawing
from app.figures.lettering import write_words
from app.figures.mirroring import swap_sides
from app.figures.motion_document import STILL_GROUP
from app.figures.muscle_picture import colour_muscles, make_muscle_map, name_muscles
from app.figures.muscle_place import COLUMN_PX, Columns, find_place
from app.figures.palette import CLASS_PREFIX
from app.figures.panel_layout import LABEL_SIZE, UNITS_PER_PIXEL, PanelLabel, find_label_box
from app.figures.picture_layout import Asset, Part, list_parts
from app.figures.picture_options import PictureLook
from app.figures.rectangle import Rectangle

DESCRIPTION = re.compile("<desc>([^<]*)</desc>")


class ComposedPicture(NamedTuple):
    """A document with classes in place of colours, and the factor of its outlines, which are not enlarged with it."""

    document: str
    line_scale: float


def compose_picture(asset: Asset, phase: str, look: PictureLook, is_mirrored: bool) -> ComposedPicture:
    """Return a picture of a stored drawing. Raises KeyError for an unknown phase."""
    is_icon = look.frame == "icon"
    if is_icon and phase == "both":
        phase = asset["about"]["icon"]
    has_map, muscle_map = bool(look.muscles) and not is_icon, ""
    parts = list_parts(asset, phase, look.frame, has_map)
    if has_map:
        parts, muscle_map = _add_muscle_map(asset, parts, look, is_mirrored)
    groups = [_write_part(asset, part, look, is_mirrored) for part in parts]
    groups += [_write_label(label) for part in parts if (label := _find_label(part, is_mirrored))]
    zoom = parts[0].placement.zoom
    document = f"{_write_head(asset, phase, look, is_mirrored)}{muscle_map}{''.join(groups)}</svg>"
    return ComposedPicture(document, ICON_LINE_SCALE / zoom if is_icon else 1 / zoom)


def _write_head(asset: Asset, phase: str, look: PictureLook, is_mirrored: bool) -> str:
    """Return what stands before the drawing: opening tag, title, description, and the card."""
    canvas, head = CANVASES[look.frame], _split_document(asset["documents"][phase])[0]
    card = write_card(canvas) if look.background == "theme" else ""
    head = head.replace(write_opening(STORED_CANVAS), write_opening(canvas), 1)
    head = head.replace(write_card(STORED_CANVAS), card, 1)
    muscles = f" {escape(name_muscles(asset, look.muscles, is_mirrored))}" if look.muscles else ""

    def write_description(found: re.Match[str]) -> str:
        return f"<desc>{swap_sides(found[1]) if is_mirrored else found[1]}{muscles}</desc>"

    return DESCRIPTION.sub(write_description, head, count=1)


def _write_part(asset: Asset, part: Part, look: PictureLook, is_mirrored: bool) -> str:
    """Return the group of one drawing with its overlays."""
    document = colour_muscles(asset["documents"][part.phase], asset, part.phase, look.muscles)
    body = _split_document(document)[1]
    if look.frame == "icon":
        body = simplify_drawing(body)
    elif part.has_arrows:
        body += asset["arrows"]["both"]
    if look.spine:
        body = _lay_spine_over(asset, body, part.phase)
    return f"{write_group(part.placement, part.area.left + part.area.right if is_mirrored else None)}{body}</g>"


def _split_document(document: str) -> tuple[str, str]:
    """Return what stands before the group of a stored drawing, and what is in it."""
    head, body = document.split(write_group(AS_STORED), maxsplit=1)
    return head, body.removesuffix(END)


def _lay_spine_over(asset: Asset, body: str, phase: str) -> str:
    """Return a drawing with the line of the spine over everything."""
    spines: dict[str, str] = asset["spine"]
    if phase != "animated":
        return body + spines["start" if phase == "start" else "end"]
    # The moving line ends the moving group; the still one ends the stand-in for readers who prefer reduced motion.
    moving, still = (group.removesuffix("</g>") for group in body.split(STILL_GROUP, maxsplit=1))
    return f"{moving}{spines['animated']}</g>{STILL_GROUP}{still}{spines['end']}</g>"


def _write_label(label: PanelLabel) -> str:
    """Return the word of a panel, as lines."""
    left, _, _, bottom = find_label_box(label)
    data = write_words(label.word, left * UNITS_PER_PIXEL, bottom * UNITS_PER_PIXEL, LABEL_SIZE)
    return f'<g transform="scale(.1)"><path class="{CLASS_PREFIX}lettering" d="{data}"/></g>'


def _find_label(part: Part, is_mirrored: bool) -> PanelLabel | None:
    """Return the word of a panel; above or below a mirrored drawing it is moved with its person."""
    label = part.label
    if label is None or label.side == "left" or not is_mirrored:
        return label
    return label._replace(x=part.area.left + part.area.right - label.x)


def _add_muscle_map(asset: Asset, parts: list[Part], look: PictureLook, is_mirrored: bool) -> tuple[list[Part], str]:
    """Return the drawings with room for the map of the muscles, and the map."""
    canvas, legend = CANVASES[look.frame], make_muscle_map(asset, look.muscles, is_mirrored)
    columns = list_columns(asset, parts, canvas, is_mirrored)
    size = float(canvas.width), float(canvas.height)
    map_place = find_place(columns, legend.sizes_px, size, parts[0].phase == "animated")

    def make_room(part: Part) -> Part:
        shrinking = PicturePlacement(map_place.scale, map_place.shift_x, map_place.shift_y)
        zoom, x, y = part.placement
        left, top, _, _ = shrinking.place(Rectangle(x, y, x, y))
        label = part.label
        if label:
            x, y, _, _ = shrinking.place(Rectangle(label.x, label.y, label.x, label.y))
            label = label._replace(x=x, y=y)
        placement = PicturePlacement(zoom * map_place.scale, left, top)
        return part._replace(placement=placement, area=shrinking.place(part.area), label=label)

    return [make_room(part) for part in parts], legend.write(map_place)


def list_columns(asset: Asset, parts: list[Part], canvas: FrameCanvas, is_mirrored: bool) -> Columns:
    """Return the highest and lowest pixel that is drawn on in each column of a picture."""
    columns = [(canvas.height, 0)] * (canvas.width // COLUMN_PX)
    for box in _list_drawn_boxes(asset, parts, is_mirrored):
        first, stop = max(0, math.floor(box.left / COLUMN_PX)), min(len(columns), math.ceil(box.right / COLUMN_PX))
        for column in range(first, stop):
            top, bottom = columns[column]
            columns[column] = min(top, math.floor(box.top)), max(bottom, math.ceil(box.bottom))
    return tuple(columns)


def _list_drawn_boxes(asset: Asset, parts: list[Part], is_mirrored: bool) -> list[Rectangle]:
    """Return what is drawn on, as boxes: the columns of each stored drawing, and the labels."""
    boxes, stored = [], asset["muscles"]["columns"]
    for part in parts:
        edges = part.area.left + part.area.right
        names = [part.phase, "arrows"] if part.has_arrows and "arrows" in stored else [part.phase]
        for number, (top, bottom) in ((n, column) for name in names for n, column in enumerate(stored[name])):
            if bottom > top:
                box = part.placement.place(Rectangle(number * COLUMN_PX, top, (number + 1) * COLUMN_PX, bottom))
                boxes.append(box._replace(left=edges - box.right, right=edges - box.left) if is_mirrored else box)
    labels = (_find_label(part, is_mirrored) for part in parts)
    return boxes + [find_label_box(label) for label in labels if label]
