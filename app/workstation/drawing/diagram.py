"""The fitted workstation from the side, with its dimensions; readable from 400 pixels of width."""

import math
from html import escape

from app.figures.palette import CLASS_PREFIX as SHAPE
from app.workstation.body import WorkstationBody
from app.workstation.drawing.canvas import PREFIX, Canvas, Point, Theme, n, style
from app.workstation.drawing.placed_figure import Sitter, draw_behind, draw_chair, draw_near_arm, sitter
from app.workstation.fit import SCREEN_HEIGHT_CM_PER_IN, WorkstationFit, fit
from app.workstation.measure import FittedMeasure
from app.workstation.posture import Posture, posture_of

WIDTH, HEIGHT, FLOOR, TOP = 400, 360, 306, 36
LEFT, RIGHT = 86, 326
"""Where the drawing lies between the two columns of heights."""
MARGIN = 9
BEHIND = 0.19
"""How far the chair reaches behind the hip, of standing height."""


def diagram(body: WorkstationBody, theme: Theme = "auto") -> str:
    """An SVG of the fit of `body`."""
    fitted, at = fit(body), posture_of(body)
    ahead = fitted.viewing_distance.value + 0.047 * body.stature_cm + 16
    top = max(at.eye + 0.085 * body.stature_cm, fitted.screen_top_sitting.value, at.desk)
    behind = BEHIND * body.stature_cm
    scale = min((RIGHT - LEFT) / (ahead + behind), (FLOOR - TOP) / top)
    slack = (RIGHT - LEFT) - scale * (ahead + behind)
    canvas = Canvas(scale, LEFT + slack / 2 + behind * scale, FLOOR)
    canvas.add(f'<rect class="{SHAPE}bg" width="{WIDTH}" height="{HEIGHT}"/>')
    canvas.add(f'<rect class="{SHAPE}floor" x="0" y="{FLOOR}" width="{WIDTH}" height="5"/>')
    one = sitter(body.stature_cm, body.shoes_cm, at, at.desk + body.keyboard_cm, fitted.footrest.value)
    _draw(canvas, body, fitted, at, one)
    _label(canvas, fitted, one)
    return _document(fitted, theme, canvas)


def _draw(on: Canvas, body: WorkstationBody, fitted: WorkstationFit, at: Posture, one: Sitter) -> None:
    draw_chair(on, one, fitted.seat_depth.value + 2, fitted.armrest_above_seat.value)
    if fitted.footrest.value:
        _footrest(on, one, fitted.footrest.value)
    draw_behind(on, one)
    _desk(on, one, at.desk, one.eye[0] + fitted.viewing_distance.value)
    _screen(on, body, fitted, at.desk, one)
    on.box("dark", (one.hand[0] - 7, at.desk), (one.hand[0] + 8, at.desk + max(body.keyboard_cm, 0.5)), 1)
    draw_near_arm(on, one)


def _footrest(on: Canvas, one: Sitter, height: float) -> None:
    left, right = one.heel[0] - 2, one.toe[0] + 3
    on.box("prop", (left, 0), (right, height), 2)
    on.box("prop2", (left, max(height - 1.6, 0)), (right, height), 1)


def _desk(on: Canvas, one: Sitter, height: float, screen: float) -> None:
    edge, end = one.hand[0] - 18, screen + 14
    on.box("prop2", (end - 12, 3), (end - 7, height - 2))
    on.box("prop2", (end - 22, 0), (end + 2, 3), 2)
    on.box("prop", (edge, height - 2.5), (end, height), 1.5)
    on.box("prop3", (edge, height - 0.9), (end, height), 1)


def _screen(on: Canvas, body: WorkstationBody, fitted: WorkstationFit, desk: float, one: Sitter) -> None:
    """The display, leaning back, on its foot; that of a laptop with its keyboard, on a stand."""
    top, x = fitted.screen_top_sitting.value, one.eye[0] + fitted.viewing_distance.value
    tall = max(min(SCREEN_HEIGHT_CM_PER_IN * body.diagonal_in, top - desk - 2), 8.0)
    lean = math.radians(fitted.screen_tilt.value)
    upper: Point = (x + tall / 2 * math.sin(lean), top)
    lower: Point = (x - tall / 2 * math.sin(lean), top - tall * math.cos(lean))
    if body.device == "laptop":
        deck = (lower[0] - 1.3 * tall, max(lower[1] - 0.2 * tall, desk + 1.2))
        on.capsule("prop2", ((lower[0] + deck[0]) / 2, (lower[1] + deck[1]) / 2 - 1), 1.2, (x + 2, desk + 1), 1.4)
        on.capsule("dark2", lower, 0.8, deck, 0.6)
    else:
        on.capsule("prop2", ((upper[0] + lower[0]) / 2 + 2, (upper[1] + lower[1]) / 2), 1.4, (x + 6, desk + 1), 1.6)
    on.box("prop2", (x - 6, desk), (x + 12, desk + 1.4), 1)
    on.capsule("dark", upper, 1.3, lower, 1.3)


