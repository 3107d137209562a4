"""A small drawing board: centimetres in, SVG shapes out, coloured by class so that one drawing serves every theme.

Shapes have the classes and colours of the exercises' pictures; words and lines of dimension have their own.
"""

import math
import re
from typing import Literal

from app.figures import palette

Theme = Literal["light", "dark", "auto"]
Point = tuple[float, float]
PREFIX = "tmw-"
WORDS = {"light": {"text": "#1D2836", "muted": "#4C5B6E", "rule": "#7C899B"}}
WORDS["dark"] = {"text": "#F2F5F9", "muted": "#B4C0CF", "rule": "#8592A5"}
TONE = re.compile(rf"\b{palette.CLASS_PREFIX}([\w-]+)")


def style(theme: Theme, used: set[str]) -> str:
    """The style sheet for the tones used; `auto` follows the reader's setting."""
    if theme == "auto":
        words = f"{_words('light')}@media(prefers-color-scheme:dark){{{_words('dark')}}}"
    else:
        words = _words(theme)
    return palette.build_style_sheet(theme, used) + words


def _words(theme: str) -> str:
    words, arrow = WORDS[theme], palette.THEMES[theme]["arrow"]
    rules = [f".{PREFIX}{name}{{fill:{words[name]}}}" for name in ("text", "muted")]
    rules.append(f".{PREFIX}rule{{fill:none;stroke:{words['rule']};stroke-width:1}}")
    rules.append(f".{PREFIX}span{{fill:{arrow};stroke:{arrow};stroke-width:1.4}}")
    return "".join(rules)


class Canvas:
    """Collects shapes. Points are in cm, x to the right of the hip, y above the floor."""

    def __init__(self, scale: float, left: float, floor: float) -> None:
        self.scale, self.left, self.floor = scale, left, floor
        self.shapes: list[str] = []

    @property
    def tones(self) -> set[str]:
        """The tones that the style sheet has to know."""
        return set(TONE.findall("".join(self.shapes)))

    def at(self, point: Point) -> Point:
        """Where a point lies on the drawing."""
        return self.left + point[0] * self.scale, self.floor - point[1] * self.scale

    def add(self, shape: str) -> None:
        self.shapes.append(shape)

    def line(self, kind: str, data: str) -> None:
        """A line of dimension: `rule` or `span`."""
        self.add(f'<path class="{PREFIX}{kind}" d="{data}"/>')

    def box(self, tone: str, low: Point, high: Point, round_px: float = 0) -> None:
        """An upright rectangle between two corners."""
        (x, bottom), (right, y) = self.at(low), self.at(high)
        self.add(
            f'<rect class="{palette.CLASS_PREFIX}{tone}" x="{n(x)}" y="{n(y)}" width="{n(right - x)}"'
            f' height="{n(bottom - y)}" rx="{n(round_px)}"/>'
        )

    def capsule(self, tone: str, a: Point, ra: float, b: Point, rb: float) -> None:
        """A bar from `a` to `b` with a radius at each end."""
        (ax, ay), (bx, by), ra, rb = self.at(a), self.at(b), ra * self.scale, rb * self.scale
        along = math.atan2(by - ay, bx - ax)
        away = math.acos(max(-1.0, min(1.0, (ra - rb) / math.hypot(bx - ax, by - ay))))

        def on(x: float, y: float, r: float, angle: float) -> str:
            return f"{n(x + r * math.cos(angle))} {n(y + r * math.sin(angle))}"

        first, second = int(away < math.pi / 2), int(away > math.pi / 2)
        self.add(
            f'<path class="{palette.CLASS_PREFIX}{tone}" d="M{on(ax, ay, ra, along + away)}'
            f"A{n(ra)} {n(ra)} 0 {first} 1 {on(ax, ay, ra, along - away)}L{on(bx, by, rb, along - away)}"
            f'A{n(rb)} {n(rb)} 0 {second} 1 {on(bx, by, rb, along + away)}Z"/>'
        )

    def place(self, paths: str, origin: Point, size: float, stretch: float = 1.0) -> None:
        """Ready paths, their origin at a point; a unit of theirs becomes `size` cm, upright `stretch` times that."""
        (x, y), k = self.at(origin), self.scale * size
        self.add(f'<g transform="matrix({k:.4g} 0 0 {k * stretch:.4g} {n(x)} {n(y)})">{paths}</g>')

    def words(self, x: float, y: float, said: str, size: float, tone: str = "text", anchor: str = "start") -> None:
        """Text at a place of the drawing, in its own units."""
        weight = ' font-weight="600"' if tone == "text" else ""
        self.add(
            f'<text class="{PREFIX}{tone}" x="{n(x)}" y="{n(y)}" font-size="{n(size)}" text-anchor="{anchor}"{weight}>'
            f"{said}</text>"
        )


def n(value: float) -> str:
    """A number as short as a tenth of a unit allows."""
    said = f"{value:.1f}".removesuffix(".0")
    return "0" if said == "-0" else said
