"""The colours of the drawings can be told apart in both themes."""

from itertools import combinations, product

import numpy as np
import pytest

from app.figures.drawing.geometry import Array
from app.figures.palette import (
    BODY_RIM,
    DARK,
    LIGHT,
    MUSCLE_COLOURS,
    TEXTURE_COLOURS,
    THEMES,
    list_colour_rules,
)
from app.figures.persons import PERSONS, SKIN_TONES, Appearance, list_person_tones

SIGHT = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
"""How linear red, green and blue are seen, by kind of sight (Machado, Oliveira and Fernandes 2009, severity 1)."""
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


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
        ("leg2", "mat3", 1.5),
        ("ghost", "bg", 1.5),
        ("ghost", "wall", 1.4),
        ("ghost", "wall2", 1.25),
        ("ghost", "mat3", 1.4),
        ("mat", "bg", 1.2),
        ("wall", "bg", 1.2),
        ("wall2", "bg", 1.35),
    ],
)
def test_contrasts_hold(tones: dict[str, str], front: str, behind: str, min_ratio: float) -> None:
    assert contrast_ratio(tones[front], tones[behind]) >= min_ratio


def test_an_unknown_theme_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        list_colour_rules("pink")


def to_lab(colour: str, sight: str) -> Array:
    """Return a hex colour in CIE L*a*b* as it looks to a kind of sight."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear, 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def colour_distance(a: str, b: str, sight: str) -> float:
    """Return the difference of two colours (CIE 1976); about 2 can just be seen side by side."""
    return float(np.linalg.norm(to_lab(a, sight) - to_lab(b, sight)))


@pytest.mark.parametrize("sight", SIGHT)
def test_roles_of_muscles_can_be_told_apart_by_colour(sight: str) -> None:
    for a, b in combinations(MUSCLE_COLOURS.values(), 2):
        assert colour_distance(a, b, sight) >= 35


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_muscles_stand_out_from_every_skin_from_clothes_and_map(sight: str, theme: str) -> None:
    """Where a colour is near that of the skin, the rim shows the muscle."""
    people = [THEMES[theme] | list_person_tones(theme, Appearance(*who)) for who in product(PERSONS, SKIN_TONES)]
    surfaces = {tones[name] for tones in people for name in ("top", "top2", "skin", "skin2", "leg", "leg2")}
    for colour, surface in product(MUSCLE_COLOURS.values(), surfaces):
        is_told = colour_distance(colour, surface, sight) >= 12 or contrast_ratio(BODY_RIM, surface) >= 3
        assert is_told, (colour, surface)
    for colour in MUSCLE_COLOURS.values():
        assert colour_distance(colour, THEMES[theme]["ghost"], sight) >= 12


def test_textures_and_their_roles_can_be_told_apart_without_colour() -> None:
    for role, texture in TEXTURE_COLOURS.items():
        assert contrast_ratio(texture, MUSCLE_COLOURS[role]) >= 3
    assert set(MUSCLE_COLOURS) - set(TEXTURE_COLOURS) == {"primary"}
