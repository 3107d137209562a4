"""Where care is a matter of time, a session keeps to it: single holds, seconds in all, and what follows what."""

import random
from itertools import pairwise
from typing import Any

import pytest

from app.kit.closed_lists import list_words
from app.rules.strains import Strain, map_strains
from app.rules.vocabulary import Equipment, Position
from app.schemas.exercise import Exercise
from app.schemas.session import SessionItem
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from app.sessions.problem.exercise_index import LOAD_GROUPS
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.problem.strain_order import limit_field
from benchmarks.catalogues import index_of
from tests.sessions.invariants import broken_promises

GOALS = ["rotation", "extension", "overhead", "breathing", "lateral_flexion", "recovery", "strength"]
MAT = ["mat", "chair", "wall", "resistance_band", "dumbbell", "bench", "doorway", "desk"]
FORMER_WORST = {
    "positions": list_words(Position),
    "duration_s": 1800,
    "goals": [{"goal": "extension"}],
    "level": 1,
    "seed": 21,
}

LENGTHENED = {
    "positions": ["supine", "side_lying", "prone"],
    "duration_s": 900,
    "goals": [{"goal": "breathing"}],
    "available_equipment": list_words(Equipment),
    "level": 1,
    "age_band": "65+",
    "seed": 446,
}
"""A request of which unused seconds lengthened the getting ready for lying on the back."""


def random_request(rng: random.Random, conditions: list[str]) -> SessionRequest:
    fields: dict[str, Any] = {
        "duration_s": rng.choice([180, 600, 900, 1800]),
        "goals": [{"goal": goal} for goal in rng.sample(GOALS, rng.choice([1, 2, 3]))],
        "available_equipment": rng.sample(MAT, rng.randint(2, len(MAT))),
        "level": rng.randint(1, 4),
        "seed": rng.randrange(1000),
        "conditions": conditions,
        # Named, so that a condition sets none aside.
        "positions": list_words(Position),
        "age_band": rng.choice([None, "40-64", "65+"]),
        "purpose": rng.choice(["standalone", "standalone", "recovery"]),
    }
    return SessionRequest.model_validate(fields)


def items_asking(plan: Plan, strain: Strain, degrees: tuple[str, ...]) -> list[SessionItem]:
    items = [item for phase in plan.phases for item in phase.items]
    exercises = plan.exercises
    return [item for item in items if map_strains(exercises[item.exercise.slug].strains).get(strain) in degrees]


def seconds_of(plan: Plan, items: list[SessionItem]) -> int:
    slugs = {item.exercise.slug for item in items}
    return sum(event.duration_s for event in plan.timeline if event.slug in slugs and event.kind != "transition")


@pytest.mark.parametrize(
    ("condition", "strain", "degrees", "max_hold_s", "max_total_s"),
    [
        ("pregnancy_second_third_trimester", "supine", ("mild", "full"), None, 180),
        ("hypermobility", "sustained_end_range", ("full",), 15, 120),
        ("osteoporosis", "trunk_rotation", ("full",), 15, None),
    ],
)
def test_limits_hold_in_every_session(
    exercises: tuple[Exercise, ...],
    condition: str,
    strain: Strain,
    degrees: tuple[str, ...],
    max_hold_s: int | None,
    max_total_s: int | None,
) -> None:
    rng = random.Random(7)
    by_slug = {exercise.slug: exercise for exercise in exercises}
    requests = [random_request(rng, [condition]) for _ in range(8)]
    requests += [
        SessionRequest.model_validate({**one, "conditions": [condition]}) for one in (FORMER_WORST, LENGTHENED)
    ]
    seen = 0
    for request in requests:
        try:
            plan = build_session(request, index_of(exercises))
        except InfeasibleRequestError:
            continue
        assert broken_promises(request, plan, by_slug) == []
        items = items_asking(plan, strain, degrees)
        seen += len(items)
        if max_total_s is not None:
            assert seconds_of(plan, items) <= max_total_s
        for item in items:
            if by_slug[item.exercise.slug].pattern == "static_hold" and max_hold_s is not None:
                assert (item.dose.hold_s or 0) <= max_hold_s
    assert seen > 2


