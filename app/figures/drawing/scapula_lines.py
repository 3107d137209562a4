"""The contours of the shoulder blades under the shirt, in views from behind."""

from collections.abc import Sequence

import numpy as np
import shapely

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, shrink_to_point
from app.figures.drawing.layers import Layer, Stroke, find_layer
from app.figures.drawing.scapula import measure_girdle, move_with_scapula
from app.figures.drawing.skeleton import SIDES, Body
from app.figures.drawing.surface_parts import build_trunk

CONTOUR = ((8.95, 155.0), (8.3, 154.5), (7.5, 152.5), (7.0, 148.5), (6.82, 142.5), (7.05, 135.5), (7.55, 128.0))
"""The line of a blade (spine node, angle): its inner edge, its lower end and a part of its outer edge."""
MIN_BACK_FACING = 0.5
"""The lines are drawn when the back turns to the viewer by more than this (cosine)."""
MIN_SEEN_SHARE = 0.7
"""Both lines are left out where the trunk itself lets less of one be seen: the other alone would look like a hook."""
CLEARANCE_CM = 1.5
"""A line ends this far before what covers it: cut off at a sleeve, it would look like its seam."""
MIN_LINE_CM = 3.0
"""A shorter line, as of a back that is seen at a slant, is left out, too."""
MIN_UNCOVERED_SHARE = 0.45
"""A line of which arms and head leave less is left out: its pieces would look like stray marks."""


def scapula_strokes(body: Body, camera: Camera) -> list[Stroke]:
    """Return the line of each blade; lines that are left out have no size."""
    trunk = build_trunk(body, camera)
    is_from_behind = camera.depth_of(-body.chest_frame[:, 0]) > MIN_BACK_FACING
    lines, are_seen = [], is_from_behind
    for side in SIDES:
        places = np.array(CONTOUR)
        stations, angles = move_with_scapula(places[:, 0], places[:, 1], measure_girdle(body, side))
        angles = angles if side == "R" else -angles
        kept = trunk.keep_visible(stations, angles)
        points: Array = camera.project(trunk.locate(stations, kept))
        seen = np.mean(np.abs((kept - angles + 180) % 360 - 180) < 1e-6)
        are_seen = are_seen and bool(seen >= MIN_SEEN_SHARE)
        lines.append(points)
    shown = [points if are_seen else shrink_to_point(points) for points in lines]
    return [Stroke("line", "blade", points) for points in shown]


def hide_covered_contours(layers: Sequence[Layer]) -> None:
    """Shorten the line of a blade to what the layers before the trunk leave, or to a point where that is little."""
    torso_index = find_layer(layers, "torso")
    cover = shapely.union_all([layer.shape for layer in layers[torso_index + 1 :]]).buffer(CLEARANCE_CM)
    for stroke in layers[torso_index].strokes:
        if stroke.tone == "blade" and stroke.has_size:
            line = shapely.LineString(stroke.points)
            piece = max(shapely.get_parts(line.difference(cover)), key=shapely.length, default=shapely.LineString())
            if piece.length < max(MIN_LINE_CM, MIN_UNCOVERED_SHARE * line.length):
                stroke.points = shrink_to_point(stroke.points)
            elif piece.length < line.length:
                shares = np.linspace(0, 1, len(stroke.points))
                stroke.points = shapely.get_coordinates(piece.interpolate(shares, normalized=True))
