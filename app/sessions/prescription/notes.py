"""What a prescription says of itself as a whole: what is needed, unusual doses, and what stated conditions change."""

from collections.abc import Sequence

from app.rules.condition_rules import first_level
from app.rules.dose import Dose, select_dose_range
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise
from app.schemas.prescription import Prescription
from app.sessions.explain.phrases import equipment_phrase, join_words
from app.sessions.prescription.dosed_items import DosedItem
from app.sessions.prescription.safety import list_met_neighbours
from app.sessions.prescription.texts import PrescriptionNoteTexts, PrescriptionTexts
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.texts import PhraseTexts, SessionNoteTexts, load_texts


def write_plain_notes(items: Sequence[DosedItem], *, has_better_order: bool) -> tuple[str, ...]:
    """Return the notes that may be stored: they tell nothing of the person."""
    texts = _texts()
    notes = [_describe_needs(items)]
    notes += [note for item in items for note in (_describe_pace(item), _describe_unusual(item)) if note]
    return tuple(dict.fromkeys(notes)) + (() if has_better_order else (texts.no_better_order,))


def write_personal_notes(
    items: Sequence[DosedItem], prescription: Prescription, index: ExerciseIndex
) -> tuple[str, ...]:
    """Return what stated conditions and age change. These notes are never stored."""
    texts, notes = _texts(), list[str]()
    overridden = [item for item in items if item.overridden]
    if overridden:
        notes.append(texts.overridden.fill(exercises=_name(overridden)))
    met = list_met_neighbours(items, prescription, index)
    if met:
        notes.append(texts.apart.fill(exercises=_name(met)))
    level = first_level(prescription.conditions)
    harder = [item for item in items if level is not None and item.exercise.level > level]
    if harder:
        notes.append(texts.above_first_level.fill(exercises=_name(harder), level=level))
    if prescription.age_band == "65+" and any("floor_transfer" in index.strains[item.number] for item in items):
        notes.append(load_texts(SessionNoteTexts).aged_65_plus.named_on_floor)
    return tuple(notes)


def _texts() -> PrescriptionNoteTexts:
    return load_texts(PrescriptionTexts).notes


def _name(items: Sequence[DosedItem]) -> str:
    return join_words(list(dict.fromkeys(item.exercise.name for item in items)))


def _describe_needs(items: Sequence[DosedItem]) -> str:
    """Equipment and positions. Who brings a chair needs no "chair or bench" besides."""
    labels = [load_terms()["positions"][item.exercise.position].label_in_sentence for item in items]
    positions = ", ".join(dict.fromkeys(labels))
    groups = {frozenset(group.any_of): group for item in items for group in item.exercise.equipment}
    needed = [group for pieces, group in groups.items() if not any(other < pieces for other in groups)]
    if not needed:
        return _texts().nothing_needed.fill(positions=positions)
    equipment = join_words([equipment_phrase(group.any_of) for group in needed])
    return _texts().needed.fill(equipment=equipment, positions=positions)


def _describe_pace(item: DosedItem) -> str | None:
    """The pace, where it is not that of the record: a dose in words has no pace."""
    tempo = item.dose.tempo
    if tempo is None or tempo == item.exercise.dose.tempo:
        return None
    return _texts().pace.fill(exercise=item.exercise.name, **tempo.model_dump())


def _describe_unusual(item: DosedItem) -> str | None:
    """What lies outside of the range of the catalogue; None where nothing does."""
    texts, dose, exercise = _texts(), item.dose, item.exercise
    if _list_kinds(dose) != _list_kinds(exercise.dose):
        return texts.other_kind.fill(exercise=exercise.name)
    amounts = _list_unusual_amounts(dose, exercise)
    return texts.unusual.fill(exercise=exercise.name, amounts=join_words(amounts)) if amounts else None


def _list_kinds(dose: Dose) -> tuple[bool, bool]:
    return dose.tempo is None, dose.breaths is None


def _list_unusual_amounts(dose: Dose, exercise: Exercise) -> list[str]:
    texts, allowed = _texts(), select_dose_range(exercise.pattern, exercise.load_group)
    units = {**load_texts(PhraseTexts).dose_units, "rest_s": texts.rest_unit}
    amounts = [
        texts.amount.fill(amount=getattr(dose, name), unit=unit, min=usual[0], max=usual[1])
        for name, unit in units.items()
        if (usual := getattr(allowed, name)) is not None and _is_unusual(name, dose, usual)
    ]
    holds = dose.sets * (dose.reps or 1)
    if allowed.max_holds is not None and dose.tempo is None and holds > allowed.max_holds:
        amounts.append(texts.holds_in_all.fill(amount=holds, max=allowed.max_holds))
    return amounts


def _is_unusual(name: str, dose: Dose, usual: tuple[int, int]) -> bool:
    # The pause of a repetition is part of its pace; the rest of a single set is never taken.
    is_idle = (name == "hold_s" and dose.tempo is not None) or (name == "rest_s" and dose.sets == 1)
    value = getattr(dose, name)
    return value is not None and not is_idle and not usual[0] <= value <= usual[1]
