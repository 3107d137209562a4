"""The fit against its worked table, and what each option may and may not change."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.workstation.body import WorkstationBody
from app.workstation.fit import WorkstationFit, compute_fit

MEASURES = tuple(name for name in WorkstationFit.model_fields if name not in ("advice", "disclaimer", "reviewed_by"))
FLOOR_HEIGHTS = (
    "seat_height",
    "desk_sitting",
    "desk_setting",
    "desk_standing",
    "under_desk",
    "eye_sitting",
    "eye_standing",
    "screen_top_sitting",
    "screen_top_standing",
)
statures = st.integers(1400, 2050).map(lambda millimetres: millimetres / 10)
WORKED = {
    150: (38.7, 57.9, 92.6, 107.5, 142.6, 38.8, 60),
    160: (41.1, 61.7, 98.7, 114.5, 152.0, 41.7, 64),
    170: (43.6, 65.6, 104.8, 121.5, 161.3, 44.7, 68),
    180: (46.0, 69.4, 111.0, 128.5, 170.6, 47.6, 72),
    190: (48.4, 73.2, 117.1, 135.5, 180.0, 50.5, 76),
}
COLUMNS = (
    "seat_height",
    "desk_sitting",
    "desk_standing",
    "eye_sitting",
    "eye_standing",
    "seat_depth",
    "viewing_distance",
)


def fitted(**body: Any) -> WorkstationFit:
    return compute_fit(WorkstationBody.model_validate({"stature_cm": 170, **body}))


def values(found: WorkstationFit) -> dict[str, float]:
    return {name: getattr(found, name).value for name in MEASURES}


def changed(**option: Any) -> set[str]:
    """What an option changes for a person of 170 cm."""
    before, after = values(fitted()), values(fitted(**option))
    return {name for name in MEASURES if before[name] != after[name]}


def codes(found: WorkstationFit) -> set[str]:
    return {one.code for one in found.advice}


@pytest.mark.parametrize("stature", WORKED)
def test_the_worked_table_holds_to_a_tenth(stature: int) -> None:
    found = values(fitted(stature_cm=stature))
    assert tuple(found[name] for name in COLUMNS) == WORKED[stature]


@pytest.mark.parametrize("stature", [139, 139.9, 205.1, 206])
def test_a_height_outside_the_range_is_refused_with_the_range(stature: float) -> None:
    with pytest.raises(ValidationError, match="between 140 and 205 cm"):
        WorkstationBody(stature_cm=stature)


@pytest.mark.parametrize("value", [True, "170", float("nan"), float("inf"), None])
def test_a_height_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        WorkstationBody.model_validate({"stature_cm": value})


@given(statures, statures)
def test_taller_never_gives_a_lower_desk_or_seat(one: float, other: float) -> None:
    low, high = sorted((one, other))
    shorter, taller = values(fitted(stature_cm=low)), values(fitted(stature_cm=high))
    for name in ("seat_height", "desk_sitting", "desk_standing", "eye_sitting", "screen_top_sitting", "seat_depth"):
        assert shorter[name] <= taller[name]


@given(statures, st.integers(0, 12))
def test_shoes_shift_every_height_above_the_floor_alike_and_nothing_else(stature: float, shoes: int) -> None:
    barefoot, shod = (values(fitted(stature_cm=stature, shoes_cm=sole)) for sole in (0, shoes))
    for name in MEASURES:
        expected = shoes if name in FLOOR_HEIGHTS else 0
        assert shod[name] - barefoot[name] == pytest.approx(expected, abs=0.051)


@given(statures, st.sampled_from([None, {"fixed_cm": 73}, {"min_cm": 62, "max_cm": 128}]), st.booleans())
def test_every_value_lies_within_its_own_tolerance(stature: float, desk: Any, relaxed: bool) -> None:
    found = fitted(stature_cm=stature, desk=desk, relaxed=relaxed)
    for name in MEASURES:
        one = getattr(found, name)
        assert one.min <= one.value <= one.max


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ({"relaxed": True}, {"desk_sitting", "desk_setting", "eye_sitting", "screen_top_sitting"}),
        ({"keyboard_cm": 4}, {"desk_sitting", "desk_setting", "desk_standing"}),
        ({"screen_diagonal_in": 22}, {"screen_top_sitting", "screen_top_standing"}),
        ({"lenses": "progressive"}, {"screen_top_sitting", "screen_top_standing", "screen_tilt"}),
        ({"device": "laptop"}, {"screen_top_sitting", "screen_top_standing"}),
        ({"device": "laptop", "screen_diagonal_in": 24}, set()),
        ({"screens": "two_equal"}, set()),
        ({"screens": "main_and_side"}, set()),
        ({"desk": {"min_cm": 60, "max_cm": 125}}, set()),
        ({"chair": {"min_cm": 38, "max_cm": 55}}, set()),
        (
            {"desk": {"fixed_cm": 73}},
            {"desk_setting", "seat_height", "footrest", "eye_sitting", "screen_top_sitting", "under_desk"},
        ),
        (
            {"chair": {"min_cm": 48, "max_cm": 60}},
            {"desk_setting", "seat_height", "footrest", "eye_sitting", "screen_top_sitting", "under_desk"},
        ),
        ({"measured": {"popliteal_cm": 45}}, {"seat_height"}),
        ({"measured": {"seated_elbow_cm": 70}}, {"desk_sitting", "desk_setting"}),
        ({"measured": {"elbow_rest_cm": 27}}, {"desk_sitting", "desk_setting", "armrest_above_seat"}),
        ({"measured": {"seated_eye_cm": 124}}, {"eye_sitting", "screen_top_sitting"}),
    ],
    ids=lambda said: ",".join(sorted(said)) if isinstance(said, set) else str(said),  # the same in every process
)
def test_an_option_changes_what_it_should_and_nothing_else(option: dict[str, Any], expected: set[str]) -> None:
    assert changed(**option) == expected


def test_large_screens_stand_farther_away() -> None:
    assert fitted(stature_cm=140).viewing_distance.value == 56
    assert fitted(stature_cm=140, screen_diagonal_in=27).viewing_distance.value == 60
    assert fitted(stature_cm=150, screen_diagonal_in=32).viewing_distance.value == 70


def test_own_measures_override_and_say_so() -> None:
    own = {"elbow_rest_cm": 25, "popliteal_cm": 42, "seated_eye_cm": 118}
    found = fitted(measured=own, relaxed=True)
    assert (found.seat_height.value, found.desk_sitting.value, found.eye_sitting.value) == (44.5, 67.5, 120.5)
    for name in ("seat_height", "desk_sitting", "eye_sitting", "armrest_above_seat", "screen_top_sitting"):
        assert getattr(found, name).confidence == "measured"
        assert getattr(found, name).source == "own-measure"
    assert found.desk_standing.confidence == "estimated"


def test_a_fixed_desk_is_met_by_chair_and_footrest() -> None:
    found = fitted(stature_cm=160, desk={"fixed_cm": 73})
    assert (found.seat_height.value, found.footrest.value, found.desk_setting.value) == (52.4, 11.3, 73.0)
    assert "raise_chair_add_footrest" in codes(found)


def test_a_chair_that_ends_too_soon_asks_for_a_tray() -> None:
    found = fitted(stature_cm=160, desk={"fixed_cm": 73}, chair={"min_cm": 40, "max_cm": 48})
    assert found.seat_height.value == 48
    assert {"keyboard_tray", "raise_chair_add_footrest"} <= codes(found)


def test_more_than_a_footrest_makes_up_for_asks_for_a_lower_desk() -> None:
    found = fitted(stature_cm=150, desk={"fixed_cm": 80})
    assert found.footrest.value == 0
    assert codes(found) & {"lower_the_desk", "raise_chair_add_footrest"} == {"lower_the_desk"}


def test_a_standing_desk_is_known_for_one() -> None:
    assert "standing_desk_only" in codes(fitted(desk={"fixed_cm": 104}))


def test_a_low_desk_goes_on_blocks() -> None:
    found = fitted(stature_cm=195, desk={"fixed_cm": 68})
    assert "raise_the_desk" in codes(found)
    assert found.seat_height.value == fitted(stature_cm=195).seat_height.value


def test_a_chair_that_is_too_low_gets_a_cushion() -> None:
    found = fitted(stature_cm=195, chair={"min_cm": 38, "max_cm": 45})
    assert found.seat_height.value == 45
    assert "chair_too_low" in codes(found)


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ({"device": "laptop"}, "laptop_stand"),
        ({"screens": "two_equal"}, "two_equal_screens"),
        ({"screens": "main_and_side"}, "side_screen"),
        ({"lenses": "progressive"}, "progressive_lenses"),
        ({"desk": {"min_cm": 62, "max_cm": 125}}, "sit_and_stand"),
        ({"desk": {"min_cm": 62, "max_cm": 85}}, "desk_too_low_to_stand"),
    ],
    ids=str,
)
def test_each_kind_of_desk_and_screen_has_its_advice(option: dict[str, Any], code: str) -> None:
    assert code in codes(fitted(**option))
    assert code not in codes(fitted())


def test_a_laptop_is_raised_by_what_is_missing() -> None:
    (stand,) = [one for one in fitted(device="laptop").advice if one.code == "laptop_stand"]
    assert "about 24 cm" in stand.text


@pytest.mark.parametrize(
    "desk", [{}, {"fixed_cm": 73, "min_cm": 60}, {"min_cm": 60}, {"min_cm": 90, "max_cm": 80}], ids=str
)
def test_a_desk_is_fixed_or_moves(desk: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        WorkstationBody.model_validate({"stature_cm": 170, "desk": desk})


def test_everything_is_said_to_be_general_education_that_nobody_has_reviewed() -> None:
    found = fitted()
    assert "general education" in found.disclaimer.text
    assert found.reviewed_by is None


@pytest.mark.parametrize("desk", [None, {"min_cm": 60, "max_cm": 120}])
def test_a_high_chair_is_blamed_on_the_chair_where_the_desk_is_free(desk: Any) -> None:
    found = fitted(chair={"min_cm": 50, "max_cm": 55}, desk=desk)
    assert codes(found) & {"footrest_for_high_chair", "raise_chair_add_footrest"} == {"footrest_for_high_chair"}


def test_a_tray_is_advised_once() -> None:
    found = fitted(stature_cm=160, desk={"fixed_cm": 73}, chair={"min_cm": 40, "max_cm": 48})
    assert sum("tray" in one.text for one in found.advice) == 1


def test_a_low_chair_asks_for_a_cushion_and_for_a_tray_only_beyond_that() -> None:
    low = {"min_cm": 30, "max_cm": 36}
    assert codes(fitted(chair=low)) & {"chair_too_low", "keyboard_tray"} == {"chair_too_low"}
    found = fitted(chair=low, desk={"fixed_cm": 75})
    assert {"chair_too_low", "keyboard_tray"} <= codes(found)
    assert any("Even at knee height the keys are still 9 cm" in one.text for one in found.advice)


def test_elbows_below_the_thighs_are_to_be_measured_again() -> None:
    assert "measure_elbows" in codes(fitted(measured={"elbow_rest_cm": 10}))
    for likely in (17, 19, 24):
        assert "measure_elbows" not in codes(fitted(measured={"elbow_rest_cm": likely}))
