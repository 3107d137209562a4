"""Reads an uploaded drawing as a tree of elements, within limits, and without anything that XML can load or repeat."""

from collections.abc import Iterator
from typing import Final, NamedTuple, NoReturn
from xml.parsers import expat

from app.figures.uploads.picture_limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, InvalidPicture

SEPARATOR: Final = " "
"""Stands between the namespace and the name of an element or attribute; no namespace has a blank."""
GZIP_START: Final = b"\x1f\x8b"


class SvgElement(NamedTuple):
    """An element as it was written. Names have their namespace and a blank before them, where there is one."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["SvgElement"]
    texts: list[str]

    def walk(self) -> Iterator["SvgElement"]:
        """Yield this element and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_svg(content: bytes) -> SvgElement:
    """Return the root of a drawing. Raises `InvalidPicture` where it cannot be read, or is too large."""
    if content.startswith(GZIP_START):
        raise InvalidPicture("compressed drawings are not taken: send plain SVG")
    reader = _TreeReader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InvalidPicture(f"not XML: {expat.ErrorString(error.code)}", error.lineno) from None
    except (LookupError, ValueError) as error:  # of the encoding that it names
        if isinstance(error, InvalidPicture):
            raise
        raise InvalidPicture("the encoding is not known: send UTF-8") from None
    assert reader.root is not None  # a document without a root is not XML
    return reader.root


class _TreeReader:
    """Builds the tree while the parser reads."""

    def __init__(self) -> None:
        self.root: SvgElement | None = None
        self._open: list[SvgElement] = []
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.StartDoctypeDeclHandler = self._check_document_type
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.SkippedEntityHandler = self._refuse_entity
        self.parser.ExternalEntityRefHandler = self._refuse_entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise InvalidPicture(f"the drawing has more than {MAX_ELEMENTS} elements", line)
        if len(self._open) >= MAX_DEPTH:
            raise InvalidPicture(f"more than {MAX_DEPTH} elements are inside each other: ungroup some", line)
        if len(attributes) > MAX_ATTRIBUTES:
            raise InvalidPicture(f"an element has more than {MAX_ATTRIBUTES} attributes", line)
        element = SvgElement(name, attributes, line, [], [])
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _add_text(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _check_document_type(
        self, _name: str, _system: str | None, _public: str | None, has_declarations: bool
    ) -> None:
        """Let the line pass that names SVG 1.1; nothing is loaded for it."""
        if has_declarations:
            self._refuse_entity()

    def _refuse_entity(self, *_: object) -> NoReturn:
        raise InvalidPicture("entities are not taken: export as plain SVG", self.parser.CurrentLineNumber)
