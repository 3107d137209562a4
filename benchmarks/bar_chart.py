"""Bars as SVG: one row for each value, grouped, on a linear or logarithmic scale, with a mark where the goal is."""

from collections.abc import Sequence
from html import escape
from math import log10
from typing import NamedTuple

WIDTH, LABEL_WIDTH, VALUE_WIDTH, ROW_HEIGHT, TITLE_HEIGHT, MARGIN = 760, 290, 80, 22, 34, 12
"""Pixels."""
COLOUR, OTHER_COLOUR, GOAL_COLOUR, TEXT_COLOUR = "#0b6e4f", "#7a8b99", "#b5541c", "#222222"
MIN_LOG_VALUE = 0.3
"""Where a logarithmic scale begins."""


class Bar(NamedTuple):
    """One bar. `is_own` is drawn in another colour than what it is compared with."""

    label: str
    value: float
    unit: str = ""
    goal: float | None = None
    is_own: bool = True


def draw_bars(title: str, bars: Sequence[Bar], is_logarithmic: bool = False) -> str:
    """Return the chart as an SVG document. Bars of one unit have one scale."""
    tops: dict[str, float] = {}
    for bar in bars:
        tops[bar.unit] = max(tops.get(bar.unit, 0.0), bar.value, bar.goal or 0.0)
    height = TITLE_HEIGHT + ROW_HEIGHT * len(bars) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        f'font-family="sans-serif" font-size="12" fill="{TEXT_COLOUR}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{MARGIN}" y="22" font-size="14" font-weight="600">{escape(title)}</text>',
    ]
    for number, bar in enumerate(bars):
        parts += _draw_bar(bar, TITLE_HEIGHT + number * ROW_HEIGHT, tops[bar.unit], is_logarithmic)
    return "\n".join([*parts, "</svg>\n"])


def _draw_bar(bar: Bar, y: float, top: float, is_logarithmic: bool) -> list[str]:
    length = _length(bar.value, top, is_logarithmic)
    colour = COLOUR if bar.is_own else OTHER_COLOUR
    parts = [
        f'<text x="{LABEL_WIDTH - 8}" y="{y + 14}" text-anchor="end">{escape(bar.label)}</text>',
        f'<rect x="{LABEL_WIDTH}" y="{y + 3}" width="{length:.1f}" height="{ROW_HEIGHT - 7}" fill="{colour}"/>',
    ]
    text_x = LABEL_WIDTH + length
    if bar.goal is not None:
        goal_x = LABEL_WIDTH + _length(bar.goal, top, is_logarithmic)
        parts.append(f'<rect x="{goal_x:.1f}" y="{y}" width="2" height="{ROW_HEIGHT - 1}" fill="{GOAL_COLOUR}"/>')
        text_x = max(text_x, goal_x + 2)
    parts.append(f'<text x="{text_x + 5:.1f}" y="{y + 14}">{bar.value:.3g} {escape(bar.unit)}</text>')
    return parts


def _length(value: float, top: float, is_logarithmic: bool) -> float:
    share = value / top
    if is_logarithmic:
        share = log10(max(value, MIN_LOG_VALUE) / MIN_LOG_VALUE) / log10(top / MIN_LOG_VALUE)
    return share * (WIDTH - LABEL_WIDTH - VALUE_WIDTH)
