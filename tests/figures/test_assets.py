"""What the server reads: themes, sides, licence, no outside reference."""

import subprocess
import sys

import pytest

from app.figures import assets
from app.figures.palette import DARK, LIGHT
from app.figures.raster import render_png

SERVE_ONE = """
import sys
from app.figures import assets
assets.render_svg(assets.list_drawn_slugs()[0])
print({"numpy", "shapely"} & set(sys.modules))
"""
ALL = assets.list_drawn_slugs()


def test_reduced_motion_shows_a_still() -> None:
    text = assets.render_svg(ALL[0], "animated", "light").decode()
    assert "prefers-reduced-motion:reduce" in text
    assert 'class="tmf-still"' in text
    assert "<animate " in text


def test_themes_differ_and_auto_holds_both() -> None:
    light, dark, auto = (assets.render_svg(ALL[0], "start", theme).decode() for theme in assets.THEMES)
    assert LIGHT["bg"] in light
    assert LIGHT["bg"] not in dark
    assert DARK["bg"] in dark
    assert LIGHT["bg"] in auto
    assert DARK["bg"] in auto
    assert "var(" not in auto


def test_the_other_side_is_the_mirror_image() -> None:
    drawn = assets.get_drawn_side("open-book")
    other = "left" if drawn == "right" else "right"
    assert assets.render_svg("open-book", "start", "light", drawn) == assets.render_svg("open-book", "start", "light")
    assert b"scale(-.1 .1)" in assets.render_svg("open-book", "start", "light", other)
    assert b"scale(-.1 .1)" not in assets.render_svg("cat-cow", "start", "light", "left")


def test_unknown_names_are_key_errors() -> None:
    for slug, phase, theme in (("no-such", "start", "light"), (ALL[0], "middle", "light"), (ALL[0], "start", "pink")):
        with pytest.raises(KeyError):
            assets.render_svg(slug, phase, theme)


def test_serving_needs_no_drawing_library() -> None:
    out = subprocess.run([sys.executable, "-c", SERVE_ONE], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "set()"


def test_a_png_has_the_theme_s_background() -> None:
    image = render_png(assets.render_svg(ALL[0], "both", "light").decode(), 64)
    assert image[:4] == b"\x89PNG"
    assert len(image) > 600


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(a: str, b: str) -> float:
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "behind", "least"),
    [
        ("skin-e", "bg", 2.0),
        ("top", "bg", 3.0),
        ("leg", "bg", 3.0),
        ("arrow", "bg", 3.0),
        ("spine", "case", 3.0),
        ("case", "top", 3.0),
        ("leg", "leg2", 1.25),
        ("top", "top2", 1.25),
        ("skin", "skin2", 1.25),
        ("leg", "mat", 2.0),
        ("ghost", "bg", 1.25),
        ("mat", "bg", 1.2),
    ],
)
def test_contrasts_hold(theme: dict[str, str], front: str, behind: str, least: float) -> None:
    assert _contrast(theme[front], theme[behind]) >= least
