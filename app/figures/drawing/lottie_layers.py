"""The layers of the Lottie animation of a moving drawing: its outlines, with names of colours in place of colours.

A frame of these layers is a sample of the motion; `app.figures.lottie` says when each is shown. Format:
https://lottie.github.io/lottie-spec/latest/specs/
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from app.figures.drawing.cubic_outline import CubicOutline, to_cubic_outlines
from app.figures.drawing.geometry import Array
from app.figures.drawing.stacked_runs import stack_runs
from app.figures.lottie import STROKE_CLASS, UNITS_PER_PIXEL, still_transform
from app.figures.moving_paths import MovingPath, parse_paths, parse_run_groups, parse_runs, split_moving_drawing
from app.figures.palette import CLASS_PREFIX, STROKE_STYLES, list_colour_rules

GRID = 10 / UNITS_PER_PIXEL
"""Drawing units of the SVG documents to a unit of the animation."""
MAX_LAG = 3.0
"""Drawing units (a tenth of a pixel each) by which a point may leave its way where a sample is left out."""
FIRST_OVERLAY_NUMBER = 1001
"""Number of the first layer of an overlay: no drawing has so many layers."""
LINE_CAPS = {"butt": 1, "round": 2}
LINE_JOINS = {"miter": 1, "round": 2}
LINEAR = {"i": {"x": 1, "y": 1}, "o": {"x": 0, "y": 0}}
"""The easing of a keyframe: even speed."""


def write_lottie_layers(document: str) -> str:
    """Return the layers of a stored moving drawing as JSON, from front to back as Lottie has them."""
    head, _ = split_moving_drawing(document)
    runs = stack_runs(parse_runs(document))
    last = max(run.last for run in runs)
    layers = [_layer(parse_paths(head), 0, last + 1)]
    # A run ends where the next begins, the last one after its last sample.
    layers += [_layer(run.paths, run.first, run.last + (run.last == last)) for run in runs]
    return json.dumps(_numbered(layers[::-1]), separators=(",", ":"))


def write_lottie_overlay(groups: str) -> str:
    """Return the layers of an overlay, stored as the groups of its runs, to be put before the other layers."""
    layers = [_layer(run.paths, run.first, run.last + 1) for run in parse_run_groups(groups)]
    return json.dumps(_numbered(layers[::-1], FIRST_OVERLAY_NUMBER), separators=(",", ":"))


def _numbered(layers: Sequence[dict[str, Any]], first: int = 1) -> list[dict[str, Any]]:
    return [layer | {"ind": number} for number, layer in enumerate(layers, first)]


def _layer(paths: Iterable[MovingPath], first: int, stop: int) -> dict[str, Any]:
    shapes = [_group(path, first) for path in paths][::-1]
    return {"ty": 4, "st": 0, "ip": first, "op": stop, "ks": still_transform(), "shapes": shapes}


def _group(path: MovingPath, first: int) -> dict[str, Any]:
    """Return a path with its paint."""
    transform = still_transform() | {"ty": "tr"}
    return {"ty": "gr", "it": [{"ty": "sh", "ks": _outline(path.outlines, first)}, _paint(path.attributes), transform]}


def _outline(samples: Sequence[str], first: int) -> dict[str, Any]:
    outlines = to_cubic_outlines(samples)
    if len(outlines) == 1:
        return {"a": 0, "k": _shape(outlines[0])}
    points = np.array([np.concatenate([outline.vertices, outline.outgoing]).ravel() for outline in outlines])
    frames = [{"t": first + index, "s": [_shape(outlines[index])]} for index in _choose_samples(points, MAX_LAG)]
    return {"a": 1, "k": [frame | LINEAR for frame in frames]}


def _shape(outline: CubicOutline) -> dict[str, Any]:
    points = {"i": outline.incoming, "o": outline.outgoing, "v": outline.vertices}
    return {name: np.round(value / GRID).astype(int).tolist() for name, value in points.items()} | {
        "c": outline.is_closed
    }


def _choose_samples(values: Array, tolerance: float) -> list[int]:
    """Return the samples between which the others lie on a straight way, within a tolerance (Douglas-Peucker)."""

    def choose_between(first: int, last: int) -> list[int]:
        if last - first < 2:
            return []
        shares = (np.arange(first + 1, last) - first)[:, None] / (last - first)
        straight = values[first] + (values[last] - values[first]) * shares
        errors = np.abs(values[first + 1 : last] - straight).max(1)
        if errors.max() <= tolerance:
            return []
        middle = first + 1 + int(np.argmax(errors))
        return [*choose_between(first, middle), middle, *choose_between(middle, last)]

    return [0, *choose_between(0, len(values) - 1), len(values) - 1]


def _paint(attributes: str) -> dict[str, Any]:
    """Return the fill or stroke of a path. Its colour is the name of a class, which the server replaces."""
    words = dict(part.split("=", 1) for part in attributes.replace('" ', '"\n').split("\n"))
    classes = [name.removeprefix(CLASS_PREFIX) for name in words["class"].strip('"').split()]
    if list_colour_rules("light")[classes[-1]].startswith("fill:"):
        return {"ty": "fl", "c": {"a": 0, "k": CLASS_PREFIX + classes[-1]}, "o": {"a": 0, "k": 100}}
    style = dict(rule.split(":") for rule in STROKE_STYLES[classes[0]].split(";"))
    width = float(words.get("stroke-width", f'"{style.get("stroke-width")}"').strip('"'))
    return {
        "ty": "st",
        "c": {"a": 0, "k": STROKE_CLASS + classes[-1]},
        "o": {"a": 0, "k": 100},
        "w": {"a": 0, "k": round(width / GRID, 1)},
        "lc": LINE_CAPS[style.get("stroke-linecap", "butt")],
        "lj": LINE_JOINS[style.get("stroke-linejoin", "miter")],
    }