def test_with_pregnancy_nobody_lies_on_the_back_twice_running(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(3)
    followed = 0
    for conditions in (["pregnancy_second_third_trimester"], []):
        for _ in range(6):
            fields = random_request(rng, conditions).model_dump(mode="json")
            request = SessionRequest.model_validate({**fields, "goals": [{"goal": "breathing"}, {"goal": "overhead"}]})
            plan = build_session(request, index_of(exercises))
            lies = [
                "supine" in map_strains(plan.exercises[item.exercise.slug].strains)
                for phase in plan.phases
                for item in phase.items
            ]
            pairs = sum(before and after for before, after in pairwise(lies))
            assert not (pairs and conditions)
            followed += pairs
    assert followed, "without the condition two do follow each other, so the rule is what keeps them apart"


def test_included_exercises_that_exceed_a_limit_together_are_refused_with_a_way_out(
    exercises: tuple[Exercise, ...],
) -> None:
    fields = {
        "duration_s": 1800,
        "goals": [{"goal": "rotation"}],
        "available_equipment": ["mat", "bench", "dumbbell"],
        "level": 3,
        "positions": list_words(Position),
        "include": ["knee-rolls", "floor-angel", "diaphragmatic-breathing"],
    }
    assert build_session(SessionRequest.model_validate(fields), index_of(exercises))
    request = SessionRequest.model_validate({**fields, "conditions": ["pregnancy_second_third_trimester"]})
    with pytest.raises(InfeasibleRequestError) as refusal:
        build_session(request, index_of(exercises))
    assert refusal.value.suggestions
    assert "include:floor-angel" in refusal.value.conflict
    assert "the time that your conditions allow" in refusal.value.detail


def test_a_limit_is_blamed_on_what_brings_it(exercises: tuple[Exercise, ...]) -> None:
    """Where both a condition and the week before limit strains, each limit names its own field."""
    done = [{"slug": "seated-thoracic-rotation", "dose": {"sets": 2, "reps": 8}}, {"slug": "band-row"}]
    fields = {
        "duration_s": 1800,
        "goals": [{"goal": "rotation"}],
        "conditions": ["pregnancy_second_third_trimester"],
        "history": [{"days_ago": day, "items": done} for day in (1, 4, 9, 12)],
    }
    eligibility = prepare_problem(SessionRequest.model_validate(fields), index_of(exercises)).eligibility
    limits = [limit for limit in eligibility.effective.strain_limits if limit.max_total_s is not None]
    blamed = {limit.strain: limit_field(place, eligibility) for place, limit in enumerate(limits)}
    assert blamed.pop("supine") == "conditions"
    assert set(blamed.values()) == {"history"}
    assert "trunk_rotation" in blamed


def test_loads_that_the_order_makes_one_keep_limits_of_their_own(exercises: tuple[Exercise, ...]) -> None:
    """Lying on the back is kept apart in pregnancy, and some of it tires the shoulders: core work is not limited so."""
    fields = {"duration_s": 1200, "goals": [{"goal": "strength"}, {"goal": "overhead"}], "level": 3}
    fields |= {"available_equipment": MAT, "positions": list_words(Position)}
    index = index_of(exercises)
    plain, careful = (
        prepare_problem(SessionRequest.model_validate({**fields, "conditions": conditions}), index).problem
        for conditions in ([], ["pregnancy_second_third_trimester"])
    )
    max_s = {load: plain.load_max_s[number] for number, load in enumerate(LOAD_GROUPS)}
    limits_of: dict[str, set[int]] = {}
    for placement in careful.placements:
        load = index.exercises[placement.exercise].load_group
        own = {careful.strain_max_s[limit] for limit in placement.strain_limits}
        own |= {careful.load_max_s[placement.load]} if placement.load in careful.limited_loads else set()
        limits_of.setdefault(load, set()).update(own - {180})
    assert max_s["overhead"] == 600, "half of the session, as it is asked for"
    assert limits_of["overhead"] == {max_s["overhead"]}
    assert limits_of["core"] == limits_of["none"] == set()
