"""Moving pixels: the colours, size and time of the drawing, mirrored and transparent on request."""

import io
from functools import lru_cache

import pytest
from PIL import Image

from app.figures.assets import load_motion, render_svg
from app.figures.motion_loop import MotionTempo
from app.figures.motion_raster import render_motion
from app.figures.palette import THEMES
from app.figures.picture_options import Background, MotionFormat, PictureLook
from app.figures.raster import render_png
from tests.figures.pixels import Picture, read_frames, read_picture

TEMPO = MotionTempo(2, 1, 2)
FORMATS: tuple[MotionFormat, ...] = ("webp", "gif")
WIDTH_PX = 240


@lru_cache(maxsize=16)
def render(
    file_format: MotionFormat, theme: str = "light", side: str | None = None, background: Background = "theme"
) -> bytes:
    document, loop = load_motion("thread-the-needle", theme, side, PictureLook(background), TEMPO)
    return render_motion(document, loop, WIDTH_PX, file_format)


def render_still(phase: str, theme: str) -> Picture:
    return read_picture(render_png(render_svg("thread-the-needle", phase, theme).decode(), WIDTH_PX))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_the_motion_begins_at_the_start_and_comes_to_the_end(file_format: MotionFormat, theme: str) -> None:
    frames, end = read_frames(render(file_format, theme)), render_still("end", theme)
    assert (frames[0].width, frames[0].height) == (WIDTH_PX, WIDTH_PX * 3 // 4)
    differences = [frame.mean_difference(end) for frame in frames]
    assert frames[0].mean_difference(render_still("start", theme)) < 1
    assert min(differences) < 1
    assert differences.index(min(differences)) == pytest.approx(len(frames) / 2, abs=1)
    assert max(differences) > 4


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_loop_lasts_one_repetition_and_is_endless(file_format: MotionFormat) -> None:
    picture = Image.open(io.BytesIO(render(file_format)))
    durations = []
    for index in range(picture.n_frames):  # type: ignore[attr-defined]
        picture.seek(index)
        picture.load()
        durations.append(picture.info["duration"])
    assert sum(durations) == 5000
    assert picture.info["loop"] == 0


@pytest.mark.parametrize("file_format", FORMATS)
def test_areas_have_exactly_the_colours_of_the_drawing(file_format: MotionFormat) -> None:
    """Few colours are left for the edges, none is changed inside."""
    frame = read_frames(render(file_format, "dark"))[0].count_colours()
    still = render_still("start", "dark").count_colours()
    areas = {colour for colour, count in still.items() if count >= 250}
    assert len(areas) >= 8
    for colour in areas:
        assert frame[colour] == pytest.approx(still[colour], rel=0.08)
    assert len(frame) < len(still) / 2


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_other_side_is_the_mirror_image(file_format: MotionFormat) -> None:
    left, right = (read_frames(render(file_format, "light", side))[9] for side in ("left", "right"))
    assert left.mean_difference(right) > 4
    assert left.mean_difference(right.flipped()) < 1.5


def test_without_background_the_page_shows_through() -> None:
    picture = Image.open(io.BytesIO(render("webp", background="none")))
    for index in (0, 12):
        picture.seek(index)
        frame = picture.convert("RGBA")
        assert frame.getpixel((60, 8)) == (0, 0, 0, 0)
        assert frame.getchannel("A").getextrema() == (0, 255)
        alphas = frame.getchannel("A").histogram()
        assert sum(alphas[1:255]) > 50  # soft edges
        assert alphas[0] > WIDTH_PX * WIDTH_PX / 3
