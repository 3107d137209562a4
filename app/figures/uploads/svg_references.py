"""References inside an uploaded drawing: each leads to an element of it, and together they draw a bounded number."""

from collections.abc import Mapping
from typing import Final

from app.figures.uploads.picture_limits import MAX_DRAWN_ELEMENTS, MAX_REFERENCE_DEPTH, InvalidPicture
from app.figures.uploads.svg_cleaning import CleanElement
from app.figures.uploads.svg_names import SHAPES
from app.figures.uploads.svg_values import NUMBER

MARKER_ATTRIBUTES: Final = frozenset({"marker-start", "marker-mid", "marker-end"})
LAYER_ATTRIBUTES: Final = frozenset({"clip-path", "mask", "opacity"})
"""Attributes for which an element is drawn on a surface of its own, as large as the picture."""
LAYER_WEIGHT: Final = 100
"""A surface takes as long as so many elements."""
REPEATED: Final = (
    "too much to draw: nothing may refer to itself; repeat less, and flatten opacities, masks and clip paths"
)


class DrawnElements:
    """Counts the elements that are drawn, each as often as something refers to it."""

    def __init__(self, elements: Mapping[str, CleanElement]) -> None:
        self._elements = elements
        self._counts: dict[int, int] = {}
        self._open: set[int] = set()

    def count(self, element: CleanElement) -> int:
        """Return the number of elements that are drawn for one. Raises `InvalidPicture` for a circle or too many."""
        key = id(element)
        if key in self._open or len(self._open) > MAX_REFERENCE_DEPTH:
            raise InvalidPicture(REPEATED, element.line)
        if key not in self._counts:
            self._open.add(key)
            self._counts[key] = self._add_up(element)
            self._open.remove(key)
        return self._counts[key]

    def _add_up(self, element: CleanElement) -> int:
        total = LAYER_WEIGHT if LAYER_ATTRIBUTES & element.attributes.keys() else 1
        total += sum(map(self.count, element.children))
        for name, target in element.references():
            times = count_points(element) if name == "marker-mid" else 1
            total += times * self.count(self._elements[target])
        if total > MAX_DRAWN_ELEMENTS:
            raise InvalidPicture(REPEATED, element.line)
        return total


def count_points(element: CleanElement) -> int:
    """Return how many points a shape has at most, at each of which a marker may be drawn."""
    return 1 + len(NUMBER.findall(element.attributes.get("d", "") + element.attributes.get("points", "")))


def check_references(root: CleanElement) -> dict[str, CleanElement]:
    """Return the elements that others refer to, by id. Raises `InvalidPicture` for a reference that leads nowhere."""
    elements: dict[str, CleanElement] = {}
    for element in root.walk():
        if element.element_id is not None:
            elements.setdefault(element.element_id, element)
        if element.name not in SHAPES and MARKER_ATTRIBUTES & element.attributes.keys():
            raise InvalidPicture("markers are taken on shapes alone, not on groups", element.line)
    used: dict[str, CleanElement] = {}
    for element in root.walk():
        for name, target in element.references():
            if target not in elements:
                raise InvalidPicture(f"{name} refers to what is not in the drawing, or is not taken", element.line)
            used[target] = elements[target]
    DrawnElements(elements).count(root)
    return used
