"""The answer of the screening gives advice that fits beside a stop, and modest summaries."""

from app.screening.questions import load_screening_texts
from app.screening.schemas import ScreeningAnswers, evaluate_screening


def test_after_a_stop_no_milder_group_encourages_movement() -> None:
    (cord,) = evaluate_screening(ScreeningAnswers(answers={"heavy_legs": True})).groups
    assert "easy movement" in cord.advice
    signs = ("heavy_legs", "major_injury", "heart_known", "long_pain_when_young", "better_moving")
    stopped = evaluate_screening(ScreeningAnswers(answers=dict.fromkeys(signs, True)))
    assert len(stopped.groups) == 4
    for group in stopped.groups:
        assert "easy" not in group.advice.lower()
        assert group.advice.endswith(".")


def test_nobody_is_called_cleared() -> None:
    summaries = load_screening_texts().summaries
    assert "no medical clearance" in summaries["clear"]
    assert not any("cleared" in text.lower() for text in summaries.values())
