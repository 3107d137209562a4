"""A pattern allows the doses of its range, names what is wrong with others, and a dose has its seconds."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.kit.closed_lists import list_words
from app.rules.changeover_times import GET_READY_S, RELEASE_S, SWITCH_S
from app.rules.dose import (
    DOSE_RANGES,
    HANGING_STRENGTH_RANGE,
    Dose,
    DoseRange,
    Tempo,
    find_dose_errors,
    select_dose_range,
    set_work_s,
    total_duration_s,
    total_work_s,
)
from app.rules.vocabulary import LoadGroup, Pattern

PATTERNS: tuple[Pattern, ...] = list_words(Pattern)


def tempo(out_s: int, hold_s: int, back_s: int) -> Tempo:
    return Tempo(out_s=out_s, hold_s=hold_s, back_s=back_s)


def make_dose(**amounts: Any) -> Dose:
    empty = {"sets": 1, "reps": None, "hold_s": None, "breaths": None, "tempo": None, "rest_s": 0, "per_side": False}
    return Dose.model_validate({**empty, **amounts})


VALID_DOSES: dict[Pattern, Dose] = {
    "dynamic": make_dose(sets=2, reps=8, hold_s=3, tempo=tempo(3, 3, 3), rest_s=15, per_side=True),
    "static_hold": make_dose(sets=2, hold_s=20, rest_s=60),
    "isometric": make_dose(sets=1, reps=8, hold_s=5),
    "strength": make_dose(sets=3, reps=10, tempo=tempo(2, 0, 3), rest_s=75, per_side=True),
    "breathing": make_dose(breaths=12, tempo=tempo(4, 0, 6)),
}


def change_dose(pattern: Pattern, **amounts: Any) -> Dose:
    return Dose.model_validate({**VALID_DOSES[pattern].model_dump(), **amounts})


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (VALID_DOSES["dynamic"], "2 x 8, hold 3 s, each side"),
        (VALID_DOSES["static_hold"], "2 x 20 s"),
        (VALID_DOSES["isometric"], "1 x 8 holds of 5 s"),
        (make_dose(sets=3, reps=1, hold_s=20, per_side=True), "3 x 20 s, each side"),
        (VALID_DOSES["strength"], "3 x 10, each side"),
        (VALID_DOSES["breathing"], "12 breaths"),
    ],
)
def test_a_dose_says_itself_and_takes_back_what_it_says(dose: Dose, text: str) -> None:
    sent = dose.model_dump(mode="json")
    assert sent["text"] == text
    assert Dose.model_validate({**sent, "text": "of an earlier version"}) == dose


def test_every_pattern_has_a_range() -> None:
    assert tuple(DOSE_RANGES) == PATTERNS


@pytest.mark.parametrize("allowed", [*DOSE_RANGES.values(), HANGING_STRENGTH_RANGE])
def test_a_range_runs_from_low_to_high(allowed: DoseRange) -> None:
    for span in (allowed.sets, allowed.reps, allowed.hold_s, allowed.breaths, allowed.rest_s):
        assert span is None or 0 <= span[0] <= span[1]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_only_strength_on_a_bar_has_its_own_range(pattern: Pattern) -> None:
    for group in list_words(LoadGroup):
        expected = HANGING_STRENGTH_RANGE if (pattern, group) == ("strength", "grip") else DOSE_RANGES[pattern]
        assert select_dose_range(pattern, group) is expected


def test_on_a_bar_repetitions_are_fewer_and_rests_longer() -> None:
    assert HANGING_STRENGTH_RANGE.reps == (3, 8)
    assert HANGING_STRENGTH_RANGE.rest_s[0] > DOSE_RANGES["strength"].rest_s[0]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_good_dose_has_no_errors(pattern: Pattern) -> None:
    assert find_dose_errors(VALID_DOSES[pattern], pattern, "none") == []


@pytest.mark.parametrize(
    ("pattern", "edges"),
    [
        ("dynamic", [{"sets": 1, "reps": 3, "rest_s": 0}, {"sets": 3, "reps": 12, "rest_s": 30}]),
        ("static_hold", [{"sets": 1, "hold_s": 15, "rest_s": 0}, {"sets": 3, "hold_s": 60, "rest_s": 60}]),
        ("isometric", [{"sets": 1, "reps": 10, "hold_s": 30}, {"sets": 2, "reps": 5, "hold_s": 5, "rest_s": 60}]),
        ("strength", [{"sets": 1, "reps": 8, "rest_s": 30}, {"sets": 4, "reps": 15, "rest_s": 120}]),
        ("breathing", [{"breaths": 6}, {"breaths": 24}]),
    ],
)
def test_both_ends_of_a_range_are_allowed(pattern: Pattern, edges: list[dict[str, int]]) -> None:
    for amounts in edges:
        assert find_dose_errors(change_dose(pattern, **amounts), pattern, "none") == []


@pytest.mark.parametrize(
    ("pattern", "amounts", "error"),
    [
        ("dynamic", {"sets": 4}, "sets 4 is outside the dynamic range (1-3)"),
        ("dynamic", {"reps": 2}, "reps 2 is outside the dynamic range (3-12)"),
        ("dynamic", {"reps": 13}, "reps 13 is outside the dynamic range (3-12)"),
        ("dynamic", {"reps": None}, "a dynamic dose needs reps (3-12)"),
        ("dynamic", {"breaths": 5}, "a dynamic dose has no breaths"),
        ("dynamic", {"rest_s": 31}, "rest_s 31 is outside the dynamic range (0-30)"),
        ("dynamic", {"tempo": None, "hold_s": None}, "a dynamic dose needs a tempo"),
        ("dynamic", {"tempo": tempo(1, 0, 0), "hold_s": None}, "a tempo of 1 s is too fast: at least 2 s"),
        ("dynamic", {"hold_s": 2}, "hold_s must be the middle of the tempo, null where that is 0"),
        ("dynamic", {"hold_s": None}, "hold_s must be the middle of the tempo, null where that is 0"),
        ("static_hold", {"hold_s": 14}, "hold_s 14 is outside the static_hold range (15-60)"),
        ("static_hold", {"hold_s": 61}, "hold_s 61 is outside the static_hold range (15-60)"),
        ("static_hold", {"hold_s": None}, "a static_hold dose needs hold_s (15-60)"),
        ("static_hold", {"reps": 1}, "a static_hold dose has no reps"),
        ("isometric", {"hold_s": 4}, "hold_s 4 is outside the isometric range (5-30)"),
        ("isometric", {"sets": 2, "reps": 6}, "2 x 6 holds: at most 10 in all"),
        ("strength", {"sets": 5}, "sets 5 is outside the strength range (1-4)"),
        ("strength", {"reps": 7}, "reps 7 is outside the strength range (8-15)"),
        ("strength", {"rest_s": 20}, "rest_s 20 is outside the strength range (30-120)"),
        ("strength", {"hold_s": 3}, "hold_s must be the middle of the tempo, null where that is 0"),
        ("breathing", {"breaths": 5}, "breaths 5 is outside the breathing range (6-24)"),
        ("breathing", {"breaths": None}, "a breathing dose needs breaths (6-24)"),
        ("breathing", {"sets": 2}, "sets 2 is outside the breathing range (1-1)"),
        ("breathing", {"reps": 8}, "a breathing dose has no reps"),
        ("breathing", {"rest_s": 10}, "rest_s 10 is outside the breathing range (0-0)"),
        ("breathing", {"tempo": None}, "a breathing dose needs a tempo"),
    ],
)
def test_one_step_outside_the_range_is_one_error(pattern: Pattern, amounts: dict[str, Any], error: str) -> None:
    assert find_dose_errors(change_dose(pattern, **amounts), pattern, "none") == [error]


@pytest.mark.parametrize("pattern", ["dynamic", "strength"])
def test_a_pause_in_the_tempo_is_repeated_as_hold_s(pattern: Pattern) -> None:
    paused = change_dose(pattern, tempo=tempo(2, 3, 2), hold_s=3)
    assert find_dose_errors(paused, pattern, "none") == []


def test_a_pause_between_breaths_is_no_hold() -> None:
    assert find_dose_errors(change_dose("breathing", tempo=tempo(4, 2, 6)), "breathing", "none") == []


def test_a_hold_has_no_tempo() -> None:
    assert "a static_hold dose has no tempo" in find_dose_errors(
        change_dose("static_hold", tempo=tempo(2, 0, 2)), "static_hold", "none"
    )


def test_all_errors_are_listed_at_once() -> None:
    errors = find_dose_errors(change_dose("strength", sets=6, reps=30, rest_s=0), "strength", "pull")
    assert [error.split()[0] for error in errors] == ["sets", "reps", "rest_s"]


def test_the_range_on_a_bar_refuses_what_the_range_on_the_floor_allows() -> None:
    on_floor = change_dose("strength", per_side=False)
    assert find_dose_errors(on_floor, "strength", "grip") == [
        "reps 10 is outside the strength range (3-8)",
        "rest_s 75 is outside the strength range (90-180)",
    ]


@pytest.mark.parametrize(
    "amounts",
    [{"sets": 0}, {"sets": 7}, {"reps": 0}, {"reps": 31}, {"hold_s": 0}, {"breaths": 61}, {"rest_s": -1}, {"load": 5}],
)
def test_a_dose_out_of_all_bounds_cannot_be_made(amounts: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        make_dose(**amounts)


@pytest.mark.parametrize("name", Dose.model_fields)
def test_a_dose_leaves_nothing_out_and_never_changes(name: str) -> None:
    assert Dose.model_fields[name].is_required()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(VALID_DOSES["dynamic"], name, None)


@pytest.mark.parametrize(
    ("amounts", "one_set", "work", "total"),
    [
        pytest.param(VALID_DOSES["dynamic"], 8 * 9, 288, 5 + 288 + 2 * 5 + 15, id="2 x 8 slow repetitions a side"),
        pytest.param(VALID_DOSES["static_hold"], 20, 40, 5 + 40 + 60, id="2 holds of 20 s with a minute between"),
        pytest.param(VALID_DOSES["isometric"], 8 * 7, 56, 5 + 56, id="8 holds of 5 s, 2 s of letting go after each"),
        pytest.param(VALID_DOSES["strength"], 10 * 5, 300, 5 + 300 + 3 * 5 + 2 * 75, id="3 x 10 a side, two rests"),
        pytest.param(VALID_DOSES["breathing"], 120, 120, 125, id="12 breaths of 10 s"),
        pytest.param(
            make_dose(sets=3, reps=1, hold_s=20, rest_s=45), 20, 60, 5 + 60 + 90, id="3 planks: nothing to release"
        ),
        pytest.param(make_dose(hold_s=45, per_side=True), 45, 90, 5 + 90 + 5, id="one twist a side"),
    ],
)
def test_seconds_by_worked_example(amounts: Dose, one_set: int, work: int, total: int) -> None:
    assert (GET_READY_S, SWITCH_S, RELEASE_S) == (5, 5, 2)
    assert (set_work_s(amounts), total_work_s(amounts), total_duration_s(amounts, "seated")) == (one_set, work, total)


def test_a_rest_after_the_last_set_is_not_counted() -> None:
    once = make_dose(hold_s=30, rest_s=60)
    assert total_duration_s(once, "seated") == total_duration_s(make_dose(hold_s=30, rest_s=0), "seated")


sides = st.booleans()
tempos = st.builds(Tempo, out_s=st.integers(1, 20), hold_s=st.integers(0, 20), back_s=st.integers(1, 20))
counted = st.builds(
    make_dose, sets=st.integers(1, 4), reps=st.integers(1, 29), tempo=tempos, rest_s=st.integers(0, 300), per_side=sides
)


@given(counted)
def test_one_more_repetition_costs_its_tempo_on_every_side_of_every_set(amounts: Dose) -> None:
    more = Dose.model_validate({**amounts.model_dump(), "reps": (amounts.reps or 0) + 1})
    assert amounts.tempo is not None
    times = amounts.sets * (2 if amounts.per_side else 1)
    assert total_duration_s(more, "seated") - total_duration_s(amounts, "seated") == times * amounts.tempo.total_s


@given(counted)
def test_both_sides_get_the_same_work(amounts: Dose) -> None:
    one_sided, two_sided = (Dose.model_validate({**amounts.model_dump(), "per_side": side}) for side in (False, True))
    assert total_work_s(two_sided) == 2 * total_work_s(one_sided)
    assert (
        total_duration_s(two_sided, "seated")
        == total_duration_s(one_sided, "seated") + total_work_s(one_sided) + amounts.sets * SWITCH_S
    )
