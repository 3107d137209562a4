"""What stated conditions bar in a prescription: exercises, long holds, and more of a strain than they allow."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.rules.dose import Dose
from app.rules.strain_limits import StrainLimit, list_strain_limits
from app.rules.strains import Strain
from app.rules.terms import load_terms
from app.rules.vocabulary import Condition, Pattern
from app.schemas.exercise import Contraindication, Exercise
from app.schemas.prescription import Prescription
from app.sessions.errors import BarredItem, BarredItemsError
from app.sessions.explain.exclusions import find_alternative
from app.sessions.prescription.comparable_request import describe_comparable_request
from app.sessions.prescription.dosed_items import DosedItem
from app.sessions.prescription.texts import BarredTexts, PrescriptionTexts
from app.sessions.problem.eligibility import Eligibility, effective_request, filter_exercises
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.history_points import analyse_history
from app.texts.loader import load_texts

WORKING_PATTERNS: Final[frozenset[Pattern]] = frozenset({"isometric", "strength", "breathing"})
"""Patterns whose holds are work or breath in a middle range: limits of holds near the end range are not for them."""


def check_exercises(items: Sequence[DosedItem], prescription: Prescription, index: ExerciseIndex) -> None:
    """Raise `BarredItemsError` for exercises and holds that a stated condition bars and nobody overrides."""
    barred = [
        *_list_barred_exercises(items, prescription, index),
        *(fault for item in items if not item.barred for fault in _list_long_holds(item, prescription, index)),
    ]
    if barred:
        raise BarredItemsError(sorted(barred, key=lambda item: int(item.pointer.split("/")[2])))


def check_totals(
    items: Sequence[DosedItem], item_seconds: Sequence[int], prescription: Prescription, index: ExerciseIndex
) -> None:
    """Raise `BarredItemsError` where items take more seconds of a session than a stated condition allows."""
    barred = []
    for condition, limit in _list_limits(prescription):
        total_s = 0
        for item, seconds in zip(items, item_seconds, strict=True):
            if limit.max_total_s is None or not _concerns(limit, condition, item, index):
                continue
            total_s += seconds
            if total_s > limit.max_total_s:
                barred.append(_describe_total(item, condition, limit.strain, total_s, limit.max_total_s))
                break
    if barred:
        raise BarredItemsError(barred)


def list_met_neighbours(
    items: Sequence[DosedItem], prescription: Prescription, index: ExerciseIndex
) -> list[DosedItem]:
    """Return the items between which a stated condition would have something else."""
    met: dict[int, DosedItem] = {}
    for condition, limit in _list_limits(prescription):
        for before, after in pairwise(items):
            if limit.apart and all(_concerns(limit, condition, item, index) for item in (before, after)):
                met |= {before.item_index: before, after.item_index: after}
    return list(met.values())


def _list_limits(prescription: Prescription) -> Iterator[tuple[Condition, StrainLimit]]:
    for condition in prescription.conditions:
        for limit in list_strain_limits((condition,)):
            yield condition, limit


def _concerns(limit: StrainLimit, condition: Condition, item: DosedItem, index: ExerciseIndex) -> bool:
    return condition not in item.item.override_conditions and limit.concerns(index.strains[item.number])


def _list_barred_exercises(
    items: Sequence[DosedItem], prescription: Prescription, index: ExerciseIndex
) -> Iterator[BarredItem]:
    barred = [(item, rule) for item in items for rule in item.barred]
    if not barred:
        return
    # By all items, so that what is at hand for one of them counts for the alternatives of the others.
    comparable = describe_comparable_request([item.exercise for item in items], prescription.conditions)
    effective = effective_request(comparable, index, analyse_history(comparable, index))
    eligibility = filter_exercises(effective, frozenset(item.exercise.slug for item in items))
    for item, rule in barred:
        yield _describe_barred(item, rule, eligibility)


def _describe_barred(item: DosedItem, rule: Contraindication, eligibility: Eligibility) -> BarredItem:
    texts = _texts()
    detail = texts.exercise.fill(exercise=item.exercise.name, **name_rule(rule.condition, rule.strains))
    other = find_alternative(item.exercise, eligibility)
    if other is not None:
        detail = texts.alternative.fill(detail=detail, exercise=other.name, slug=other.slug)
    detail = texts.override.fill(detail=detail, condition=rule.condition)
    alternative = None if other is None else other.slug
    return BarredItem(
        f"/items/{item.item_index}/slug", detail, item.exercise.slug, rule.condition, rule.strains, alternative
    )


def _list_long_holds(item: DosedItem, prescription: Prescription, index: ExerciseIndex) -> Iterator[BarredItem]:
    hold_s = _longest_hold_s(item.dose, item.exercise)
    for condition, limit in _list_limits(prescription):
        if limit.max_hold_s is None or hold_s <= limit.max_hold_s or not _concerns(limit, condition, item, index):
            continue
        names = name_rule(condition, (limit.strain,))
        detail = _texts().hold.fill(exercise=item.exercise.name, hold_s=hold_s, max_hold_s=limit.max_hold_s, **names)
        yield BarredItem(
            f"/items/{item.item_index}/dose/hold_s",
            _texts().override.fill(detail=detail, condition=condition),
            item.exercise.slug,
            condition,
            (limit.strain,),
            None,
            limit.max_hold_s,
        )


def _longest_hold_s(dose: Dose, exercise: Exercise) -> int:
    return 0 if exercise.pattern in WORKING_PATTERNS else dose.hold_s or 0


def _describe_total(
    item: DosedItem, condition: Condition, strain: Strain, total_s: int, max_total_s: int
) -> BarredItem:
    names = name_rule(condition, (strain,))
    detail = _texts().total.fill(exercise=item.exercise.name, total_s=total_s, max_total_s=max_total_s, **names)
    detail = _texts().override.fill(detail=detail, condition=condition)
    pointer = f"/items/{item.item_index}/dose"
    return BarredItem(pointer, detail, item.exercise.slug, condition, (strain,), None, max_total_s)


def name_rule(condition: Condition, strains: Sequence[Strain]) -> dict[str, str]:
    """Return condition and strains as they stand inside a sentence."""
    terms = load_terms()
    labels = [terms["strains"][strain].label_in_sentence for strain in strains]
    return {"condition": terms["conditions"][condition].label_in_sentence, "strains": ", ".join(labels)}


def _texts() -> BarredTexts:
    return load_texts(PrescriptionTexts).barred
