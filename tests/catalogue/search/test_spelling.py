"""Spelling: exact words, beginnings, joined words and corrections, each with its match quality."""

import pytest

from app.catalogue.search.spelling import (
    LONGER_NAME_QUALITY,
    LONGER_WORD_QUALITY,
    PREFIX_QUALITY,
    Lexicon,
    SpellingCorrector,
)
from app.catalogue.search.tokenizer import Term, tokenize

WORDS = ("rotation", "rotator", "shoulder", "pullup", "pull", "wall", "band", "4", "ox")


def build_lexicon(words: tuple[str, ...], is_negated: bool = False) -> Lexicon:
    terms = {word: tokenize(word)[0].term._replace(is_negated=is_negated) for word in words}
    return Lexicon(terms, {}, dict.fromkeys(terms.values(), 1.0))


CORRECTOR = SpellingCorrector(build_lexicon(WORDS), build_lexicon(("floor",), is_negated=True))


def resolve(query: str) -> list[dict[tuple[str, bool], float]]:
    resolved = CORRECTOR.resolve(tokenize(query))
    return [{(term.stem, term.is_negated): quality for term, quality in matches.items()} for matches in resolved]


def test_a_known_word_matches_in_full() -> None:
    assert resolve("shoulder band") == [{("shoulder", False): 1.0}, {("band", False): 1.0}]


def test_the_last_word_may_be_half_typed() -> None:
    assert resolve("band shou") == [{("band", False): 1.0}, {("shoulder", False): PREFIX_QUALITY}]
    assert resolve("shou band")[0] == {}
    assert resolve("pull") == [{("pull", False): 1.0, ("pullup", False): LONGER_WORD_QUALITY}]


def test_two_words_may_be_one_word_of_the_index() -> None:
    assert resolve("pull up wall") == [{("pullup", False): 1.0}, {("wall", False): 1.0}]
    assert resolve("pull no up")[0] == {("pull", False): 1.0}


@pytest.mark.parametrize(
    ("word", "quality"),
    [
        ("sholder", 0.8),
        ("shuolder", 0.8),
        ("shouldder", 0.8),
        ("shoudlr", 0.64),
        ("xhoulder", 0.64),
        ("xhuolder", None),
    ],
)
def test_a_misspelt_word_is_corrected(word: str, quality: float | None) -> None:
    expected = {} if quality is None else {("shoulder", False): pytest.approx(quality)}
    assert resolve(f"{word} wall")[0] == expected


def test_very_short_words_and_numbers_are_not_corrected() -> None:
    assert resolve("oz wall")[0] == {}
    assert resolve("5 wall")[0] == {}


def test_a_negated_word_matches_negated_words_only() -> None:
    assert resolve("no floor wall") == [{("floor", True): 1.0}, {("wall", False): 1.0}]
    assert resolve("no shoulder wall")[0] == {}
    assert resolve("floor wall")[0] == {}
    assert resolve("no flor wall")[0] == {("floor", True): pytest.approx(0.8)}


def test_an_unknown_term_of_the_index_is_no_match() -> None:
    assert Term("zebra") not in {term for matches in CORRECTOR.resolve(tokenize("zebra")) for term in matches}


@pytest.mark.parametrize("word", ["bang", "shovel", "warm", "ball", "wal", "ban", "rotting", "puli"])
def test_another_word_is_not_corrected(word: str) -> None:
    """A letter stands for one that sounds like it or is beside it; three letters are one letter from many words."""
    assert resolve(f"{word} shoulder")[0] == {}


@pytest.mark.parametrize(("word", "meant"), [("vall", "wall"), ("wlal", "wall"), ("walll", "wall"), ("bant", "band")])
def test_a_slip_in_a_short_word_is_corrected(word: str, meant: str) -> None:
    expected = {(meant, False): pytest.approx(0.8)} if word[0] == meant[0] else {}
    assert resolve(f"{word} shoulder")[0] == expected


def test_a_short_beginning_completes_only_to_names() -> None:
    terms = {word: tokenize(word)[0].term for word in ("carry", "carousel", "car")}
    weights = dict(zip(terms.values(), (1.0, 8.0, 1.0), strict=True))
    corrector = SpellingCorrector(Lexicon(terms, {}, weights), Lexicon({}, {}, {}))
    assert corrector.resolve(tokenize("ca")) == [{terms["carousel"]: PREFIX_QUALITY}]
    assert corrector.resolve(tokenize("car")) == [{terms["car"]: 1.0, terms["carousel"]: LONGER_NAME_QUALITY}]
    assert corrector.resolve(tokenize("carr"))[0][terms["carry"]] in (1.0, PREFIX_QUALITY)
