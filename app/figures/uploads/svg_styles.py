"""Style sheets and `style` attributes of an uploaded drawing, as drawing programs write them.

They are read into declarations, which become attributes: the result has no style sheet. Apps that show no style
sheets show it too, and no page is painted by it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, Self

from app.figures.uploads.picture_limits import MAX_STYLE_RULES, InvalidPicture

SELECTOR: Final = re.compile(r"(?P<element>[A-Za-z]+|\*)?(?P<conditions>(?:[.#][A-Za-z_][\w\-]*)*)")
CONDITION: Final = re.compile(r"([.#])([A-Za-z_][\w\-]*)")
PLAIN_SHEETS: Final = "only plain style sheets are taken, such as .a{fill:red}: export with presentation attributes"

Declarations = dict[str, str]
"""The value of each property; of several the last one."""


class StyleRule(NamedTuple):
    """A selector with its declarations. Greater rules win over smaller ones: by ids, classes, element, order."""

    id_count: int
    class_count: int
    element_count: int
    block_number: int
    element: str | None
    ids: frozenset[str]
    classes: frozenset[str]
    declarations: Declarations

    @classmethod
    def read(cls, selector: str, declarations: Declarations, block_number: int) -> Self | None:
        """Return the rule of one selector; None where it is not a plain one."""
        found = SELECTOR.fullmatch(selector.strip())
        if found is None or not found[0]:
            return None
        conditions = CONDITION.findall(found["conditions"])
        ids, classes = (frozenset(name for mark, name in conditions if mark == kind) for kind in "#.")
        element = found["element"] if found["element"] != "*" else None
        return cls(len(ids), len(classes), int(element is not None), block_number, element, ids, classes, declarations)

    def matches(self, element: str, element_id: str | None, classes: frozenset[str]) -> bool:
        """Whether the rule is for an element."""
        return self.element in (None, element) and self.ids <= {element_id} and self.classes <= classes


def read_style_sheet(text: str) -> list[StyleRule]:
    """Return the rules of a style sheet, the strongest last. Raises `InvalidPicture` for what is not plain."""
    *blocks, rest = _remove_comments(text.replace("<!--", " ").replace("-->", " ")).split("}")
    if rest.strip():
        raise InvalidPicture(PLAIN_SHEETS)
    rules = [rule for number, block in enumerate(blocks) for rule in _read_block(block, number)]
    if len(rules) > MAX_STYLE_RULES:
        raise InvalidPicture(f"style sheets have more than {MAX_STYLE_RULES} rules")
    return sorted(rules, key=lambda rule: rule[:4])


def _read_block(block: str, block_number: int) -> Iterator[StyleRule]:
    """Yield the rules of one block, without its closing brace. At-rules have no plain selector, or further braces."""
    selectors, brace, body = block.partition("{")
    if not brace or "{" in body:
        raise InvalidPicture(PLAIN_SHEETS)
    declarations = read_declarations(body)
    for selector in selectors.split(","):
        rule = StyleRule.read(selector, declarations, block_number)
        if rule is None:
            raise InvalidPicture(PLAIN_SHEETS)
        yield rule


def _remove_comments(text: str) -> str:
    """Return a text without its comments. Not a regular expression: that would take long for many that never end."""
    beginning, *parts = text.split("/*")
    kept = [beginning]
    for part in parts:
        _, end, after = part.partition("*/")
        kept.append(after if end else "")
    return " ".join(kept)


def read_declarations(text: str) -> Declarations:
    """Return the declarations of a `style` attribute or of a rule, as they are written.

    Colours of wider ranges, `color(display-p3 ...)`, stand after the usual ones for readers that know them: left out.
    """
    declarations: Declarations = {}
    for declaration in _remove_comments(text).split(";"):
        name, separator, value = declaration.partition(":")
        value = value.partition("!")[0].strip()  # what stands after it can only be `important`
        if separator and not value.startswith("color("):
            declarations[name.strip()] = value
    return declarations


def cascade(rules: Iterable[StyleRule], element: str, attributes: Mapping[str, str]) -> Iterator[Declarations]:
    """Yield the declarations for an element, the strongest last: those of its rules, then those of its `style`."""
    classes = frozenset(attributes.get("class", "").split())
    for rule in rules:
        if rule.matches(element, attributes.get("id"), classes):
            yield rule.declarations
    if "style" in attributes:
        yield read_declarations(attributes["style"])
