"""The fitted workstation from the side, with its dimensions; readable from 400 pixels of width."""

import math
from html import escape

from app.figures.palette import CLASS_PREFIX as SHAPE
from app.workstation.body import WorkstationBody
from app.workstation.drawing.canvas import (
    CLASS_PREFIX,
    Canvas,
    Point,
    Theme,
    build_style_sheet,
    format_number,
    path_data,
)
from app.workstation.drawing.placed_figure import PlacedFigure, draw_behind, draw_chair, draw_near_arm, place_figure
from app.workstation.fit import SCREEN_HEIGHT_CM_PER_IN, WorkstationFit, compute_fit
from app.workstation.measure import FittedDimension
from app.workstation.posture import Posture, find_posture
from app.workstation.texts import workstation_texts

WIDTH, HEIGHT, FLOOR, TOP = 400, 360, 306, 36
LEFT, RIGHT = 86, 326
"""Where the drawing lies between the two columns of heights."""
MARGIN = 9
CHAIR_BACK_RATIO = 0.19
"""How far the chair reaches behind the hip, of standing height."""


def draw_diagram(body: WorkstationBody, theme: Theme = "auto") -> str:
    """An SVG of the fit of `body`."""
    fitted, at = compute_fit(body), find_posture(body)
    ahead = fitted.viewing_distance.value + 0.047 * body.stature_cm + 16
    top = max(at.seated_eye_cm + 0.085 * body.stature_cm, fitted.screen_top_sitting.value, at.desk_cm)
    behind = CHAIR_BACK_RATIO * body.stature_cm
    scale = min((RIGHT - LEFT) / (ahead + behind), (FLOOR - TOP) / top)
    slack = (RIGHT - LEFT) - scale * (ahead + behind)
    canvas = Canvas(scale, LEFT + slack / 2 + behind * scale, FLOOR)
    canvas.add_markup(f'<rect class="{SHAPE}bg" width="{WIDTH}" height="{HEIGHT}"/>')
    canvas.add_markup(f'<rect class="{SHAPE}floor" x="0" y="{FLOOR}" width="{WIDTH}" height="5"/>')
    one = place_figure(body.stature_cm, body.shoes_cm, at, at.desk_cm + body.keyboard_cm, fitted.footrest.value)
    _draw_scene(canvas, body, fitted, at, one)
    _label_dimensions(canvas, fitted, one)
    return _build_document(fitted, theme, canvas)


def _draw_scene(on: Canvas, body: WorkstationBody, fitted: WorkstationFit, at: Posture, one: PlacedFigure) -> None:
    draw_chair(on, one, fitted.seat_depth.value + 2, fitted.armrest_above_seat.value)
    if fitted.footrest.value:
        _draw_footrest(on, one, fitted.footrest.value)
    draw_behind(on, one)
    _draw_desk(on, one, at.desk_cm, one.eye[0] + fitted.viewing_distance.value)
    _draw_screen(on, body, fitted, at.desk_cm, one)
    on.add_box("dark", (one.hand[0] - 7, at.desk_cm), (one.hand[0] + 8, at.desk_cm + max(body.keyboard_cm, 0.5)), 1)
    draw_near_arm(on, one)


def _draw_footrest(on: Canvas, one: PlacedFigure, height: float) -> None:
    left, right = one.heel[0] - 2, one.toe[0] + 3
    on.add_box("prop", (left, 0), (right, height), 2)
    on.add_box("prop2", (left, max(height - 1.6, 0)), (right, height), 1)


def _draw_desk(on: Canvas, one: PlacedFigure, height: float, screen: float) -> None:
    edge, end = one.hand[0] - 18, screen + 14
    on.add_box("prop2", (end - 12, 3), (end - 7, height - 2))
    on.add_box("prop2", (end - 22, 0), (end + 2, 3), 2)
    on.add_box("prop", (edge, height - 2.5), (end, height), 1.5)
    on.add_box("prop3", (edge, height - 0.9), (end, height), 1)


def _draw_screen(on: Canvas, body: WorkstationBody, fitted: WorkstationFit, desk: float, one: PlacedFigure) -> None:
    """The display, leaning back, on its foot; that of a laptop with its keyboard, on a stand."""
    top, x = fitted.screen_top_sitting.value, one.eye[0] + fitted.viewing_distance.value
    tall = max(min(SCREEN_HEIGHT_CM_PER_IN * body.diagonal_in, top - desk - 2), 8.0)
    lean = math.radians(fitted.screen_tilt.value)
    upper: Point = (x + tall / 2 * math.sin(lean), top)
    lower: Point = (x - tall / 2 * math.sin(lean), top - tall * math.cos(lean))
    if body.device == "laptop":
        deck = (lower[0] - 1.3 * tall, max(lower[1] - 0.2 * tall, desk + 1.2))
        on.add_capsule("prop2", ((lower[0] + deck[0]) / 2, (lower[1] + deck[1]) / 2 - 1), 1.2, (x + 2, desk + 1), 1.4)
        on.add_capsule("dark2", lower, 0.8, deck, 0.6)
    else:
        on.add_capsule("prop2", ((upper[0] + lower[0]) / 2 + 2, (upper[1] + lower[1]) / 2), 1.4, (x + 6, desk + 1), 1.6)
    on.add_box("prop2", (x - 6, desk), (x + 12, desk + 1.4), 1)
    on.add_capsule("dark", upper, 1.3, lower, 1.3)


