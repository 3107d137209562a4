"""The fitted workstation from the side, with its dimensions; readable from 400 pixels of width."""

import math
from html import escape

from app.figures.painting import STYLE_PLACEHOLDER, paint_document
from app.figures.palette import CLASS_PREFIX, Theme
from app.figures.persons import DEFAULT_SITTING_PERSON, USUAL_SKIN_TONES, Appearance, SittingPerson, SkinTone
from app.workstation.body import WorkstationBody
from app.workstation.dimension import FittedDimension
from app.workstation.drawing.canvas import Canvas, Point, format_number, path_data
from app.workstation.drawing.placed_figure import (
    PlacedFigure,
    draw_body,
    draw_chair,
    draw_near_arm,
    draw_near_armrest,
    place_figure,
)
from app.workstation.fit import WorkstationFit, compute_fit, find_seat_depth
from app.workstation.posture import Posture, find_posture
from app.workstation.texts import workstation_texts

PICTURE_NAME = "workstation"
"""What tells the classes of this drawing from those of the exercises' figures."""
WIDTH_PX, HEIGHT_PX = 400, 360
"""Size of the whole drawing."""
FLOOR_Y_PX, TOP_Y_PX = 306, 36
"""The floor, and the highest point that the figure or screen may reach."""
LEFT_X_PX, RIGHT_X_PX = 86, 326
"""The scene lies between these, and the columns of heights beside it."""
MARGIN_PX = 9
"""Distance of the columns of heights from the edge."""
MIN_LABEL_DISTANCE_PX = 36
"""Two heights that are nearer to each other have their labels on different sides of their lines."""
NAME_FONT_PX, VALUE_FONT_PX = 12.5, 14.5
"""Sizes of the texts."""
FONT_FAMILY = "system-ui,-apple-system,Segoe UI,Roboto,DejaVu Sans,sans-serif"
"""Fonts of the reader's system: an SVG image cannot load one."""
CHAIR_BACK_RATIO = 0.19
"""How far the chair reaches behind the hip, as a part of stature."""
EYE_AHEAD_RATIO = 0.047
"""How far the eye lies ahead of the hip, as a part of stature."""
HEAD_ABOVE_EYE_RATIO = 0.085
"""How far the head reaches above the eye, as a part of stature."""
DESK_BEHIND_SCREEN_CM = 14
"""How far the desk reaches behind the display."""
ANGLE_RADIUS_PX = 17
"""Radius of the mark of an angle."""
MIN_SCREEN_HEIGHT_CM = 8.0
"""Height of the lowest display that is drawn, where a real one would stand in the desk."""


def draw_diagram(
    body: WorkstationBody,
    theme: Theme = "auto",
    person: SittingPerson = DEFAULT_SITTING_PERSON,
    skin: SkinTone | None = None,
) -> str:
    """Return the fitted workstation of a body as an SVG document, with a person of its height at it."""
    fitted, posture = compute_fit(body), find_posture(body)
    canvas = _make_canvas(body, fitted, posture)
    canvas.add_markup(f'<rect class="{CLASS_PREFIX}bg" width="{WIDTH_PX}" height="{HEIGHT_PX}"/>')
    canvas.add_markup(f'<rect class="{CLASS_PREFIX}floor" x="0" y="{FLOOR_Y_PX}" width="{WIDTH_PX}" height="5"/>')
    keys_cm = posture.desk_cm + body.keyboard_cm
    figure = place_figure(body.reference_stature_cm, body.soles_cm, posture, keys_cm, fitted.footrest.value, person)
    _draw_scene(canvas, body, fitted, posture.desk_cm, figure)
    _label_dimensions(canvas, fitted, figure)
    appearance = Appearance(person, skin or USUAL_SKIN_TONES[person])
    return paint_document(_build_document(fitted, canvas), theme, PICTURE_NAME, appearance=appearance)


