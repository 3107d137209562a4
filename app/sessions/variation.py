"""Another session for the same wish: one exercise exchanged and the rest kept, or all of it different."""

import contextlib
from collections.abc import Sequence
from typing import NamedTuple

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import SwapReason
from app.sessions.build import build
from app.sessions.errors import CannotBuild
from app.sessions.plan import Plan
from app.sessions.problem.exercise_index import Shelf, shelf_of
from app.sessions.problem.prepare import Variation, prepare

STRAINS = frozenset(
    {
        "loaded_flexion",
        "end_range_flexion",
        "end_range_rotation",
        "loaded_rotation",
        "end_range_extension",
        "loaded_extension",
        "end_range_thoracic_extension",
        "end_range_side_bend",
        "inverted",
        "hanging",
        "overhead",
        "shoulder_end_range",
        "shoulder_weight_bearing",
        "wrist_weight_bearing",
        "grip_demand",
        "deep_knee_flexion",
        "heavy_resistance",
        "neck_load",
        "neck_end_range",
        "chest_compression",
    }
)
"""Features that may be what hurt: after pain nothing that shares one comes instead."""
HEIRS = 6
"""Exercises that are tried in the place of one that goes."""
DIFFERENT = 3
"""An alternative differs in at least one of so many exercises."""


class Varied(NamedTuple):
    """A plan, and the request and variation that build it again."""

    plan: Plan
    request: SessionRequest
    variation: Variation
    remembered: Variation
    """What may be kept of the variation: which exercises are gone, not why."""


def swap(
    request: SessionRequest,
    before: Variation,
    slugs: Sequence[str],
    place: int,
    reason: SwapReason,
    exercises: Sequence[Exercise],
    phases: Sequence[str] = (),
) -> Varied:
    """The session without the exercise at `place` (from 0), all others kept where they were, if that can be done.

    What comes instead suits the reason: after `too_hard` nothing as hard, after `pain` nothing that strains alike,
    after `no_equipment` nothing that needs the kit. Raises what `build` raises.
    """
    by_slug = {exercise.slug: exercise for exercise in exercises}
    gone = by_slug.get(slugs[place])
    kept = tuple(dict.fromkeys(slug for slug in slugs if slug != slugs[place] and slug in by_slug))
    without = before.without | {slugs[place]}
    changed = request.model_copy(update={"include": tuple(slug for slug in request.include if slug != slugs[place])})
    if gone is not None and reason == "no_equipment":
        kit = {kit for group in gone.equipment for kit in group if kit != "mat"}
        left = tuple(kit_at_hand for kit_at_hand in request.available_equipment if kit_at_hand not in kit)
        changed = changed.model_copy(update={"available_equipment": left})
        kept = tuple(slug for slug in kept if not _lacks(by_slug[slug], frozenset(left)))
        changed = changed.model_copy(update={"include": tuple(s for s in changed.include if s in kept)})
    elif gone is not None and reason in ("too_hard", "pain"):
        without |= _unfit(gone, reason, by_slug) - set(kept)
    shelf = shelf_of(exercises)
    kept = _still_possible(kept, changed, without, shelf)
    stay = tuple((slug, phase) for slug, phase in zip(slugs, phases, strict=False) if slug in kept)
    phase = phases[place] if place < len(phases) else None
    if gone is not None:
        eased = prepare(changed, shelf, Variation(kept, without)).problem.exempt_load
        for slug in _heirs(gone, phase, changed, kept, without, shelf):
            placed = ((slug, phase),) if phase is not None and phase in by_slug[slug].phases else ()
            wanted = Variation((*kept, slug), without, frozenset(), (*stay, *placed), (gone.slug, slug))
            prepared = prepare(changed, shelf, wanted)
            # What comes was not asked for by name: it may not make two that load the wrists meet.
            if prepared.feasible and prepared.problem.exempt_load <= eased:
                with contextlib.suppress(CannotBuild):
                    plan = build(changed, exercises, wanted)
                    return Varied(plan, changed, wanted, Variation(wanted.keep, before.without | {gone.slug}))
    return _built(changed, kept, without, exercises, before.without | {slugs[place]})


