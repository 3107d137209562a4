"""PNG pictures have the colours of the drawing's theme, and the width that is wanted."""

from functools import lru_cache

import pytest

from app.figures import assets
from app.figures.palette import THEMES
from app.figures.picture_options import PHASES, Background, PictureLook
from app.figures.raster import render_png
from app.kit.closed_lists import list_words
from tests.figures.pixels import Picture, Pixel, read_picture

SLUGS = assets.list_drawn_slugs()


def theme_colours(theme: str) -> set[Pixel]:
    return {rgb(theme, tone) for tone in THEMES[theme]}


def rgb(theme: str, tone: str) -> Pixel:
    red, green, blue = bytes.fromhex(THEMES[theme][tone][1:])
    return red, green, blue


@lru_cache(maxsize=8)
def render_picture(slug: str, phase: str, theme: str, width: int, side: str | None = None) -> Picture:
    return read_picture(render_png(assets.render_svg(slug, phase, theme, side).decode(), width))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_png_has_the_colours_of_the_drawing(slug: str, theme: str) -> None:
    """Large areas have exactly a colour of the theme; nothing is darker than its darkest, so nothing is black."""
    phase = PHASES[SLUGS.index(slug) % 3]
    # Narrower, the edges blend most of a small figure, and little is left of its pure colours.
    counts = render_picture(slug, phase, theme, 112).count_colours()
    pixel_count = sum(counts.values())
    large_areas = {colour for colour, count in counts.items() if count >= pixel_count / 33}
    assert large_areas - {(255, 255, 255)} <= theme_colours(theme)
    assert counts[rgb(theme, "bg")] + counts[rgb(theme, "wall2")] > pixel_count / 5  # what is behind
    assert counts[rgb(theme, "top")] + counts[rgb(theme, "top2")] > pixel_count / 200
    assert counts[rgb(theme, "skin")] + counts[rgb(theme, "skin2")] > pixel_count / 800
    darkest = min(max(colour) for colour in theme_colours(theme))
    assert min(max(colour) for colour in counts) >= darkest - 1


def test_a_png_is_a_png_file_of_some_size() -> None:
    png = render_png(assets.render_svg(SLUGS[0], "both", "light").decode(), 64)
    assert png[:4] == b"\x89PNG"
    assert len(png) > 600


@pytest.mark.parametrize("width", [64, 131, 512])
def test_a_png_is_as_wide_as_wanted(width: int) -> None:
    picture = render_picture("cat-cow", "both", "light", width)
    assert picture.width == width
    assert abs(picture.height - width * 3 / 4) <= 1
    assert picture.count_colours()[rgb("light", "top")] > width / 2


@pytest.mark.parametrize("slug", ["open-book", "thread-the-needle", "lunge-with-rotation"])
def test_the_other_side_is_the_same_picture_flipped(slug: str) -> None:
    right, left = (render_picture(slug, "end", "light", 120, side) for side in ("right", "left"))
    assert right.mean_difference(left) > 4
    assert right.mean_difference(left.flipped()) < 1.5


@pytest.mark.parametrize("theme", THEMES)
def test_without_a_background_only_the_card_is_missing(theme: str) -> None:
    card, bare = (
        read_picture(
            render_png(assets.render_svg("cat-cow", "both", theme, None, PictureLook(background)).decode(), 200)
        )
        for background in list_words(Background)
    )
    assert bare.count_colours()[(255, 255, 255)] > 200 * 150 / 3  # what is transparent counts as white
    assert rgb(theme, "bg") not in bare.count_colours()
    assert bare.count_colours()[rgb(theme, "top")] == card.count_colours()[rgb(theme, "top")]
