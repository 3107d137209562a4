"""What a text alternative says where its drawing is mirrored: left and right change places."""

import re
from functools import lru_cache

from app.figures.texts import FigureTexts
from app.texts.loader import load_texts


@lru_cache(maxsize=1)
def _opposite_words() -> dict[str, str]:
    """Return the opposite of each word for a side, as it stands inside a sentence and at its beginning."""
    left, right = (load_texts(FigureTexts).sides[side] for side in ("left", "right"))
    pairs = ((left, right), (right, left))
    return {form(word): form(opposite) for word, opposite in pairs for form in (str.lower, str.capitalize)}


def swap_sides(text: str) -> str:
    """Return a text with the words for left and right exchanged."""
    opposites = _opposite_words()
    return re.sub(rf"\b({'|'.join(opposites)})\b", lambda found: opposites[found[0]], text)
