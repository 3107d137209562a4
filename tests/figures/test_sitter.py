"""The seated figure of the workstation's diagram: its drawing is current, small, and sits as the fit reckons."""

import zlib

import pytest

from app.figures import sitter
from app.figures.drawing.seated import SEAT, draw
from app.figures.sitter import STATURE, Sitter


@pytest.fixture(scope="module")
def drawn() -> Sitter:
    return draw()


def test_the_committed_drawing_is_current(drawn: Sitter) -> None:
    stored = sitter.DRAWING.read_bytes()
    assert zlib.decompress(stored) == zlib.decompress(sitter.packed(drawn))
    assert sitter.sitter() == drawn
    assert len(stored) < 25_000


def test_its_eye_is_where_the_fit_expects_it(drawn: Sitter) -> None:
    assert drawn.eye[1] == pytest.approx((0.7002 - 0.2415) * STATURE, abs=20)


def test_forearms_are_level_at_elbow_height(drawn: Sitter) -> None:
    (arm,) = [one for one in drawn.near_arms if one.keys == 260]
    assert arm.elbow[1] - 39 == pytest.approx(arm.keys, abs=20)
    assert arm.hand[1] == pytest.approx(arm.keys, abs=20)


def test_limbs_come_in_step_on_either_side(drawn: Sitter) -> None:
    assert [one.keys for one in drawn.near_arms] == [one.keys for one in drawn.far_arms]
    assert [one.seat for one in drawn.near_legs] == [one.seat for one in drawn.far_legs]
    assert drawn.near_legs[-1].seat == pytest.approx(SEAT * 10, abs=0.1)


def test_soles_are_flat_on_one_level(drawn: Sitter) -> None:
    for leg in (*drawn.near_legs, *drawn.far_legs):
        assert leg.heel[1] == leg.toe[1] == pytest.approx(-leg.seat, abs=0.1)
