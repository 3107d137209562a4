"""What several pages say of an exercise: its dose, what it needs, and who leaves it out or takes care."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.pages.texts import page_texts
from app.rules.conditions import Verdict
from app.rules.equipment import EquipmentGroup, list_pieces
from app.rules.terms import load_terms
from app.rules.vocabulary import BodySide, Condition
from app.schemas.exercise import Exercise
from app.schemas.session import Session, SessionItem
from app.sessions.printout import describe_item_dose


class CareAdvice(NamedTuple):
    """What people with some conditions take care with."""

    conditions: str
    """The conditions, as a phrase."""
    advice: str


class ExerciseBlock(NamedTuple):
    """One exercise of a session as a page shows it."""

    exercise: Exercise
    dose: str
    avoid: str
    """Conditions with which it is left out, as a phrase; empty where there are none."""
    care_with: str
    """Conditions with which care is taken, as a phrase; empty where there are none."""
    cautions: list[CareAdvice]
    """What to take care with, each advice once."""
    why: tuple[str, ...]
    side: BodySide | None
    """The only side that works, where a prescription names one."""
    note: str | None
    """What a prescription says of it."""


def join_phrases(phrases: Iterable[str]) -> str:
    """Return phrases as one; nothing where there are none."""
    listed = list(phrases)
    return page_texts().all_of.join(listed) if listed else ""


def list_blocks(session: Session) -> list[ExerciseBlock]:
    """Return the exercises of a session in order."""
    items = [item for phase in session.phases for item in phase.items]
    return [_describe_item(session.exercises[item.exercise.slug], item) for item in items]


def _describe_item(exercise: Exercise, item: SessionItem) -> ExerciseBlock:
    dose = page_texts().dose.fill(dose=describe_item_dose(item))
    return ExerciseBlock(
        exercise=exercise,
        dose=dose,
        avoid=list_avoided(exercise),
        care_with=_list_conditions(exercise, "caution"),
        cautions=list_cautions(exercise),
        why=item.why,
        side=item.side,
        note=item.note,
    )


def list_avoided(exercise: Exercise) -> str:
    """Return the conditions with which the exercise is left out, as a phrase."""
    return _list_conditions(exercise, "avoid")


def _list_conditions(exercise: Exercise, verdict: Verdict) -> str:
    return join_phrases(_label(rule.condition) for rule in exercise.contraindications if rule.verdict == verdict)


def list_cautions(exercise: Exercise) -> list[CareAdvice]:
    """Return each advice with the conditions that ask for it: several often ask for the same care."""
    labels: dict[str, list[str]] = {}
    for rule in exercise.contraindications:
        if rule.verdict == "caution":
            labels.setdefault(rule.advice, []).append(_label(rule.condition))
    return [CareAdvice(join_phrases(conditions), advice) for advice, conditions in labels.items()]


def _label(condition: Condition) -> str:
    return load_terms()["conditions"][condition].label_in_sentence


def describe_duration(duration_s: int) -> str:
    """Return minutes and seconds in words."""
    texts = page_texts()
    minutes, seconds = divmod(duration_s, 60)
    parts = [*([texts.minutes.fill(minutes)] if minutes else []), *([texts.seconds.fill(seconds)] if seconds else [])]
    return join_phrases(parts)


def describe_equipment(groups: Iterable[EquipmentGroup]) -> str:
    """Return what is needed, as a phrase; empty where nothing is. Of each group one piece is enough.

    Who brings a chair needs no "chair or bench" besides: a group that holds all of another one is left out.
    """
    phrases: dict[str, None] = {}
    all_groups = list(groups)
    for group in all_groups:
        if any(set(other.any_of) < set(group.any_of) for other in all_groups):
            continue
        labels = [load_terms()["equipment"][piece].label_in_sentence for piece in group.any_of]
        phrases[page_texts().any_of.join(labels)] = None
    return join_phrases(phrases)


def list_session_facts(session: Session, available_equipment: Collection[str] | None = None) -> list[str]:
    """Return what one wants to know of a session first, as short phrases.

    `available_equipment` is what a recipe takes for granted: of each group only these pieces are named. Without it
    every piece is named that may be used.
    """
    texts, terms = page_texts(), load_terms()
    exercises = session.exercises.values()
    groups = [group for exercise in exercises for group in exercise.equipment]
    if available_equipment is not None:
        groups = [EquipmentGroup(any_of=(piece,)) for piece in available_equipment if piece in list_pieces(groups)]
    equipment = describe_equipment(groups)
    positions = dict.fromkeys(terms["positions"][exercise.position].label for exercise in exercises)
    return [
        texts.duration.fill(duration=describe_duration(session.duration_s)),
        *positions,
        texts.equipment.fill(equipment=equipment) if equipment else texts.no_equipment,
        texts.level.fill(level=max(exercise.level for exercise in exercises)),
    ]
