"""The moving pictures of all exercises are small, at the tempo of each dose."""

import gzip
import statistics

import pytest

from app.figures import assets
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.motion_raster import render_motion
from app.figures.picture_options import USUAL_LOOK
from benchmarks.catalogues import seed_exercises

pytestmark = pytest.mark.pictures
MAX_MEAN_WEBP_BYTES, MAX_MEAN_LOTTIE_BYTES = 120_000, 25_000
TEMPOS = {
    exercise.slug: MotionTempo(tempo.out_s, tempo.hold_s, tempo.back_s) if tempo else STANDARD_TEMPO
    for exercise in seed_exercises()
    for tempo in [exercise.dose.tempo]
}


def test_a_webp_is_small_on_average() -> None:
    sizes = []
    for slug in assets.list_drawn_slugs():
        document, loop = assets.load_motion(slug, "light", None, USUAL_LOOK, TEMPOS[slug])
        sizes.append(len(render_motion(document, loop, 400, "webp")))
    assert len(sizes) == len(TEMPOS)
    assert statistics.mean(sizes) <= MAX_MEAN_WEBP_BYTES


def test_a_lottie_animation_is_small_on_average() -> None:
    sizes = [
        len(gzip.compress(assets.render_lottie(slug, "light", None, USUAL_LOOK, TEMPOS[slug]), 6))
        for slug in assets.list_drawn_slugs()
    ]
    assert statistics.mean(sizes) <= MAX_MEAN_LOTTIE_BYTES
