"""The seated figure of the workstation diagram: its drawing is current, small, and sits as the fit expects."""

import zlib
from typing import cast

import pytest

from app.figures.drawing.seated_parts import SEAT_CM, draw_seated_figure
from app.figures.persons import SITTING_PERSONS, SittingPerson
from app.figures.seated_figure import (
    STATURE_MM,
    SeatedFigureParts,
    encode_seated_figure,
    load_seated_figure,
    locate_seated_figure,
)


@pytest.fixture(scope="module", params=SITTING_PERSONS)
def person(request: pytest.FixtureRequest) -> SittingPerson:
    return cast("SittingPerson", request.param)


@pytest.fixture(scope="module")
def parts(person: SittingPerson) -> SeatedFigureParts:
    return draw_seated_figure(person)


def test_the_committed_drawing_is_current(parts: SeatedFigureParts, person: SittingPerson) -> None:
    stored = locate_seated_figure(person).read_bytes()
    assert zlib.decompress(stored) == zlib.decompress(encode_seated_figure(parts))
    assert load_seated_figure(person) == parts
    assert len(stored) < 25_000


def test_its_eye_is_where_the_fit_expects_it(parts: SeatedFigureParts) -> None:
    assert parts.eye[1] == pytest.approx((0.7002 - 0.2415) * STATURE_MM, abs=20)


def test_forearms_are_level_at_elbow_height(parts: SeatedFigureParts) -> None:
    (arm,) = [arm for arm in parts.near_arms if arm.keyboard_height == 260]
    assert arm.elbow[1] - 39 == pytest.approx(arm.keyboard_height, abs=20)
    assert arm.hand[1] == pytest.approx(arm.keyboard_height, abs=20)


def test_limbs_come_in_step_on_either_side(parts: SeatedFigureParts) -> None:
    assert [arm.keyboard_height for arm in parts.near_arms] == [arm.keyboard_height for arm in parts.far_arms]
    assert [leg.seat_height for leg in parts.near_legs] == [leg.seat_height for leg in parts.far_legs]
    assert parts.near_legs[-1].seat_height == pytest.approx(SEAT_CM * 10, abs=0.1)


def test_soles_are_flat_on_one_level(parts: SeatedFigureParts) -> None:
    for leg in (*parts.near_legs, *parts.far_legs):
        assert leg.heel[1] == leg.toe[1] == pytest.approx(-leg.seat_height, abs=0.1)
