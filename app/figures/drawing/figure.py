"""All pictures of one exercise: start, end, both and the moving one, as documents without a style sheet."""

from dataclasses import dataclass

import numpy as np
import shapely

from app.figures.drawing.animation import animated
from app.figures.drawing.arrows import Arrow, arrows
from app.figures.drawing.outline import resample, smooth_path
from app.figures.drawing.posefile import Figure
from app.figures.drawing.scene import Frame, Scene, frame, moments, silhouette, view
from app.figures.drawing.svg import HEIGHT, PAD, WIDTH, arrow, document, path, still
from app.figures.palette import CLASS_PREFIX as P

PHASES = ("start", "end", "both", "animated")
DURATION = 5.0

CALLED = {"start": "start", "end": "end", "both": "start and end"}
"""What the title of a still says."""


@dataclass
class Pictures:
    """The scenes of a motion and the documents drawn from them."""

    scenes: list[Scene]
    frame: Frame
    documents: dict[str, str]


def _bounds(scene: Scene, figure: Figure) -> tuple[float, float, float, float]:
    """The box round a scene; of a cropped one, round what is above the cut."""
    shape = shapely.union_all([layer.shape for layer in scene.layers])
    if "above" in figure.frame:
        low = float(view(figure).flat(np.array([0.0, figure.frame["above"], 0.0]))[1])
        shape = shape.intersection(shapely.box(-999, -999, 999, low))
    x0, y0, x1, y1 = shape.bounds
    return float(x0), float(y0), float(x1), float(y1)


def _most(figure: Figure) -> float:
    """Pixels that a centimetre may take: more where only head and trunk are shown."""
    return 3.0 if figure.frame else 1.9


def ghost(scene: Scene, frame_: Frame) -> str:
    """The start pose as a quiet silhouette."""
    out = ""
    for part in shapely.get_parts(silhouette(scene).buffer(0.8).simplify(0.05)):
        count = max(12, int(part.exterior.length / 5))
        out += smooth_path(frame_.units(resample(part, count, np.array([0.0, -500.0]))))
    return path(f'class="{P}ghost"', out)


def _is_large(first: Scene, last: Scene) -> bool:
    """Whether the two poses differ enough for the start to show behind the end."""
    a, b = silhouette(first), silhouette(last)
    return bool(a.difference(b).area > 0.16 * a.area)


def _side_by_side(figure: Figure, first: Scene, last: Scene, items: list[Arrow]) -> str:
    """Two small drawings, start and end: beside each other for tall figures, one above the other for wide ones."""
    boxes = [_bounds(first, figure), _bounds(last, figure)]
    every = boxes + [
        (float(a.line[:, 0].min()), float(a.line[:, 1].min()), float(a.line[:, 0].max()), float(a.line[:, 1].max()))
        for a in items
    ]
    wide = max(b[2] for b in every) - min(b[0] for b in every)
    tall = max(b[3] for b in every) - min(b[1] for b in every)
    beside = min((WIDTH / 2 - 24) / wide, (HEIGHT - 32) / tall) >= min((WIDTH - 32) / wide, (HEIGHT / 2 - 20) / tall)
    beside = beside or bool(figure.frame)  # what is cut off below must end at the picture's edge
    size = (WIDTH / 2, float(HEIGHT)) if beside else (float(WIDTH), HEIGHT / 2)
    one = frame(every, *size, 12, _most(figure))
    step = np.array([WIDTH / 2, 0.0]) if beside else np.array([0.0, HEIGHT / 2])
    two = one.moved(step, 1.0)
    return still(first.layers, one) + still(last.layers, two) + "".join(arrow(a, two) for a in items)


def _overlaid(first: Scene, last: Scene, items: list[Arrow], frame_: Frame) -> str:
    base = [layer for layer in last.layers if layer.base]
    rest = [layer for layer in last.layers if not layer.base]
    return still(base, frame_) + ghost(first, frame_) + still(rest, frame_) + "".join(arrow(a, frame_) for a in items)


def pictures(figure: Figure) -> Pictures:
    """Draw an exercise."""
    scenes = moments(figure)
    first, last = scenes[0], scenes[-1]
    home = moments(figure, keys=figure.back) if figure.back else []
    boxes = [_bounds(s, figure) for s in [*scenes, *home]]
    items = arrows(figure.arrows, figure.keys, view(figure))
    for item in items:
        points = np.vstack([item.line, item.head])
        (x0, y0), (x1, y1) = points.min(0), points.max(0)
        boxes.append((float(x0), float(y0), float(x1), float(y1)))
    framed = frame(boxes, WIDTH, HEIGHT, PAD, _most(figure))
    large = figure.both == "ghost" or (figure.both == "auto" and _is_large(first, last))
    both = _overlaid(first, last, items, framed) if large or figure.hold else _side_by_side(figure, first, last, items)
    if figure.hold and figure.both == "auto":
        both = still(last.layers, framed) + "".join(arrow(a, framed) for a in items)
    name, alt = figure.slug.replace("-", " ").capitalize(), figure.alt
    begin, end = alt["start"], alt.get("end", alt["start"])
    moving = alt.get("motion", f"{begin} Then: {end}")
    bodies = {
        "start": (begin, still(first.layers, framed)),
        "end": (end, still(last.layers, framed)),
        "both": (f"{begin} {end}" if end != begin else begin, both),
    }
    documents = {phase: document(f"{name}: {CALLED[phase]}", text, body) for phase, (text, body) in bodies.items()}
    moved = animated(scenes, framed, DURATION, still([x for x in last.layers if not x.base], framed), home)
    documents["animated"] = document(f"{name}: in motion", moving, moved)
    return Pictures(scenes, framed, documents)
