"""The seated figure of the workstation's diagram: its drawing is current, small, and sits as the fit reckons."""

import zlib

import pytest

from app.figures import seated_figure
from app.figures.drawing.seated import SEAT, draw
from app.figures.seated_figure import STATURE_MM, SeatedFigureParts


@pytest.fixture(scope="module")
def drawn() -> SeatedFigureParts:
    return draw()


def test_the_committed_drawing_is_current(drawn: SeatedFigureParts) -> None:
    stored = seated_figure.SEATED_FIGURE_PATH.read_bytes()
    assert zlib.decompress(stored) == zlib.decompress(seated_figure.encode_seated_figure(drawn))
    assert seated_figure.load_seated_figure() == drawn
    assert len(stored) < 25_000


def test_its_eye_is_where_the_fit_expects_it(drawn: SeatedFigureParts) -> None:
    assert drawn.eye[1] == pytest.approx((0.7002 - 0.2415) * STATURE_MM, abs=20)


def test_forearms_are_level_at_elbow_height(drawn: SeatedFigureParts) -> None:
    (arm,) = [one for one in drawn.near_arms if one.keyboard_height == 260]
    assert arm.elbow[1] - 39 == pytest.approx(arm.keyboard_height, abs=20)
    assert arm.hand[1] == pytest.approx(arm.keyboard_height, abs=20)


def test_limbs_come_in_step_on_either_side(drawn: SeatedFigureParts) -> None:
    assert [one.keyboard_height for one in drawn.near_arms] == [one.keyboard_height for one in drawn.far_arms]
    assert [one.seat_height for one in drawn.near_legs] == [one.seat_height for one in drawn.far_legs]
    assert drawn.near_legs[-1].seat_height == pytest.approx(SEAT * 10, abs=0.1)


def test_soles_are_flat_on_one_level(drawn: SeatedFigureParts) -> None:
    for leg in (*drawn.near_legs, *drawn.far_legs):
        assert leg.heel[1] == leg.toe[1] == pytest.approx(-leg.seat_height, abs=0.1)
