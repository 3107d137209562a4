"""The fit: a worked table, and which dimensions each option changes."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workstation.fit import WorkstationFit
from tests.workstation.workstations import fit

DIMENSIONS = tuple(name for name in WorkstationFit.model_fields if name not in ("advice", "disclaimer", "reviewed_by"))
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
WORKED_TABLE = {
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


def values_of(fitted: WorkstationFit) -> dict[str, float]:
    return {name: getattr(fitted, name).value for name in DIMENSIONS}


def changed_dimensions(**option: Any) -> set[str]:
    """Return the dimensions that an option changes for a person of 170 cm."""
    before, after = values_of(fit()), values_of(fit(**option))
    return {name for name in DIMENSIONS if before[name] != after[name]}


@pytest.mark.parametrize("stature", WORKED_TABLE)
def test_the_worked_table_is_met_to_a_tenth(stature: int) -> None:
    values = values_of(fit(stature_cm=stature))
    assert tuple(values[name] for name in COLUMNS) == WORKED_TABLE[stature]


@given(statures, statures)
def test_taller_never_gives_a_lower_desk_or_seat(first: float, second: float) -> None:
    low, high = sorted((first, second))
    shorter, taller = values_of(fit(stature_cm=low)), values_of(fit(stature_cm=high))
    for name in ("seat_height", "desk_sitting", "desk_standing", "eye_sitting", "screen_top_sitting", "seat_depth"):
        assert shorter[name] <= taller[name]


@given(statures, st.integers(0, 12))
def test_shoes_raise_every_height_above_the_floor_and_nothing_else(stature: float, shoes: int) -> None:
    barefoot, shod = (values_of(fit(stature_cm=stature, shoes_cm=sole)) for sole in (0, shoes))
    for name in DIMENSIONS:
        expected = shoes if name in FLOOR_HEIGHTS else 0
        assert shod[name] - barefoot[name] == pytest.approx(expected, abs=0.051)


@given(statures, st.sampled_from([None, {"fixed_cm": 73}, {"min_cm": 62, "max_cm": 128}]), st.booleans())
def test_every_value_lies_within_its_own_tolerance(stature: float, desk: Any, relaxed: bool) -> None:
    fitted = fit(stature_cm=stature, desk=desk, relaxed=relaxed)
    for name in DIMENSIONS:
        dimension = getattr(fitted, name)
        assert dimension.min <= dimension.value <= dimension.max


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (
            {"relaxed": True},
            {"desk_sitting", "desk_setting", "armrest_above_seat", "eye_sitting", "screen_top_sitting"},
        ),
        ({"keyboard_cm": 4}, {"desk_sitting", "desk_setting", "desk_standing"}),
        (
            {"screen_diagonal_in": 34, "screen_aspect": "21:9"},
            {"screen_top_sitting", "screen_top_standing", "viewing_distance", "text_height"},
        ),
        ({"desk": {"min_cm": 60, "max_cm": 125, "thickness_cm": 4}}, set()),
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
        (
            {"measured": {"popliteal_cm": 45}},
            {"seat_height", "desk_sitting", "desk_setting", "eye_sitting", "screen_top_sitting", "under_desk"},
        ),
        ({"measured": {"seated_elbow_cm": 70}}, {"desk_sitting", "desk_setting", "armrest_above_seat"}),
        ({"measured": {"elbow_rest_cm": 27}}, {"desk_sitting", "desk_setting", "armrest_above_seat"}),
        ({"measured": {"seated_eye_cm": 124}}, {"eye_sitting", "screen_top_sitting"}),
    ],
    # Sets have another order in each process, but the test processes must agree on the names.
    ids=lambda value: ",".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_an_option_changes_its_dimensions_and_no_others(option: dict[str, Any], expected: set[str]) -> None:
    assert changed_dimensions(**option) == expected


@pytest.mark.parametrize(
    ("diagonal", "aspect", "height"),
    [
        (34, "21:9", 34.0),
        (49, "32:9", 33.7),
        (24, "16:9", 29.9),
        (24, "16:10", 32.3),
        (13.5, "3:2", 19.0),
        (19, "4:3", 29),
    ],
)
def test_the_shape_of_a_screen_tells_its_height(diagonal: float, aspect: str, height: float) -> None:
    fitted = fit(screen_diagonal_in=diagonal, screen_aspect=aspect)
    middle = fitted.screen_top_sitting.value - height / 2
    drop = fitted.viewing_distance.value * math.tan(math.radians(17.5))
    # The middle of a screen that is high enough stands where it is easiest to see.
    expected = max(fitted.eye_sitting.value - drop, fitted.eye_sitting.value - 10 - height / 2)
    assert middle == pytest.approx(expected, abs=0.1)


def test_large_screens_stand_farther_away() -> None:
    assert fit(stature_cm=140).viewing_distance.value == 56
    assert fit(stature_cm=140, screen_diagonal_in=27).viewing_distance.value == 60
    assert fit(stature_cm=150, screen_diagonal_in=32).viewing_distance.value == 70


def test_own_measurements_replace_estimates_and_are_marked() -> None:
    own = {"elbow_rest_cm": 25, "popliteal_cm": 42, "seated_eye_cm": 118}
    fitted = fit(measured=own, relaxed=True)
    assert (fitted.seat_height.value, fitted.desk_sitting.value, fitted.eye_sitting.value) == (44.5, 67.5, 120.5)
    for name in ("seat_height", "desk_sitting", "eye_sitting", "armrest_above_seat", "screen_top_sitting"):
        assert getattr(fitted, name).confidence == "measured"
        assert getattr(fitted, name).source == "own-measure"
    assert fitted.desk_standing is not None
    assert fitted.desk_standing.confidence == "estimated"


@pytest.mark.parametrize(
    ("stature", "popliteal", "seat", "desk", "eye"),
    [
        (170, 36, 38.5, 60.5, 116.5),
        (170, 46, 48.5, 70.5, 126.5),
        (150, 40, 42.5, 61.7, 111.3),
        (185, 42, 44.5, 68.6, 129.4),
        (195, 48, 50.5, 76.0, 139.9),
    ],
)
def test_a_measured_knee_height_moves_seat_desk_and_eye(
    stature: int, popliteal: float, seat: float, desk: float, eye: float
) -> None:
    fitted = fit(stature_cm=stature, measured={"popliteal_cm": popliteal})
    assert (fitted.seat_height.value, fitted.desk_sitting.value, fitted.eye_sitting.value) == (seat, desk, eye)
    estimated = fit(stature_cm=stature)
    moved = fitted.seat_height.value - estimated.seat_height.value
    assert fitted.under_desk.value - estimated.under_desk.value == pytest.approx(moved, abs=0.11)
    assert (fitted.seat_height.confidence, fitted.desk_sitting.confidence) == ("measured", "estimated")


two_measures = st.fixed_dictionaries(
    {}, optional={"popliteal_cm": st.integers(36, 50), "seated_elbow_cm": st.integers(58, 75)}
)


@given(statures, two_measures | st.builds(lambda rest: {"elbow_rest_cm": rest}, st.integers(18, 30)), st.booleans())
def test_keys_on_the_desk_are_level_with_the_armrests(stature: float, measured: Any, relaxed: bool) -> None:
    fitted = fit(stature_cm=stature, measured=measured, relaxed=relaxed, keyboard_cm=2)
    elbow = fitted.seat_height.value + fitted.armrest_above_seat.value
    assert fitted.desk_sitting.value + 2 == pytest.approx(elbow, abs=0.16)


def test_two_heights_of_the_elbow_tell_the_height_of_the_knee() -> None:
    fitted = fit(measured={"seated_elbow_cm": 68, "elbow_rest_cm": 24})
    assert (fitted.seat_height.value, fitted.seat_height.confidence) == (46.5, "measured")


def test_the_fit_is_general_education_without_a_review() -> None:
    fitted = fit()
    assert "general education" in fitted.disclaimer.text
    assert fitted.reviewed_by is None
