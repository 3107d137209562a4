"""What a session says of itself is true and worth reading."""

from collections import Counter
from itertools import product

import pytest

from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.plan import Plan
from app.sessions.texts import PhraseTexts, load_texts
from benchmarks.catalogues import index_of


def build_plan(exercises: tuple[Exercise, ...], duration_s: int, *goals: str, **more: object) -> Plan:
    fields = {"duration_s": duration_s, "goals": [{"goal": goal} for goal in goals], **more}
    return build_session(SessionRequest.model_validate(fields), index_of(exercises))


def test_a_long_session_with_little_of_what_was_asked_says_so(exercises: tuple[Exercise, ...]) -> None:
    plan = build_plan(exercises, 3600, "decompression", available_equipment=["pullup_bar"])
    coverage = plan.coverage[0]
    assert "little work on decompression" in (coverage.reason or "")
    assert any("not for what you asked" in note for note in plan.notes)
    assert "a little decompression" in plan.title


def test_no_sentence_is_said_of_every_exercise(exercises: tuple[Exercise, ...]) -> None:
    plan = build_plan(exercises, 3600, "decompression", available_equipment=["pullup_bar"])
    items = [item for block in plan.phases for item in block.items]
    assert all(item.why for item in items)
    counts = Counter(reason for item in items for reason in item.why)
    assert max(counts.values()) <= 3


def items_with_reason(plan: Plan, beginning: str) -> list[tuple[str, Exercise]]:
    """The phase and the exercise of each item with a reason that begins like this."""
    return [
        (block.phase, plan.exercises[item.exercise.slug])
        for block in plan.phases
        for item in block.items
        if any(reason.startswith(beginning) for reason in item.why)
    ]


def test_strength_comes_after_a_warm_up_only_where_something_moved(exercises: tuple[Exercise, ...]) -> None:
    """Breathing alone warms nobody up: half a minute of it before strength is a calm start and no more."""
    said = {True: 0, False: 0}
    for duration_s, seed in product((300, 420, 600), range(4)):
        for goals in (("strength", "breathing"), ("strength", "rotation")):
            plan = build_plan(exercises, duration_s, *goals, level=3, seed=seed, available_equipment=EQUIPMENT)
            moved = False
            for block in plan.phases:
                for item in block.items:
                    if any(reason.startswith("Strength comes now") for reason in item.why):
                        assert moved
                    moved |= plan.exercises[item.exercise.slug].pattern == "dynamic"
                    said[moved] += 1
    assert said[True]
    assert said[False]


GOALS: tuple[Goal, ...] = ("posture", "decompression", "stability", "breathing", "strength", "overhead")
EQUIPMENT = ["chair", "wall", "pullup_bar", "bench", "dumbbell", "resistance_band", "foam_roller"]


def plans_of_each_goal(exercises: tuple[Exercise, ...]) -> list[Plan]:
    return [
        build_plan(exercises, duration_s, goal, level=level, available_equipment=EQUIPMENT)
        for goal, duration_s, level in product(GOALS, (600, 3600), (2, 5))
    ]


def test_only_easy_exercises_are_called_an_easy_start(exercises: tuple[Exercise, ...]) -> None:
    count = 0
    for plan in plans_of_each_goal(exercises):
        starts = items_with_reason(plan, "An easy start")
        assert len(starts) <= 1
        for phase, exercise in starts:
            assert (phase, exercise.pattern, exercise.level <= 2) == ("prepare", "dynamic", True)
            count += 1
    assert count >= 8


def test_the_title_tells_the_length_as_it_is(exercises: tuple[Exercise, ...]) -> None:
    assert build_plan(exercises, 80, "rotation").title.startswith("80-second")
    assert build_plan(exercises, 90, "rotation").title.startswith("90-second")
    assert build_plan(exercises, 600, "rotation").title.startswith("10-minute")
    shorter_plan = build_plan(exercises, 3600, "rotation", positions=["heel_sit"], available_equipment=["bench"])
    minutes = (shorter_plan.duration_s + 30) // 60
    assert shorter_plan.title.startswith(f"{minutes}-minute")
    assert shorter_plan.shortfall_s > 1800


def test_what_does_not_come_for_want_of_places_is_not_called_tiring(exercises: tuple[Exercise, ...]) -> None:
    plan = build_plan(exercises, 73, "rotation", "overhead")
    unserved = next(coverage for coverage in plan.coverage if not coverage.seconds)
    assert "tire" not in (unserved.reason or "")
    assert "one exercise" in (unserved.reason or "")


