"""What the screening says: its questions, its advice beside a stop, and its modest summaries."""

from app.screening.questions import QUESTION_IDS, screening_texts
from app.screening.shapes import ScreeningAnswers, evaluate_screening


def test_after_a_stop_no_milder_group_encourages_movement() -> None:
    (cord,) = evaluate_screening(ScreeningAnswers(answers={"heavy_legs": True})).groups
    assert "easy movement" in cord.advice
    signs = ("heavy_legs", "major_injury", "heart_known", "long_pain_when_young", "better_moving")
    stopped = evaluate_screening(ScreeningAnswers(answers=dict.fromkeys(signs, True)))
    assert len(stopped.groups) == 4
    for group in stopped.groups:
        assert "easy" not in group.advice.lower()
        assert group.advice.endswith(".")


def test_questions_are_short_distinct_and_end_as_questions_do() -> None:
    assert len(set(QUESTION_IDS)) == len(QUESTION_IDS)
    texts = list(screening_texts().questions.values())
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.endswith("?")
        assert len(text) <= 110


def test_nobody_is_called_cleared() -> None:
    summaries = screening_texts().summaries
    assert "no medical clearance" in summaries["clear"]
    assert not any("cleared" in text.lower() for text in summaries.values())
