"""A small drawing board: centimetres in, SVG shapes out, coloured by class so that one drawing serves every theme.

Shapes have the classes and colours of the exercises' pictures; words and lines of dimension have their own.
"""

import math
import re
from typing import Literal

from app.figures import palette

Theme = Literal["light", "dark", "auto"]
Point = tuple[float, float]
CLASS_PREFIX = "tmw-"
TEXT_COLOURS = {"light": {"text": "#1D2836", "muted": "#4C5B6E", "rule": "#7C899B"}}
TEXT_COLOURS["dark"] = {"text": "#F2F5F9", "muted": "#B4C0CF", "rule": "#8592A5"}
TONE_PATTERN = re.compile(rf"\b{palette.CLASS_PREFIX}([\w-]+)")


def build_style_sheet(theme: Theme, used: set[str]) -> str:
    """The style sheet for the tones used; `auto` follows the reader's setting."""
    if theme == "auto":
        words = f"{_build_text_rules('light')}@media(prefers-color-scheme:dark){{{_build_text_rules('dark')}}}"
    else:
        words = _build_text_rules(theme)
    return palette.build_style_sheet(theme, used) + words


def _build_text_rules(theme: str) -> str:
    words, arrow = TEXT_COLOURS[theme], palette.THEMES[theme]["arrow"]
    rules = [f".{CLASS_PREFIX}{name}{{fill:{words[name]}}}" for name in ("text", "muted")]
    rules.append(f".{CLASS_PREFIX}rule{{fill:none;stroke:{words['rule']};stroke-width:1}}")
    rules.append(f".{CLASS_PREFIX}span{{fill:{arrow};stroke:{arrow};stroke-width:1.4}}")
    return "".join(rules)


class Canvas:
    """Collects shapes. Points are in cm, x to the right of the hip, y above the floor."""

    def __init__(self, scale: float, left: float, floor: float) -> None:
        self.scale, self.left, self.floor = scale, left, floor
        self.shapes: list[str] = []

    @property
    def tones(self) -> set[str]:
        """The tones that the style sheet has to know."""
        return set(TONE_PATTERN.findall("".join(self.shapes)))

    def to_pixels(self, point: Point) -> Point:
        """Where a point lies on the drawing."""
        return self.left + point[0] * self.scale, self.floor - point[1] * self.scale

    def add_markup(self, shape: str) -> None:
        self.shapes.append(shape)

    def add_line(self, kind: str, data: str) -> None:
        """A line of dimension: `rule` or `span`."""
        self.add_markup(f'<path class="{CLASS_PREFIX}{kind}" d="{data}"/>')

    def add_box(self, tone: str, low: Point, high: Point, round_px: float = 0) -> None:
        """Add an upright rectangle between two corners."""
        (x, bottom), (right, y) = self.to_pixels(low), self.to_pixels(high)
        place = attributes(x=x, y=y, width=right - x, height=bottom - y, rx=round_px)
        self.add_markup(f'<rect class="{palette.CLASS_PREFIX}{tone}"{place}/>')

    def add_capsule(self, tone: str, a: Point, ra: float, b: Point, rb: float) -> None:
        """Add a bar from `a` to `b` with a radius at each end: two arcs and their common tangents."""
        (ax, ay), (bx, by), ra, rb = self.to_pixels(a), self.to_pixels(b), ra * self.scale, rb * self.scale
        along = math.atan2(by - ay, bx - ax)
        tangent = math.acos(max(-1.0, min(1.0, (ra - rb) / math.hypot(bx - ax, by - ay))))

        def on_circle(x: float, y: float, radius: float, angle: float) -> Point:
            return x + radius * math.cos(angle), y + radius * math.sin(angle)

        first, second = str(int(tangent < math.pi / 2)), str(int(tangent > math.pi / 2))
        start, start_end = on_circle(ax, ay, ra, along + tangent), on_circle(ax, ay, ra, along - tangent)
        end, end_end = on_circle(bx, by, rb, along - tangent), on_circle(bx, by, rb, along + tangent)
        data = path_data("M", *start, "A", ra, ra, f" 0 {first} 1 ", *start_end)
        data += path_data("L", *end, "A", rb, rb, f" 0 {second} 1 ", *end_end, "Z")
        self.add_markup(f'<path class="{palette.CLASS_PREFIX}{tone}" d="{data}"/>')

    def add_group(self, paths: str, origin: Point, size: float, stretch: float = 1.0) -> None:
        """Add ready paths with their origin at a point.

        A unit of the paths becomes `size` cm wide and `stretch` times that tall.
        """
        (x, y), k = self.to_pixels(origin), self.scale * size
        matrix = f"{k:.4g} 0 0 {k * stretch:.4g} {format_number(x)} {format_number(y)}"
        self.add_markup(f'<g transform="matrix({matrix})">{paths}</g>')

    def add_text(self, x: float, y: float, text: str, size: float, tone: str = "text", anchor: str = "start") -> None:
        """Add text at a place of the drawing, in pixels."""
        weight = ' font-weight="600"' if tone == "text" else ""
        place = attributes(x=x, y=y, font_size=size)
        self.add_markup(f'<text class="{CLASS_PREFIX}{tone}"{place} text-anchor="{anchor}"{weight}>{text}</text>')


def attributes(**values: float) -> str:
    """Return numbers as attributes of an SVG element, each with a space before it."""
    return "".join(f' {name.replace("_", "-")}="{format_number(value)}"' for name, value in values.items())


def path_data(*parts: str | float) -> str:
    """Return commands and coordinates as the data of an SVG path; neighbouring numbers are separated by a space."""
    data, after_number = "", False
    for part in parts:
        number = not isinstance(part, str)
        data += (" " if number and after_number else "") + (format_number(part) if not isinstance(part, str) else part)
        after_number = number
    return data


def format_number(value: float) -> str:
    """Return a number as short as a tenth of a unit allows."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
