"""The questions of the screening are short, distinct and have texts."""

import re

import pytest

from app.screening.questions import QUESTION_IDS, load_screening_texts


def test_questions_are_short_distinct_and_end_as_questions_do() -> None:
    assert len(set(QUESTION_IDS)) == len(QUESTION_IDS)
    texts = list(load_screening_texts().questions.values())
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.endswith("?")
        assert len(text) <= 110


@pytest.mark.parametrize(
    "event",
    ["major_injury", "minor_injury", "sudden_severe_pain", "weight_loss", "recent_infection", "operation",
     "coughed_blood", "broken_vertebra", "weak_limb", "both_legs", "dizzy_this_year", "joint_trouble"],
)  # fmt: skip
def test_a_question_on_what_happened_says_how_long_ago_counts(event: str) -> None:
    assert re.search(r"\b(past|within)\b.*\b(weeks?|months?|year)\b", load_screening_texts().questions[event])
