"""The moving figure: the samples of every path, one group for every order of the layers, and a still stand-in.

SVG can move a path, but not change which path lies on top. Where limbs change their order during a motion, all layers
are drawn once for each order, and each group is visible only during its run of samples. Times are put in when the
drawing is served, see `app.figures.motion_document`.
"""

import itertools
import re

import numpy as np

from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer
from app.figures.drawing.muscle_places import mark_place
from app.figures.drawing.scene import Scene
from app.figures.drawing.svg import PathSpec, to_paths, write_layers
from app.figures.drawing.viewport import Viewport
from app.figures.motion_document import MOVING_GROUP, RUN_GROUP, STILL_GROUP

NUMBER = re.compile(r" ?-?\d+")
"""A number of path data, with the space before it: what is left is the structure of the path."""
MIN_ROTATION_GAIN = 1.0005
"""An outline starts at another point only when that brings its points closer to those before by this factor."""


def render_animation(
    scenes: list[Scene],
    background: list[Layer],
    viewport: Viewport,
    still_body: str,
    return_scenes: list[Scene] | None = None,
) -> str:
    """Return the body of the animated drawing, whose background layers do not move.

    `return_scenes` are the scenes of the way back where it is not the same as the way there. `still_body` is shown in
    place of the motion to readers who prefer reduced motion. Raises ValueError when the paths of two scenes differ in
    structure, which no browser can interpolate.
    """
    moving = MOVING_GROUP.format(move_count=len(scenes), return_count=len(return_scenes or []))
    scenes = [*scenes, *(return_scenes or [])]
    align_outlines(scenes)
    groups = "".join(_write_run(scenes, run, viewport) for run in _find_runs(scenes))
    return f"{write_layers(background, viewport)}{moving}{groups}</g>{STILL_GROUP}{still_body}</g>"


def render_moving_layers(samples: list[Layer], viewport: Viewport) -> str:
    """Return the group of one layer that keeps its place through the whole motion, for the moving group."""
    return f"{RUN_GROUP.format(first=0, last=len(samples) - 1)}{_write_moving_layer(samples, viewport)}</g>"


def align_outlines(scenes: list[Scene]) -> None:
    """Turn every outline's first point so that its points move least from the scene before."""
    for before, after in itertools.pairwise(scenes):
        layers_before = {layer.name: layer for layer in before.layers}
        for layer in after.layers:
            for stroke, previous in zip(layer.strokes, layers_before[layer.name].strokes, strict=True):
                if stroke.kind in ("fill", "edge") and len(stroke.points) == len(previous.points):
                    stroke.points = _best_rotation(stroke.points, previous.points)


def _best_rotation(points: Array, reference: Array) -> Array:
    """Return a closed outline begun at the point that fits the reference best: the peak of their circular correlation.

    Points are complex numbers here, so that one Fourier transform correlates both coordinates.
    """
    centred, reference = points - points.mean(0), reference - reference.mean(0)
    a, b = centred[:, 0] + 1j * centred[:, 1], reference[:, 0] + 1j * reference[:, 1]
    correlation = np.fft.ifft(np.fft.fft(a) * np.conj(np.fft.fft(b))).real
    best = int(np.argmax(correlation))
    is_better = correlation[best] > correlation[0] * MIN_ROTATION_GAIN + 1e-9
    return np.roll(points, -best, 0) if is_better else points


def _find_runs(scenes: list[Scene]) -> list[tuple[int, int]]:
    """Return first and last sample of each stretch with one order; neighbours share the sample at which they meet."""
    # Two runs share a sample, so that the later group begins in the very shapes in which the earlier one ends.
    starts = [0] + [i for i in range(1, len(scenes)) if scenes[i].order != scenes[i - 1].order]
    ends = [*starts[1:], len(scenes) - 1]
    return [(first, last) for first, last in zip(starts, ends, strict=True) if last > first or len(scenes) == 1]


def _write_run(scenes: list[Scene], run: tuple[int, int], viewport: Viewport) -> str:
    """Return the group of all moving layers during a run of samples with one order."""
    first, last = run
    part = scenes[first : last + 1]
    by_name = [{layer.name: layer for layer in scene.layers} for scene in part]
    layers = "".join(
        _write_moving_layer([scene[layer.name] for scene in by_name], viewport)
        + mark_place(layer.name, f"{first} {last}")
        for layer in part[0].foreground_layers()
    )
    return f"{RUN_GROUP.format(first=first, last=last)}{layers}</g>"


def _write_moving_layer(samples: list[Layer], viewport: Viewport) -> str:
    """Return the paths of one layer through a run of samples."""
    text = ""
    for strokes in zip(*(layer.strokes for layer in samples), strict=True):
        if not any(stroke.has_size for stroke in strokes):
            continue
        for paths in zip(*(to_paths(stroke, viewport) for stroke in strokes), strict=True):
            text += _write_moving_path(samples[0].name, paths)
    return text


def _write_moving_path(layer_name: str, samples: tuple[PathSpec, ...]) -> str:
    """Return one path element with its samples; at rest it has the attributes of the middle sample."""
    shapes = [path.data for path in samples]
    if len({NUMBER.sub("n", shape) for shape in shapes}) != 1:
        raise ValueError(f"{layer_name}: a path changes its structure during the motion")
    start = f'<path {samples[len(samples) // 2].attributes} d="{shapes[0]}"'
    inner = _animate("d", shapes)
    return f"{start}>{inner}</path>" if inner else f"{start}/>"


def _animate(attribute: str, values: list[str]) -> str:
    """Return the element that holds the samples of an attribute; empty when it never changes."""
    if len(set(values)) == 1:
        return ""
    return f'<animate attributeName="{attribute}" values="{";".join(values)}"/>'
