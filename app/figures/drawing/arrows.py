"""Arrows that show a motion: sampled from a landmark's path, or drawn between stated points."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.figures.drawing import skeleton as sk
from app.figures.drawing.camera import Camera
from app.figures.drawing.motion import Key, at
from app.figures.drawing.space import Array, unit, vec

HEAD_LENGTH, HEAD_HALF = 8.0, 5.2


@dataclass
class Arrow:
    """An arrow's line and head in flat centimetres."""

    line: Array
    head: Array


def _pointed(points: Array) -> Arrow:
    """A line that ends in a head; the line stops inside the head."""
    tip, way = points[-1], unit(points[-1] - points[-3])
    back = tip - way * HEAD_LENGTH
    aside = np.array([-way[1], way[0]]) * HEAD_HALF
    kept = [p for p in points if float((p - tip) @ -way) > HEAD_LENGTH * 0.7]
    line = np.array([*kept, tip - way * HEAD_LENGTH * 0.6])
    return Arrow(line, np.array([tip, back + aside, back - aside]))


def _followed(spec: dict[str, Any], keys: list[Key], cam: Camera) -> Array:
    first, last = spec.get("from", 0.12), spec.get("to", 0.95)
    off = spec.get("off", 0)
    found = []
    for i in range(9):
        body = at(keys, first + (last - first) * i / 8).body
        marks = sk.landmarks(body)
        p = cam.flat(marks[spec["follow"]][0])
        if isinstance(off, list):
            found.append(p + np.array([off[0], -off[1]]))
        else:
            centre = cam.flat(marks[spec["about"]][0] if "about" in spec else body.joints["pelvis"])
            found.append(p + unit(p - centre) * off)
    return np.array(found)


def _straight(spec: dict[str, Any], keys: list[Key], cam: Camera) -> Array:
    body = keys[-1 if spec.get("at", "end") == "end" else 0].body
    start = spec["start"]
    origin = sk.landmarks(body)[start[0]][0] + vec(*start[1:]) if isinstance(start[0], str) else vec(*start)
    way = vec(*spec["by"])
    return np.array([cam.flat(origin + way * k / 6) for k in range(7)])


def arrows(specs: list[dict[str, Any]], keys: list[Key], cam: Camera) -> list[Arrow]:
    """All arrows of a figure."""
    found = []
    for spec in specs:
        if "follow" in spec:
            points = _followed(spec, keys, cam)
        elif "points" in spec:
            points = cam.flat(np.array(spec["points"], dtype=float))
            points = np.vstack([points[:1], points]) if len(points) == 2 else points
        else:
            points = _straight(spec, keys, cam)
        found.append(_pointed(points))
    return found
