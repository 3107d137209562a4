"""Makes each element of an uploaded drawing into one that is allowed, with attributes in place of style sheets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app.figures.uploads.picture_limits import InvalidPicture
from app.figures.uploads.svg_names import (
    ACTIVE_CONTENT,
    ATTRIBUTES,
    ELEMENTS,
    INERT_DEFINITIONS,
    PROPERTIES,
    REFUSALS,
    REFUSED_PROPERTIES,
    SILENT_ELEMENTS,
    SVG_NAMESPACE,
    XLINK_NAMESPACE,
)
from app.figures.uploads.svg_styles import StyleRule, cascade, read_style_sheet
from app.figures.uploads.svg_tree import SEPARATOR, SvgElement
from app.figures.uploads.svg_values import InvalidValue, clean_value, find_reference

SVG_PREFIX: Final = SVG_NAMESPACE + SEPARATOR
XLINK_HREF: Final = f"{XLINK_NAMESPACE}{SEPARATOR}href"
EVENT_ATTRIBUTE: Final = "scripts are not taken: take the attributes out that begin with on"
INITIAL_VALUES: Final = frozenset({"none", "normal"})


class CleanElement(NamedTuple):
    """An element that may be shown: allowed names, attributes of known grammar, ids as they were written."""

    name: str
    element_id: str | None
    attributes: dict[str, str]
    children: list["CleanElement"]
    line: int

    def walk(self) -> Iterator["CleanElement"]:
        """Yield this element and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def references(self) -> Iterator[tuple[str, str]]:
        """Yield each attribute that refers to an element of the drawing, and the id of that element."""
        for name, value in self.attributes.items():
            reference = find_reference(ATTRIBUTES[name], value)
            if reference is not None:
                yield name, reference


def clean_drawing(root: SvgElement) -> CleanElement:
    """Return the drawing with nothing but what is allowed. Raises `InvalidPicture` for what cannot be left out."""
    if root.name != f"{SVG_PREFIX}svg":
        raise InvalidPicture(f'the outermost element must be <svg xmlns="{SVG_NAMESPACE}">', root.line)
    rules: list[StyleRule] = []
    for element in root.walk():
        if element.name == f"{SVG_PREFIX}style":
            rules += _read_styles(element)
    return CleanElement(
        "svg", None, _clean_attributes("svg", root, rules), list(_clean_children(root, rules)), root.line
    )


def _read_styles(element: SvgElement) -> list[StyleRule]:
    try:
        return read_style_sheet("".join(element.texts))
    except InvalidPicture as error:
        raise InvalidPicture(error.reason, element.line) from None


def _clean_children(parent: SvgElement, rules: Sequence[StyleRule]) -> Iterator[CleanElement]:
    """Yield the elements inside another that are kept. Those of other namespaces belong to drawing programs."""
    for element in parent.children:
        if not element.name.startswith(SVG_PREFIX):
            continue
        name = element.name.removeprefix(SVG_PREFIX)
        if name in SILENT_ELEMENTS or (name in INERT_DEFINITIONS and parent.name == f"{SVG_PREFIX}defs"):
            continue
        if name not in ELEMENTS or name == "svg":
            raise InvalidPicture(REFUSALS.get(name, ACTIVE_CONTENT), element.line)
        attributes = _clean_attributes(name, element, rules)
        if attributes.get("display") != "none":  # a hidden layer: nobody is to find it in the picture
            yield CleanElement(
                name, element.attributes.get("id"), attributes, list(_clean_children(element, rules)), element.line
            )


def _clean_attributes(name: str, element: SvgElement, rules: Sequence[StyleRule]) -> dict[str, str]:
    """Return the attributes that are kept, those of style sheets and of `style` among them."""
    written = dict(element.attributes)
    if any(attribute.lower().startswith("on") for attribute in written):
        raise InvalidPicture(EVENT_ATTRIBUTE, element.line)
    if XLINK_HREF in written:
        written.setdefault("href", written[XLINK_HREF])
    kept = dict(_clean_values(written, ATTRIBUTES, element.line))
    for declarations in cascade(rules, name, written):
        kept |= dict(_clean_values(declarations, PROPERTIES, element.line))
    if "marker" in kept:
        marker = kept.pop("marker")
        kept = {"marker-start": marker, "marker-mid": marker, "marker-end": marker} | kept
    return kept


def _clean_values(written: Mapping[str, str], known: Mapping[str, str], line: int) -> Iterator[tuple[str, str]]:
    """Yield the known attributes or properties, checked. Raises `InvalidPicture` for one that is not taken."""
    for name, value in written.items():
        if name in REFUSED_PROPERTIES and value.strip() not in INITIAL_VALUES:
            raise InvalidPicture(REFUSED_PROPERTIES[name], line)
        if name not in known:
            continue
        try:
            yield name, clean_value(ATTRIBUTES[name], value)
        except InvalidValue:
            advice = "only #id of this drawing" if name == "href" else "a plain value, or url(#id) of this drawing"
            raise InvalidPicture(f"the value of {name} is not taken: {advice}", line) from None
