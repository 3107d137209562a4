"""The set that a stiffer side does more: half as much again, or one of several sets, and its exact seconds."""

import pytest

from app.rules.dose import Dose, Tempo
from app.rules.extra_sets import begins_on_last_side, extra_set_duration_s, make_extra_set
from app.rules.vocabulary import Position


def make_dose(**amounts: object) -> Dose:
    fields = {"sets": 1, "reps": None, "hold_s": None, "breaths": None, "tempo": None, "rest_s": 15, "per_side": True}
    return Dose.model_validate({**fields, **amounts})


TEMPO = Tempo(out_s=2, hold_s=2, back_s=2)


@pytest.mark.parametrize(
    ("dose", "amounts", "position", "seconds"),
    [
        (make_dose(reps=8, hold_s=2, tempo=TEMPO), (4, 2, None), "seated", 5 + 24),
        (make_dose(reps=5, hold_s=2, tempo=TEMPO), (3, 2, None), "side_lying", 10 + 18),
        (make_dose(sets=2, reps=8, hold_s=2, tempo=TEMPO), (8, 2, None), "seated", 15 + 48),
        (make_dose(sets=3, reps=8, hold_s=2, tempo=TEMPO), (8, 2, None), "half_kneeling", 8 + 48),
        (make_dose(hold_s=15), (None, 10, None), "standing", 5 + 10),
        (make_dose(hold_s=30), (None, 15, None), "standing", 5 + 15),
        (make_dose(sets=2, hold_s=30), (None, 30, None), "standing", 15 + 30),
        (make_dose(breaths=6, tempo=TEMPO), (None, None, 3), "side_lying", 10 + 18),
    ],
)
def test_an_extra_set_is_one_of_the_sets_or_half_of_a_single_one(
    dose: Dose, amounts: tuple[int | None, ...], position: Position, seconds: int
) -> None:
    extra = make_extra_set(dose)
    assert (extra.reps, extra.hold_s, extra.breaths) == amounts
    assert (extra.sets, extra.per_side) == (1, False)
    assert extra_set_duration_s(dose, position) == seconds
    assert begins_on_last_side(dose) == (dose.sets == 2)
