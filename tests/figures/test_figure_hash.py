"""The hash of an illustration changes with everything that changes its pictures, and with nothing else."""

import pytest

from app.figures import assets
from app.figures.composition import ComposedPicture
from app.figures.figure_hash import HASH_DIGITS, hash_figure
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.picture_options import FRAMES, Frame, PictureLook

SLUG = "open-book"


def test_the_same_pictures_have_the_same_hash() -> None:
    first = hash_figure(SLUG)
    hash_figure.cache_clear()
    assert hash_figure(SLUG) == first
    assert len(bytes.fromhex(first)) * 2 == HASH_DIGITS
    assert hash_figure("cat-cow") != first


def test_the_tempo_is_part_of_it() -> None:
    assert hash_figure(SLUG, MotionTempo(3, 1, 3)) != hash_figure(SLUG, STANDARD_TEMPO)


@pytest.mark.parametrize(
    ("phase", "frame"),
    [("start", "landscape"), ("end", "landscape"), ("animated", "landscape"), *(("both", frame) for frame in FRAMES)],
)
def test_each_phase_and_frame_is_part_of_it(phase: str, frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    before, load = hash_figure(SLUG), assets.load_picture

    def redraw(slug: str, of_phase: str, side: str | None, look: PictureLook) -> ComposedPicture:
        picture = load(slug, of_phase, side, look)
        if (of_phase, look.frame) != (phase, frame):
            return picture
        return picture._replace(document=picture.document.replace("<title>", "<title>Redrawn: ", 1))

    monkeypatch.setattr(assets, "load_picture", redraw)
    hash_figure.cache_clear()
    assert hash_figure(SLUG) != before
    monkeypatch.undo()
    hash_figure.cache_clear()


def test_an_exercise_without_a_drawing_has_none() -> None:
    with pytest.raises(KeyError):
        hash_figure("not-drawn")
