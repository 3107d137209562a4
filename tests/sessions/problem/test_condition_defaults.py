"""What the screening says of a condition holds in a session with it, unless the person names positions."""

import pytest

from app.rules.condition_rules import default_positions, first_level
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.screening.questions import QUESTIONS
from app.screening.red_flags import evaluate_answers
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from benchmarks.catalogues import index_of

EVERYTHING = ["mat", "chair", "wall", "desk", "resistance_band", "step", "dowel"]


def build(exercises: tuple[Exercise, ...], conditions: list[str], **fields: object) -> Plan:
    body = {"duration_s": 600, "goals": [{"goal": "rotation"}], "available_equipment": EVERYTHING, **fields}
    return build_session(SessionRequest.model_validate({**body, "conditions": conditions}), index_of(exercises))


def names_positions(note: str) -> bool:
    """Whether a note says where a session is, or is not, because of what was stated."""
    return "given what you stated" in note.lower() and "positions" in note.lower()


@pytest.mark.parametrize(
    "conditions",
    [
        ["fall_risk"],
        ["vertigo"],
        ["knee_pain"],
        ["pregnancy_second_third_trimester"],
        ["fall_risk", "knee_pain"],
        ["vertigo", "osteoporosis"],
        ["hypertension", "fall_risk"],
        ["lumbar_flexion_intolerance"],
        ["cervical_radiculopathy"],
    ],
)
@pytest.mark.parametrize("goal", ["rotation", "posture", "extension"])
def test_a_session_is_where_the_screening_says(
    exercises: tuple[Exercise, ...], conditions: list[str], goal: str
) -> None:
    answers = {question.id: True for question in QUESTIONS if question.condition in conditions}
    screened = evaluate_answers(answers)
    plan = build(exercises, conditions, goals=[{"goal": goal}], level=3)
    assert screened.positions is not None
    assert {exercise.position for exercise in plan.exercises.values()} <= set(screened.positions)
    assert screened.level_max is not None
    if screened.level_max < 2:
        assert {exercise.level for exercise in plan.exercises.values()} == {1}
    assert any(names_positions(note) for note in plan.notes)
    assert not any(names_positions(note) for note in plan.storable_notes)


def test_positions_that_are_named_come_first_and_the_session_says_what_it_set_aside(
    exercises: tuple[Exercise, ...],
) -> None:
    plan = build(exercises, ["fall_risk"], positions=["seated", "side_lying"])
    assert {exercise.position for exercise in plan.exercises.values()} <= {"seated", "side_lying"}
    assert any("You chose the positions yourself" in note for note in plan.notes)
    quiet = build(exercises, ["fall_risk"], positions=["seated"])
    assert not any(names_positions(note) for note in quiet.notes)


def test_an_exercise_that_is_included_by_name_may_be_elsewhere(exercises: tuple[Exercise, ...]) -> None:
    assert "standing-trunk-rotation" in build(exercises, ["fall_risk"], include=["standing-trunk-rotation"]).exercises


def test_the_level_rises_with_history(exercises: tuple[Exercise, ...]) -> None:
    history = [{"days_ago": 2, "items": [{"slug": "seated-thoracic-rotation", "effort": 3}]}]
    first = build(exercises, ["osteoporosis"], level=2)
    later = build(exercises, ["osteoporosis"], level=2, history=history)
    assert any("level 1" in note for note in first.notes)
    assert not any("level 1" in note for note in later.notes)


@pytest.mark.parametrize(
    ("condition", "goal", "equipment"),
    [("fall_risk", "breathing", ["step"]), ("fall_risk", "recovery", ["mat"])],
)
def test_a_refusal_names_the_condition_and_proposes_no_other_position(
    exercises: tuple[Exercise, ...], condition: str, goal: str, equipment: list[str]
) -> None:
    with pytest.raises(InfeasibleRequestError) as caught:
        build(exercises, [condition], goals=[{"goal": goal}], available_equipment=equipment)
    assert "conditions" in caught.value.conflict
    assert not any("positions" in suggestion for suggestion in caught.value.suggestions)


def test_conditions_without_defaults_change_nothing() -> None:
    assert default_positions(["hypertension"]) is None
    assert first_level(["hypertension", "active_cancer"]) is None
    assert default_positions(["fall_risk", "vertigo"]) == ("seated", "wall_standing")


def test_where_conditions_share_no_position_the_one_with_the_least_choice_decides() -> None:
    assert default_positions(["lumbar_flexion_intolerance", "wheelchair_user"]) == ("seated",)
    assert default_positions(["lumbar_flexion_intolerance", "wheelchair_user", "fall_risk"]) == ("seated",)
