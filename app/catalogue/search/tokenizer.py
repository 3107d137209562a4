"""Words of a query or a text: folded, freed of filler, stemmed, with negation kept to the word that it negates."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

SAME = {
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
}
"""Spellings and forms that a stemmer does not bring together; figures instead of number words."""


class Word(NamedTuple):
    """One word that counts: as written (folded), and the stem by which it is found."""

    text: str
    stem: str


def fold(text: str) -> list[str]:
    """Runs of letters and figures in lower case, without accents; an apostrophe joins what it stands between."""
    plain = text.lower().replace("'", "").replace("’", "")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain)


FILLER = frozenset(
    fold(
        "a about all also an and any are as at be been but by can cant could did do does doesnt doing dont drill "
        "drills each every exercise exercises find for from get getting give go going good had has have having he "
        "help her his how i if im in into is isnt it its just like look looking make me might much my need needing "
        "of on one or our own please she should so some than that the their them then there they thing things this "
        "those to too try use using very want was way we were what when where which while who why will with would "
        "you your"
    )
)
GENERIC = frozenset({"exercise", "exercises", "drill", "drills"})
"""Filler too; but one who says nothing else wants to see all there is."""
NEGATION = frozenset({"no", "not", "without", "never", "nothing"})


def words_of(text: str) -> list[Word]:
    """The words that count. After a word of negation the next one is kept apart: "no floor" does not mean the floor."""
    found: list[Word] = []
    negated = False
    for written in fold(text):
        if written in NEGATION:
            negated = True
        elif written not in FILLER or written in SAME:
            root = _stem(SAME.get(written, written))
            found.append(Word("!" + written, "!" + root) if negated else Word(written, root))
            negated = False
    return found


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    # A stemmer holds the word at work, so threads must not share one.
    return str(snowballstemmer.stemmer("english").stemWord(word))
