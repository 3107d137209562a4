"""Four weeks of four people, plotted: `python -m benchmarks.four_weeks` writes `docs/images/four-weeks.svg`.

For each person, the work of the exercises that come most over the days, and the time of the strains that come most by
week. Crosses are reports of pain above 3 and of doses that were too much.
"""

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from app.kit.settings import PROJECT_ROOT
from app.rules.dose import total_duration_s, total_work_s
from app.rules.shared_strains import list_painful_strains
from app.rules.terms import load_terms
from benchmarks.catalogues import seed_exercises
from benchmarks.simulated_people import DAYS, PEOPLE, PerformedItem, simulate

PATH: Final = PROJECT_ROOT / "docs" / "images" / "four-weeks.svg"
COLOURS: Final = ("#0b6e4f", "#b5541c", "#34568b", "#8a2f5e", "#6b6b00", "#00777a", "#7a4b9d", "#444444")
PANEL_WIDTH, PANEL_HEIGHT, ROW_HEIGHT = 380, 170, 250
LEFT, TOP, LEGEND_WIDTH = 50, 40, 245
MAX_LINES: Final = 8
"""Exercises and strains that are drawn: those that come most."""
Line = tuple[str, list[tuple[float, float, bool]]]
"""A label, and points as (x, y, whether there is a cross)."""


def list_dose_lines(done: Sequence[PerformedItem]) -> list[Line]:
    """Return the seconds of work of the exercises that were done most, over the days."""
    counts = Counter(item.exercise.slug for item in done)
    # What hurt or was missed is drawn first.
    counts.update({item.exercise.slug: DAYS for item in done if _is_trouble(item)})
    lines: list[Line] = []
    for slug, _ in counts.most_common(MAX_LINES):
        own = [item for item in done if item.exercise.slug == slug]
        points = [(float(item.day), float(total_work_s(item.dose)), _is_trouble(item)) for item in own]
        lines.append((own[0].exercise.name, points))
    return lines


def _is_trouble(item: PerformedItem) -> bool:
    return item.report.pain > 3 or not item.report.completed


def list_strain_lines(done: Sequence[PerformedItem]) -> list[Line]:
    """Return the seconds of the strains that were asked for most, by week; getting ready and rests are included."""
    seconds: Counter[tuple[str, int]] = Counter()
    totals: Counter[str] = Counter()
    for item in done:
        for strain in list_painful_strains(item.exercise):
            time_s = total_duration_s(item.dose, item.exercise.position)
            seconds[strain, item.day // 7] += time_s
            totals[strain] += time_s
    terms = load_terms()["strains"]
    return [
        (terms[strain].label, [(float(week), float(seconds[strain, week]), False) for week in range(DAYS // 7)])
        for strain, _ in totals.most_common(MAX_LINES)
    ]


def draw_panel(lines: Sequence[Line], x: int, y: int, max_x: int, title: str, unit: str) -> str:
    """Return a panel as SVG: axes, one polyline for each line, and a legend to its right."""
    max_y = max((point[1] for _, points in lines for point in points), default=1.0)
    parts = [
        f'<text x="{x}" y="{y - 12}" font-size="13" font-weight="bold">{escape(title)}</text>',
        f'<path d="M{x} {y}v{PANEL_HEIGHT}h{PANEL_WIDTH}" fill="none" stroke="#555"/>',
        f'<text x="{x - 6}" y="{y + 8}" text-anchor="end">{max_y:.0f} s</text>',
        f'<text x="{x - 6}" y="{y + PANEL_HEIGHT}" text-anchor="end">0</text>',
    ]
    for step in range(0, max_x + 1, 7 if max_x > 7 else 1):
        tick_x = x + PANEL_WIDTH * step // max_x
        parts.append(f'<text x="{tick_x}" y="{y + PANEL_HEIGHT + 15}" text-anchor="middle">{unit} {step + 1}</text>')
    for number, (label, points) in enumerate(lines):
        colour = COLOURS[number]
        placed = [
            (x + PANEL_WIDTH * px / max_x, y + PANEL_HEIGHT * (1 - py / max_y), cross) for px, py, cross in points
        ]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py, _ in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for px, py, cross in placed:
            mark = f"M{px - 5:.1f} {py - 5:.1f}l10 10m0 -10l-10 10" if cross else f"M{px - 2:.1f} {py:.1f}h4"
            parts.append(f'<path d="{mark}" stroke="{colour}" stroke-width="{2 if cross else 4}"/>')
        legend_y = y + 10 + 20 * number
        parts.append(f'<text x="{x + PANEL_WIDTH + 12}" y="{legend_y}" fill="{colour}">{escape(label)}</text>')
    return "\n".join(parts)


def draw_people() -> str:
    """Return the plot of all people as one SVG."""
    column = LEFT + PANEL_WIDTH + LEGEND_WIDTH
    width, height = 2 * column, TOP + ROW_HEIGHT * len(PEOPLE)
    panels = []
    for row, person in enumerate(PEOPLE):
        done = simulate(person, seed_exercises())
        y = TOP + ROW_HEIGHT * row
        panels.append(draw_panel(list_dose_lines(done), LEFT, y, DAYS - 1, f"{person.name}: work of a dose", "day"))
        title = f"{person.name}: time of a strain in a week"
        panels.append(draw_panel(list_strain_lines(done), column + LEFT, y, DAYS // 7 - 1, title, "week"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="11" role="img">\n<title>Doses and strains of four simulated people over four weeks</title>\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(panels) + "\n</svg>\n"
    )


def main(path: Path = PATH) -> None:
    """Write the plot."""
    path.write_text(draw_people(), encoding="utf-8")


if __name__ == "__main__":
    main()
