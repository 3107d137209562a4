"""The dose of a prescribed exercise: what is written, and for the rest what its record says."""

from typing import Any, Final

from app.rules.dose import MIN_TEMPO_S, Dose, Tempo
from app.rules.dose_options import DosingContext, choose_rest_s
from app.schemas.exercise import Exercise
from app.schemas.prescription import PrescribedDose, PrescribedItem, PrescribedTempo
from app.sessions.prescription.texts import PrescriptionTexts
from app.texts.loader import load_texts

MAX_PAUSE_S: Final = 20
"""Seconds up to which a hold is the pause of a repetition."""
MIN_BREATH_S: Final = 3
"""Least seconds of one breath: faster ones are no exercise, and make dizzy. Editorial."""
AS_IN_THE_RECORD: Final = PrescribedDose()


class DoseFault(Exception):
    """A field of a prescribed dose, or of its item, that cannot be done; the text says what would be right."""

    def __init__(self, field: str, detail: str) -> None:
        """`field` is the path to it in the item."""
        super().__init__(detail)
        self.field, self.detail = field, detail


def resolve_dose(exercise: Exercise, item: PrescribedItem) -> Dose:
    """Return the dose of an item, exactly as written. Raises `DoseFault`.

    The record of a single set has no rest. Where several are prescribed without one, it is the rest that the dose
    rules give such an exercise.
    """
    usual, prescribed = exercise.dose, item.dose or AS_IN_THE_RECORD
    if item.side is not None and not exercise.unilateral:
        raise DoseFault("side", _texts().both_sides_at_once.fill(exercise=exercise.name))
    is_in_breaths = prescribed.breaths is not None or usual.breaths is not None
    amounts = _resolve_breaths(usual, prescribed) if is_in_breaths else _resolve_repetitions(usual, prescribed)
    sets, rest_s = prescribed.sets or usual.sets, usual.rest_s if prescribed.rest_s is None else prescribed.rest_s
    if prescribed.rest_s is None and sets > 1 and usual.sets == 1:
        amount = (sets, amounts["reps"], amounts["hold_s"], amounts["breaths"])
        rest_s = choose_rest_s(usual, amount, exercise.pattern, exercise.load_group, DosingContext())
    return Dose(sets=sets, rest_s=rest_s, per_side=exercise.unilateral and item.side is None, **amounts)


def _texts() -> Any:
    return load_texts(PrescriptionTexts).faults


def _resolve_breaths(usual: Dose, prescribed: PrescribedDose) -> dict[str, Any]:
    """Breaths at the pace that is given, else at that of the record."""
    texts = _texts()
    for name in ("reps", "hold_s"):
        if getattr(prescribed, name) is not None:
            is_from_record = prescribed.breaths is None
            raise DoseFault(
                f"dose/{name}", texts.counted_in_breaths if is_from_record else texts.breaths_or_repetitions
            )
    tempo = _to_tempo(prescribed.tempo) if prescribed.tempo else usual.tempo if usual.breaths is not None else None
    if tempo is None:
        raise DoseFault("dose/tempo", texts.pace_of_breaths)
    _check_pace(tempo, MIN_BREATH_S)
    return {"reps": None, "hold_s": None, "breaths": prescribed.breaths or usual.breaths, "tempo": tempo}


def _resolve_repetitions(usual: Dose, prescribed: PrescribedDose) -> dict[str, Any]:
    """Repetitions at a pace, or holds."""
    texts = _texts()
    tempo, reps = _resolve_tempo(usual, prescribed), prescribed.reps or usual.reps
    if tempo is None:
        return {"reps": reps, "hold_s": prescribed.hold_s or usual.hold_s, "breaths": None, "tempo": None}
    if reps is None:
        raise DoseFault("dose/reps", texts.number_of_repetitions)
    _check_pace(tempo, MIN_TEMPO_S)
    # `hold_s` repeats the pause, so that a reader finds every hold there.
    return {"reps": reps, "hold_s": tempo.hold_s or None, "breaths": None, "tempo": tempo}


def _resolve_tempo(usual: Dose, prescribed: PrescribedDose) -> Tempo | None:
    """The pace of a repetition with its pause; None where the exercise is held."""
    texts, hold_s = _texts(), prescribed.hold_s
    if prescribed.tempo is not None:
        if hold_s is not None and hold_s != prescribed.tempo.hold_s:
            raise DoseFault("dose/hold_s", texts.pause_differs.fill(hold_s=prescribed.tempo.hold_s))
        return _to_tempo(prescribed.tempo)
    if usual.tempo is None or hold_s is None:
        return usual.tempo
    if hold_s > MAX_PAUSE_S:
        if prescribed.reps is None:
            raise DoseFault("dose/reps", texts.number_of_holds.fill(max_pause_s=MAX_PAUSE_S))
        return None
    return usual.tempo.model_copy(update={"hold_s": hold_s})


def _to_tempo(tempo: PrescribedTempo) -> Tempo:
    return Tempo(out_s=tempo.out_s, hold_s=tempo.hold_s, back_s=tempo.back_s)


def _check_pace(tempo: Tempo, min_s: int) -> None:
    if tempo.total_s < min_s:
        raise DoseFault("dose/tempo", _texts().too_fast.fill(seconds=tempo.total_s, min_s=min_s))