@pytest.mark.parametrize(
    ("goals", "equipment"),
    [
        (("strength", "posture"), ["chair", "wall", "resistance_band", "foam_roller"]),
        (("overhead", "strength", "rotation"), ["chair", "wall", "resistance_band", "foam_roller"]),
        (("posture", "recovery"), ["mat", "wall", "resistance_band"]),
    ],
)
def test_a_rival_is_named_once_and_serves_the_same_end(
    exercises: tuple[Exercise, ...], goals: tuple[str, ...], equipment: list[str]
) -> None:
    plan = build_plan(exercises, 900, *goals, level=3, available_equipment=equipment)
    by_name = {exercise.name: exercise for exercise in exercises}
    rival_names = []
    for item in (item for block in plan.phases for item in block.items):
        served_goals = {served.goal for served in item.serves}
        for reason in item.why:
            named = [name for name in by_name if name in reason]
            if named:
                # Of "Open book" and "Seated open book" the longer one is meant.
                name = max(named, key=len)
                rival_names.append(name)
                assert served_goals & set(by_name[name].goal_weights), reason
    assert rival_names
    assert len(set(rival_names)) == len(rival_names)


def test_a_preference_says_what_it_is_worth(exercises: tuple[Exercise, ...]) -> None:
    plan = build_plan(exercises, 900, "recovery", "extension", purpose="recovery", available_equipment=["foam_roller"])
    reasons = [(item, reason) for block in plan.phases for item in block.items for reason in item.why]
    told = [(item, reason) for item, reason in reasons if "It does more for" in reason]
    assert told
    phrases = load_texts(PhraseTexts).goals
    # It serves the goal of which it does more.
    assert all(any(phrases[one.goal] in reason for one in item.serves) for item, reason in told)


def test_only_strength_is_called_strength(exercises: tuple[Exercise, ...]) -> None:
    named_slugs, other_slugs = set(), set()
    for plan in plans_of_each_goal(exercises):
        strength_items = items_with_reason(plan, "Strength")
        assert len(strength_items) <= 1
        for phase, exercise in strength_items:
            assert (phase, "strength" in exercise.goal_weights) == ("strengthen", True)
            named_slugs.add(exercise.slug)
        other_slugs |= {
            item.exercise.slug
            for block in plan.phases
            if block.phase == "strengthen"
            for item in block.items
            if "strength" not in plan.exercises[item.exercise.slug].goal_weights
        }
    assert len(named_slugs) >= 4
    assert other_slugs, "no exercise of the phase could have been called strength wrongly"


def test_the_title_names_the_goals_that_weigh_alike(exercises: tuple[Exercise, ...]) -> None:
    plan = build_plan(exercises, 1800, "extension", "rotation", "breathing", available_equipment=["mat", "chair"])
    assert plan.title == "30-minute session: extension, rotation and breathing"


def test_a_hang_is_no_quiet_end(exercises: tuple[Exercise, ...]) -> None:
    hanging = {"available_equipment": ["pullup_bar"], "positions": ["hanging"]}
    plan = build_plan(exercises, 900, "decompression", "posture", **hanging)
    *_, last = (item for block in plan.phases for item in block.items)
    assert plan.exercises[last.exercise.slug].load_group == "grip"
    assert "You end quietly." not in last.why


def reason_of(exercises: tuple[Exercise, ...], goal: str, **fields: object) -> str | None:
    request_fields = {"duration_s": 900, "goals": [{"goal": goal}, {"goal": "rotation"}], "level": 5, **fields}
    plan = build_session(SessionRequest.model_validate(request_fields), index_of(exercises))
    return next(coverage.reason for coverage in plan.coverage if coverage.goal == goal)


def test_kit_and_level_are_blamed_only_where_they_stand_in_the_way(exercises: tuple[Exercise, ...]) -> None:
    decompressing_slugs = [exercise.slug for exercise in exercises if "decompression" in exercise.goal_weights]
    bar = ("pullup_bar", "step")
    assert "with your equipment" in str(reason_of(exercises, "decompression", positions=["standing", "hanging"]))
    for fields in ({"exclude": decompressing_slugs}, {"conditions": ["shoulder_impingement"], "purpose": "recovery"}):
        reason = reason_of(exercises, "decompression", available_equipment=bar, **fields)
        assert reason == "No exercise for decompression is possible in this session."
