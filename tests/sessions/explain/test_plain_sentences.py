"""What a session says to a person is short and plain: no seconds of a model, no rivals, no words of the builder."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.kit.models import FrozenModel
from app.sessions.texts import HistoryTexts, ItemReasonTexts, SessionNoteTexts, load_texts
from app.texts.loader import TextFile

MAX_WORDS = 22
"""Words of one sentence."""
TECHNICAL = re.compile(
    r"\} s\b|\bprefer|\bdose|\bload (?!your)|\bphase|\bserv(es?|ing)\b|\bbeside\b|\bshares?\b",
    re.IGNORECASE,
)
"""Seconds of a model, and words of the builder that nobody says to a patient."""


def sentences_of(value: Any) -> Iterator[str]:
    if isinstance(value, FrozenModel):
        value = list(dict(value).values())
    if isinstance(value, str):
        yield from re.split(r"(?<=[.:;]) ", value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from sentences_of(one)


@pytest.mark.parametrize("text_file", [ItemReasonTexts, SessionNoteTexts, HistoryTexts])
def test_sentences_are_short_and_plain(text_file: type[TextFile]) -> None:
    sentences = list(sentences_of(load_texts(text_file)))
    assert len(sentences) > 8
    for sentence in sentences:
        # A field stands for a few words.
        assert len(sentence.split()) <= MAX_WORDS, sentence
        assert not TECHNICAL.search(re.sub(r"\{\w+\}(?! s\b)", "", sentence)), sentence
