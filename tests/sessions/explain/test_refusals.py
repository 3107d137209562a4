"""What cannot be built is refused with what contradicts, what would do, and never with less care."""

import random
from typing import Any

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError, SessionBlockedError, UnknownExerciseError
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.solve import is_solvable
from benchmarks.catalogues import index_of
from benchmarks.session_requests import any_request

BASE: dict[str, Any] = {"duration_s": 600, "goals": [{"goal": "rotation"}]}


def make_request(**fields: Any) -> SessionRequest:
    return SessionRequest.model_validate({**BASE, **fields})


def refusal(exercises: tuple[Exercise, ...], **fields: Any) -> InfeasibleRequestError:
    with pytest.raises(InfeasibleRequestError) as raised:
        build_session(make_request(**fields), index_of(exercises))
    return raised.value


def decompressing_by_bar(exercises: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
    """The catalogue with nothing but hanging for decompression, so that one piece of equipment decides."""
    return tuple(one for one in exercises if "decompression" not in one.goal_weights or one.position == "hanging")


def test_a_hang_without_a_bar(exercises: tuple[Exercise, ...]) -> None:
    error = refusal(exercises, include=["dead-hang"])
    assert error.conflict == ("include:dead-hang", "available_equipment")
    assert "add pullup_bar to available_equipment" in error.suggestions


@pytest.mark.parametrize(
    ("fields", "conflict"),
    [
        ({"include": ["chin-up"], "available_equipment": ["pullup_bar"]}, "level"),
        ({"include": ["cobra-pose"], "conditions": ["lumbar_extension_intolerance"]}, "conditions"),
        (
            {
                "goals": [{"goal": "rotation"}, {"goal": "breathing"}],
                "include": ["open-book"],
                "history": [{"days_ago": 1, "items": [{"slug": "open-book", "pain": 8}]}],
            },
            "history",
        ),
    ],
)
def test_care_is_never_for_bargaining(exercises: tuple[Exercise, ...], fields: dict[str, Any], conflict: str) -> None:
    error = refusal(exercises, **fields)
    assert error.conflict[1] == conflict
    assert error.suggestions == (f"remove {fields['include'][0]} from include",)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"include": ["cobra-pose"], "conditions": ["migraine", "wrist_pain", "lumbar_extension_intolerance"]},
            "Cobra pose does not go with what you stated (low back pain on arching and wrist pain).",
        ),
        (
            {"include": ["prone-y-raise"], "conditions": ["osteoporosis", "migraine"], "level": 3},
            "Prone Y raise is too hard for first sessions with what you stated (osteoporosis): they stay at level 1",
        ),
        (
            {"include": ["chin-up"], "available_equipment": ["pullup_bar"], "level": 2},
            "Chin-up is of level 5, and `level` is 2; asked for by name it comes from 4 on.",
        ),
        (
            {"include": ["prone-y-raise"], "conditions": ["osteoporosis"], "level": 1},
            "Prone Y raise is of level 3, and `level` is 1, and is too hard for first sessions with what you stated",
        ),
    ],
)
def test_the_cause_is_named(exercises: tuple[Exercise, ...], fields: dict[str, Any], text: str) -> None:
    assert text in refusal(exercises, **fields).detail


def test_the_level_that_is_named_does(exercises: tuple[Exercise, ...]) -> None:
    fields = {"include": ["chin-up"], "available_equipment": ["pullup_bar"]}
    assert "from 4 on" in refusal(exercises, **fields, level=3).detail
    assert can_be_built(make_request(**fields, level=4), exercises)


def test_two_forms_of_one_drill(exercises: tuple[Exercise, ...]) -> None:
    error = refusal(exercises, include=["cat-cow", "seated-cat-cow"], available_equipment=["chair"])
    assert error.conflict == ("include:cat-cow", "include:seated-cat-cow")


def test_an_excluded_include(exercises: tuple[Exercise, ...]) -> None:
    error = refusal(exercises, include=["open-book"], exclude=["open-book"])
    assert error.conflict == ("include:open-book", "exclude")
    assert "remove open-book from exclude" in error.suggestions


def can_be_built(request: SessionRequest, exercises: tuple[Exercise, ...]) -> bool:
    """Whether there is a session, found without the search for the best one."""
    return is_solvable(prepare_problem(request, index_of(exercises)))


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.sweep) for part in (1, 2))])
def test_the_seconds_needed_are_exact(exercises: tuple[Exercise, ...], part: int) -> None:
    rng = random.Random(4 + part)
    proved_count = 0
    for _ in range(25):
        slugs = [exercise.slug for exercise in rng.sample(exercises, rng.choice((2, 3, 4)))]
        random_request = any_request(rng, exercises)
        fields = {
            "include": slugs,
            "duration_s": rng.choice((60, 120, 200, 300)),
            "available_equipment": list(BASE_KIT),
            "level": 5,
            "seed": random_request.seed,
        }
        if can_be_built(make_request(**fields), exercises):
            continue
        with pytest.raises(InfeasibleRequestError) as refused:
            build_session(make_request(**fields), index_of(exercises))
        needed_s = refused.value.needed_s
        if needed_s is not None:
            proved_count += 1
            assert can_be_built(make_request(**{**fields, "duration_s": needed_s}), exercises)
            assert not can_be_built(make_request(**{**fields, "duration_s": needed_s - 1}), exercises)
    assert proved_count > 4


