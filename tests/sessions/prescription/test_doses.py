"""What a dose is where some of it is left out."""

from typing import Any

import pytest

from app.schemas.prescription import PrescribedItem
from app.sessions.prescription.doses import resolve_dose
from benchmarks.catalogues import index_of, seed_exercises

INDEX = index_of(seed_exercises())


def text_of(slug: str, dose: dict[str, Any] | None, **fields: Any) -> tuple[str, int]:
    item = PrescribedItem.model_validate({"slug": slug, "dose": dose, **fields})
    resolved = resolve_dose(INDEX.by_slug(slug), item)
    return resolved.text, resolved.rest_s


@pytest.mark.parametrize(
    ("slug", "dose", "text", "rest_s"),
    [
        ("open-book", None, "2 x 8, hold 3 s, each side", 15),
        ("open-book", {"reps": 5}, "2 x 5, hold 3 s, each side", 15),
        ("open-book", {"hold_s": 20}, "2 x 8, hold 20 s, each side", 15),
        ("open-book", {"hold_s": 21, "reps": 2}, "2 x 2 holds of 21 s, each side", 15),
        ("open-book", {"tempo": {"out_s": 2, "back_s": 2}}, "2 x 8, each side", 15),
        ("childs-pose", {"tempo": {"out_s": 3, "back_s": 3}, "reps": 6}, "1 x 6", 0),
        ("childs-pose", {"breaths": 5, "tempo": {"out_s": 4, "back_s": 6}}, "5 breaths", 0),
        ("crocodile-breathing", {"sets": 2}, "2 x 12 breaths", 0),
        # The record of a single set has no rest.
        ("childs-pose", {"sets": 2}, "2 x 30 s", 10),
        ("seated-open-book", {"sets": 2}, "2 x 8, hold 2 s, each side", 10),
        ("shoulder-rolls", {"sets": 2}, "2 x 10", 15),
        ("chin-tuck", {"sets": 2}, "2 x 8 holds of 5 s", 30),
        ("chin-tuck", {"sets": 2, "rest_s": 0}, "2 x 8 holds of 5 s", 0),
    ],
)
def test_what_is_left_out_is_as_in_the_record(slug: str, dose: dict[str, Any], text: str, rest_s: int) -> None:
    assert text_of(slug, dose) == (text, rest_s)


def test_one_side_is_half_of_a_dose() -> None:
    assert text_of("open-book", {"sets": 3}, side="right") == ("3 x 8, hold 3 s", 15)
