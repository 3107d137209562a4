"""A small drawing board: centimetres in, SVG shapes out, coloured by class so that one drawing serves every theme."""

import math
from typing import Literal

from app.figures.palette import DARK, LIGHT

Theme = Literal["light", "dark", "auto"]
Point = tuple[float, float]
PREFIX = "tmw-"
WORDS = {"light": {"text": "#1D2836", "muted": "#4C5B6E", "rule": "#7C899B"}}
WORDS["dark"] = {"text": "#F2F5F9", "muted": "#B4C0CF", "rule": "#8592A5"}
TONES = ("bg", "skin", "skin2", "top", "top2", "leg", "leg2", "hair", "eye", "prop", "prop2", "prop3", "dark", "floor")
EDGES = ("skin-e", "top-e", "leg-e")


def style(theme: Theme) -> str:
    """The style sheet; `auto` follows the reader's setting."""
    if theme == "auto":
        return f"{_colours('light')}@media(prefers-color-scheme:dark){{{_colours('dark')}}}"
    return _colours(theme)


def _colours(theme: Literal["light", "dark"]) -> str:
    tones, words = (LIGHT if theme == "light" else DARK), WORDS[theme]
    rules = [f".{PREFIX}{name}{{fill:{tones[name]}}}" for name in TONES]
    rules += [f".{PREFIX}{name}{{fill:none;stroke:{tones[name]};stroke-width:1}}" for name in EDGES]
    rules += [f".{PREFIX}{name}{{fill:{words[name]}}}" for name in ("text", "muted")]
    rules.append(f".{PREFIX}rule{{fill:none;stroke:{words['rule']};stroke-width:1}}")
    rules.append(f".{PREFIX}case{{fill:none;stroke:{tones['case']};stroke-width:5;stroke-linecap:round}}")
    rules.append(f".{PREFIX}spine{{fill:none;stroke:{tones['spine']};stroke-width:3;stroke-linecap:round}}")
    rules.append(f".{PREFIX}arrow{{fill:{tones['arrow']};stroke:{tones['arrow']};stroke-width:1.4}}")
    return "".join(rules)


class Canvas:
    """Collects shapes. Points are in cm, x to the right of the hip, y above the floor."""

    def __init__(self, scale: float, left: float, floor: float) -> None:
        self.scale, self.left, self.floor = scale, left, floor
        self.shapes: list[str] = []

    def at(self, point: Point) -> Point:
        """Where a point lies on the drawing."""
        return self.left + point[0] * self.scale, self.floor - point[1] * self.scale

    def add(self, shape: str) -> None:
        self.shapes.append(shape)

    def path(self, tone: str, data: str) -> None:
        self.add(f'<path class="{PREFIX}{tone}" d="{data}"/>')

    def box(self, tone: str, low: Point, high: Point, round_px: float = 0) -> None:
        """An upright rectangle between two corners."""
        (x, bottom), (right, y) = self.at(low), self.at(high)
        self.add(
            f'<rect class="{PREFIX}{tone}" x="{n(x)}" y="{n(y)}" width="{n(right - x)}" height="{n(bottom - y)}"'
            f' rx="{n(round_px)}"/>'
        )

    def capsule(self, tone: str, a: Point, ra: float, b: Point, rb: float, edge: str = "") -> None:
        """A limb from `a` to `b` with a radius at each end, outlined where `edge` is given."""
        data = self._capsule(a, ra, b, rb)
        self.path(tone, data)
        if edge:
            self.path(edge, data)

    def _capsule(self, a: Point, ra: float, b: Point, rb: float) -> str:
        (ax, ay), (bx, by), ra, rb = self.at(a), self.at(b), ra * self.scale, rb * self.scale
        along = math.atan2(by - ay, bx - ax)
        away = math.acos(max(-1.0, min(1.0, (ra - rb) / math.hypot(bx - ax, by - ay))))

        def on(x: float, y: float, r: float, angle: float) -> str:
            return f"{n(x + r * math.cos(angle))} {n(y + r * math.sin(angle))}"

        first, second = int(away < math.pi / 2), int(away > math.pi / 2)
        return (
            f"M{on(ax, ay, ra, along + away)}A{n(ra)} {n(ra)} 0 {first} 1 {on(ax, ay, ra, along - away)}"
            f"L{on(bx, by, rb, along - away)}A{n(rb)} {n(rb)} 0 {second} 1 {on(bx, by, rb, along + away)}Z"
        )

    def curve(self, tone: str, *points: Point) -> None:
        """A smooth line through three points, or a straight one through two."""
        placed = [" ".join(n(value) for value in self.at(point)) for point in points]
        self.path(tone, f"M{placed[0]}Q{placed[1]} {placed[2]}" if len(points) == 3 else f"M{placed[0]}L{placed[1]}")

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