def _make_canvas(body: WorkstationBody, fitted: WorkstationFit, posture: Posture) -> Canvas:
    """Return a canvas in whose scale the scene fits between the columns of heights, in the middle."""
    stature = body.reference_stature_cm
    ahead = fitted.viewing_distance.value + EYE_AHEAD_RATIO * stature + DESK_BEHIND_SCREEN_CM + 2
    behind = CHAIR_BACK_RATIO * stature
    head_top = posture.seated_eye_cm + HEAD_ABOVE_EYE_RATIO * stature
    top = max(head_top, fitted.screen_top_sitting.value, posture.desk_cm)
    width_px = RIGHT_X_PX - LEFT_X_PX
    scale = min(width_px / (ahead + behind), (FLOOR_Y_PX - TOP_Y_PX) / top)
    slack_px = width_px - scale * (ahead + behind)
    return Canvas(scale, LEFT_X_PX + slack_px / 2 + behind * scale, FLOOR_Y_PX)


def _find_screen_x(fitted: WorkstationFit, figure: PlacedFigure) -> float:
    return figure.eye[0] + fitted.viewing_distance.value


def _draw_scene(
    canvas: Canvas, body: WorkstationBody, fitted: WorkstationFit, desk: float, figure: PlacedFigure
) -> None:
    # From the back to the front, as later shapes cover earlier ones.
    draw_chair(canvas, figure, find_seat_depth(body) + 2)
    if fitted.footrest.value:
        _draw_footrest(canvas, figure, fitted.footrest.value)
    draw_body(canvas, figure)
    draw_near_armrest(canvas, figure, fitted.armrest_above_seat.value)
    _draw_desk(canvas, figure, desk, _find_screen_x(fitted, figure))
    _draw_screen(canvas, body, fitted, desk, figure)
    keys_x, keys_top = figure.hand[0], desk + max(body.keyboard_cm, 0.5)
    canvas.add_box("dark", (keys_x - 7, desk), (keys_x + 8, keys_top), 1)
    draw_near_arm(canvas, figure)


def _draw_footrest(canvas: Canvas, figure: PlacedFigure, height: float) -> None:
    left, right = figure.heel[0] - 2, figure.toe[0] + 3
    canvas.add_box("prop", (left, 0), (right, height), 2)
    canvas.add_box("prop2", (left, max(height - 1.6, 0)), (right, height), 1)


def _draw_desk(canvas: Canvas, figure: PlacedFigure, height: float, screen_x: float) -> None:
    front, rear = figure.hand[0] - 18, screen_x + DESK_BEHIND_SCREEN_CM
    canvas.add_box("prop2", (rear - 12, 3), (rear - 7, height - 2))
    canvas.add_box("prop2", (rear - 22, 0), (rear + 2, 3), 2)
    canvas.add_box("prop", (front, height - 2.5), (rear, height), 1.5)
    canvas.add_box("prop3", (front, height - 0.9), (rear, height), 1)


def _draw_screen(
    canvas: Canvas, body: WorkstationBody, fitted: WorkstationFit, desk: float, figure: PlacedFigure
) -> None:
    """Draw the display on its foot, leaning back; that of a laptop with its keyboard, on a stand."""
    top, x = fitted.screen_top_sitting.value, _find_screen_x(fitted, figure)
    height = max(min(body.screen_height_cm, top - desk - 2), MIN_SCREEN_HEIGHT_CM)
    tilt = math.radians(fitted.screen_tilt.value)
    upper: Point = (x + height / 2 * math.sin(tilt), top)
    lower: Point = (x - height / 2 * math.sin(tilt), top - height * math.cos(tilt))
    if body.device == "laptop":
        deck = (lower[0] - 1.3 * height, max(lower[1] - 0.2 * height, desk + 1.2))
        deck_middle = ((lower[0] + deck[0]) / 2, (lower[1] + deck[1]) / 2 - 1)
        canvas.add_capsule("prop2", deck_middle, 1.2, (x + 2, desk + 1), 1.4)
        canvas.add_capsule("dark2", lower, 0.8, deck, 0.6)
    else:
        screen_middle = ((upper[0] + lower[0]) / 2 + 2, (upper[1] + lower[1]) / 2)
        canvas.add_capsule("prop2", screen_middle, 1.4, (x + 6, desk + 1), 1.6)
    canvas.add_box("prop2", (x - 6, desk), (x + 12, desk + 1.4), 1)
    canvas.add_capsule("dark", upper, 1.3, lower, 1.3)


