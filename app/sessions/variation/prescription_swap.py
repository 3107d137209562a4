"""A prescription with one exercise exchanged: the closest one comes, and all other doses stay exactly as they are."""

from collections.abc import Collection
from typing import NamedTuple

from app.rules.dose import Dose
from app.rules.equipment import list_pieces
from app.rules.vocabulary import OPTIONAL_EQUIPMENT
from app.schemas.exercise import Exercise
from app.schemas.prescription import PrescribedDose, PrescribedItem, Prescription
from app.schemas.session_request import PerformedSession
from app.schemas.session_variation import SwapReason
from app.sessions.errors import BarredItemsError, FaultyItemsError, InfeasibleRequestError
from app.sessions.explain.phrases import join_words
from app.sessions.plan import Plan
from app.sessions.prescription.build import build_prescription
from app.sessions.prescription.comparable_request import describe_comparable_request
from app.sessions.prescription.doses import resolve_dose
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.problem.eligibility import Eligibility, effective_request, filter_exercises
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.history_points import analyse_history
from app.sessions.problem.pain_effects import list_strained_alike
from app.sessions.texts import RefusalTexts, load_texts
from app.sessions.variation.replacements import rank_replacements, unsuitable_replacements


class PrescriptionToVary(NamedTuple):
    """A prescription that stands, with slugs of the index and the conditions of now."""

    prescription: Prescription
    """Its items are in the order of the session. That of an exercise that was deleted has its old slug."""
    phases: tuple[str, ...]
    removed: frozenset[str]
    """Exercises that were exchanged before."""
    history: tuple[PerformedSession, ...]
    """What was done lately."""


def replace_prescribed(
    session: PrescriptionToVary, place: int, reason: SwapReason, index: ExerciseIndex
) -> tuple[Plan, Prescription, frozenset[str]]:
    """Return the session without the exercise at `place` (from 0), its prescription, and all that was exchanged.

    The note of the exercise that goes was written for it, and goes, too. Raises what `build_prescription` raises, and
    `InfeasibleRequestError` where nothing suitable fits.
    """
    items = session.prescription.items
    old_item, others = items[place], [item for number, item in enumerate(items) if number != place]
    removed = session.removed | {old_item.slug}
    if old_item.slug not in index.number_of:
        raise _nothing_in_its_place(old_item.slug)
    old = index.by_slug(old_item.slug)
    eligibility = _find_eligible(session, old, reason, removed, index)
    for slug in rank_replacements(old, session.phases[place], [item.slug for item in others], eligibility):
        new_item = _transfer_dose(old_item, old, index.by_slug(slug))
        varied = session.prescription.model_copy(update={"items": (*items[:place], new_item, *items[place + 1 :])})
        plan = _try_to_build(varied, place, old, index)
        if plan is not None:
            return _add_note_on_pain(plan, old, reason, others, index), varied, removed
    raise _nothing_in_its_place(old.name)


def _nothing_in_its_place(name: str) -> InfeasibleRequestError:
    detail = load_texts(PrescriptionTexts).nothing_in_its_place.fill(exercise=name)
    return InfeasibleRequestError(detail, (), load_texts(RefusalTexts).variation.without_replacement[:1])


def _find_eligible(
    session: PrescriptionToVary, old: Exercise, reason: SwapReason, removed: Collection[str], index: ExerciseIndex
) -> Eligibility:
    """The exercises that may come: with the equipment of the session, and as careful as any other session."""
    given = [index.by_slug(item.slug) for item in session.prescription.items if item.slug in index.number_of]
    prescription = session.prescription
    request = describe_comparable_request(given, prescription.conditions, goals_of=old)
    request = request.model_copy(update={"age_band": prescription.age_band, "history": session.history})
    if reason == "no_equipment":
        pieces = list_pieces(old.equipment) - OPTIONAL_EQUIPMENT
        left = tuple(piece for piece in request.available_equipment if piece not in pieces)
        request = request.model_copy(update={"available_equipment": left})
    effective = effective_request(request, index, analyse_history(request, index))
    kept_out = {*removed, *(exercise.slug for exercise in given), *unsuitable_replacements(old, reason, index)}
    return filter_exercises(effective, frozenset(kept_out))


def _transfer_dose(item: PrescribedItem, old: Exercise, new: Exercise) -> PrescribedItem:
    """The item with another exercise: the same amounts where it is done in the same way, at its own pace."""
    side = item.side if new.unilateral else None
    dose = resolve_dose(old, item)
    is_alike = new.pattern == old.pattern and _shape_of(dose) == _shape_of(new.dose)
    return PrescribedItem(slug=new.slug, side=side, dose=_copy_amounts(dose) if is_alike else None)


def _shape_of(dose: Dose) -> tuple[bool, bool]:
    return dose.tempo is None, dose.breaths is None


def _copy_amounts(dose: Dose) -> PrescribedDose:
    hold_s = dose.hold_s if dose.tempo is None else None
    return PrescribedDose(sets=dose.sets, reps=dose.reps, hold_s=hold_s, breaths=dose.breaths, rest_s=dose.rest_s)


def _try_to_build(varied: Prescription, place: int, old: Exercise, index: ExerciseIndex) -> Plan | None:
    """The session; None where the new exercise takes too long or is barred. What bars another one is raised."""
    try:
        return build_prescription(varied, index, {place: old.name})
    except (InfeasibleRequestError, FaultyItemsError):
        return None
    except BarredItemsError as error:
        others = [item for item in error.items if not item.pointer.startswith(f"/items/{place}/")]
        if others:
            # The items are not in the body of a swap: nothing there can be pointed at.
            raise BarredItemsError([item._replace(pointer="") for item in others]) from None
        return None


def _add_note_on_pain(
    plan: Plan, old: Exercise, reason: SwapReason, others: Collection[PrescribedItem], index: ExerciseIndex
) -> Plan:
    """The plan with a note on what strains like the exercise that hurt; it tells of pain, and is never stored."""
    alike = list_strained_alike(old.slug, index) if reason == "pain" else frozenset()
    names = [index.by_slug(item.slug).name for item in others if item.slug in alike]
    if not names:
        return plan
    note = load_texts(PrescriptionTexts).alike_after_pain.fill(exercises=join_words(list(dict.fromkeys(names))))
    return plan._replace(notes=(*plan.notes, note))
