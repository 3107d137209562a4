"""The persons who show the exercises: who is chosen, and that skin, hair and clothes can be told apart."""

from collections import Counter

import pytest

from app.figures.assets import list_drawn_slugs, list_persons
from app.figures.palette import THEMES, list_colour_rules
from app.figures.persons import (
    PERSONS,
    SKIN_TONES,
    USUAL_APPEARANCE,
    USUAL_SKIN_TONES,
    Appearance,
    choose_appearance,
    list_person_tones,
)
from tests.figures.test_palette import contrast_ratio

APPEARANCES = [Appearance(person, skin) for person in PERSONS for skin in SKIN_TONES]
MIN_RATIOS = [
    ("skin", "skin2", 1.25),
    ("skin", "skin-e", 1.8),
    ("eye", "skin", 2.0),
    ("hair", "skin", 1.35),
    ("top", "bg", 3.0),
    ("top", "top2", 1.25),
    ("top", "top-e", 1.8),
    ("case", "top", 3.0),
    ("leg", "bg", 3.0),
]
"""Two tones, and the contrast that they have at least."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("appearance", APPEARANCES, ids="-".join)
def test_contrasts_hold_for_every_person(theme: str, appearance: Appearance) -> None:
    tones = THEMES[theme] | list_person_tones(theme, appearance)
    ratios = [(a, b, low, contrast_ratio(tones[a], tones[b])) for a, b, low in MIN_RATIOS]
    assert [row for row in ratios if row[3] < row[2]] == []
    # Against the card either the fill or its outline stands out.
    for fill, outline in (("skin", "skin-e"), ("hair", "hair-e")):
        assert max(contrast_ratio(tones[tone], tones["bg"]) for tone in (fill, outline)) >= 1.9


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("appearance", APPEARANCES, ids="-".join)
def test_hair_can_be_told_from_cushion_and_bench(theme: str, appearance: Appearance) -> None:
    """The head lies on the lit surface of both, and most hair has no outline."""
    tones = THEMES[theme] | list_person_tones(theme, appearance)
    for surface in ("cloth3", "pad3"):
        assert contrast_ratio(tones["hair"], tones[surface]) >= 1.35, surface


@pytest.mark.parametrize("theme", THEMES)
def test_the_hair_of_the_older_person_is_no_grey_of_the_furniture(theme: str) -> None:
    tones = THEMES[theme] | list_person_tones(theme, Appearance("older_person", "tan"))
    for surface in ("pad", "pad2", "pad3", "dark", "dark2"):
        assert contrast_ratio(tones["hair"], tones[surface]) >= 1.8, surface
    assert contrast_ratio(tones["brow-e"], tones["skin"]) >= 1.35


def test_persons_differ_in_their_usual_colours_and_every_skin_is_another() -> None:
    usual = [Appearance(person, skin) for person, skin in USUAL_SKIN_TONES.items()]
    for theme in THEMES:
        assert len({tuple(list_colour_rules(theme, look).values()) for look in usual}) == len(PERSONS)
        for person in PERSONS:
            skins = {list_colour_rules(theme, Appearance(person, skin))["skin"] for skin in SKIN_TONES}
            assert len(skins) == len(SKIN_TONES)
        assert list_colour_rules(theme, USUAL_APPEARANCE) == list_colour_rules(theme)


def test_a_person_has_their_own_skin_unless_another_is_asked_for() -> None:
    assert choose_appearance("cat-cow", "man", None, PERSONS) == Appearance("man", USUAL_SKIN_TONES["man"])
    assert choose_appearance("cat-cow", "man", "light", PERSONS) == Appearance("man", "light")


def test_varied_depends_on_the_exercise_alone_and_shows_everybody() -> None:
    chosen = {slug: choose_appearance(slug, "varied", None, list_persons(slug)) for slug in list_drawn_slugs()}
    assert chosen["cat-cow"] == choose_appearance("cat-cow", "varied", None, list_persons("cat-cow"))
    assert choose_appearance("cat-cow", "varied", "dark", PERSONS).skin == "dark"
    for counts in (Counter(look.skin for look in chosen.values()), Counter(look.person for look in chosen.values())):
        assert min(counts.values()) >= 2
        assert max(counts.values()) <= len(chosen) / 2
