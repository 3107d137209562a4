"""Missing equipment: one piece of each group is needed, and a mat never is."""

import pytest

from app.rules.equipment import EquipmentGroup, list_pieces, missing_equipment

SEAT = EquipmentGroup(any_of=("chair", "bench"))
BAND = EquipmentGroup(any_of=("resistance_band",))
FLOOR = EquipmentGroup(any_of=("mat",))


@pytest.mark.parametrize(
    ("available", "missing"),
    [
        ((), (SEAT, BAND)),
        (("chair",), (BAND,)),
        (("bench", "resistance_band"), ()),
        (("mat", "resistance_band"), (SEAT,)),
        (("none",), (SEAT, BAND)),
    ],
)
def test_missing_groups(available: tuple[str, ...], missing: tuple[EquipmentGroup, ...]) -> None:
    assert missing_equipment((SEAT, FLOOR, BAND), frozenset(available)) == missing


def test_an_exercise_without_equipment_misses_none() -> None:
    assert missing_equipment((), frozenset()) == ()


def test_the_pieces_are_those_of_every_group() -> None:
    assert list_pieces((SEAT, FLOOR)) == {"chair", "bench", "mat"}
