"""The doses that a session may choose from stay in the range of their pattern and suit age and purpose."""

import pytest

from app.rules.dose import Dose, Tempo, find_dose_errors, set_work_s, total_duration_s
from app.rules.dose_options import DosingContext, list_dose_options
from app.rules.vocabulary import LoadGroup, Pattern


def tempo(out_s: int, hold_s: int, back_s: int) -> Tempo:
    return Tempo(out_s=out_s, hold_s=hold_s, back_s=back_s)


def make_dose(
    sets: int = 1,
    reps: int | None = None,
    hold_s: int | None = None,
    breaths: int | None = None,
    tempo: Tempo | None = None,
    rest_s: int = 0,
    per_side: bool = False,
) -> Dose:
    return Dose(sets=sets, reps=reps, hold_s=hold_s, breaths=breaths, tempo=tempo, rest_s=rest_s, per_side=per_side)


OWN_DOSES: dict[str, tuple[Pattern, LoadGroup, Dose]] = {
    "twist": ("dynamic", "none", make_dose(sets=2, reps=8, hold_s=3, tempo=tempo(3, 3, 3), rest_s=15, per_side=True)),
    "brief stretch": ("static_hold", "none", make_dose(sets=1, hold_s=15, per_side=True)),
    "stretch": ("static_hold", "none", make_dose(sets=2, hold_s=20, rest_s=15)),
    "press-up stretch": ("static_hold", "wrist", make_dose(sets=2, hold_s=20, rest_s=20)),
    "ball": ("static_hold", "none", make_dose(sets=1, hold_s=45, per_side=True)),
    "hang": ("static_hold", "grip", make_dose(sets=2, hold_s=20, rest_s=60)),
    "squeeze": ("isometric", "none", make_dose(sets=1, reps=8, hold_s=5)),
    "back lift": ("isometric", "extensors", make_dose(sets=2, reps=5, hold_s=5, rest_s=60)),
    "plank": ("isometric", "core", make_dose(sets=3, reps=1, hold_s=20, rest_s=45)),
    "row": ("strength", "pull", make_dose(sets=3, reps=10, tempo=tempo(2, 0, 3), rest_s=75, per_side=True)),
    "wall press": ("strength", "push", make_dose(sets=2, reps=10, tempo=tempo(2, 0, 2), rest_s=45)),
    "slow lowering": ("strength", "grip", make_dose(sets=3, reps=5, tempo=tempo(3, 0, 4), rest_s=120)),
    "breath": ("breathing", "none", make_dose(breaths=12, tempo=tempo(4, 0, 6))),
}
CONTEXTS = [
    DosingContext(),
    DosingContext(desk_break=True),
    DosingContext(aged_65_plus=True),
    DosingContext(pre_training=True),
    DosingContext(desk_break=True, aged_65_plus=True),
    DosingContext(aged_65_plus=True, pre_training=True),
]
OLDER = DosingContext(aged_65_plus=True)


def list_options(name: str, context: DosingContext = CONTEXTS[0]) -> list[Dose]:
    pattern, load_group, own = OWN_DOSES[name]
    return list(list_dose_options(own, pattern, load_group, "seated", context))


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("name", OWN_DOSES)
def test_every_option_is_in_range_with_a_round_rest_and_the_shortest_is_first(
    name: str, context: DosingContext
) -> None:
    pattern, load_group, own = OWN_DOSES[name]
    options = list_options(name, context)
    assert options != []
    for option in options:
        assert find_dose_errors(option, pattern, load_group) == []
        assert option.rest_s % 5 == 0
        assert option.per_side == own.per_side
    assert [total_duration_s(option, "seated") for option in options] == sorted(
        total_duration_s(option, "seated") for option in options
    )


@pytest.mark.parametrize("name", OWN_DOSES)
def test_the_own_dose_is_among_the_options(name: str) -> None:
    own = OWN_DOSES[name][2]
    assert own in [option.model_copy(update={"rest_s": own.rest_s}) for option in list_options(name)]


@pytest.mark.parametrize(
    ("name", "younger", "older"),
    [("twist", 15, 25), ("stretch", 15, 25), ("wall press", 45, 70), ("row", 75, 115), ("slow lowering", 120, 180)],
)
def test_from_65_on_rests_are_half_as_long_again_and_round(name: str, younger: int, older: int) -> None:
    assert {option.rest_s for option in list_options(name) if option.sets > 1} == {younger}
    assert {option.rest_s for option in list_options(name, OLDER) if option.sets > 1} == {older}


@pytest.mark.parametrize("name", ["brief stretch", "stretch", "press-up stretch", "ball"])
def test_a_stretch_is_held_for_a_minute_in_all_and_somewhat_more_from_65_on(name: str) -> None:
    assert max(option.sets * (option.hold_s or 0) for option in list_options(name)) == 60
    assert max(option.sets * (option.hold_s or 0) for option in list_options(name, OLDER)) == 90
    assert min(option.hold_s or 0 for option in list_options(name, OLDER)) == 30


def test_only_what_is_held_at_ease_is_held_long() -> None:
    assert max(option.hold_s or 0 for option in list_options("stretch")) == 30
    assert max(option.hold_s or 0 for option in list_options("ball")) == 60
    assert max(option.hold_s or 0 for option in list_options("press-up stretch", OLDER)) == 30


def test_hangs_stay_short_from_65_on() -> None:
    assert max(option.hold_s or 0 for option in list_options("hang")) == 30
    assert max(option.hold_s or 0 for option in list_options("hang", OLDER)) == 20
    assert max(option.sets * (option.hold_s or 0) for option in list_options("hang")) == 60


def test_a_set_does_not_take_too_long() -> None:
    assert max(set_work_s(option) for option in list_options("twist")) == 72
    assert max(set_work_s(option) for option in list_options("slow lowering")) == 35
    assert {option.reps for option in list_options("row", OLDER)} == {10, 12, 15}


def test_a_set_more_than_its_own_is_the_most() -> None:
    assert max(option.sets for option in list_options("wall press")) == 3
    assert {option.sets for option in list_options("wall press", DosingContext(desk_break=True))} == {1}
    assert max(option.sets for option in list_options("row", DosingContext(pre_training=True))) == 2


def test_holds_of_several_sets_are_not_all_put_into_one_set() -> None:
    assert {(option.sets, option.reps) for option in list_options("back lift")} == {(1, 5), (1, 6), (2, 5)}
    assert {(option.sets, option.reps) for option in list_options("squeeze")} == {(1, 5), (1, 6), (1, 8), (1, 10)}


def test_a_very_slow_drill_still_has_a_dose() -> None:
    slow = make_dose(sets=2, reps=3, hold_s=10, tempo=tempo(10, 10, 10), rest_s=15)
    assert [option.reps for option in list_dose_options(slow, "dynamic", "none", "seated", DosingContext())] == [3, 3]


def test_a_side_that_does_two_sets_running_rests_between_them() -> None:
    own = make_dose(sets=2, hold_s=20, per_side=True)
    two_sets = [
        option
        for option in list_dose_options(own, "static_hold", "none", "seated", DosingContext())
        if option.sets == 2
    ]
    assert {option.rest_s for option in two_sets} == {10}
