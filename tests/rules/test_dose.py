"""Doses: which ones a pattern allows, what is said of the others, and how many seconds one takes."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.rules.dose import (
    GET_READY_S,
    HANGING_STRENGTH,
    MENUS,
    RELEASE_S,
    SWITCH_S,
    Dose,
    Manner,
    Menu,
    Tempo,
    choices,
    duration_s,
    faults_of_dose,
    menu_of,
    set_s,
    work_s,
)
from app.rules.vocabulary import LoadGroup, Pattern

PATTERNS: tuple[Pattern, ...] = get_args(Pattern)


def tempo(out_s: int, hold_s: int, back_s: int) -> Tempo:
    return Tempo(out_s=out_s, hold_s=hold_s, back_s=back_s)


def dose(**amounts: Any) -> Dose:
    nothing = {"sets": 1, "reps": None, "hold_s": None, "breaths": None, "tempo": None, "rest_s": 0, "per_side": False}
    return Dose.model_validate({**nothing, **amounts})


GOOD: dict[Pattern, Dose] = {
    "dynamic": dose(sets=2, reps=8, hold_s=3, tempo=tempo(3, 3, 3), rest_s=15, per_side=True),
    "static_hold": dose(sets=2, hold_s=20, rest_s=60),
    "isometric": dose(sets=1, reps=8, hold_s=5),
    "strength": dose(sets=3, reps=10, tempo=tempo(2, 0, 3), rest_s=75, per_side=True),
    "breathing": dose(breaths=12, tempo=tempo(4, 0, 6)),
}


def changed(pattern: Pattern, **amounts: Any) -> Dose:
    return Dose.model_validate({**GOOD[pattern].model_dump(), **amounts})


def test_every_pattern_has_a_menu() -> None:
    assert tuple(MENUS) == PATTERNS


@pytest.mark.parametrize("menu", [*MENUS.values(), HANGING_STRENGTH])
def test_a_menu_runs_from_low_to_high(menu: Menu) -> None:
    for span in (menu.sets, menu.reps, menu.hold_s, menu.breaths, menu.rest_s):
        assert span is None or 0 <= span[0] <= span[1]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_only_strength_on_a_bar_has_its_own_menu(pattern: Pattern) -> None:
    for group in get_args(LoadGroup):
        expected = HANGING_STRENGTH if (pattern, group) == ("strength", "grip") else MENUS[pattern]
        assert menu_of(pattern, group) is expected


def test_on_a_bar_repetitions_are_fewer_and_rests_longer() -> None:
    assert HANGING_STRENGTH.reps == (3, 8)
    assert HANGING_STRENGTH.rest_s[0] > MENUS["strength"].rest_s[0]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_good_dose_has_no_faults(pattern: Pattern) -> None:
    assert faults_of_dose(GOOD[pattern], pattern, "none") == []


@pytest.mark.parametrize(
    ("pattern", "edges"),
    [
        ("dynamic", [{"sets": 1, "reps": 3, "rest_s": 0}, {"sets": 2, "reps": 12, "rest_s": 30}]),
        ("static_hold", [{"sets": 1, "hold_s": 15, "rest_s": 0}, {"sets": 3, "hold_s": 60, "rest_s": 60}]),
        ("isometric", [{"sets": 1, "reps": 10, "hold_s": 30}, {"sets": 2, "reps": 5, "hold_s": 5, "rest_s": 60}]),
        ("strength", [{"sets": 1, "reps": 8, "rest_s": 30}, {"sets": 4, "reps": 15, "rest_s": 120}]),
        ("breathing", [{"breaths": 6}, {"breaths": 18}]),
    ],
)
def test_both_ends_of_a_menu_are_on_it(pattern: Pattern, edges: list[dict[str, int]]) -> None:
    for amounts in edges:
        assert faults_of_dose(changed(pattern, **amounts), pattern, "none") == []


@pytest.mark.parametrize(
    ("pattern", "amounts", "fault"),
    [
        ("dynamic", {"sets": 3}, "sets 3 is off the dynamic menu (1-2)"),
        ("dynamic", {"reps": 2}, "reps 2 is off the dynamic menu (3-12)"),
        ("dynamic", {"reps": 13}, "reps 13 is off the dynamic menu (3-12)"),
        ("dynamic", {"reps": None}, "a dynamic dose needs reps (3-12)"),
        ("dynamic", {"breaths": 5}, "a dynamic dose has no breaths"),
        ("dynamic", {"rest_s": 31}, "rest_s 31 is off the dynamic menu (0-30)"),
        ("dynamic", {"tempo": None, "hold_s": None}, "a dynamic dose needs a tempo"),
        ("dynamic", {"tempo": tempo(1, 0, 0), "hold_s": None}, "a tempo of 1 s is too fast: at least 2 s"),
        ("dynamic", {"hold_s": 2}, "hold_s must be the middle of the tempo, null where that is 0"),
        ("dynamic", {"hold_s": None}, "hold_s must be the middle of the tempo, null where that is 0"),
        ("static_hold", {"hold_s": 14}, "hold_s 14 is off the static_hold menu (15-60)"),
        ("static_hold", {"hold_s": 61}, "hold_s 61 is off the static_hold menu (15-60)"),
        ("static_hold", {"hold_s": None}, "a static_hold dose needs hold_s (15-60)"),
        ("static_hold", {"reps": 1}, "a static_hold dose has no reps"),
        ("isometric", {"hold_s": 4}, "hold_s 4 is off the isometric menu (5-30)"),
        ("isometric", {"sets": 2, "reps": 6}, "2 x 6 holds: at most 10 in all"),
        ("strength", {"sets": 5}, "sets 5 is off the strength menu (1-4)"),
        ("strength", {"reps": 7}, "reps 7 is off the strength menu (8-15)"),
        ("strength", {"rest_s": 20}, "rest_s 20 is off the strength menu (30-120)"),
        ("strength", {"hold_s": 3}, "hold_s must be the middle of the tempo, null where that is 0"),
        ("breathing", {"breaths": 5}, "breaths 5 is off the breathing menu (6-18)"),
        ("breathing", {"breaths": None}, "a breathing dose needs breaths (6-18)"),
        ("breathing", {"sets": 2}, "sets 2 is off the breathing menu (1-1)"),
        ("breathing", {"reps": 8}, "a breathing dose has no reps"),
        ("breathing", {"rest_s": 10}, "rest_s 10 is off the breathing menu (0-0)"),
        ("breathing", {"tempo": None}, "a breathing dose needs a tempo"),
    ],
)
def test_one_step_off_the_menu_is_said_in_one_sentence(pattern: Pattern, amounts: dict[str, Any], fault: str) -> None:
    assert faults_of_dose(changed(pattern, **amounts), pattern, "none") == [fault]


@pytest.mark.parametrize("pattern", ["dynamic", "strength"])
def test_a_pause_in_the_tempo_is_told_as_hold_s(pattern: Pattern) -> None:
    paused = changed(pattern, tempo=tempo(2, 3, 2), hold_s=3)
    assert faults_of_dose(paused, pattern, "none") == []


def test_a_pause_between_breaths_is_no_hold() -> None:
    assert faults_of_dose(changed("breathing", tempo=tempo(4, 2, 6)), "breathing", "none") == []


def test_a_hold_has_no_tempo() -> None:
    assert "a static_hold dose has no tempo" in faults_of_dose(
        changed("static_hold", tempo=tempo(2, 0, 2)), "static_hold", "none"
    )


def test_all_faults_are_told_at_once() -> None:
    found = faults_of_dose(changed("strength", sets=6, reps=30, rest_s=0), "strength", "pull")
    assert [fault.split()[0] for fault in found] == ["sets", "reps", "rest_s"]


def test_the_bar_s_menu_refuses_what_the_floor_s_allows() -> None:
    on_floor = changed("strength", per_side=False)
    assert faults_of_dose(on_floor, "strength", "grip") == [
        "reps 10 is off the strength menu (3-8)",
        "rest_s 75 is off the strength menu (90-180)",
    ]


@pytest.mark.parametrize(
    "amounts",
    [{"sets": 0}, {"sets": 7}, {"reps": 0}, {"reps": 31}, {"hold_s": 0}, {"breaths": 61}, {"rest_s": -1}, {"load": 5}],
)
def test_a_dose_out_of_all_bounds_cannot_be_made(amounts: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        dose(**amounts)


@pytest.mark.parametrize("name", Dose.model_fields)
def test_a_dose_leaves_nothing_out_and_never_changes(name: str) -> None:
    assert Dose.model_fields[name].is_required()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(GOOD["dynamic"], name, None)


@pytest.mark.parametrize(
    ("amounts", "one_set", "work", "total"),
    [
        pytest.param(GOOD["dynamic"], 8 * 9, 288, 5 + 288 + 2 * 5 + 15, id="2 x 8 slow repetitions a side"),
        pytest.param(GOOD["static_hold"], 20, 40, 5 + 40 + 60, id="2 holds of 20 s with a minute between"),
        pytest.param(GOOD["isometric"], 8 * 7, 56, 5 + 56, id="8 holds of 5 s, 2 s of letting go after each"),
        pytest.param(GOOD["strength"], 10 * 5, 300, 5 + 300 + 3 * 5 + 2 * 75, id="3 x 10 a side, two rests"),
        pytest.param(GOOD["breathing"], 120, 120, 125, id="12 breaths of 10 s"),
        pytest.param(
            dose(sets=3, reps=1, hold_s=20, rest_s=45), 20, 60, 5 + 60 + 90, id="3 planks: nothing to release"
        ),
        pytest.param(dose(hold_s=45, per_side=True), 45, 90, 5 + 90 + 5, id="one twist a side"),
    ],
)
def test_seconds_by_worked_example(amounts: Dose, one_set: int, work: int, total: int) -> None:
    assert (GET_READY_S, SWITCH_S, RELEASE_S) == (5, 5, 2)
    assert (set_s(amounts), work_s(amounts), duration_s(amounts)) == (one_set, work, total)


def test_a_rest_after_the_last_set_is_not_counted() -> None:
    once = dose(hold_s=30, rest_s=60)
    assert duration_s(once) == duration_s(dose(hold_s=30, rest_s=0))


sides = st.booleans()
tempos = st.builds(Tempo, out_s=st.integers(1, 20), hold_s=st.integers(0, 20), back_s=st.integers(1, 20))
counted = st.builds(
    dose, sets=st.integers(1, 4), reps=st.integers(1, 29), tempo=tempos, rest_s=st.integers(0, 300), per_side=sides
)


@given(counted)
def test_one_more_repetition_costs_its_tempo_on_every_side_of_every_set(amounts: Dose) -> None:
    more = Dose.model_validate({**amounts.model_dump(), "reps": (amounts.reps or 0) + 1})
    assert amounts.tempo is not None
    times = amounts.sets * (2 if amounts.per_side else 1)
    assert duration_s(more) - duration_s(amounts) == times * amounts.tempo.total_s


@given(counted)
def test_both_sides_get_the_same_work(amounts: Dose) -> None:
    one, both = (Dose.model_validate({**amounts.model_dump(), "per_side": side}) for side in (False, True))
    assert work_s(both) == 2 * work_s(one)
    assert duration_s(both) == duration_s(one) + work_s(one) + amounts.sets * SWITCH_S


OWN: dict[str, tuple[Pattern, LoadGroup, Dose]] = {
    "twist": ("dynamic", "none", GOOD["dynamic"]),
    "brief stretch": ("static_hold", "none", dose(sets=1, hold_s=15, per_side=True)),
    "stretch": ("static_hold", "none", dose(sets=2, hold_s=20, rest_s=15)),
    "press-up stretch": ("static_hold", "wrist", dose(sets=2, hold_s=20, rest_s=20)),
    "ball": ("static_hold", "none", dose(sets=1, hold_s=45, per_side=True)),
    "hang": ("static_hold", "grip", dose(sets=2, hold_s=20, rest_s=60)),
    "squeeze": ("isometric", "none", dose(sets=1, reps=8, hold_s=5)),
    "back lift": ("isometric", "extensors", dose(sets=2, reps=5, hold_s=5, rest_s=60)),
    "plank": ("isometric", "core", dose(sets=3, reps=1, hold_s=20, rest_s=45)),
    "row": ("strength", "pull", dose(sets=3, reps=10, tempo=tempo(2, 0, 3), rest_s=75, per_side=True)),
    "wall press": ("strength", "push", dose(sets=2, reps=10, tempo=tempo(2, 0, 2), rest_s=45)),
    "slow lowering": ("strength", "grip", dose(sets=3, reps=5, tempo=tempo(3, 0, 4), rest_s=120)),
    "breath": ("breathing", "none", GOOD["breathing"]),
}
MANNERS = [
    Manner(),
    Manner(short=True),
    Manner(older=True),
    Manner(before_training=True),
    Manner(short=True, older=True),
    Manner(older=True, before_training=True),
]


def menu(name: str, manner: Manner = MANNERS[0]) -> list[Dose]:
    pattern, load_group, own = OWN[name]
    return list(choices(own, pattern, load_group, manner))


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", OWN)
def test_every_choice_is_on_the_menu_with_a_round_rest_and_the_shortest_is_first(name: str, manner: Manner) -> None:
    pattern, load_group, own = OWN[name]
    found = menu(name, manner)
    assert found
    for one in found:
        assert faults_of_dose(one, pattern, load_group) == []
        assert one.rest_s % 5 == 0
        assert one.per_side == own.per_side
    assert [duration_s(one) for one in found] == sorted(duration_s(one) for one in found)


@pytest.mark.parametrize("name", OWN)
def test_the_own_dose_is_among_the_choices(name: str) -> None:
    own = OWN[name][2]
    assert own in [one.model_copy(update={"rest_s": own.rest_s}) for one in menu(name)]


@pytest.mark.parametrize(
    ("name", "younger", "older"),
    [("twist", 15, 25), ("stretch", 15, 25), ("wall press", 45, 70), ("row", 75, 115), ("slow lowering", 120, 180)],
)
def test_from_65_on_rests_are_half_as_long_again_and_round(name: str, younger: int, older: int) -> None:
    assert {one.rest_s for one in menu(name) if one.sets > 1} == {younger}
    assert {one.rest_s for one in menu(name, Manner(older=True)) if one.sets > 1} == {older}


@pytest.mark.parametrize("name", ["brief stretch", "stretch", "press-up stretch", "ball"])
def test_a_stretch_is_held_for_a_minute_in_all_and_somewhat_more_from_65_on(name: str) -> None:
    assert max(one.sets * (one.hold_s or 0) for one in menu(name)) == 60
    assert max(one.sets * (one.hold_s or 0) for one in menu(name, Manner(older=True))) == 90
    assert min(one.hold_s or 0 for one in menu(name, Manner(older=True))) == 30


def test_only_what_is_held_at_ease_is_held_long() -> None:
    assert max(one.hold_s or 0 for one in menu("stretch")) == 30
    assert max(one.hold_s or 0 for one in menu("ball")) == 60
    assert max(one.hold_s or 0 for one in menu("press-up stretch", Manner(older=True))) == 30


def test_hangs_stay_short_from_65_on() -> None:
    assert max(one.hold_s or 0 for one in menu("hang")) == 30
    assert max(one.hold_s or 0 for one in menu("hang", Manner(older=True))) == 20
    assert max(one.sets * (one.hold_s or 0) for one in menu("hang")) == 60


def test_a_set_does_not_drag_on() -> None:
    assert max(set_s(one) for one in menu("twist")) == 72
    assert max(set_s(one) for one in menu("slow lowering")) == 35
    assert {one.reps for one in menu("row", Manner(older=True))} == {10, 12, 15}


def test_a_set_more_than_its_own_is_the_most() -> None:
    assert max(one.sets for one in menu("wall press")) == 3
    assert {one.sets for one in menu("wall press", Manner(short=True))} == {1}
    assert max(one.sets for one in menu("row", Manner(before_training=True))) == 2


def test_holds_that_are_told_in_sets_stay_in_sets() -> None:
    assert {(one.sets, one.reps) for one in menu("back lift")} == {(1, 5), (1, 6), (2, 5)}
    assert {(one.sets, one.reps) for one in menu("squeeze")} == {(1, 5), (1, 6), (1, 8), (1, 10)}


def test_a_very_slow_drill_still_has_a_dose() -> None:
    slow = dose(sets=2, reps=3, hold_s=10, tempo=tempo(10, 10, 10), rest_s=15)
    assert [one.reps for one in choices(slow, "dynamic", "none", Manner())] == [3, 3]


def test_a_side_that_does_two_sets_running_rests_between_them() -> None:
    own = dose(sets=2, hold_s=20, per_side=True)
    twice = [one for one in choices(own, "static_hold", "none", Manner()) if one.sets == 2]
    assert {one.rest_s for one in twice} == {10}
