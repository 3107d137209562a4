"""What cannot be built is refused with what contradicts, what would do, and never with less care."""

import random
from typing import Any

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError, SessionBlockedError, UnknownExerciseError
from benchmarks.catalogues import index_of
from benchmarks.session_requests import any_request

BASE: dict[str, Any] = {"duration_s": 600, "goals": [{"goal": "rotation"}]}


def request(**more: Any) -> SessionRequest:
    return SessionRequest.model_validate({**BASE, **more})


def refusal(exercises: tuple[Exercise, ...], **more: Any) -> InfeasibleRequestError:
    with pytest.raises(InfeasibleRequestError) as caught:
        build_session(request(**more), index_of(exercises))
    return caught.value


def test_a_hang_without_a_bar(exercises: tuple[Exercise, ...]) -> None:
    found = refusal(exercises, include=["dead-hang"])
    assert found.conflict == ("include:dead-hang", "available_equipment")
    assert "add pullup_bar to available_equipment" in found.suggestions


@pytest.mark.parametrize(
    ("more", "conflict"),
    [
        ({"include": ["chin-up"], "available_equipment": ["pullup_bar"]}, "level"),
        ({"include": ["cobra-pose"], "conditions": ["lumbar_extension_intolerance"]}, "conditions"),
        ({"include": ["open-book"], "age_band": "65+"}, "age_band"),
        (
            {"include": ["open-book"], "history": [{"days_ago": 1, "items": [{"slug": "open-book", "pain": 8}]}]},
            "history",
        ),
    ],
)
def test_care_is_never_for_bargaining(exercises: tuple[Exercise, ...], more: dict[str, Any], conflict: str) -> None:
    found = refusal(exercises, **more)
    assert found.conflict[1] == conflict
    assert found.suggestions == (f"remove {more['include'][0]} from include",)


def test_two_forms_of_one_drill(exercises: tuple[Exercise, ...]) -> None:
    found = refusal(exercises, include=["cat-cow", "seated-cat-cow"], available_equipment=["chair"])
    assert found.conflict == ("include:cat-cow", "include:seated-cat-cow")


def test_an_excluded_include(exercises: tuple[Exercise, ...]) -> None:
    found = refusal(exercises, include=["open-book"], exclude=["open-book"])
    assert found.conflict == ("include:open-book", "exclude")
    assert "remove open-book from exclude" in found.suggestions


def test_the_seconds_needed_are_exact(exercises: tuple[Exercise, ...]) -> None:
    dice = random.Random(4)
    proved = 0
    for _ in range(60):
        slugs = [exercise.slug for exercise in dice.sample(exercises, dice.choice((2, 3, 4)))]
        wish = any_request(dice, exercises)
        more = {
            "include": slugs,
            "duration_s": dice.choice((60, 120, 200, 300)),
            "available_equipment": list(BASE_KIT),
            "level": 5,
            "seed": wish.seed,
        }
        try:
            build_session(request(**more), index_of(exercises))
        except InfeasibleRequestError as cannot:
            if cannot.needed_s is None:
                continue
            proved += 1
            build_session(request(**{**more, "duration_s": cannot.needed_s}), index_of(exercises))
            with pytest.raises(InfeasibleRequestError):
                build_session(request(**{**more, "duration_s": cannot.needed_s - 1}), index_of(exercises))
    assert proved > 10


BASE_KIT = (
    "chair", "wall", "desk", "doorway", "towel", "step", "bench", "resistance_band", "dumbbell", "kettlebell",
    "pullup_bar", "foam_roller", "massage_ball", "dowel",
)  # fmt: skip


def test_every_suggestion_works(exercises: tuple[Exercise, ...]) -> None:
    found = refusal(exercises, positions=["seated"])
    assert found.conflict == ("available_equipment", "positions")
    assert found.suggestions[0] == "add chair to available_equipment"
    assert build_session(request(positions=["seated"], available_equipment=["chair"]), index_of(exercises)).duration_s


