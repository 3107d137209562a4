"""The colours of the drawings can be told apart in both themes."""

import pytest

from app.figures.palette import DARK, LIGHT, list_colour_rules


def relative_luminance(colour: str) -> float:
    """Relative luminance of a hex colour, as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(a: str, b: str) -> float:
    low, high = sorted((relative_luminance(a), relative_luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "behind", "min_ratio"),
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
def test_contrasts_hold(tones: dict[str, str], front: str, behind: str, min_ratio: float) -> None:
    assert contrast_ratio(tones[front], tones[behind]) >= min_ratio


def test_an_unknown_theme_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        list_colour_rules("pink")
