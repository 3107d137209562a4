"""The hash of an illustration: it changes when the drawing, its motion or the program that paints it changes."""

import hashlib
from functools import lru_cache

from app.figures.assets import list_drawn_slugs, render_lottie, render_svg
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.picture_options import FRAMES, PHASES, PictureLook, ShownMuscle

HASH_DIGITS = 12
"""Hexadecimal digits: two drawings of one exercise have the same by chance once in 10^14."""


@lru_cache(maxsize=256)
def hash_figure(slug: str, tempo: MotionTempo = STANDARD_TEMPO, muscles: tuple[ShownMuscle, ...] = ()) -> str:
    """Return the hash of the pictures of an exercise, at the tempo of its dose and with its muscles.

    Takes about 15 ms, once.

    It is made from what is sent (every phase and frame as SVG, and the Lottie animation), so that nothing can be
    forgotten: the other formats, sides and themes are made from the same. Raises KeyError when the exercise has no
    drawing.
    """
    if slug not in list_drawn_slugs():
        raise KeyError(slug)
    content = hashlib.sha256()
    for phase in PHASES:
        content.update(render_svg(slug, phase, tempo=tempo))
    for frame in FRAMES:
        content.update(render_svg(slug, "both", look=PictureLook(frame=frame)))
    content.update(render_lottie(slug, tempo=tempo))
    content.update(render_svg(slug, "both", look=PictureLook(muscles=muscles)))
    return content.hexdigest()[:HASH_DIGITS]
