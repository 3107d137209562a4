"""Missing equipment: one piece of each group is needed, and a mat never is."""

import pytest

from app.rules.equipment import missing_equipment
from app.rules.vocabulary import Equipment

EquipmentGroup = tuple[Equipment, ...]

SEAT: EquipmentGroup = ("chair", "bench")
BAND: EquipmentGroup = ("resistance_band",)
FLOOR: EquipmentGroup = ("mat",)


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
