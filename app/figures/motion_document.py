"""The stored form of a moving drawing, and how its animation elements for browsers (SMIL) are made from it.

A stored moving drawing is an SVG document in which times are left out, because they depend on the tempo of the dose:
`MOVING_GROUP` says how many samples the motion has, a `RUN_GROUP` for how many of them one order of the layers holds,
and an `<animate>` element has one value for each sample of its run.
"""

import re
from collections.abc import Callable
from functools import partial

from app.figures.motion_loop import MotionLoop, MotionTempo
from app.figures.palette import CLASS_PREFIX
from app.figures.progress_ring import has_ring, write_moving_ring

MOVING_GROUP = '<g class="' + CLASS_PREFIX + 'moving" data-samples="{move_count} {return_count}">'
"""Opening tag of the group of everything that moves."""
STILL_GROUP = f'<g class="{CLASS_PREFIX}still">'
"""Opening tag of the group that stands in for the moving one where the reader prefers reduced motion."""
MOVING_GROUP_START = MOVING_GROUP.partition("{")[0]
"""How the opening tag of that group begins."""
RUN_GROUP = '<g data-run="{first} {last}">'
"""Opening tag of a group that is shown from one sample to another."""
SAMPLE_COUNTS = re.compile(r' data-samples="(\d+) (\d+)"')
PICTURE_WIDTH = re.compile(r'<svg [^>]*?width="(\d+)"')
DRAWING_GROUP = re.compile(r'<g transform="[^"]+">')
TIMED_TAG = re.compile(r'<g data-run="(\d+) (\d+)">|<animate attributeName="([a-z]+)" values="([^"]+)"/>')


def read_loop(document: str, tempo: MotionTempo) -> MotionLoop:
    """Return the loop of a stored moving drawing. Raises `ValueError` for a still one."""
    found = SAMPLE_COUNTS.search(document)
    if found is None:
        raise ValueError("the drawing does not move")
    return MotionLoop(tempo, int(found[1]), int(found[2]))


def write_animation(document: str, tempo: MotionTempo) -> str:
    """Return a stored moving drawing with its times: an SVG document that a browser plays."""
    loop = read_loop(document, tempo)
    duration = f'dur="{loop.duration_s:.2f}'.rstrip("0").rstrip(".") + 's" repeatCount="indefinite"'
    key_times = ""

    def write_tag(tag: re.Match[str]) -> str:
        nonlocal key_times
        if tag[3]:
            values = loop.key_values(tag[4].split(";"))
            return f'<animate attributeName="{tag[3]}" {duration} keyTimes="{key_times}" values="{values}"/>'
        first, last = int(tag[1]), int(tag[2])
        key_times = loop.key_times(first, last)
        times, states = loop.visibility(first, last)
        if not times:
            return "<g>"
        hidden = ' visibility="hidden"' if first > 0 else ""
        animation = f'calcMode="discrete" keyTimes="{times}" values="{states}"'
        return f'<g{hidden}><animate attributeName="visibility" {duration} {animation}/>'

    if has_ring(loop):
        document = insert_ring(document, partial(write_moving_ring, loop))
    return TIMED_TAG.sub(write_tag, SAMPLE_COUNTS.sub("", document, count=1))


def insert_ring(document: str, write: Callable[[int], str]) -> str:
    """Return a stored moving drawing with a ring between what does not move and what does.

    `write` makes it for the width of the picture. It stands outside the group of the drawing, which is moved, scaled
    and mirrored.
    """
    width, group = PICTURE_WIDTH.search(document), DRAWING_GROUP.search(document)
    if width is None or group is None:
        raise ValueError("no drawing")
    markup = f"</g>{write(int(width[1]))}{group[0]}{MOVING_GROUP_START}"
    return document.replace(MOVING_GROUP_START, markup, 1)