def _label_dimensions(on: Canvas, fitted: WorkstationFit, one: PlacedFigure) -> None:
    texts = workstation_texts().diagram
    screen = one.eye[0] + fitted.viewing_distance.value
    left = [
        (texts.eye, fitted.eye_sitting, one.eye[0] - 20),
        (texts.seat, fitted.seat_height, -20),
        (texts.footrest, fitted.footrest, one.heel[0]),
    ]
    right = [(texts.screen_top, fitted.screen_top_sitting, screen + 5), (texts.desk, fitted.desk_setting, screen + 14)]
    _label_heights(on, left if fitted.footrest.value else left[:2], MARGIN, 1)
    _label_heights(on, right, WIDTH - MARGIN, -1)
    _label_distance(on, fitted.viewing_distance, one.eye, screen)
    small = (
        (texts.seat_depth, fitted.seat_depth),
        (texts.armrest, fitted.armrest_above_seat),
        (texts.screen_tilt, fitted.screen_tilt),
    )
    for place, (name, one_measure) in enumerate(small):
        x = (66, 200, 334)[place]
        on.add_text(x, FLOOR + 25, name, 12.5, "muted", "middle")
        on.add_text(x, FLOOR + 43, format_measure(one_measure), 14.5, "text", "middle")


def _label_heights(on: Canvas, rows: list[tuple[str, FittedDimension, float]], x: float, side: int) -> None:
    """A column of heights: a line from the floor, and for each height a dashed line to what it belongs to."""
    rows = sorted(rows, key=lambda row: -row[1].value)
    highest = on.to_pixels((0, rows[0][1].value))[1]
    on.add_line("rule", path_data("M", x, FLOOR, "V", highest))
    above = -math.inf
    for name, height, start in rows:
        from_x, y = on.to_pixels((start, height.value))
        words, above = (y - 20 if y - above > 36 else y + 15), y
        data = path_data("M", from_x, y, "H", x)
        on.add_markup(f'<path class="{CLASS_PREFIX}rule" stroke-dasharray="2 3" d="{data}"/>')
        on.add_line("rule", path_data("M", x - 4, y, "h8"))
        anchor = "start" if side > 0 else "end"
        on.add_text(x + 8 * side, words, name, 12.5, "muted", anchor)
        on.add_text(x + 8 * side, words + 15, format_measure(height), 14.5, "text", anchor)


def _label_distance(on: Canvas, distance: FittedDimension, eye: Point, screen: float) -> None:
    """An arrow from eye to display, its length above it."""
    (x, y), (end, _) = on.to_pixels((eye[0] + 3, eye[1])), on.to_pixels((screen - 1.5, eye[1]))
    y -= 9
    on.add_line("span", path_data("M", x, y, "H", end))
    on.add_line("span", path_data("M", x, y, "l6 -3v6zM", end, y, "l-6 -3v6z"))
    on.add_text((x + end) / 2, y - 7, format_measure(distance), 14.5, "text", "middle")


def format_measure(measure: FittedDimension) -> str:
    """A measure as it is printed: 44.7 cm, 15°."""
    number = format_number(measure.value)
    return f"{number}°" if measure.unit == "deg" else f"{number} {measure.unit}"


def _build_document(fitted: WorkstationFit, theme: Theme, canvas: Canvas) -> str:
    texts = workstation_texts().diagram
    measures = {
        "seat": format_measure(fitted.seat_height),
        "desk": format_measure(fitted.desk_setting),
        "screen_top": format_measure(fitted.screen_top_sitting),
        "distance": format_measure(fitted.viewing_distance),
    }
    if fitted.footrest.value:
        description = texts.description_with_footrest.fill(**measures, footrest=format_measure(fitted.footrest))
    else:
        description = texts.description.fill(**measures)
    label = escape(description)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{label}" font-family="system-ui,-apple-system,Segoe UI,Roboto,DejaVu Sans,'
        f'sans-serif"><title>{escape(texts.title)}</title><desc>{label}</desc>'
        f"<style>{build_style_sheet(theme, canvas.tones)}</style>{''.join(canvas.shapes)}</svg>"
    )
