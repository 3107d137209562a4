"""What results ask for: an age, whether it hurt, a word on values far from usual, and norms of an own age."""

from typing import Any

import pytest

from app.screening.self_test_schemas import SelfTestResults, SelfTestScores, score_self_tests
from app.screening.self_tests import load_self_test_texts


def score(*results: dict[str, Any], **person: Any) -> SelfTestScores:
    return score_self_tests(SelfTestResults.model_validate({"results": results, **person}))


@pytest.mark.parametrize(
    "result",
    [
        {"test": "occiput_to_wall", "value": 12},
        {"test": "occiput_to_wall", "value": 5},
        {"test": "c7_to_wall", "value": 10},
        {"test": "tragus_to_wall", "left": 31, "right": 32},
        {"test": "kyphosis_inclinometer", "value": 90},
    ],
    ids=str,
)
def test_a_result_that_weighs_with_age_asks_for_it_and_refers_the_old(result: dict[str, Any]) -> None:
    texts = load_self_test_texts()
    assert texts.age_needed in score(result).notes
    assert score(result, age_years=70).referrals
    assert texts.age_needed not in score(result, age_years=70).notes
    young = score(result, age_years=30)
    assert young.referrals == ()
    assert (texts.marked in young.notes) == (young.bands[0].band == "marked")


@pytest.mark.parametrize(
    "result",
    [
        {"test": "lumbar_locked_rotation", "left": 20, "right": 45},
        {"test": "chest_expansion", "value": 2},
        {"test": "occiput_to_wall", "value": 12},
    ],
    ids=str,
)
def test_a_value_far_from_usual_gets_a_word(result: dict[str, Any]) -> None:
    assert load_self_test_texts().marked in score(result, age_years=40).notes


@pytest.mark.parametrize(
    ("result", "goals", "note"),
    [
        ({"test": "wall_angel", "value": 0}, False, "ask_for_pain"),
        ({"test": "wall_angel", "value": 0, "stopped_by_pain": True}, False, "stopped_by_pain"),
        ({"test": "wall_angel", "value": 0, "stopped_by_pain": False}, True, "marked"),
        ({"test": "wall_angel", "value": 1, "stopped_by_pain": True}, False, "stopped_by_pain"),
        ({"test": "trunk_extensor_hold", "value": 10, "stopped_by_pain": True}, False, "stopped_by_pain"),
    ],
    ids=str,
)
def test_pain_is_no_goal(result: dict[str, Any], goals: bool, note: str) -> None:
    scores = score(result)
    assert bool(scores.goals) == goals
    assert getattr(load_self_test_texts(), note) in scores.notes
    other = score(result, {"test": "chest_expansion", "value": 4})
    assert ("overhead" in {goal.goal for goal in other.goals}) == goals


@pytest.mark.parametrize(
    ("value", "age", "band"),
    [(41, 25, "good"), (50, 25, "good"), (51, 25, "fair"), (60, 25, "marked"), (60, 75, "good"), (72, 75, "fair"),
     (79, 90, "limited"), (81, 75, "marked"), (41, None, "fair"), (60, 50, "good")],
)  # fmt: skip
def test_the_curve_is_compared_with_its_own_age(value: float, age: int | None, band: str) -> None:
    scores = score({"test": "kyphosis_inclinometer", "value": value}, age_years=age)
    assert scores.bands[0].band == band


def test_shares_of_the_sides_say_what_they_are_for() -> None:
    note = load_self_test_texts().shares
    assert note in score({"test": "seated_rotation", "left": 30, "right": 45}).notes
    assert note not in score({"test": "seated_rotation", "left": 40, "right": 45}).notes
    both = score(
        {"test": "seated_rotation", "left": 30, "right": 45},
        {"test": "lumbar_locked_rotation", "left": 45, "right": 30},
    )
    assert both.stiffer_side is None
    assert load_self_test_texts().sides_disagree in both.notes
