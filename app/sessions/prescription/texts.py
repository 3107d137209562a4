"""The sentences of prescriptions."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.rules.vocabulary import BodySide
from app.texts.loader import EveryKey, TextFile
from app.texts.templates import Fields, Template, Text


class DoseFaultTexts(FrozenModel):
    """What is wrong with a dose or a side, and what would be right."""

    breaths_or_repetitions: Text
    counted_in_breaths: Text
    pace_of_breaths: Text
    pause_differs: Annotated[Template, Fields("hold_s")]
    number_of_holds: Annotated[Template, Fields("max_pause_s")]
    number_of_repetitions: Text
    too_fast: Annotated[Template, Fields("seconds", "min_s")]
    both_sides_at_once: Annotated[Template, Fields("exercise")]
    condition_not_stated: Text
    session_too_long: Annotated[Template, Fields("seconds", "max_s")]


class BarredTexts(FrozenModel):
    """What a stated condition bars."""

    exercise: Annotated[Template, Fields("exercise", "condition", "strains")]
    hold: Annotated[Template, Fields("exercise", "condition", "strains", "hold_s", "max_hold_s")]
    total: Annotated[Template, Fields("exercise", "condition", "strains", "total_s", "max_total_s")]
    alternative: Annotated[Template, Fields("detail", "exercise", "slug")]
    override: Annotated[Template, Fields("detail", "condition")]


class PrescriptionReasonTexts(FrozenModel):
    """Why an exercise is in a prescription."""

    prescribed: Text
    one_side: Annotated[dict[BodySide, Text], EveryKey(BodySide)]
    overridden: Annotated[Template, Fields("condition", "strains")]


class PrescriptionNoteTexts(FrozenModel):
    """What else is worth knowing about a prescription."""

    needed: Annotated[Template, Fields("equipment", "positions")]
    nothing_needed: Annotated[Template, Fields("positions")]
    pace: Annotated[Template, Fields("exercise", "out_s", "hold_s", "back_s")]
    unusual: Annotated[Template, Fields("exercise", "amounts")]
    amount: Annotated[Template, Fields("amount", "unit", "min", "max")]
    holds_in_all: Annotated[Template, Fields("amount", "max")]
    rest_unit: Text
    other_kind: Annotated[Template, Fields("exercise")]
    no_better_order: Text
    overridden: Annotated[Template, Fields("exercises")]
    apart: Annotated[Template, Fields("exercises")]
    above_first_level: Annotated[Template, Fields("exercises", "level")]


class PrescriptionTexts(TextFile):
    """Everything that is said of prescriptions."""

    file_name = "session_prescriptions.yaml"
    in_title: Text
    faults: DoseFaultTexts
    barred: BarredTexts
    reasons: PrescriptionReasonTexts
    notes: PrescriptionNoteTexts
    needs_time: Annotated[Template, Fields("needed", "available")]
    shortfall: Annotated[Template, Fields("seconds")]
    no_alternatives: Text
    no_stiffer_side: Text
    nothing_in_its_place: Annotated[Template, Fields("exercise")]
    alike_after_pain: Annotated[Template, Fields("exercises")]