def _label(on: Canvas, fitted: WorkstationFit, one: Sitter) -> None:
    screen = one.eye[0] + fitted.viewing_distance.value
    left = [
        ("Eye", fitted.eye_sitting, one.eye[0] - 20),
        ("Seat", fitted.seat_height, -20),
        ("Footrest", fitted.footrest, one.heel[0]),
    ]
    right = [("Screen top", fitted.screen_top_sitting, screen + 5), ("Desk", fitted.desk_setting, screen + 14)]
    _heights(on, left if fitted.footrest.value else left[:2], MARGIN, 1)
    _heights(on, right, WIDTH - MARGIN, -1)
    _distance(on, fitted.viewing_distance, one.eye, screen)
    small = (
        ("Seat depth", fitted.seat_depth),
        ("Armrest above seat", fitted.armrest_above_seat),
        ("Screen tilt", fitted.screen_tilt),
    )
    for place, (name, one_measure) in enumerate(small):
        x = (66, 200, 334)[place]
        on.words(x, FLOOR + 25, name, 12.5, "muted", "middle")
        on.words(x, FLOOR + 43, said(one_measure), 14.5, "text", "middle")


def _heights(on: Canvas, rows: list[tuple[str, FittedMeasure, float]], x: float, side: int) -> None:
    """A column of heights: a line from the floor, and for each height a dashed line to what it belongs to."""
    rows = sorted(rows, key=lambda row: -row[1].value)
    highest = on.at((0, rows[0][1].value))[1]
    on.line("rule", f"M{n(x)} {FLOOR}V{n(highest)}")
    above = -math.inf
    for name, height, start in rows:
        from_x, y = on.at((start, height.value))
        words, above = (y - 20 if y - above > 36 else y + 15), y
        on.add(f'<path class="{PREFIX}rule" stroke-dasharray="2 3" d="M{n(from_x)} {n(y)}H{n(x)}"/>')
        on.line("rule", f"M{n(x - 4)} {n(y)}h8")
        anchor = "start" if side > 0 else "end"
        on.words(x + 8 * side, words, name, 12.5, "muted", anchor)
        on.words(x + 8 * side, words + 15, said(height), 14.5, "text", anchor)


def _distance(on: Canvas, distance: FittedMeasure, eye: Point, screen: float) -> None:
    """An arrow from eye to display, its length above it."""
    (x, y), (end, _) = on.at((eye[0] + 3, eye[1])), on.at((screen - 1.5, eye[1]))
    y -= 9
    on.line("span", f"M{n(x)} {n(y)}H{n(end)}")
    on.line("span", f"M{n(x)} {n(y)}l6 -3v6zM{n(end)} {n(y)}l-6 -3v6z")
    on.words((x + end) / 2, y - 7, said(distance), 14.5, "text", "middle")


def said(measure: FittedMeasure) -> str:
    """A measure as it is printed: 44.7 cm, 15°."""
    number = n(measure.value)
    return f"{number}°" if measure.unit == "deg" else f"{number} {measure.unit}"


def _document(fitted: WorkstationFit, theme: Theme, canvas: Canvas) -> str:
    feet = f", footrest {said(fitted.footrest)}" if fitted.footrest.value else ""
    words = (
        f"Seat {said(fitted.seat_height)}, desk {said(fitted.desk_setting)}, top of the screen "
        f"{said(fitted.screen_top_sitting)} above the floor, eye to screen {said(fitted.viewing_distance)}{feet}."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(words)}" font-family="system-ui,-apple-system,Segoe UI,Roboto,DejaVu Sans,'
        f'sans-serif"><title>Fitted workstation, side view</title><desc>{escape(words)}</desc>'
        f"<style>{style(theme, canvas.tones)}</style>{''.join(canvas.shapes)}</svg>"
    )
