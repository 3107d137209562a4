"""The page of a routine: what to do, with pictures, the timer as a list, when to stop, and the licence."""

from typing import NamedTuple

from app.kit.links import PublicAddress
from app.pages.rendering import render_page
from app.pages.texts import page_texts
from app.rules.equipment import list_pieces
from app.rules.terms import load_terms
from app.rules.vocabulary import Condition
from app.schemas.exercise import Exercise, Figure
from app.schemas.routine import Routine
from app.sessions.printout import describe_item_dose, format_clock


class CareAdvice(NamedTuple):
    """What people with some conditions take care with."""

    conditions: str
    """The conditions, as a phrase."""
    advice: str


class ExerciseBlock(NamedTuple):
    """One exercise of a routine as the page shows it."""

    exercise: Exercise
    dose: str
    avoid: str
    """Conditions with which it is left out, as a phrase; empty where there are none."""
    cautions: list[CareAdvice]
    """What to take care with, each advice once."""


class TimerRow(NamedTuple):
    """One line of the timer."""

    clock: str
    duration_s: int
    kind: str
    cue: str


def render_routine_page(routine: Routine, path: str, address: PublicAddress) -> str:
    """Return the page of a routine as HTML. Links in it are relative but for those that other sites read."""
    session = routine.session
    blocks = [
        _describe_item(session.exercises[item.exercise.slug], describe_item_dose(item))
        for phase in session.phases
        for item in phase.items
    ]
    figures = [block.exercise.figure for block in blocks if block.exercise.figure]
    rows = [TimerRow(format_clock(event.at_s), event.duration_s, event.kind, event.cue) for event in session.timeline]
    return render_page(
        "routine.html",
        path,
        routine=routine,
        facts=_list_facts(routine),
        blocks=blocks,
        rows=rows,
        total=format_clock(session.duration_s),
        data_path=path.removesuffix(".html"),
        page_url=address.absolute_link(path),
        image_url=_link_preview(figures[0], address) if figures else None,
        image_alt=figures[0].alt if figures else None,
    )


def _describe_item(exercise: Exercise, dose: str) -> ExerciseBlock:
    avoid = [_label(rule.condition) for rule in exercise.contraindications if rule.verdict == "avoid"]
    return ExerciseBlock(exercise, page_texts().routine.dose.fill(dose=dose), _join(avoid), _list_cautions(exercise))


def _list_cautions(exercise: Exercise) -> list[CareAdvice]:
    """Return each advice with the conditions that ask for it: several often ask for the same care."""
    labels: dict[str, list[str]] = {}
    for rule in exercise.contraindications:
        if rule.verdict == "caution":
            labels.setdefault(rule.advice, []).append(_label(rule.condition))
    return [CareAdvice(_join(conditions), advice) for advice, conditions in labels.items()]


def _label(condition: Condition) -> str:
    return load_terms()["conditions"][condition].label_in_sentence


def _list_facts(routine: Routine) -> list[str]:
    """Return what one wants to know first, as short phrases."""
    texts, terms = page_texts().routine, load_terms()
    minutes, seconds = divmod(routine.session.duration_s, 60)
    durations = [
        *([texts.minutes.fill(minutes)] if minutes else []),
        *([texts.seconds.fill(seconds)] if seconds else []),
    ]
    exercises = routine.session.exercises.values()
    # Of each group one piece is enough: the page names what the recipe takes for granted.
    needed = list_pieces(group for exercise in exercises for group in exercise.equipment)
    pieces = [piece for piece in routine.recipe.available_equipment if piece in needed]
    at_hand = [terms["equipment"][piece].label_in_sentence for piece in pieces]
    equipment = texts.equipment.fill(equipment=_join(at_hand)) if at_hand else texts.no_equipment
    positions = dict.fromkeys(terms["positions"][exercise.position].label for exercise in exercises)
    level = max(exercise.level for exercise in exercises)
    return [texts.duration.fill(duration=_join(durations)), *positions, equipment, texts.level.fill(level=level)]


def _link_preview(figure: Figure, address: PublicAddress) -> str:
    """Return the link to the picture that other sites show beside a link to the page."""
    return address.absolute_link(f"{figure.png}?width=1024")


def _join(phrases: list[str]) -> str:
    return page_texts().all_of.join(phrases) if phrases else ""
