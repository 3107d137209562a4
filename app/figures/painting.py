"""Puts the colours of a theme into a stored drawing, whose shapes have classes in place of colours.

Colours are presentation attributes, because flutter_svg, react-native-svg and Android read no style sheet.
"""

import re
from functools import lru_cache

from app.figures.palette import CLASS_PREFIX, OUTLINE_CLASSES, STROKE_STYLES, build_motion_style, list_colour_rules
from app.figures.persons import USUAL_APPEARANCE, Appearance

STYLE_PLACEHOLDER = "<style/>"
"""Where a stored document takes its style element; a still drawing of the light or dark theme has none."""
ROOT_START = "<svg"
"""How a document begins: its root has the class by which the style sheet is that of this picture alone."""
CLASS_ATTRIBUTE = re.compile(rf'class="({CLASS_PREFIX}[^"]*)"')
"""The classes of a shape or group in a stored document."""
STROKE_WIDTH = re.compile(r'stroke-width="([\d.]+)"')


@lru_cache(maxsize=64)
def _list_presentation_attributes(theme: str, appearance: Appearance) -> dict[str, str]:
    """Return the presentation attributes of every class in the light or dark theme, for a person."""
    colours = list_colour_rules(theme, appearance)
    return {
        CLASS_PREFIX + name: _to_attributes(";".join(filter(None, (STROKE_STYLES.get(name), colours.get(name)))))
        for name in STROKE_STYLES | colours
    }


def _to_attributes(declarations: str) -> str:
    pairs = (declaration.split(":") for declaration in declarations.split(";"))
    return " ".join(f'{name}="{value}"' for name, value in pairs)


def _scale_outlines(attributes: dict[str, str], factor: float) -> dict[str, str]:
    """Return presentation attributes whose outlines are wider by a factor."""

    def scale(width: re.Match[str]) -> str:
        return f'stroke-width="{float(width[1]) * factor:.3g}"'

    return attributes | {
        name: STROKE_WIDTH.sub(scale, attributes[name]) for name in map(CLASS_PREFIX.__add__, OUTLINE_CLASSES)
    }


def paint_document(
    document: str, theme: str, name: str, line_scale: float = 1.0, appearance: Appearance = USUAL_APPEARANCE
) -> str:
    """Return a stored document with the colours of a theme and of a person.

    `auto` has the colours of the light theme, and a style sheet with those of the dark one. `name` is that of the
    picture: it makes the class of its root its own, so that its style sheet paints no other picture on the same page.
    The classes inside are the same in all pictures, which an archive of them compresses well. `line_scale` makes
    outlines wider. Raises KeyError for an unknown theme.
    """
    attributes = _list_presentation_attributes("light" if theme == "auto" else theme, appearance)
    if line_scale != 1:
        attributes = _scale_outlines(attributes, line_scale)
    # Two persons on one page have style rules of their own, too.
    who = "" if appearance == USUAL_APPEARANCE else "".join(f"-{word}" for word in appearance)
    scope = f"{CLASS_PREFIX}{name}-{theme}{who}"

    def paint(match: re.Match[str]) -> str:
        classes = match[1].split()
        painted = [attributes[word] for word in classes if word in attributes]
        if theme == "auto" or not painted:
            # The last class is the one that has a colour.
            painted.append(f'class="{classes[-1]}"')
        return " ".join(painted)

    rules = _build_dark_rules(document, scope, appearance) if theme == "auto" else ""
    if f'class="{CLASS_PREFIX}moving"' in document:
        rules += build_motion_style(scope)
    style = f"<style>{rules}</style>" if rules else ""
    picture = CLASS_ATTRIBUTE.sub(paint, document).replace(STYLE_PLACEHOLDER, style, 1)
    return picture.replace(ROOT_START, f'{ROOT_START} class="{scope}"', 1) if rules else picture


def _build_dark_rules(document: str, scope: str, appearance: Appearance) -> str:
    """Return the style rules that replace the light colours of a document for readers who prefer dark."""
    words = {word for classes in CLASS_ATTRIBUTE.findall(document) for word in classes.split()}
    rules = "".join(
        f".{scope} .{CLASS_PREFIX}{name}{{{rule}}}"
        for name, rule in list_colour_rules("dark", appearance).items()
        if CLASS_PREFIX + name in words
    )
    return f"@media(prefers-color-scheme:dark){{{rules}}}"
