"""How long spoken lines take."""

import re
from functools import lru_cache
from typing import Final

SPOKEN_WORDS_PER_MINUTE: Final = 150
"""Rate of calm speech, which a line must fit into its time."""


def speech_s(text: str) -> int:
    """Return the seconds that a text takes when it is spoken, rounded up."""
    return -(-count_spoken_words(text) * 60 // SPOKEN_WORDS_PER_MINUTE)


@lru_cache(maxsize=2048)
def count_spoken_words(text: str) -> int:
    """Return the words of a text as they are spoken: "side-lying" is two, "2" is one."""
    return len(re.findall(r"[\w']+", text))
