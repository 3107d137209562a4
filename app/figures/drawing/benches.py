"""A padded bench on a steel frame, as layers; sizes in cm."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, vec
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.outline import convex_hull, resample_outline
from app.figures.drawing.solids import MIN_FACING, SHADOW_DEPTH, Box, box_layer

Lengths = tuple[float, float, float]
"""A point or a size of a bench: along it, up, across it."""
BoolArray = npt.NDArray[np.bool_]
"""Which points of an outline are chosen."""
PAD_CM = 7.0
"""Thickness of the pad of a bench."""
PAD_CORNER_CM = 5.0
"""Radius of the four corners of a pad, seen from above."""
PAD_EDGE_CM = 1.1
"""Radius of the edge between the surface of a pad and its sides."""
SEAM_SHARE = 0.42
"""Height of the seam round a pad, as a share of its thickness."""
SEAM_RADIUS_CM = 0.3
"""Half the width of a seam."""
CORNER_ANGLES = np.linspace(0, np.pi / 2, 6)
"""Radians at which a corner of a pad is sampled."""
BEAM_CM = 5.0
"""Height and width of the beam under the pad."""
UPRIGHT_CM = 6.0
"""Width of an upright in both directions."""
UPRIGHT_INSET_CM = 17.0
"""From the end of a long bench to the middle of an upright; a short one has them at a quarter of its length."""
FOOT_CM = (6.5, 4.0)
"""Width and height of a cross foot."""
FOOT_MARGIN_CM = 4.0
"""How far a cross foot reaches beyond the pad on either side."""
SHADOW_MARGIN_CM, SHADOW_POINTS = 8.0, 32
"""How far the shadow reaches beyond the uprights and, half as far, the feet; points of its outline."""


def draw_bench(spec: Mapping[str, Any], camera: Camera) -> list[Layer]:
    """Return a padded bench along x, or along z when `across` is set, with its shadow."""
    middle, is_across = vec(spec.get("x", 0.0), 0, spec.get("z", 0.0)), bool(spec.get("across"))
    sizes = spec.get("length", 110.0), spec.get("height", 44.0), spec.get("wide", 32.0)
    boxes = {name: _place_box(middle, is_across, *part) for name, part in _measure_bench(*sizes).items()}
    shadow, pad = boxes.pop("shadow"), boxes.pop("bench")
    frame = [box_layer(camera, name, box, "prop") for name, box in boxes.items()]
    return [_shadow_layer(camera, shadow), *frame, pad_layer(camera, "bench", pad)]


def _measure_bench(length: float, height: float, width: float) -> dict[str, tuple[Lengths, Lengths]]:
    """Return the middle and the size of each part: along the bench, up, across it."""
    reach = length / 2 - min(UPRIGHT_INSET_CM, length / 4)
    clear, foot_width = height - PAD_CM, width + FOOT_MARGIN_CM * 2
    rise = clear - FOOT_CM[1]
    parts: dict[str, tuple[Lengths, Lengths]] = {
        "bench": ((0, height - PAD_CM / 2, 0), (length, PAD_CM, width)),
        "beam": ((0, clear - BEAM_CM / 2, 0), (reach * 2, BEAM_CM, BEAM_CM)),
        "shadow": ((0, 0, 0), (reach * 2 + SHADOW_MARGIN_CM * 2, 0, foot_width + SHADOW_MARGIN_CM)),
    }
    for i, shift in enumerate((-reach, reach)):
        parts[f"upright{i}"] = (shift, FOOT_CM[1] + rise / 2, 0), (UPRIGHT_CM, rise, UPRIGHT_CM)
        parts[f"foot{i}"] = (shift, FOOT_CM[1] / 2, 0), (*FOOT_CM, foot_width)
    return parts


def _place_box(foot: Array, is_across: bool, middle: Lengths, size: Lengths) -> Box:
    """Return a part of a bench that stands at a point of the floor, along x or along z."""
    return Box(foot + vec(*(middle[::-1] if is_across else middle)), size[::-1] if is_across else size)


def pad_layer(camera: Camera, name: str, box: Box) -> Layer:
    """Return a pad of the size of a box, with rounded corners and edges and a seam along its sides."""
    half, up = box.size[1] / 2, box.frame[:, 1]
    rim, normals = _round_rectangle(box, 0)
    inset, _ = _round_rectangle(box, PAD_EDGE_CM)
    body = [
        outline + up * rise for rise in (half, -half) for outline in (inset, rim - up * np.sign(rise) * PAD_EDGE_CM)
    ]
    layer = box_layer(camera, name, box, "pad")
    layer.shape = convex_hull(camera.project(np.vstack(body)))
    layer.strokes = [Stroke("polygon", "pad", shapely.get_coordinates(layer.shape)[:-1])]
    is_end = np.abs(normals @ box.frame[:, 0]) > np.sqrt(0.5)
    is_seen = normals @ camera.viewer_direction > MIN_FACING
    for part in _list_runs(is_seen & is_end):
        wall = [rim[part] + up * (half - PAD_EDGE_CM), inset[part][::-1] - up * half]
        layer.strokes.append(Stroke("polygon", "pad2", camera.project(np.vstack(wall))))
    for part in _list_runs(is_seen & ~is_end):
        seam = rim[part] + up * box.size[1] * (SEAM_SHARE - 0.5)
        layer.strokes.append(Stroke("rod", "pad2", camera.project(seam), radius=SEAM_RADIUS_CM))
    is_from_above = camera.depth_of(up) > MIN_FACING
    surface = camera.project(inset + up * (half if is_from_above else -half))
    layer.strokes.append(Stroke("polygon", "pad3" if is_from_above else "pad2", surface))
    return layer


def _round_rectangle(box: Box, inset: float) -> tuple[Array, Array]:
    """Return points round a level section of a pad through its middle, and the normals of its side there."""
    radius = PAD_CORNER_CM - inset
    points, normals = [], []
    for quarter, (x_sign, z_sign) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angles = CORNER_ANGLES + quarter * np.pi / 2
        outward = np.outer(np.cos(angles), box.frame[:, 0]) + np.outer(np.sin(angles), box.frame[:, 2])
        corner = vec(x_sign * (box.size[0] / 2 - PAD_CORNER_CM), 0, z_sign * (box.size[2] / 2 - PAD_CORNER_CM))
        points.append(box.centre + box.frame @ corner + outward * radius)
        normals.append(outward)
    return np.vstack(points), np.vstack(normals)


def _list_runs(chosen: BoolArray) -> list[list[int]]:
    """Return the indices of each run of chosen points round a closed outline, in order."""
    count = len(chosen)
    firsts = [i for i in range(count) if chosen[i] and not chosen[i - 1]]
    lasts = [next(i for i in range(first, first + count) if not chosen[(i + 1) % count]) for first in firsts]
    return [[i % count for i in range(first, last + 1)] for first, last in zip(firsts, lasts, strict=True)]


def _shadow_layer(camera: Camera, box: Box) -> Layer:
    """Return the shadow on the floor that fills a flat box."""
    shape = convex_hull(camera.project(_round_rectangle(box, 0)[0]))

    def depth(at: Array) -> Array:
        return np.full(len(at), SHADOW_DEPTH)

    points = resample_outline(shape, SHADOW_POINTS, camera.project(box.centre + vec(-200, 0, 0)))
    return Layer("shadow", [Stroke("fill", "floor", points)], shape, depth, SHADOW_DEPTH)
