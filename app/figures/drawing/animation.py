"""The moving figure: SMIL on each path, one group for every order of the layers, a still copy for reduced motion."""

import itertools
import re

import numpy as np

from app.figures.drawing.layers import Layer
from app.figures.drawing.scene import Frame, Scene
from app.figures.drawing.space import Array
from app.figures.drawing.svg import drawn, still
from app.figures.palette import CLASS_PREFIX as P

# Parts of the loop: rest at the start, go, rest at the end, come back.
GO, ARRIVE, LEAVE, BACK = 0.06, 0.44, 0.58, 0.96
NUMBER = re.compile(r" ?-?\d+")


def _times(count: int) -> tuple[list[float], list[float]]:
    there = [GO + (ARRIVE - GO) * i / (count - 1) for i in range(count)]
    return there, [BACK - (BACK - LEAVE) * i / (count - 1) for i in range(count)]


def _round(first: int, last: int, count: int, whole: int) -> list[float]:
    """Times of samples first to last when the way back is another one: half the samples go, half come home."""
    there, _ = _times(count)
    home = [LEAVE + (BACK - LEAVE) * i / (whole - count - 1) for i in range(whole - count)]
    return [*there, *home][first : last + 1]


def _text(times: list[float]) -> str:
    return ";".join(f"{t:.3f}".rstrip("0").rstrip(".").lstrip("0") or "0" for t in times)


def _loop(first: int, last: int, count: int) -> str:
    there, back = _times(count)
    return _text([0.0, *there[first : last + 1], *back[first : last + 1][::-1], 1.0])


def _values(values: list[str], once: bool) -> str:
    if once:
        return ";".join([values[0], *values, values[-1]])
    return ";".join([values[0], *values, *values[::-1], values[0]])


def aligned(scenes: list[Scene]) -> None:
    """Turn every outline's first point so that it moves least from the moment before."""
    for before, after in itertools.pairwise(scenes):
        old = {layer.name: layer for layer in before.layers}
        for layer in after.layers:
            for mark, was in zip(layer.marks, old[layer.name].marks, strict=True):
                if mark.kind in ("fill", "edge") and len(mark.points) == len(was.points):
                    mark.points = _rolled(mark.points, was.points)


def _rolled(points: Array, was: Array) -> Array:
    here, there = points - points.mean(0), was - was.mean(0)
    a, b = here[:, 0] + 1j * here[:, 1], there[:, 0] + 1j * there[:, 1]
    match = np.fft.ifft(np.fft.fft(a) * np.conj(np.fft.fft(b))).real
    best = int(np.argmax(match))
    return np.roll(points, -best, 0) if match[best] > match[0] * 1.0005 + 1e-9 else points


def _runs(scenes: list[Scene]) -> list[tuple[int, int]]:
    """First and last sample of each stretch with one order; neighbours share the sample at which they meet."""
    starts = [0] + [i for i in range(1, len(scenes)) if scenes[i].order != scenes[i - 1].order]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(scenes) - 1], strict=True) if b > a or len(scenes) == 1]


def _moving(name: str, layers: list[Layer], frame: Frame, keys: str, duration: float, once: bool) -> str:
    """One layer through a run of samples."""
    clock = f'dur="{duration:g}s" repeatCount="indefinite" keyTimes="{keys}"'
    middle, out = layers[len(layers) // 2], ""
    for i, mark in enumerate(middle.marks):
        steps = [drawn(layer.marks[i], frame) for layer in layers]
        for j, (attributes, _) in enumerate(drawn(mark, frame)):
            paths = [s[j][1] for s in steps]
            if len({NUMBER.sub("n", p) for p in paths}) != 1:
                raise ValueError(f"{name}: a path changes its structure during the motion")
            inner = ""
            if len(set(paths)) > 1:
                inner += f'<animate attributeName="d" {clock} values="{_values(paths, once)}"/>'
            if mark.kind == "spine":
                seen = [layer.marks[i].tone.split(":")[1] for layer in layers]
                if set(seen) == {"0.00"}:
                    continue
                if len(set(seen)) > 1:
                    inner += f'<animate attributeName="opacity" {clock} values="{_values(seen, once)}"/>'
            out += (
                f'<path {attributes} d="{paths[0]}">{inner}</path>' if inner else f'<path {attributes} d="{paths[0]}"/>'
            )
    return out


def _shown(first: int, last: int, count: int, duration: float) -> str:
    """The rule by which a group is seen only while its order of layers holds."""
    there, back = _times(count)
    if first == 0 and last == count - 1:
        return ""
    times, seen = [0.0], ["visible" if first == 0 else "hidden"]
    if first > 0:
        times, seen = [*times, there[first]], [*seen, "visible"]
    if last < count - 1:
        times, seen = [*times, there[last], back[last]], [*seen, "hidden", "visible"]
    if first > 0:
        times, seen = [*times, back[first]], [*seen, "hidden"]
    return (
        f'<animate attributeName="visibility" dur="{duration:g}s" repeatCount="indefinite" calcMode="discrete" '
        f'keyTimes="{_text(times)}" values="{";".join(seen)}"/>'
    )


def _shown_once(times: list[float], first: int, last: int, whole: int, duration: float) -> str:
    """The same for a motion that comes home another way."""
    if first == 0 and last == whole - 1:
        return ""
    moments, seen = [0.0], ["visible" if first == 0 else "hidden"]
    if first > 0:
        moments, seen = [*moments, times[0]], [*seen, "visible"]
    if last < whole - 1:
        moments, seen = [*moments, times[-1]], [*seen, "hidden"]
    return (
        f'<animate attributeName="visibility" dur="{duration:g}s" repeatCount="indefinite" calcMode="discrete" '
        f'keyTimes="{_text(moments)}" values="{";".join(seen)}"/>'
    )


def animated(scenes: list[Scene], frame: Frame, duration: float, instead: str, home: list[Scene]) -> str:
    """The body of the animated drawing; `home` are the scenes of the way back where it is another one.

    `instead` is shown to people who prefer reduced motion.
    """
    count = len(scenes)
    scenes = [*scenes, *home]
    aligned(scenes)
    base = [layer for layer in scenes[0].layers if layer.base]
    out = ""
    for first, last in _runs(scenes):
        part = scenes[first : last + 1]
        times = _round(first, last, count, len(scenes)) if home else []
        keys = _text([0.0, *times, 1.0]) if home else _loop(first, last, count)
        group = ""
        for layer in part[0].layers:
            if not layer.base:
                same = [next(other for other in s.layers if other.name == layer.name) for s in part]
                group += _moving(layer.name, same, frame, keys, duration, bool(home))
        shown = _shown_once(times, first, last, len(scenes), duration) if home else _shown(first, last, count, duration)
        hidden = ' visibility="hidden"' if first > 0 else ""
        out += f"<g{hidden}>{shown}{group}</g>"
    return f'{still(base, frame)}<g class="{P}moving">{out}</g><g class="{P}still">{instead}</g>'
