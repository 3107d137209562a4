"""The items of a prescription with their exercises and full doses."""

from collections.abc import Sequence
from typing import NamedTuple

from app.rules.dose import Dose
from app.rules.strains import Strain
from app.schemas.exercise import Contraindication, Exercise
from app.schemas.prescription import PrescribedItem, Prescription
from app.sessions.errors import FaultyItem, FaultyItemsError
from app.sessions.prescription.doses import DoseFault, resolve_dose
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.problem.exercise_index import ExerciseIndex
from app.texts.loader import load_texts


class DosedItem(NamedTuple):
    """An item, its exercise, and how much of it is done."""

    item_index: int
    """Of the item in the prescription."""
    number: int
    """The exercise in the index."""
    exercise: Exercise
    dose: Dose
    item: PrescribedItem
    overridden: tuple[Contraindication, ...]
    """What stated conditions say of it that are overridden."""
    cautions: tuple[Contraindication, ...]
    """The other stated conditions that ask for care."""
    barred: tuple[Contraindication, ...]
    """The other stated conditions that bar it."""

    @property
    def cautioned_strains(self) -> frozenset[Strain]:
        """The strains for which a stated condition asks for care."""
        return frozenset(strain for rule in (*self.cautions, *self.overridden) for strain in rule.strains)


def dose_items(prescription: Prescription, index: ExerciseIndex) -> list[DosedItem]:
    """Return the items with their doses. All slugs must be in the index. Raises `FaultyItemsError`."""
    planned: list[DosedItem] = []
    faults: list[FaultyItem] = []
    for item_index, item in enumerate(prescription.items):
        faults += _list_unstated(item_index, item, prescription)
        try:
            planned.append(_dose_item(item_index, item, prescription, index))
        except DoseFault as fault:
            faults.append(FaultyItem(f"/items/{item_index}/{fault.field}", fault.detail))
    if faults:
        raise FaultyItemsError(faults)
    return planned


def _dose_item(item_index: int, item: PrescribedItem, prescription: Prescription, index: ExerciseIndex) -> DosedItem:
    number = index.number_of[item.slug]
    exercise = index.exercises[number]
    stated = [rule for rule in exercise.contraindications if rule.condition in prescription.conditions]
    standing = [rule for rule in stated if rule.condition not in item.override_conditions]
    return DosedItem(
        item_index=item_index,
        number=number,
        exercise=exercise,
        dose=resolve_dose(exercise, item),
        item=item,
        overridden=tuple(rule for rule in stated if rule not in standing),
        cautions=tuple(rule for rule in standing if rule.verdict == "caution"),
        barred=tuple(rule for rule in standing if rule.verdict == "avoid"),
    )


def _list_unstated(item_index: int, item: PrescribedItem, prescription: Prescription) -> Sequence[FaultyItem]:
    """The conditions that are overridden and not stated: one of the two is a mistake."""
    detail = load_texts(PrescriptionTexts).faults.condition_not_stated
    return [
        FaultyItem(f"/items/{item_index}/override_conditions/{number}", detail)
        for number, condition in enumerate(item.override_conditions)
        if condition not in prescription.conditions
    ]
