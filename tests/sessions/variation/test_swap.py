"""A swap suits its reason and keeps the rest."""

import pytest

from app.rules.dose import total_work_s
from app.rules.shared_strains import STRAINS_WITHOUT_PAIN
from app.rules.strains import map_strains
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import SwapReason
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from app.sessions.problem.dosing import dosing_context
from app.sessions.problem.pain_effects import list_strained_alike
from app.sessions.texts import RefusalTexts, SessionNoteTexts, load_texts
from app.sessions.variation.session_to_vary import SessionToVary
from app.sessions.variation.swap import replace_exercise
from benchmarks.catalogues import index_of
from tests.sessions.invariants import broken_promises
from tests.sessions.variation.built_sessions import build_sessions, session_of

PARTS = [0, pytest.param(1, marks=pytest.mark.sweep), pytest.param(2, marks=pytest.mark.sweep)]
"""The first part of what is drawn at random runs with every test, the others with `make sweep`."""
REASONS: tuple[SwapReason, ...] = ("too_hard", "pain", "no_equipment", "dislike")
WISH = {
    "duration_s": 600,
    "goals": [{"goal": "rotation"}, {"goal": "strength"}],
    "available_equipment": ["resistance_band"],
    "conditions": ["wrist_pain"],
    "age_band": "40-64",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_swap_keeps_its_promises(exercises: tuple[Exercise, ...], part: int) -> None:
    by_slug = {exercise.slug: exercise for exercise in exercises}
    swapped = unchanged = 0
    for number, session in enumerate(build_sessions(exercises, 40, 6 + part)):
        place, reason = number % len(session.slugs), REASONS[number % 4]
        old = by_slug[session.slugs[place]]
        try:
            varied = replace_exercise(session, place, reason, index_of(exercises))
        except InfeasibleRequestError:
            continue
        swapped += 1
        slugs = set(varied.plan.exercises)
        assert untold_changes(session, place, varied.plan, by_slug) == []
        new = [by_slug[slug] for slug in slugs - set(session.slugs)]
        assert old.slug not in slugs
        assert broken_promises(varied.request, varied.plan, by_slug) == []
        if reason == "no_equipment":
            pieces = {piece for group in old.equipment for piece in group.any_of} - {"mat"}
            assert not pieces & set(varied.request.available_equipment)
        else:
            unchanged += set(session.slugs) - {old.slug} <= slugs
        if reason == "too_hard":
            assert all(other.level <= old.level and other.slug not in old.harder for other in new)
        if reason == "pain":
            full = {strain for strain, degree in map_strains(old.strains).items() if degree == "full"}
            asked = {(strain, degree) for other in new for strain, degree in map_strains(other.strains).items()}
            assert not {(strain, "full") for strain in full - STRAINS_WITHOUT_PAIN} & asked
            assert all(other.family != old.family for other in new)
    assert swapped > 28
    assert unchanged >= 0.65 * swapped


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("place", range(3))
def test_a_swap_leaves_the_others_in_their_phase_and_says_what_came(
    exercises: tuple[Exercise, ...], place: int, reason: SwapReason
) -> None:
    request = SessionRequest.model_validate(WISH)
    before = build_session(request, index_of(exercises))
    session = session_of(request, before)
    plan = replace_exercise(session, place, reason, index_of(exercises)).plan
    phases_before = dict(zip(session.slugs, session.phases, strict=True))
    phases_after = {item.exercise.slug: phase.phase for phase in plan.phases for item in phase.items}
    old = session.slugs[place]
    if reason != "no_equipment":
        del phases_before[old]
        assert {slug: phases_after.get(slug) for slug in phases_before} == phases_before
    reasons = [reason for phase in plan.phases for item in phase.items for reason in item.why]
    # After pain there may be nothing that takes its place; it is said then.
    if reason != "pain" or not any("No single exercise can come in its place" in note for note in plan.notes):
        assert f"It comes in the place of {before.exercises[old].name}." in reasons
    storable = [reason for reasons in plan.storable_reasons for reason in reasons]
    assert not any("wrist" in reason or "pain" in reason for reason in storable)
    assert not any("is already in the session" in (coverage.reason or "") for coverage in plan.coverage)


@pytest.mark.parametrize("part", PARTS)
def test_after_pain_what_stays_and_strains_the_same_is_halved(exercises: tuple[Exercise, ...], part: int) -> None:
    index, halved = index_of(exercises), 0
    for session in build_sessions(exercises, 10, 8 + part):
        for place in (0, len(session.slugs) - 1):
            alike = list_strained_alike(session.slugs[place], index)
            try:
                plan = replace_exercise(session, place, "pain", index).plan
            except InfeasibleRequestError:
                continue
            doses = {item.exercise.slug: item.dose for phase in plan.phases for item in phase.items}
            kept = alike & set(doses)
            assert kept <= set(session.slugs)
            assert all(100 * total_work_s(doses[slug]) <= 67 * total_work_s(index.by_slug(slug).dose) for slug in kept)
            assert any("because it hurt" in note for note in plan.notes) == bool(kept)
            assert not any("hurt" in note for note in plan.storable_notes)
            halved += len(kept)
    assert halved > 2


@pytest.mark.parametrize(
    ("goal", "position", "reason"),
    [
        ("decompression", "hanging", "no_equipment"),
        ("overhead", "side_lying", "pain"),
        ("strength", "side_plank", "too_hard"),
        ("stability", "prone_plank", "dislike"),
        ("recovery", "inverted_v", "no_equipment"),
    ],
)
def test_a_swap_that_leaves_nothing_says_so_and_proposes_no_kit(
    exercises: tuple[Exercise, ...], goal: str, position: str, reason: SwapReason
) -> None:
    wish: dict[str, object] = {"duration_s": 90, "goals": [{"goal": goal}], "positions": [position], "level": 3}
    request = SessionRequest.model_validate({**wish, "available_equipment": ["pullup_bar"]})
    session = session_of(request, build_session(request, index_of(exercises)))
    with pytest.raises(InfeasibleRequestError) as caught:
        replace_exercise(session, 0, reason, index_of(exercises))
    assert caught.value.detail.startswith("Nothing can come in its place.")
    assert caught.value.suggestions == load_texts(RefusalTexts).variation.without_replacement
    assert not any("pullup_bar" in suggestion for suggestion in caught.value.suggestions)


def untold_changes(session: SessionToVary, place: int, plan: Plan, by_slug: dict[str, Exercise]) -> list[str]:
    """What went or came beside the exchanged exercise and is in no note, and reasons for empty time that are false."""
    others = [slug for slug in session.slugs if slug != session.slugs[place]]
    if not others:
        return []
    why = {item.exercise.slug: " ".join(item.why) for phase in plan.phases for item in phase.items}
    told = " ".join(note for note in plan.notes if "went, too" in note or "added" in note)
    gone = [by_slug[slug].name for slug in others if slug not in plan.exercises]
    came = [
        by_slug[slug].name for slug in plan.exercises if slug not in others and "It comes in the place" not in why[slug]
    ]
    false = ["as before"] if gone and "as before" in told else []
    reason = plan.shortfall_reason or ""
    false += [reason for words in ("you already do all", "would help you") if words in reason]
    false += [reason] if came and "no further one" in reason else []
    return [*(name for name in gone + came if name not in told), *false]


@pytest.mark.parametrize("part", PARTS)
def test_a_swap_leaves_the_doses_of_the_others_or_says_that_more_changed(
    exercises: tuple[Exercise, ...], part: int
) -> None:
    note = load_texts(SessionNoteTexts).swap
    same = changed = 0
    for number, session in enumerate(build_sessions(exercises, 24, 11 + part)):
        place = number % len(session.slugs)
        try:
            plan = replace_exercise(session, place, "dislike", index_of(exercises)).plan
        except InfeasibleRequestError:
            continue
        doses = {item.exercise.slug: item.dose for phase in plan.phases for item in phase.items}
        before = dict(zip(session.slugs, session.doses, strict=True))
        del before[session.slugs[place]]
        if {slug: doses.get(slug) for slug in before} == before:
            same += 1
            added = len(doses) > len(session.slugs)
            # Of a session of one exercise there are no others to speak of.
            words = "Your other exercises are as before." if before else "This was added to fill the time: "
            told = any(text.startswith(words) for text in plan.notes)
            assert told == added or note.nothing_in_its_place in plan.notes
        else:
            changed += 1
            assert note.nothing_in_its_place in plan.notes
    assert same > 4 * changed, (same, changed)


def test_what_was_halved_for_pain_is_not_more_after_another_swap(exercises: tuple[Exercise, ...]) -> None:
    compared = 0
    for session in build_sessions(exercises, 25, 31):
        if len(session.slugs) < 3:
            continue
        try:
            first = replace_exercise(session, 0, "pain", index_of(exercises))
            again = session_of(first.request, first.plan)._replace(removed=first.removed)
            second = replace_exercise(again, len(again.slugs) - 1, "dislike", index_of(exercises))
        except InfeasibleRequestError:
            continue
        between, after = (
            {item.exercise.slug: total_work_s(item.dose) for phase in plan.phases for item in phase.items}
            for plan in (first.plan, second.plan)
        )
        original = {slug: total_work_s(dose) for slug, dose in zip(session.slugs, session.doses, strict=True)}
        for slug in between.keys() & after.keys() & original.keys():
            if between[slug] * 3 <= original[slug] * 2:
                compared += 1
                number = index_of(exercises).number_of[slug]
                shortest_s = total_work_s(index_of(exercises).doses(number, dosing_context(second.request))[0])
                assert after[slug] <= max(between[slug], shortest_s), slug
    assert compared > 3
