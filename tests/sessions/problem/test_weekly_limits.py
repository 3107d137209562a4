"""A week holds at most a fifth more of a strain than the week before, and hard work has two days of rest."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from app.rules.dose import total_duration_s
from app.rules.shared_strains import STRAINS_WITHOUT_PAIN
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.problem.exercise_index import SETUP_S, ExerciseIndex
from benchmarks.catalogues import index_of
from benchmarks.simulated_people import PEOPLE, PerformedItem, SimulatedPerson, simulate


def is_hard(exercise: Exercise) -> bool:
    return exercise.pattern == "strength" or (exercise.pattern == "isometric" and exercise.load_group != "none")


def sum_week(done: Sequence[PerformedItem], day: int, index: ExerciseIndex) -> Counter[str]:
    """Seconds of each strain in the seven days up to a day."""
    seconds: Counter[str] = Counter()
    for item in done:
        if day - 7 < item.day <= day:
            setup_s = SETUP_S if index.needs_setup[index.number_of[item.exercise.slug]] else 0
            for one in item.exercise.strains:
                seconds[one.strain] += total_duration_s(item.dose, item.exercise.position) + setup_s
    return seconds


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_four_weeks_keep_the_rules(exercises: tuple[Exercise, ...], person: SimulatedPerson) -> None:
    done, index = simulate(person, exercises), index_of(exercises)
    days = sorted({item.day for item in done})
    assert len(days) >= 10
    for day in (day for day in days if day >= 13):
        now, before = sum_week(done, day, index), sum_week(done, day - 7, index)
        for strain in set(now) - STRAINS_WITHOUT_PAIN:
            today_s = sum_week([item for item in done if item.day == day], day, index)[strain]
            # Any week may have 240 s of a strain, and any session 90 s.
            if today_s > 90:
                assert now[strain] <= max(240, 1.2 * before[strain]), (day, strain)
    for slug in {item.exercise.slug for item in done}:
        own = [item for item in done if item.exercise.slug == slug]
        for first, second in pairwise(own):
            if is_hard(first.exercise):
                assert second.day - first.day >= 2
    loads = {(item.day, item.exercise.load_group) for item in done if is_hard(item.exercise)}
    assert not [(day, load) for day, load in loads if load != "none" and (day + 1, load) in loads]


@pytest.mark.parametrize("load", ["band-row", "prone-w-raise", "forearm-plank", "scapular-push-up"])
def test_hard_work_of_a_part_rests_two_days(exercises: tuple[Exercise, ...], load: str) -> None:
    index = index_of(exercises)
    fields: dict[str, Any] = {
        "duration_s": 900,
        "goals": [{"goal": "strength"}],
        "available_equipment": ["chair", "wall", "resistance_band", "dumbbell"],
        "level": 3,
    }
    for days_ago, is_resting in ((0, True), (1, True), (2, False)):
        history = [{"days_ago": days_ago, "items": [{"slug": load, "effort": 5, "pain": 0}]}]
        plan = build_session(SessionRequest.model_validate({**fields, "history": history}), index)
        same = [
            entry.slug
            for entry in plan.exercises.values()
            if is_hard(entry) and entry.load_group == index.by_slug(load).load_group
        ]
        assert not (is_resting and same), same


def test_a_week_never_refuses_a_goal_nor_what_is_included(exercises: tuple[Exercise, ...]) -> None:
    index = index_of(exercises)
    items = [{"slug": "seated-thoracic-rotation", "effort": 5, "pain": 0, "dose": {"sets": 2, "reps": 10}}]
    history = [{"days_ago": days_ago, "items": items} for days_ago in (1, 2, 3, 4, 13)]
    wish = {"duration_s": 600, "goals": [{"goal": "rotation"}], "history": history}
    wish |= {"available_equipment": ["chair", "wall"]}
    plan = build_session(SessionRequest.model_validate(wish), index)
    assert any("much of this in the last week" in note and "twist" in note for note in plan.notes)
    assert not any("much of this in the last week" in note for note in plan.storable_notes)
    include = ["seated-open-book", "standing-wall-rotation", "knee-rolls"]
    included = build_session(SessionRequest.model_validate({**wish, "include": include}), index)
    assert set(include) <= set(included.exercises)