def _label_dimensions(canvas: Canvas, fitted: WorkstationFit, figure: PlacedFigure) -> None:
    """Add the columns of heights, the viewing distance, and a row of three dimensions under the floor."""
    texts, screen_x = workstation_texts().diagram, _find_screen_x(fitted, figure)
    left = [
        (texts.eye, fitted.eye_sitting, figure.eye[0] - 20),
        (texts.seat, fitted.seat_height, -20),
    ]
    if fitted.footrest.value:
        left.append((texts.footrest, fitted.footrest, figure.heel[0]))
    right = [
        (texts.screen_top, fitted.screen_top_sitting, screen_x + 5),
        (texts.desk, fitted.desk_setting, screen_x + DESK_BEHIND_SCREEN_CM),
    ]
    _label_heights(canvas, left, MARGIN_PX, 1)
    _label_heights(canvas, right, WIDTH_PX - MARGIN_PX, -1)
    _label_distance(canvas, fitted, figure.eye, screen_x)
    _label_posture(canvas, fitted, figure)
    row = (
        (66, texts.seat_depth, fitted.seat_depth),
        (200, texts.armrest, fitted.armrest_above_seat),
        (334, texts.screen_tilt, fitted.screen_tilt),
    )
    for x, name, dimension in row:
        if dimension is None:
            continue
        canvas.add_text((x, FLOOR_Y_PX + 25), name, NAME_FONT_PX, "muted", "middle")
        canvas.add_text((x, FLOOR_Y_PX + 43), format_dimension(dimension), VALUE_FONT_PX, "text", "middle")


def _label_heights(canvas: Canvas, rows: list[tuple[str, FittedDimension, float]], x: float, side: int) -> None:
    """Add a column of heights at `x`: a line from the floor, and a dashed line from each height to its object.

    A row is a name, a height, and the x in cm where its dashed line begins. `side` is 1 where the texts stand at the
    right of the column, -1 at the left.
    """
    # From above, so that a label below its line can be told from the one before it.
    rows = sorted(rows, key=lambda row: -row[1].value)
    top_y = canvas.to_pixels((0, rows[0][1].value))[1]
    canvas.add_line("rule", path_data("M", x, FLOOR_Y_PX, "V", top_y))
    previous_y = -math.inf
    for name, height, object_x_cm in rows:
        object_x, y = canvas.to_pixels((object_x_cm, height.value))
        text_y = y - 20 if y - previous_y > MIN_LABEL_DISTANCE_PX else y + 15
        previous_y = y
        data = path_data("M", object_x, y, "H", x)
        canvas.add_markup(f'<path class="{CLASS_PREFIX}rule" stroke-dasharray="2 3" d="{data}"/>')
        canvas.add_line("rule", path_data("M", x - 4, y, "h8"))
        anchor = "start" if side > 0 else "end"
        canvas.add_text((x + 8 * side, text_y), name, NAME_FONT_PX, "muted", anchor)
        canvas.add_text((x + 8 * side, text_y + 15), format_dimension(height), VALUE_FONT_PX, "text", anchor)


