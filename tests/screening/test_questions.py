"""The questions of the screening are short, distinct and have texts."""

from app.screening.questions import QUESTION_IDS, load_screening_texts


def test_questions_are_short_distinct_and_end_as_questions_do() -> None:
    assert len(set(QUESTION_IDS)) == len(QUESTION_IDS)
    texts = list(load_screening_texts().questions.values())
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.endswith("?")
        assert len(text) <= 110
