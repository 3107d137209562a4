"""Makes an uploaded drawing harmless: what is not known to be safe gets no further.

The drawing is read into a tree and written anew from lists of elements, attributes and grammars of values; nothing of
the uploaded bytes is copied. What only drawing programs need is left out. What would change the picture, were it left
out, is refused with its line. svg-hush, which the tests ask for a second opinion, lets references to other files of
the same host pass, and bounds nothing: a drawing that it has filtered can still make a renderer read files.
"""

import hashlib
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from app.figures.uploads.picture_limits import MAX_STORED_BYTES, MAX_UPLOAD_BYTES, InvalidPicture
from app.figures.uploads.svg_cleaning import CleanElement, clean_drawing
from app.figures.uploads.svg_frame import BEGINNING, END, ViewBox, find_view_box, frame_drawing, resolve_percentage
from app.figures.uploads.svg_names import ATTRIBUTES
from app.figures.uploads.svg_references import check_references
from app.figures.uploads.svg_tree import read_svg
from app.figures.uploads.svg_values import find_reference

ID_DIGITS: Final = 8
"""Digits of the digest that begins all ids of a drawing: two drawings on one page share none."""
ROOT_ATTRIBUTES: Final = frozenset({"width", "height", "viewBox", "preserveAspectRatio", "x", "y", "overflow"})
"""Attributes of the outermost element that say where the drawing stands; the rest holds for what is inside it."""


def sanitise_svg(content: bytes) -> str:
    """Return a harmless drawing in the frame of all pictures, 400 to 300. Raises `InvalidPicture`.

    The same bytes give the same drawing, and a sanitised drawing stays as it is.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        raise InvalidPicture(f"larger than {MAX_UPLOAD_BYTES // 1024} kB")
    root = clean_drawing(read_svg(content))
    view = find_view_box(root)
    used = check_references(root)
    prefix = f"p{hashlib.sha256(content).hexdigest()[:ID_DIGITS]}"
    if content.startswith(BEGINNING.encode()):
        same_ids = _Writer(used, {old_id: old_id for old_id in used}, view)
        again = f"{BEGINNING}{''.join(map(same_ids.write, root.children))}{END}"
        if again.encode() == content:
            return again
    writer = _Writer(used, {old_id: f"{prefix}-{number}" for number, old_id in enumerate(used, start=1)}, view)
    inherited = {name: value for name, value in root.attributes.items() if name not in ROOT_ATTRIBUTES}
    group = f"<g{writer.write_attributes('g', inherited)}>{''.join(map(writer.write, root.children))}</g>"
    drawing = frame_drawing(group, view, prefix)
    if len(drawing) > MAX_STORED_BYTES:
        raise InvalidPicture(f"larger than {MAX_STORED_BYTES // 1024} kB without what is left out: simplify it")
    return drawing


class _Writer:
    """Writes elements as XML, with new ids for those to which something refers."""

    def __init__(self, used: Mapping[str, CleanElement], new_ids: Mapping[str, str], view: ViewBox) -> None:
        self._used, self._new_ids, self._view = used, new_ids, view

    def write(self, element: CleanElement) -> str:
        """Return an element, with all inside it."""
        old_id = element.element_id
        is_used = old_id is not None and self._used.get(old_id) is element
        name = f'{element.name} id="{self._new_ids[old_id]}"' if old_id and is_used else element.name
        start = name + self.write_attributes(element.name, element.attributes)
        inside = "".join(map(self.write, element.children))
        return f"<{start}>{inside}</{element.name}>" if inside else f"<{start}/>"

    def write_attributes(self, element: str, attributes: Mapping[str, str]) -> str:
        """Return the attributes of an element, each with a blank before it."""
        values = ((name, self._rewrite(element, name, value)) for name, value in attributes.items())
        return "".join(f" {name}={quoteattr(value)}" for name, value in values)

    def _rewrite(self, element: str, name: str, value: str) -> str:
        """Return a value with the new id to which it refers, and a length in place of a percentage."""
        value = resolve_percentage(element, name, value, self._view)
        old_id = find_reference(ATTRIBUTES[name], value)
        return value if old_id is None else value.replace(f"#{old_id}", f"#{self._new_ids[old_id]}", 1)
