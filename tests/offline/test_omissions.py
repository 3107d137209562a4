"""Shapes without some of their fields: made from the whole ones, down to the parts."""

import pytest

from app.offline.bundled_records import BundledExercise, BundledRoutine
from app.offline.omissions import omit_fields
from app.schemas.routine import Routine


def test_the_same_omissions_give_the_same_class() -> None:
    assert omit_fields(Routine, {"license": True}) is omit_fields(Routine, {"license": True})
    assert omit_fields(Routine, {"license": True}) is not BundledRoutine


def test_a_field_that_is_not_there_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="Routine has no field \\['licence'\\]"):
        omit_fields(Routine, {"licence": True})


def test_what_is_not_left_out_is_described_as_in_the_whole_shape() -> None:
    fields = BundledExercise.model_fields
    assert {"license", "stop_rules", "disclaimer"}.isdisjoint(fields)
    assert fields["level"].description == "1: anyone, 5: trained."
    assert BundledExercise.__name__ == "BundledExercise"
    missing = "`disclaimer`, `license`, `serial`, `sides`, `stop_rules`, `updated_at`"
    assert BundledExercise.__doc__.startswith(f"As `Exercise`, without {missing}")
