"""The persons who show the exercises, their skin and their clothes. Needs no drawing library."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

Person = Literal["woman", "man", "older_person", "larger_person", "wheelchair_user"]
"""A person with drawings of their own."""
PERSONS: tuple[Person, ...] = get_args(Person)
"""Every person; the first one shows every exercise unless another is asked for."""
DEFAULT_PERSON: Person = "woman"
PersonChoice = TypeAliasType(
    "PersonChoice",
    Annotated[
        Literal["woman", "man", "older_person", "larger_person", "wheelchair_user", "varied"],
        Field(
            description="Who shows an exercise. `wheelchair_user` shows seated exercises only. `varied` is a person "
            "and a skin tone that depend on the exercise and stay the same for it."
        ),
    ],
)
SittingPerson = TypeAliasType(
    "SittingPerson",
    Annotated[
        Literal["woman", "man", "older_person", "larger_person"],
        Field(description="Who sits at the desk of a drawing."),
    ],
)
SITTING_PERSONS: tuple[SittingPerson, ...] = list_words(SittingPerson)
"""Every person who sits at the desk."""
DEFAULT_SITTING_PERSON: SittingPerson = "woman"
SkinTone = TypeAliasType(
    "SkinTone",
    Annotated[Literal["light", "tan", "brown", "dark"], Field(description="The skin of the person in a drawing.")],
)
SKIN_TONES: tuple[SkinTone, ...] = list_words(SkinTone)
"""Every skin tone."""
USUAL_SKIN_TONES: dict[Person, SkinTone] = {
    "woman": "light",
    "man": "brown",
    "older_person": "tan",
    "larger_person": "dark",
    "wheelchair_user": "tan",
}
"""The skin of each person where no other is asked for."""
Tones = dict[str, str]
"""Hex colours by tone."""


class Appearance(NamedTuple):
    """Who is seen in a drawing, and with which skin."""

    person: Person = DEFAULT_PERSON
    skin: SkinTone = USUAL_SKIN_TONES[DEFAULT_PERSON]


USUAL_APPEARANCE = Appearance()
"""The person of the usual drawings, as the palette has their colours."""


def choose_appearance(
    slug: str, choice: PersonChoice, skin: SkinTone | None, drawn_persons: Sequence[Person]
) -> Appearance:
    """Return who shows an exercise; `varied` is one of the drawn persons with a skin tone, by the slug alone."""
    if choice != "varied":
        return Appearance(choice, skin or USUAL_SKIN_TONES[choice])
    digest = hashlib.sha256(slug.encode()).digest()
    person = drawn_persons[digest[0] % len(drawn_persons)]
    return Appearance(person, skin or SKIN_TONES[digest[1] % len(SKIN_TONES)])


_SKINS: dict[str, dict[SkinTone, Tones]] = {
    "light": {
        "light": {},
        "tan": {"skin": "#C98F68", "skin2": "#A97857", "skin-e": "#7D5940"},
        "brown": {"skin": "#9A6544", "skin2": "#7D5237", "skin-e": "#4D3222", "eye": "#1C1314"},
        "dark": {"skin": "#6E4732", "skin2": "#573827", "skin-e": "#2F1D14", "eye": "#120D0E"},
    },
    "dark": {
        "light": {},
        "tan": {"skin": "#C98F68", "skin2": "#A97857", "skin-e": "#7D5940"},
        "brown": {"skin": "#A9714D", "skin2": "#8B5D3F", "skin-e": "#543826"},
        "dark": {"skin": "#8A5C43", "skin2": "#704A36", "skin-e": "#3C271C", "eye": "#120D0E"},
    },
}
"""By theme and skin tone, the tones that differ from those of the palette."""
_CLOTHES: dict[str, dict[Person, Tones]] = {
    "light": {
        "woman": {},
        "man": {"top": "#6C8BA9", "top2": "#526A80", "top-e": "#3F5162"},
        "older_person": {"top": "#967DB5", "top2": "#725F8A", "top-e": "#574869"},
        "larger_person": {"top": "#509569", "top2": "#3D7150", "top-e": "#2E563D"},
        "wheelchair_user": {},
    },
    "dark": {
        "woman": {},
        "man": {"top": "#7292B3", "top2": "#576F88", "top-e": "#39495A"},
        "older_person": {"top": "#9D84BF", "top2": "#776491", "top-e": "#4E4260"},
        "larger_person": {"top": "#559E6F", "top2": "#417854", "top-e": "#2A4F38"},
        "wheelchair_user": {},
    },
}
"""By theme and person, the shirt; all are as light as that of the palette, so that the same muscles show on them."""
_BLACK_HAIR: dict[str, Tones] = {
    "light": {"hair": "#241C1E", "hair-e": "#57494C"},
    "dark": {"hair": "#4D444A", "hair-e": "#2E282C"},
}
_WHITE_HAIR: dict[str, Tones] = {
    "light": {"hair": "#E5E2DE", "hair-e": "#958D87", "brow-e": "#847C76"},
    "dark": {"hair": "#E0DDD9", "hair-e": "#847C76", "brow-e": "#6B635D"},
}
"""Hair of the older person; grey like benches and cushions, it could not be told from them. Brows are darker."""
_PALE_SKINS: tuple[SkinTone, ...] = ("light", "tan")


def list_person_tones(theme: str, appearance: Appearance) -> Tones:
    """Return the tones of skin, hair and clothes that differ from those of the palette, in the light or dark theme.

    Raises KeyError for another theme.
    """
    person, skin = appearance
    if person == "older_person":
        hair = _WHITE_HAIR[theme]
    elif person == "woman" and skin in _PALE_SKINS:
        hair = {}
    else:
        hair = _BLACK_HAIR[theme]
    return _SKINS[theme][skin] | _CLOTHES[theme][person] | hair
