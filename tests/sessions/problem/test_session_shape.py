"""Beginning and end of a session suit its purpose, over many requests."""

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from app.kit.closed_lists import list_words
from app.rules.end_range import is_near_end_range
from app.rules.strains import map_strains
from app.rules.vocabulary import HEIGHT_OF_POSITION, Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from benchmarks.catalogues import index_of

ON_FEET = ("standing", "wall_standing", "split_stance")
RESTING = ("supine", "prone", "side_lying", "heel_sit", "seated")
REQUESTS_OF_A_PURPOSE = 14


def built_exercises(exercises: tuple[Exercise, ...], **fields: Any) -> list[tuple[str, Exercise]]:
    """The exercises of a session in their order, each with its phase."""
    plan = build_session(SessionRequest.model_validate(fields), index_of(exercises))
    by_slug = {exercise.slug: exercise for exercise in exercises}
    return [(block.phase, by_slug[item.exercise.slug]) for block in plan.phases for item in block.items]


def sessions_of(
    exercises: tuple[Exercise, ...], purpose: str, equipment: tuple[str, ...], durations_s: tuple[int, ...]
) -> Iterator[list[tuple[str, Exercise]]]:
    """Sessions for goals that are drawn at random; those that are refused are left out."""
    rng = random.Random(f"{purpose} {equipment}")
    for seed in range(REQUESTS_OF_A_PURPOSE):
        try:
            yield built_exercises(
                exercises,
                duration_s=rng.choice(durations_s),
                goals=[{"goal": goal} for goal in rng.sample(list_words(Goal), 2)],
                available_equipment=equipment,
                level=rng.choice((1, 2, 3)),
                age_band=rng.choice(("18-39", "40-64")),
                purpose=purpose,
                seed=seed,
            )
        except InfeasibleRequestError:
            continue


def test_a_desk_break_leaves_the_chair(exercises: tuple[Exercise, ...]) -> None:
    sessions = list(sessions_of(exercises, "desk_break", ("chair", "desk"), (180, 300, 420)))
    assert len(sessions) > 8
    for session in sessions:
        assert any(exercise.position in ON_FEET for _, exercise in session)


def test_a_desk_break_on_the_chair_alone_stays_there(exercises: tuple[Exercise, ...]) -> None:
    request = {"duration_s": 240, "goals": [{"goal": "rotation"}, {"goal": "posture"}], "purpose": "desk_break"}
    session = built_exercises(exercises, available_equipment=["chair"], positions=["seated"], **request)
    assert {exercise.position for _, exercise in session} == {"seated"}


@pytest.mark.parametrize("equipment", [("mat",), ("mat", "wall")])
def test_a_warm_up_before_training_moves_and_ends_upright(
    exercises: tuple[Exercise, ...], equipment: tuple[str, ...]
) -> None:
    for session in sessions_of(exercises, "pre_training", equipment, (300, 480, 720)):
        heights = [HEIGHT_OF_POSITION[exercise.position] for _, exercise in session]
        on_floor = [height == "floor" for height in heights]
        assert session[-1][1].position in ON_FEET
        assert on_floor == sorted(on_floor, reverse=True), "nobody goes down to the floor after being up"
        assert any(exercise.pattern not in ("breathing", "static_hold") for _, exercise in session)


def test_recovery_ends_with_breathing_at_rest(exercises: tuple[Exercise, ...]) -> None:
    for session in sessions_of(exercises, "recovery", ("mat", "chair"), (600, 900)):
        assert session[-1][1].position in RESTING
        assert session[-1][1].pattern == "breathing"


@pytest.mark.parametrize("purpose", ["standalone", "recovery"])
def test_a_warm_up_moves_and_takes_nothing_cold_near_its_end_range(
    exercises: tuple[Exercise, ...], purpose: str
) -> None:
    for session in sessions_of(exercises, purpose, ("mat", "chair", "wall"), (480, 900)):
        warm_up = [exercise for phase, exercise in session if phase == "prepare"]
        assert any(exercise.pattern == "dynamic" for exercise in warm_up)
        first = session[0][1]
        assert not is_near_end_range(first.pattern, map_strains(first.strains))


def test_from_65_on_the_first_exercise_is_easy_and_steady(exercises: tuple[Exercise, ...]) -> None:
    for goal in ("posture", "strength", "rotation"):
        request = {"duration_s": 600, "goals": [{"goal": goal}], "level": 4, "age_band": "65+"}
        first = built_exercises(exercises, available_equipment=["chair", "wall"], **request)[0][1]
        assert first.level <= 2
        assert "balance" not in map_strains(first.strains)


@pytest.mark.parametrize("equipment", [(), ("resistance_band", "wall"), ("dowel", "chair")])
def test_nobody_lies_or_kneels_on_bare_ground_before_training(
    exercises: tuple[Exercise, ...], equipment: tuple[str, ...]
) -> None:
    upright = [one for one in exercises if HEIGHT_OF_POSITION[one.position] not in ("floor", "low")]
    for goal in ("rotation", "posture", "extension", "strength"):
        request = {"duration_s": 600, "goals": [{"goal": goal}], "level": 2, "purpose": "pre_training"}
        session = built_exercises(exercises, available_equipment=equipment, **request)
        assert {exercise.slug for _, exercise in session} <= {one.slug for one in upright}
        assert any(goal in exercise.goal_weights for _, exercise in session)
    included = built_exercises(exercises, available_equipment=equipment, include=["open-book"], **request)
    assert "open-book" in [exercise.slug for _, exercise in included]


def test_recovery_goes_down_to_the_floor_once(exercises: tuple[Exercise, ...]) -> None:
    changes = []
    for session in sessions_of(exercises, "recovery", ("mat", "pullup_bar", "chair"), (480, 600, 900)):
        on_floor = [HEIGHT_OF_POSITION[exercise.position] == "floor" for _, exercise in session]
        changes.append(sum(before != after for before, after in pairwise(on_floor)))
    assert len(changes) > 8
    assert sum(change > 1 for change in changes) * 10 <= len(changes)
