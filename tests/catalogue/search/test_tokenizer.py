"""Tokens: normalised, stemmed, without stop words, with negations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue.search.tokenizer import Term, Token, normalize, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Child's pose", ["childs", "pose"]),
        ("child’s pose", ["childs", "pose"]),
        ("Brügger-Übung", ["brugger", "ubung"]),
        ("2.5 kg, 90°", ["2", "5", "kg", "90"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("?!", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert normalize(text) == words


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("rotations of the spine", ["rotat", "spine"]),
        ("Exercises for my back", ["back"]),
        ("five min", ["5", "minut"]),
        ("one rep", ["1", "repetit"]),
        ("scapular", ["scapula"]),
    ],
)
def test_stems(text: str, stems: list[str]) -> None:
    assert [token.term for token in tokenize(text)] == [Term(stem) for stem in stems]


def test_a_negation_applies_to_the_next_word_that_is_no_stop_word() -> None:
    assert tokenize("no chair, with the band") == [Token("chair", Term("chair", True)), Token("band", Term("band"))]
    assert tokenize("not on the floor") == [Token("floor", Term("floor", True))]
    assert tokenize("without") == []


def test_a_negation_counts_as_a_letter() -> None:
    assert [token.length for token in tokenize("no chair chair")] == [6, 5]


@given(st.text(st.characters(max_codepoint=0x24F), max_size=80))
def test_tokens_of_a_latin_text_normalise_to_themselves(text: str) -> None:
    for token in tokenize(text):
        assert normalize(token.text) == [token.text]
        assert token.term.stem
