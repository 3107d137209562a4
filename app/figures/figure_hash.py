"""The hash of an illustration: it changes when the drawing, its motion or the program that paints it changes."""

import hashlib
from functools import lru_cache

from app.figures.assets import THEMES, list_drawn_slugs, list_persons, locate_asset, render_lottie, render_svg
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.palette import list_colour_rules
from app.figures.persons import PERSONS, SKIN_TONES, Appearance, choose_appearance
from app.figures.picture_options import FRAMES, PHASES, PictureLook, ShownMuscle

HASH_DIGITS = 12
"""Hexadecimal digits: two drawings of one exercise have the same by chance once in 10^14."""


@lru_cache(maxsize=256)
def hash_figure(slug: str, tempo: MotionTempo = STANDARD_TEMPO, muscles: tuple[ShownMuscle, ...] = ()) -> str:
    """Return the hash of the pictures of an exercise, at the tempo of its dose and with its muscles.

    Takes about 15 ms, once.

    It is made from what is sent (every phase and frame as SVG, and the Lottie animation), so that nothing can be
    forgotten: the other formats, sides and themes are made from the same. Of other persons, the drawings and the
    colours are in it. Raises KeyError when the exercise has no drawing.
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
    persons = list_persons(slug)
    content.update(repr(choose_appearance(slug, "varied", None, persons)).encode() + _digest_colours())
    for person in persons:
        content.update(locate_asset(slug, person).read_bytes())
    return content.hexdigest()[:HASH_DIGITS]


@lru_cache(maxsize=1)
def _digest_colours() -> bytes:
    """Return a digest of the colours of all persons in all themes."""
    looks = [Appearance(person, skin) for person in PERSONS for skin in SKIN_TONES]
    rules = [list_colour_rules(theme, look) for theme in THEMES if theme != "auto" for look in looks]
    return hashlib.sha256(repr(rules).encode()).digest()