def test_blocking_conditions_and_youth_ask_a_professional_first(exercises: tuple[Exercise, ...]) -> None:
    for more in ({"conditions": ["recent_surgery"]}, {"age_band": "under-18"}):
        with pytest.raises(SessionBlockedError) as caught:
            build_session(request(**more), index_of(exercises))
        assert caught.value.instead


@pytest.mark.parametrize("field", ["include", "exclude"])
def test_unknown_exercises_are_named(exercises: tuple[Exercise, ...], field: str) -> None:
    with pytest.raises(UnknownExerciseError) as caught:
        build_session(request(**{field: ["open-book", "no-such-thing"]}), index_of(exercises))
    assert caught.value.pointer == f"/{field}/1"


@pytest.mark.parametrize(
    "more",
    [
        {"duration_s": 30},
        {"duration_s": 60, "goals": [{"goal": "decompression"}]},
        {"duration_s": 300, "goals": [{"goal": "strength"}], "level": 1, "positions": ["hanging"]},
        {"duration_s": 300, "level": 1, "positions": ["half_kneeling"]},
        {"duration_s": 40, "goals": [{"goal": "breathing"}], "positions": ["supine"]},
        {"include": ["cat-cow"], "positions": ["seated"]},
        {"include": ["dead-hang", "band-row"]},
        {"goals": [{"goal": "decompression"}], "positions": ["hanging"], "level": 1},
    ],
)
def test_a_session_for_none_of_its_goals_is_refused_and_every_suggestion_serves_one(
    exercises: tuple[Exercise, ...], more: dict[str, Any]
) -> None:
    found = refusal(exercises, **more)
    assert found.suggestions
    for said in found.suggestions:
        plan = build_session(request(**changed(more, said)), index_of(exercises))
        assert any(one.seconds for one in plan.coverage), said


def changed(more: dict[str, Any], said: str) -> dict[str, Any]:
    """The request as a suggestion would have it."""
    after = {key: list(value) if isinstance(value, list) else value for key, value in more.items()}
    verb = ""
    waiting: list[str] = []
    for word in said.replace(" or more", "").split():
        if word in ("add", "remove", "set"):
            verb = word
        elif word in ("available_equipment", "positions", "include", "exclude"):
            old = after.get(word, [])
            after[word] = [*old, *waiting] if verb == "add" else [one for one in old if one not in waiting]
            waiting = []
        elif verb == "set" and word.isdigit():
            after["duration_s"] = int(word)
        elif word not in ("to", "from", "and", "duration_s"):
            waiting.append(word)
    return after


def test_more_time_for_a_goal_is_needed_to_the_second(exercises: tuple[Exercise, ...]) -> None:
    needed = refusal(exercises, duration_s=30).needed_s
    assert needed is not None
    assert build_session(request(duration_s=needed), index_of(exercises)).coverage[0].seconds
    assert refusal(exercises, duration_s=needed - 1).needed_s == needed


def test_two_things_lacking_are_both_named(exercises: tuple[Exercise, ...]) -> None:
    named = refusal(exercises, include=["eccentric-chin-up"])
    assert {"level", "available_equipment"} <= set(named.conflict)
    assert "level 5" in named.detail
    assert "pull-up bar" in named.detail
    assert "eccentric-chin-up" not in named.detail
    assert named.suggestions == ("remove eccentric-chin-up from include",)
    hurt = [{"days_ago": 1, "items": [{"slug": "foot-assisted-hang", "pain": 8}]}]
    free = refusal(exercises, goals=[{"goal": "decompression"}], level=1, history=hurt)
    assert {"history", "available_equipment"} <= set(free.conflict)
    assert "pull-up bar" in free.detail
    assert free.suggestions == ()


def test_what_is_named_is_built_even_where_it_serves_no_goal(exercises: tuple[Exercise, ...]) -> None:
    plan = build_session(request(duration_s=60, include=["cat-cow"]), index_of(exercises))
    assert plan.coverage[0].seconds == 0
    assert plan.coverage[0].reason
    assert plan.title == "60-second session"


def test_no_suggestion_asks_for_more_than_another(exercises: tuple[Exercise, ...]) -> None:
    found = refusal(exercises, goals=[{"goal": "decompression"}])
    assert found.suggestions == ("add pullup_bar to available_equipment",)
