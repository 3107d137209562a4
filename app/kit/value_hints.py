"""Hints for a wrong value or name: the known words that are probably meant, and an example of the right form."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz

from app.kit.query_hints import split_name

MeantWords = Mapping[str, Sequence[str]]
"""For each everyday word, in small letters with `_`, the words of closed lists and the names that it may mean."""
NO_MEANT_WORDS: MeantWords = MappingProxyType({})
MIN_SIMILARITY = 80.0
"""Percent of letters in common, from which a word counts as meant."""
PART_WEIGHT = 0.99
"""A part of a word, as `band` of `resistance_band`, counts almost as the whole."""
MAX_SUGGESTED_WORDS = 3
"""Where more words are equally near, none is suggested."""
MAX_WORD_LENGTH = 60
"""Letters up to which something sent is compared: a whole text would cost time, and means no single word."""
MAX_EXAMPLE_LENGTH = 120
"""Letters up to which an example is shown inside a sentence."""
FORM_BY_ERROR_TYPE = {
    "model_attributes_type": "a JSON object",
    "model_type": "a JSON object",
    "dict_type": "a JSON object",
    "tuple_type": "a JSON array",
    "list_type": "a JSON array",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "a string",
}
"""What is asked for in the terms of JSON, where Pydantic speaks of Python types."""
TYPES_WITHOUT_QUOTES = ("int_type", "float_type", "bool_type")
"""Errors of values that are written without quotes."""


def suggest_words(word: str, known_words: Iterable[str], meant_words: MeantWords = NO_MEANT_WORDS) -> list[str]:
    """Return the known words that are probably meant by `word`; empty where none is near or too many are."""
    parts, known = split_name(word[: MAX_WORD_LENGTH + 1]), list(known_words)
    if not parts or len(word) > MAX_WORD_LENGTH:
        return []
    meant = [candidate for candidate in meant_words.get("_".join(parts), ()) if candidate in known]
    if meant:
        return meant
    similarity_by_word = {candidate: _similarity(parts, candidate) for candidate in known}
    best = max(similarity_by_word.values(), default=0.0)
    nearest = [candidate for candidate, similarity in similarity_by_word.items() if similarity == best]
    return nearest if best > 0 and len(nearest) <= MAX_SUGGESTED_WORDS else []


def describe_suggestion(words: Sequence[str]) -> str | None:
    """Return the question whether one of these words is meant; None where there are none."""
    if not words:
        return None
    *others, last = words
    return f"Did you mean {', '.join(others)} or {last}?" if others else f"Did you mean {last}?"


def describe_form(error_type: str, value: Any, example: Any) -> str | None:
    """Return which form a value should have, with an example where there is one (not None).

    None for an error that is not about the form. The value itself is never repeated: it may be a health fact.
    """
    form = FORM_BY_ERROR_TYPE.get(error_type)
    if form is None:
        return None
    quotes = " without quotes" if isinstance(value, str) and error_type in TYPES_WITHOUT_QUOTES else ""
    return f"This should be {form}{quotes}{describe_example(None if error_type == 'bool_type' else example)}."


def describe_example(example: Any) -> str:
    """Return an example as the end of a sentence; nothing where there is none, or a long one."""
    text = json.dumps(example, ensure_ascii=False)
    return "" if example is None or len(text) > MAX_EXAMPLE_LENGTH else f", such as {text}"


def _similarity(parts: Sequence[str], known_word: str) -> float:
    """Return how near the parts of a word are to a known one: 80 to 100, or 0 for what is not near."""
    known_parts = _split_known_word(known_word)
    # In their order, for words that are written as one; and in any order, for `max_level`.
    whole = max(
        fuzz.ratio("".join(arrange(parts)), "".join(arrange(known_parts)), score_cutoff=MIN_SIMILARITY)
        for arrange in (list, sorted)
    )
    of_parts = 100.0
    for part in parts:
        nearest = (fuzz.ratio(part, known, score_cutoff=MIN_SIMILARITY) for known in known_parts)
        of_parts = min(of_parts, max(nearest, default=0.0))
        if not of_parts:
            break
    return max(whole, PART_WEIGHT * of_parts)


@lru_cache(maxsize=2048)
def _split_known_word(word: str) -> Sequence[str]:
    """Return the parts of a known word. Kept, which nothing is that somebody sends."""
    return split_name(word)
