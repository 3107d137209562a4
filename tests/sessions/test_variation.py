"""A swap suits its reason and keeps the rest; alternatives differ."""

import random

from app.catalogue.shapes import Exercise
from app.sessions.build import build
from app.sessions.prepare import PLAIN
from app.sessions.refusal import CannotBuild
from app.sessions.request import SessionRequest
from app.sessions.variation import STRAINS, Reason, others, swap
from tests.bench.requests import any_request
from tests.sessions.promises import broken

REASONS: tuple[Reason, ...] = ("too_hard", "pain", "no_equipment", "dislike")


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
