"""The ring of a moving drawing tells the tempo, in every format at the same moment."""

import json
import re

import pytest

from app.figures import assets
from app.figures.motion_frames import FrameWriter
from app.figures.motion_loop import STANDARD_TEMPO, MotionLoop, MotionTempo
from app.figures.picture_options import USUAL_LOOK, MotionFrame, PictureLook
from app.figures.progress_ring import LENGTH, list_fill_times

BREATH = MotionTempo(4, 1, 6)
DASHES = re.compile(r'stroke-dasharray="(\d+) (\d+)"')


def test_it_fills_rests_and_empties_with_the_tempo() -> None:
    assert list_fill_times(MotionLoop(BREATH, 9)) == [(0, 0), (0, 0), (4, 1), (5, 1), (11, 0), (11, 0)]


def test_an_animated_svg_has_it_behind_the_drawing() -> None:
    svg = assets.render_svg("crocodile-breathing", "animated", "light", tempo=BREATH).decode()
    ring = svg.index('attributeName="stroke-dasharray" dur="11s"')
    assert ring < svg.index('attributeName="d"')
    assert f'keyTimes="0;0;.364;.455;1;1" values="0 {LENGTH};0 {LENGTH};{LENGTH} 0;{LENGTH} 0;0 {LENGTH};' in svg


@pytest.mark.parametrize("kind", ["svg", "lottie"])
def test_a_motion_without_a_tempo_has_none(kind: str) -> None:
    if kind == "svg":
        assert b"stroke-dasharray" not in assets.render_svg("cat-cow", "animated", "light", tempo=STANDARD_TEMPO)
    else:
        assert b'"tm","s"' not in assets.render_lottie("cat-cow", tempo=STANDARD_TEMPO)


@pytest.mark.parametrize(("slug", "half"), [("cat-cow", 4.0), ("shoulder-rolls", 4.0)])
def test_a_frame_shows_how_far_the_motion_is(slug: str, half: float) -> None:
    document, loop = assets.load_motion(slug, "dark", None, USUAL_LOOK, BREATH)
    writer = FrameWriter(document, loop)

    def find_filled(position: float) -> int:
        found = DASHES.search(writer.write_frame(position))
        assert found
        return int(found[1])

    last = loop.move_count - 1.0
    assert [find_filled(position) for position in (0.0, half, last)] == [0, round(LENGTH / 2), LENGTH]
    if loop.return_count:
        assert find_filled(loop.sample_count - 1.0) == 0


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize(("frame", "x"), [("landscape", 380), ("portrait", 280)])
def test_lottie_has_it_at_the_same_moments_in_the_same_corner(side: str, frame: MotionFrame, x: int) -> None:
    look = PictureLook(frame=frame)
    document = json.loads(assets.render_lottie("open-book", side=side, look=look, tempo=BREATH))
    svg = assets.render_svg("open-book", "animated", "light", side, look, BREATH).decode()
    assert f'<g transform="translate({x} 20)rotate(-90)scale(.1)">' in svg
    (ring,) = [layer for layer in document["layers"] if layer["ind"] == 3]
    ellipse, trim, line, _ = ring["shapes"][0]["it"]
    assert ellipse["p"]["k"] == [x, 20]
    assert [(frame["t"], frame["s"]) for frame in trim["e"]["k"]] == [(0, [0]), (120, [100]), (150, [100]), (330, [0])]
    assert len(line["c"]["k"]) == 4