def _still_possible(
    kept: tuple[str, ...], request: SessionRequest, without: frozenset[str], shelf: Shelf
) -> tuple[str, ...]:
    """Those of the kept exercises that may be in a session: what is stated of the person may be new since."""
    lines = prepare(request, shelf, Variation((), without)).problem.placements
    possible = {shelf.exercises[line.exercise].slug for line in lines}
    return tuple(slug for slug in kept if slug in possible)


def _heirs(
    gone: Exercise,
    phase: str | None,
    request: SessionRequest,
    kept: Sequence[str],
    without: frozenset[str],
    shelf: Shelf,
) -> list[str]:
    """What may come for an exercise: first what serves the same of the goals asked for, and in the same phase."""
    asked = {wish.goal for wish in request.goals} & gone.goal_weights.keys()
    families = {shelf.exercises[shelf.index[slug]].family for slug in kept}
    eligibility = prepare(request, shelf, Variation(tuple(kept), without)).eligibility
    ranked = []
    for number in eligibility.numbers:
        one = shelf.exercises[number]
        shared = sum(min(gone.goal_weights[goal], one.goal_weights.get(goal, 0)) for goal in asked)
        elsewhere = phase is not None and phase not in one.phases
        if one.family in families or (elsewhere and not shared):
            continue
        alike = len(gone.goal_weights.keys() & one.goal_weights.keys())
        careful = number in eligibility.cautions
        ranked.append(
            (bool(asked) and not shared, elsewhere, careful, -shared, -alike, abs(gone.level - one.level), one.slug)
        )
    return [one[-1] for one in sorted(ranked)[:HEIRS]]


def _built(
    request: SessionRequest,
    kept: tuple[str, ...],
    without: frozenset[str],
    exercises: Sequence[Exercise],
    gone: frozenset[str],
) -> Varied:
    """With all that is kept, or with as little less as leaves a session."""
    shelf = shelf_of(exercises)
    while True:
        while kept and not prepare(request, shelf, Variation(kept, without)).feasible:
            kept = kept[:-1]
        variation = Variation(kept, without)
        try:
            return Varied(build(request, exercises, variation), request, variation, Variation(kept, gone))
        except CannotBuild as cannot:
            if not kept:
                # What a new request might change is of no use to a swap: it says nothing of kit or time.
                raise CannotBuild(f"Nothing can come in its place. {cannot.detail}", cannot.conflict) from None
            kept = kept[:-1]


def _lacks(exercise: Exercise, at_hand: frozenset[str]) -> bool:
    return any("mat" not in group and at_hand.isdisjoint(group) for group in exercise.equipment)


def _unfit(gone: Exercise, reason: SwapReason, by_slug: dict[str, Exercise]) -> frozenset[str]:
    """What may not come in place of an exercise that was too hard or that hurt."""
    harder = {gone.slug, *gone.harder}
    unfit = {slug for slug, one in by_slug.items() if one.level > gone.level or slug in harder}
    if reason == "too_hard":
        as_hard = {slug for slug, one in by_slug.items() if one.level == gone.level > 1 and slug not in gone.easier}
        return frozenset(unfit | as_hard)
    strains = STRAINS.intersection(gone.features)
    alike = {
        slug
        for slug, one in by_slug.items()
        if one.family == gone.family
        or strains.intersection(one.features)
        or (one.load_group == gone.load_group and one.load_group != "none")
    }
    return frozenset(unfit | alike)


def others(
    request: SessionRequest, before: Variation, slugs: Sequence[str], count: int, exercises: Sequence[Exercise]
) -> tuple[list[Varied], bool]:
    """Up to `count` sessions that differ from this one and from each other, and whether there are no more."""
    seen = [frozenset(slugs)]
    found: list[Varied] = []
    for _ in range(count):
        given = frozenset().union(*seen) - set(request.include)
        variation = Variation((), before.without, given)
        try:
            plan = build(request, exercises, variation)
        except CannotBuild:
            return found, True
        held = frozenset(plan.exercises)
        if any(len(held ^ other) < 2 * max(1, len(held) // DIFFERENT) for other in seen):
            return found, True
        seen.append(held)
        found.append(Varied(plan, request, variation, variation))
    return found, False
