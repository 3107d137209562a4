"""What a player shows in each event: how much it is, which side, and what comes next."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.rules.dose import Dose
from app.rules.vocabulary import BodySide, Movement, Side
from app.schemas.exercise import Exercise
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, PluralTemplate, Template, Text


class ShownAmountTexts(FrozenModel):
    """How much a set is, as it is shown."""

    breaths: Annotated[PluralTemplate, Fields("count")]
    repetitions: Annotated[PluralTemplate, Fields("count")]
    repetitions_of: Annotated[dict[Movement, Annotated[PluralTemplate, Fields("count")]], EveryKey(Movement)]
    """By the first movement of an exercise."""
    hold: Annotated[Template, Fields("seconds")]
    holds: Annotated[Template, Fields("count", "seconds")]


class EventTexts(TextFile):
    """Short lines that a player shows during a session."""

    file_name = "session_events.yaml"
    amounts: ShownAmountTexts
    several_sets: Annotated[Template, Fields("sets", "amount")]
    several_holds: Annotated[Template, Fields("sets", "seconds")]
    each_side: Annotated[Template, Fields("amount")]
    on_side: Annotated[dict[Side, Annotated[Template, Fields("amount")]], EveryKey(Side)]
    switch: Annotated[dict[Side, Text], EveryKey(BodySide)]
    next_set: Annotated[dict[Side, Annotated[Template, Fields("set", "sets")]], EveryKey(Side)]
    introduction: Text
    done: Text


def describe_set(exercise: Exercise, dose: Dose, side: Side) -> str:
    """Return how much one set is on a side: `8 turns, left side`."""
    return load_texts(EventTexts).on_side[side].fill(amount=_describe_amount(exercise, dose))


def describe_all_sets(exercise: Exercise, dose: Dose, only_side: BodySide | None = None) -> str:
    """Return how much all sets are together: `2 x 8 turns each side`, `2 x 8 turns, left side`."""
    texts = load_texts(EventTexts)
    amount = _describe_amount(exercise, dose)
    if dose.sets > 1 and _is_single_hold(dose):
        amount = texts.several_holds.fill(sets=dose.sets, seconds=dose.hold_s)
    elif dose.sets > 1:
        amount = texts.several_sets.fill(sets=dose.sets, amount=amount)
    return (
        texts.each_side.fill(amount=amount) if dose.per_side else texts.on_side[only_side or "both"].fill(amount=amount)
    )


def describe_switch(side: Side) -> str:
    """Return which side comes after a change of sides."""
    return load_texts(EventTexts).switch[side]


def describe_next_set(number: int, sets: int, side: Side) -> str:
    """Return which set comes after a rest, and on which side it begins."""
    return load_texts(EventTexts).next_set[side].fill(set=number, sets=sets)


def describe_introduction() -> str:
    """Return what is shown while the steps of an exercise are spoken."""
    return load_texts(EventTexts).introduction


def describe_end() -> str:
    """Return what is shown at the end of a session."""
    return load_texts(EventTexts).done


def _is_single_hold(dose: Dose) -> bool:
    return dose.breaths is None and dose.tempo is None and (dose.reps or 1) == 1


def _describe_amount(exercise: Exercise, dose: Dose) -> str:
    """The amount of one set, with the word that suits the exercise."""
    texts = load_texts(EventTexts).amounts
    if dose.breaths is not None:
        return texts.breaths.fill(dose.breaths)
    if _is_single_hold(dose):
        return texts.hold.fill(seconds=dose.hold_s)
    count = dose.reps or 1
    if dose.tempo is None:
        return texts.holds.fill(count=count, seconds=dose.hold_s)
    repetitions = texts.repetitions_of[exercise.movements[0]] if exercise.movements else texts.repetitions
    return repetitions.fill(count)
