"""The frames of a motion, each as a still SVG document, for formats of pixels."""

import re
from typing import NamedTuple

from app.figures.motion_loop import MotionLoop
from app.figures.moving_paths import MovingPath, Run, parse_runs, split_moving_drawing
from app.figures.progress_ring import fill_ring

FRAMES_PER_S = 10
"""Frames of a second of movement, on average over the way out and the way back."""
MIN_WAY_FRAMES, MAX_WAY_FRAMES = 6, 40
"""Fewest and most frames of one way, however fast or slow the tempo."""
TIME_STEP_MS = 10
"""Times are multiples of this: GIF knows hundredths of a second."""
TOKEN = re.compile(r"[a-zA-Z]|-?\d+")
STYLE = re.compile("<style>.*?</style>")
ROOT_CLASS = re.compile(r'(?<=<svg) class="[^"]*"')
"""The class of the root, which only the style sheet needs."""


class Frame(NamedTuple):
    """A moment of the motion and how long it is shown."""

    position: float
    duration_ms: int


def list_frames(loop: MotionLoop) -> list[Frame]:
    """Return the frames of a loop in order. The way back has the positions of the way out where it is the same way."""
    way_s = (loop.move_end_s - loop.move_start_s + loop.return_end_s - loop.return_start_s) / 2
    count = min(max(round(way_s * FRAMES_PER_S), MIN_WAY_FRAMES), MAX_WAY_FRAMES)
    out, back = loop.list_way_positions(count)
    moments = [(0.0, 0.0)]
    for positions, start_s, end_s in (
        (out, loop.move_start_s, loop.move_end_s),
        (back, loop.return_start_s, loop.return_end_s),
    ):
        moments += [(start_s + (end_s - start_s) * step / count, positions[step]) for step in range(1, count + 1)]
    times = [round(time_s * 1000 / TIME_STEP_MS) * TIME_STEP_MS for time_s, _ in moments]
    times.append(round(loop.duration_s * 1000 / TIME_STEP_MS) * TIME_STEP_MS)
    # The last frame is the first one of the next round: it is shown only where there is a pause.
    return [
        Frame(position, end - start)
        for (_, position), start, end in zip(moments, times, times[1:], strict=False)
        if end > start
    ]


class FrameWriter:
    """Writes moments of one painted moving drawing as still SVG documents."""

    def __init__(self, document: str, loop: MotionLoop) -> None:
        head, _ = split_moving_drawing(document)
        self._head, self._runs, self._loop = ROOT_CLASS.sub("", STYLE.sub("", head)), parse_runs(document), loop

    def write_frame(self, position: float) -> str:
        """Return the SVG document of a position among the samples."""
        paths = "".join(
            _write_path(path, position - run.first) for run in self._list_runs(position) for path in run.paths
        )
        return f"{fill_ring(self._head, self._loop, position)}{paths}</g></svg>"

    def _list_runs(self, position: float) -> list[Run]:
        """Return the runs that are shown: one order of the layers, and what lies over the whole motion.

        Where two runs meet they have the same outlines: the first of them is shown.
        """
        return [run for run in self._runs if position <= run.last and (position > run.first or run.first == 0)]


def _write_path(path: MovingPath, position: float) -> str:
    return f'<path {path.attributes} d="{_interpolate_outline(path.outlines, position)}"/>'


def _interpolate_outline(samples: tuple[str, ...], position: float) -> str:
    """Return the outline between two samples; their commands are the same, their numbers differ."""
    if len(samples) == 1:
        return samples[0]
    index = min(int(position), len(samples) - 2)
    share = position - index
    before, after = TOKEN.findall(samples[index]), TOKEN.findall(samples[index + 1])
    return " ".join(
        a if a == b else str(round(int(a) + (int(b) - int(a)) * share)) for a, b in zip(before, after, strict=True)
    )