def _label_distance(canvas: Canvas, fitted: WorkstationFit, eye: Point, screen_x: float) -> None:
    """Add a double arrow from the eye, at its height, to above the middle of the display; and the distance over it."""
    (eye_x, y), (end_x, _) = canvas.to_pixels(eye), canvas.to_pixels((screen_x, eye[1]))
    start_x = eye_x + 3.5
    _, top_y = canvas.to_pixels((screen_x, fitted.screen_top_sitting.value))
    low_y = max(top_y + 12, y + 12)
    canvas.add_markup(
        f'<path class="{CLASS_PREFIX}rule" stroke-dasharray="2 3" d="{path_data("M", end_x, y - 5, "V", low_y)}"/>'
    )
    canvas.add_line("span", path_data("M", start_x, y, "H", end_x))
    canvas.add_line("span", path_data("M", start_x, y, "l6 -3v6zM", end_x, y, "l-6 -3v6z"))
    face_x, _ = canvas.to_pixels((eye[0] + 6, eye[1]))
    label = format_dimension(fitted.viewing_distance)
    canvas.add_text(((face_x + end_x) / 2, y - 7), label, VALUE_FONT_PX, "text", "middle")


def _label_posture(canvas: Canvas, fitted: WorkstationFit, figure: PlacedFigure) -> None:
    """Add what a fitted seat does for the body: the angle of the elbow, the supported back, feet that stand flat."""
    texts = workstation_texts().diagram
    if figure.are_hands_on_keys:
        canvas.add_arc(figure.elbow, ANGLE_RADIUS_PX, 4, 86)
        x, y = canvas.to_pixels(figure.elbow)
        canvas.add_text((x + ANGLE_RADIUS_PX + 8, y - 16), texts.elbow_angle, NAME_FONT_PX, "muted")
    back_x, back_y = canvas.to_pixels(figure.low_back)
    eye_y, seat_y = (canvas.to_pixels((0, value.value))[1] for value in (fitted.eye_sitting, fitted.seat_height))
    text_y = (eye_y + seat_y) / 2
    for place, line in enumerate(texts.back_support.split("\n")):
        canvas.add_text((MARGIN_PX + 8, text_y + place * 15), line, NAME_FONT_PX, "muted")
    _add_leader(canvas, (MARGIN_PX + 74, text_y + 8), (back_x, back_y))
    if figure.are_feet_supported:
        toe_x, toe_y = canvas.to_pixels(figure.toe)
        word_x = toe_x + 4  # clear of the shin
        text_y = (canvas.to_pixels((0, fitted.desk_setting.value))[1] + toe_y) / 2 + 8
        canvas.add_text((word_x, text_y), texts.feet_flat, NAME_FONT_PX, "muted", "middle")
        _add_leader(canvas, (word_x, text_y + 5), (toe_x - 6, toe_y - 6))


def _add_leader(canvas: Canvas, start: Point, end: Point) -> None:
    """Add a thin line from a word to what it tells of."""
    canvas.add_line("rule", path_data("M", *start, "L", *end))


def format_dimension(dimension: FittedDimension) -> str:
    """Return a dimension as it is printed: 44.7 cm, 15°."""
    number = format_number(dimension.value)
    return f"{number}°" if dimension.unit == "deg" else f"{number} {dimension.unit}"


def _build_document(fitted: WorkstationFit, canvas: Canvas) -> str:
    """Return the SVG document with classes in place of colours."""
    texts = workstation_texts().diagram
    dimensions = {
        "seat": format_dimension(fitted.seat_height),
        "desk": format_dimension(fitted.desk_setting),
        "screen_top": format_dimension(fitted.screen_top_sitting),
        "distance": format_dimension(fitted.viewing_distance),
    }
    if fitted.footrest.value:
        description = texts.description_with_footrest.fill(**dimensions, footrest=format_dimension(fitted.footrest))
    else:
        description = texts.description.fill(**dimensions)
    label = escape(description)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}"'
        f' width="{WIDTH_PX}" height="{HEIGHT_PX}" role="img" aria-label="{label}"'
        f' font-family="{FONT_FAMILY}"><title>{escape(texts.title)}</title><desc>{label}</desc>'
        f"{STYLE_PLACEHOLDER}{''.join(canvas.shapes)}</svg>"
    )
