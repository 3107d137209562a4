"""A session as a person would read it, in plain text."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.rules.conditions import load_condition_texts
from app.rules.dose import Dose
from app.rules.terms import load_terms
from app.rules.vocabulary import BodySide, Phase
from app.schemas.exercise import Exercise
from app.schemas.session import Coverage, ExcludedExercise, SessionItem
from app.sessions.explain.phrases import goal_phrase
from app.sessions.plan import Plan
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, PluralTemplate, Template, Text

INDENT = " " * 9
"""Puts the lines of an exercise under its name."""


class DoseTexts(FrozenModel):
    """A dose in words."""

    breaths: Annotated[PluralTemplate, Fields("count")]
    holds: Annotated[PluralTemplate, Fields("count", "hold_s")]
    repetitions: Annotated[PluralTemplate, Fields("count")]
    sets: Annotated[PluralTemplate, Fields("count", "amount")]
    each_side: Annotated[Template, Fields("dose")]
    on_one_side: Annotated[dict[BodySide, Annotated[Template, Fields("dose")]], EveryKey(BodySide)]
    with_note: Annotated[Template, Fields("dose", "note")]
    with_rest: Annotated[Template, Fields("dose", "rest_s")]
    with_extra_set: Annotated[dict[BodySide, Annotated[Template, Fields("dose", "extra")]], EveryKey(BodySide)]


class PrintoutTexts(TextFile):
    """A session as plain text for a terminal."""

    file_name = "session_printout.yaml"
    phases: Annotated[dict[Phase, Text], EveryKey(Phase)]
    single_phase: Text
    duration: Annotated[Template, Fields("duration")]
    heading: Annotated[Template, Fields("phase", "duration")]
    item: Annotated[Template, Fields("exercise", "position", "dose", "seconds")]
    care: Annotated[Template, Fields("conditions", "advice")]
    coverage: Annotated[Template, Fields("goal", "actual", "requested")]
    shortfall: Annotated[Template, Fields("seconds", "reason")]
    excluded: Annotated[Template, Fields("condition", "exercise", "strains")]
    with_alternative: Annotated[Template, Fields("excluded", "alternative")]
    dose: DoseTexts


def format_session(plan: Plan, has_steps: bool = False) -> str:
    """Return the whole session: what to do, how much, why, and what is left out; with the steps of each exercise."""
    texts = load_texts(PrintoutTexts)
    lines = [plan.title, texts.duration.fill(duration=format_clock(plan.duration_s)), ""]
    start_s = 0
    for phase in plan.phases:
        # A session of one phase takes in exercises of every kind.
        name = texts.phases[phase.phase] if len(plan.phases) > 1 else texts.single_phase
        lines.append(texts.heading.fill(phase=name, duration=format_clock(phase.duration_s)))
        for item in phase.items:
            exercise = plan.exercises[item.exercise.slug]
            lines += _item_lines(start_s, item, exercise)
            lines += _step_lines(exercise) if has_steps else []
            start_s += item.duration_s
        lines.append("")
    lines += [_coverage_line(coverage) for coverage in plan.coverage]
    if plan.shortfall_reason is not None:
        lines.append(texts.shortfall.fill(seconds=plan.shortfall_s, reason=plan.shortfall_reason))
    lines += [*plan.notes, *map(_exclusion_line, plan.excluded)]
    lines += ["", *plan.stop_rules, plan.disclaimer.text]
    return "\n".join(lines) + "\n"


def _item_lines(start_s: int, item: SessionItem, exercise: Exercise) -> list[str]:
    text = load_texts(PrintoutTexts).item.fill(
        exercise=item.exercise.name,
        position=load_terms()["positions"][exercise.position].label_in_sentence,
        dose=describe_item_dose(item),
        seconds=item.duration_s,
    )
    return [f"  {format_clock(start_s):>5}  {text}", *(INDENT + line for line in (*item.why, *_care_lines(item)))]


def _step_lines(exercise: Exercise) -> list[str]:
    return [f"{INDENT}{number}. {step}" for number, step in enumerate(exercise.steps, 1)]


def _care_lines(item: SessionItem) -> list[str]:
    """Every advice once, under all the conditions that ask for it."""
    conditions_of: dict[str, dict[str, None]] = {}
    texts, stated = load_condition_texts(), [caution.condition for caution in item.cautions]
    for caution in item.cautions:
        label = load_terms()["conditions"][caution.condition].label_in_sentence
        # By strain and not by condition: two conditions often ask for the same care.
        for strain in caution.strains:
            conditions_of.setdefault(texts.care_for(caution.condition, strain, stated), {})[label] = None
    advice_under: dict[str, list[str]] = {}
    for advice, conditions in conditions_of.items():
        advice_under.setdefault(", ".join(conditions), []).append(advice)
    template = load_texts(PrintoutTexts).care
    return [template.fill(conditions=labels, advice=" ".join(advice)) for labels, advice in advice_under.items()]


def _coverage_line(coverage: Coverage) -> str:
    line = load_texts(PrintoutTexts).coverage.fill(
        goal=goal_phrase(coverage.goal),
        actual=round(100 * coverage.actual_share),
        requested=round(100 * coverage.requested_share),
    )
    return line if coverage.reason is None else f"{line} {coverage.reason}"


def _exclusion_line(excluded: ExcludedExercise) -> str:
    texts, terms = load_texts(PrintoutTexts), load_terms()
    line = texts.excluded.fill(
        condition=terms["conditions"][excluded.condition].label_in_sentence,
        exercise=excluded.name,
        strains=", ".join(terms["strains"][strain].label_in_sentence for strain in excluded.strains),
    )
    if excluded.alternative_name is None:
        return line
    return texts.with_alternative.fill(excluded=line, alternative=excluded.alternative_name)


def describe_item_dose(item: SessionItem) -> str:
    """Return the dose of an exercise in words, with the only side, or with what the stiffer side does more."""
    dose, more = describe_dose(item.dose), item.extra_set
    if item.side is not None:
        return load_texts(PrintoutTexts).dose.on_one_side[item.side].fill(dose=dose)
    if more is None:
        return dose
    amounts = {"sets": 1, "reps": more.reps, "hold_s": more.hold_s, "breaths": more.breaths, "per_side": False}
    extra = describe_dose(item.dose.model_copy(update=amounts))
    return load_texts(PrintoutTexts).dose.with_extra_set[more.side].fill(dose=dose, extra=extra)


def describe_dose_and_note(item: SessionItem) -> str:
    """Return the dose of an exercise in words, and after it the note of a prescription where there is one."""
    dose = describe_item_dose(item)
    return dose if item.note is None else load_texts(PrintoutTexts).dose.with_note.fill(dose=dose, note=item.note)


def describe_dose(dose: Dose) -> str:
    """Return a dose in words: `2 sets of 8 repetitions each side, with 15 s rest in between`."""
    texts = load_texts(PrintoutTexts).dose
    sets = dose.sets
    if dose.breaths is not None:
        amount = texts.breaths.fill(dose.breaths)
    elif dose.reps is not None and (dose.tempo is not None or dose.hold_s is None):
        amount = texts.repetitions.fill(dose.reps)
    elif dose.reps is not None and dose.reps > 1:
        amount = texts.holds.fill(dose.reps, hold_s=dose.hold_s)
    else:
        # A set of one hold is a hold.
        amount, sets = texts.holds.fill(dose.sets, hold_s=dose.hold_s), 1
    text = texts.sets.fill(sets, amount=amount)
    if dose.per_side:
        text = texts.each_side.fill(dose=text)
    return texts.with_rest.fill(dose=text, rest_s=dose.rest_s) if dose.sets > 1 and dose.rest_s else text


def format_clock(seconds: int) -> str:
    """Return minutes and seconds, such as `7:05`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