BASE_KIT = (
    "chair", "wall", "desk", "doorway", "towel", "step", "bench", "resistance_band", "dumbbell", "kettlebell",
    "pullup_bar", "foam_roller", "massage_ball", "dowel",
)  # fmt: skip


def test_every_suggestion_works(exercises: tuple[Exercise, ...]) -> None:
    error = refusal(exercises, positions=["seated"])
    assert error.conflict == ("available_equipment", "positions")
    assert error.suggestions[0] == "add chair to available_equipment"
    assert build_session(
        make_request(positions=["seated"], available_equipment=["chair"]), index_of(exercises)
    ).duration_s


def test_blocking_conditions_and_youth_ask_a_professional_first(exercises: tuple[Exercise, ...]) -> None:
    for fields in ({"conditions": ["recent_surgery"]}, {"age_band": "under-18"}):
        with pytest.raises(SessionBlockedError) as raised:
            build_session(make_request(**fields), index_of(exercises))
        assert raised.value.instead


@pytest.mark.parametrize("field", ["include", "exclude"])
def test_unknown_exercises_are_named(exercises: tuple[Exercise, ...], field: str) -> None:
    with pytest.raises(UnknownExerciseError) as raised:
        build_session(make_request(**{field: ["open-book", "no-such-thing"]}), index_of(exercises))
    assert raised.value.pointer == f"/{field}/1"


@pytest.mark.parametrize(
    "fields",
    [
        {"duration_s": 30},
        {"duration_s": 60, "goals": [{"goal": "decompression"}], "positions": ["standing"]},
        {"duration_s": 300, "goals": [{"goal": "strength"}], "level": 1, "positions": ["hanging"]},
        {"duration_s": 300, "level": 1, "positions": ["half_kneeling"]},
        {"duration_s": 40, "goals": [{"goal": "breathing"}], "positions": ["supine"]},
        {"include": ["cat-cow"], "positions": ["seated"]},
        {"include": ["dead-hang", "band-row"]},
        {"goals": [{"goal": "decompression"}], "positions": ["hanging"], "level": 1},
    ],
)
def test_a_session_for_none_of_its_goals_is_refused_and_every_suggestion_serves_one(
    exercises: tuple[Exercise, ...], fields: dict[str, Any]
) -> None:
    error = refusal(exercises, **fields)
    assert error.suggestions
    for suggestion in error.suggestions:
        plan = build_session(make_request(**apply_suggestion(fields, suggestion)), index_of(exercises))
        assert any(coverage.seconds for coverage in plan.coverage), suggestion


def apply_suggestion(fields: dict[str, Any], suggestion: str) -> dict[str, Any]:
    """The request as a suggestion would have it."""
    changed_fields = {key: list(value) if isinstance(value, list) else value for key, value in fields.items()}
    verb = ""
    values: list[str] = []
    for word in suggestion.replace(" or more", "").split():
        if word in ("add", "remove", "set"):
            verb = word
        elif word in ("available_equipment", "positions", "include", "exclude"):
            present = changed_fields.get(word, [])
            changed_fields[word] = (
                [*present, *values] if verb == "add" else [value for value in present if value not in values]
            )
            values = []
        elif verb == "set" and word.isdigit():
            changed_fields["duration_s"] = int(word)
        elif word not in ("to", "from", "and", "duration_s"):
            values.append(word)
    return changed_fields


def test_more_time_for_a_goal_is_needed_to_the_second(exercises: tuple[Exercise, ...]) -> None:
    needed_s = refusal(exercises, duration_s=30).needed_s
    assert needed_s is not None
    assert build_session(make_request(duration_s=needed_s), index_of(exercises)).coverage[0].seconds
    assert refusal(exercises, duration_s=needed_s - 1).needed_s == needed_s


def test_two_things_lacking_are_both_named(exercises: tuple[Exercise, ...]) -> None:
    with_include = refusal(exercises, include=["eccentric-chin-up"])
    assert {"level", "available_equipment"} <= set(with_include.conflict)
    assert "level 5" in with_include.detail
    assert "pull-up bar" in with_include.detail
    assert "eccentric-chin-up" not in with_include.detail
    assert with_include.suggestions == ("remove eccentric-chin-up from include",)
    painful_history = [{"days_ago": 1, "items": [{"slug": "foot-assisted-hang", "pain": 8}]}]
    goals = [{"goal": "decompression"}]
    without_include = refusal(decompressing_by_bar(exercises), goals=goals, level=1, history=painful_history)
    assert {"history", "available_equipment"} <= set(without_include.conflict)
    assert "pull-up bar" in without_include.detail
    assert without_include.suggestions == ()


def test_what_is_named_is_built_even_where_it_serves_no_goal(exercises: tuple[Exercise, ...]) -> None:
    plan = build_session(make_request(duration_s=60, include=["cat-cow"]), index_of(exercises))
    assert plan.coverage[0].seconds == 0
    assert plan.coverage[0].reason
    assert plan.title == "60-second session"


def test_no_suggestion_asks_for_more_than_another(exercises: tuple[Exercise, ...]) -> None:
    error = refusal(decompressing_by_bar(exercises), goals=[{"goal": "decompression"}])
    assert error.suggestions == ("add pullup_bar to available_equipment",)
