"""A printed session says what to do, how much, and where care is needed."""

import pytest

from app.rules.dose import Dose, Tempo
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.printout import describe_dose, format_session
from benchmarks.catalogues import index_of


def dose(sets: int, reps: int | None, hold_s: int | None, breaths: int | None, tempo: bool, per_side: bool) -> Dose:
    pace = Tempo(out_s=2, hold_s=0, back_s=2) if tempo else None
    return Dose(sets=sets, reps=reps, hold_s=hold_s, breaths=breaths, tempo=pace, rest_s=15, per_side=per_side)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (dose(2, 8, None, None, True, True), "2 sets of 8 repetitions each side, with 15 s rest in between"),
        (dose(1, None, 30, None, False, False), "hold for 30 s"),
        (dose(1, 6, 5, None, False, False), "6 holds of 5 s"),
        (dose(3, 1, 20, None, False, True), "3 holds of 20 s each side, with 15 s rest in between"),
        (dose(1, None, None, 12, True, False), "12 breaths"),
        (dose(1, 8, None, None, True, True), "8 repetitions each side"),
        (dose(2, 6, 5, None, False, False), "2 sets of 6 holds of 5 s, with 15 s rest in between"),
        (dose(1, 1, None, None, True, False), "1 repetition"),
    ],
)
def test_doses_are_read_as_they_are_done(given: Dose, expected: str) -> None:
    assert describe_dose(given) == expected


def test_a_printed_session_tells_all(exercises: tuple[Exercise, ...]) -> None:
    fields = {
        "duration_s": 600,
        "goals": [{"goal": "rotation"}, {"goal": "decompression"}],
        "conditions": ["osteoporosis"],
        "available_equipment": ["chair"],
        "positions": ["seated", "standing"],
    }
    plan = build_session(SessionRequest.model_validate(fields), index_of(exercises))
    text = format_session(plan)
    for exercise in plan.exercises.values():
        assert exercise.name in text
    assert "Left out for osteoporosis" in text
    assert "Of the work, 0 % is for decompression" in text
    assert plan.disclaimer.text in text
    assert plan.title in text


def test_the_same_advice_is_printed_once_for_an_exercise(exercises: tuple[Exercise, ...]) -> None:
    fields = {
        "duration_s": 1200,
        "goals": [{"goal": "rotation"}, {"goal": "extension"}],
        "conditions": ["osteoporosis", "vertigo", "fall_risk"],
        "available_equipment": ["chair", "wall"],
    }
    plan = build_session(SessionRequest.model_validate(fields), index_of(exercises))
    text = format_session(plan)
    care_count = 0
    for item in (item for block in plan.phases for item in block.items):
        under: dict[str, set[str]] = {}
        for entry in item.cautions:
            for strain in entry.strains:
                under.setdefault(strain, set()).add(entry.condition)
        care_count += len({frozenset(conditions) for conditions in under.values()})
    assert care_count
    assert text.count("Care (") == care_count
    assert "Care (osteoporosis, vertigo): " in text


def test_conditions_are_named_as_people_say_them(exercises: tuple[Exercise, ...]) -> None:
    fields = {
        "duration_s": 900,
        "goals": [{"goal": "lateral_flexion"}, {"goal": "recovery"}],
        "conditions": ["pregnancy_second_third_trimester"],
        "positions": ["seated", "standing", "prone", "side_lying"],
        "available_equipment": ["chair"],
    }
    text = format_session(build_session(SessionRequest.model_validate(fields), index_of(exercises)))
    assert "Left out for pregnancy from week 14: Sphinx pose (lying on the front). Possible instead" in text
    assert "% is for side bending; " in text
    assert "_" not in text


def test_a_break_is_not_called_by_its_only_phase(exercises: tuple[Exercise, ...]) -> None:
    fields = {"duration_s": 180, "goals": [{"goal": "posture"}], "purpose": "desk_break"}
    assert "Exercises (" in format_session(build_session(SessionRequest.model_validate(fields), index_of(exercises)))
