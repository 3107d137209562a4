"""A swap suits its reason and keeps the rest; alternatives differ."""

import random

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import SwapReason
from app.sessions.build import build
from app.sessions.errors import CannotBuild
from app.sessions.problem.prepare import PLAIN
from app.sessions.variation import STRAINS, others, swap
from benchmarks.session_requests import any_request
from tests.sessions.invariants import broken

REASONS: tuple[SwapReason, ...] = ("too_hard", "pain", "no_equipment", "dislike")


def sessions(exercises: tuple[Exercise, ...], count: int, seed: int) -> list[tuple[SessionRequest, list[str]]]:
    dice = random.Random(seed)
    found: list[tuple[SessionRequest, list[str]]] = []
    while len(found) < count:
        request = any_request(dice, exercises)
        try:
            found.append((request, list(build(request, exercises).exercises)))
        except CannotBuild:
            continue
    return found


def test_a_swap_keeps_its_promises(exercises: tuple[Exercise, ...]) -> None:
    by_slug = {exercise.slug: exercise for exercise in exercises}
    swapped = stayed = 0
    for n, (request, slugs) in enumerate(sessions(exercises, 100, 6)):
        place, reason = n % len(slugs), REASONS[n % 4]
        gone = by_slug[slugs[place]]
        try:
            varied = swap(request, PLAIN, slugs, place, reason, exercises)
        except CannotBuild:
            continue
        swapped += 1
        held = set(varied.plan.exercises)
        new = [by_slug[slug] for slug in held - set(slugs)]
        assert gone.slug not in held
        assert broken(varied.request, varied.plan, by_slug) == []
        if reason == "no_equipment":
            kit = {kit for group in gone.equipment for kit in group} - {"mat"}
            assert not kit & set(varied.request.available_equipment)
        else:
            stayed += set(slugs) - {gone.slug} <= held
        if reason == "too_hard":
            assert all(one.level <= gone.level and one.slug not in gone.harder for one in new)
        if reason == "pain":
            strains = STRAINS & set(gone.features)
            assert not any(strains & set(one.features) or one.family == gone.family for one in new)
    assert swapped > 70
    assert stayed >= 0.65 * swapped


def test_alternatives_keep_their_promises(exercises: tuple[Exercise, ...]) -> None:
    by_slug = {exercise.slug: exercise for exercise in exercises}
    several = 0
    for request, slugs in sessions(exercises, 40, 7):
        found, exhausted = others(request, PLAIN, slugs, 3, exercises)
        sets = [frozenset(slugs), *(frozenset(one.plan.exercises) for one in found)]
        assert len(set(sets)) == len(sets)
        assert exhausted == (len(found) < 3)
        several += len(found) > 1
        for one in found:
            assert broken(one.request, one.plan, by_slug) == []
    assert several > 15


WISH = {
    "duration_s": 600,
    "goals": [{"goal": "rotation"}, {"goal": "strength"}],
    "available_equipment": ["resistance_band"],
    "conditions": ["wrist_pain"],
    "age_band": "40-64",
}


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("place", range(3))
def test_a_swap_leaves_the_others_in_their_phase_and_says_what_came(
    exercises: tuple[Exercise, ...], place: int, reason: SwapReason
) -> None:
    request = SessionRequest.model_validate(WISH)
    before = build(request, exercises)
    where = {item.exercise.slug: block.phase for block in before.phases for item in block.items}
    slugs = list(where)
    plan = swap(request, PLAIN, slugs, place, reason, exercises, list(where.values())).plan
    after = {item.exercise.slug: block.phase for block in plan.phases for item in block.items}
    gone = slugs[place]
    if reason != "no_equipment":
        assert {slug: after.get(slug) for slug in slugs if slug != gone} == {
            slug: phase for slug, phase in where.items() if slug != gone
        }
    said = [line for block in plan.phases for item in block.items for line in item.why]
    assert f"Instead of {before.exercises[gone].name}." in said
    kept = [line for lines in plan.stored_why.values() for line in lines]
    assert not any("wrist" in line or "pain" in line for line in kept)
    assert not any("is already in the session" in (one.reason or "") for one in plan.coverage)


def test_a_swap_that_leaves_nothing_says_so_and_proposes_no_kit(exercises: tuple[Exercise, ...]) -> None:
    wish = {"duration_s": 90, "goals": [{"goal": "decompression"}], "available_equipment": ["pullup_bar"]}
    request = SessionRequest.model_validate(wish)
    slugs = list(build(request, exercises).exercises)
    with pytest.raises(CannotBuild) as caught:
        swap(request, PLAIN, slugs, 0, "no_equipment", exercises)
    assert caught.value.detail.startswith("Nothing can come in its place.")
    assert caught.value.suggestions == ()
