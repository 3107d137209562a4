"""Splits a text into tokens: normalised, without stop words, stemmed, and marked where a negation applies."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

CANONICAL_FORMS = {
    "min": "minute",
    "mins": "minute",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "eight": "8",
    "ten": "10",
    "twelve": "12",
    "twenty": "20",
    "high": "height",
    "higher": "height",
    "rep": "repetition",
    "reps": "repetition",
    "feet": "foot",
    "scapulae": "scapula",
    "scapular": "scapula",
    "pectorals": "pec",
    "pectoral": "pec",
    "pectoralis": "pec",
    "mobilise": "mobility",
    "mobilize": "mobility",
    "pregnancy": "pregnant",
    "aeroplane": "plane",
    "airplane": "plane",
    "airplanes": "plane",
    "aeroplanes": "plane",
}
"""Word -> the word it is replaced by before stemming: forms that the stemmer keeps apart, and number words."""


class Term(NamedTuple):
    """What the index has postings for: a stem, negated or not. "no floor" is another term than "floor"."""

    stem: str
    is_negated: bool = False


class Token(NamedTuple):
    """A word of a text: as it is written (normalised), and its term."""

    text: str
    term: Term

    @property
    def is_negated(self) -> bool:
        """Whether a word of negation stands before it."""
        return self.term.is_negated

    @property
    def length(self) -> int:
        """Letters by which the word can be recognised. A negation counts as one: it must match, too."""
        return len(self.text) + self.is_negated


def normalize(text: str) -> list[str]:
    """Return the words of a text in lower case without accents. An apostrophe joins the letters around it."""
    lowered = text.lower().replace("'", "").replace("’", "")
    if not lowered.isascii():
        # NFKD writes an accented letter as the letter and a combining mark.
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", lowered)


STOP_WORDS = frozenset(
    normalize(
        "a about all also an and any are as at be been but by can cant could did do does doesnt doing dont drill "
        "drills each every exercise exercises find for from get getting give go going good had has have having he "
        "help her his how i if im in into is isnt it its just like look looking make me might much my need needing "
        "of on one or our own please she should so some than that the their them then there they thing things this "
        "those to too try use using very want was way we were what when where which while who why will with would "
        "you your"
    )
)
"""Words that say nothing about what is searched for."""
GENERIC_TERMS = frozenset({"exercise", "exercises", "drill", "drills"})
"""Stop words that mean every record: a query of nothing else lists all."""
NEGATIONS = frozenset({"no", "not", "without", "never", "nothing"})
"""Words that negate the next word that is no stop word."""


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order, without stop words and negations."""
    tokens: list[Token] = []
    is_negated = False
    for word in normalize(text):
        if word in NEGATIONS:
            is_negated = True
        # "one" is a stop word and a number: the number counts ("one minute").
        elif word not in STOP_WORDS or word in CANONICAL_FORMS:
            tokens.append(Token(word, _to_term(word, is_negated)))
            is_negated = False
    return tokens


@lru_cache(maxsize=20_000)
def _to_term(word: str, is_negated: bool) -> Term:
    # A new stemmer each time: it keeps the word that it works on, so threads must not share one.
    stemmer = snowballstemmer.stemmer("english")
    return Term(str(stemmer.stemWord(CANONICAL_FORMS.get(word, word))), is_negated)
