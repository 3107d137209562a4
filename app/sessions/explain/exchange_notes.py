"""What an exchange of one exercise changes in the rest of the session. Nothing in it is personal."""

from collections.abc import Sequence

from app.rules.equipment import missing_equipment
from app.schemas.exercise import Exercise
from app.sessions.explain.phrases import join_words
from app.sessions.problem.solution import Solution
from app.sessions.solver.model import Choice
from app.sessions.texts import SessionNoteTexts, load_texts
from app.texts.templates import Template


def write_exchange_notes(solution: Solution) -> list[str]:
    """Return what went and what was added beside the exchange itself; nothing where there is no exchange."""
    prepared = solution.prepared
    variation, texts = prepared.variation, load_texts(SessionNoteTexts).swap
    if not variation.is_exchange:
        return []
    given = {prepared.exercise_of(choice).slug for choice in solution.choices}
    gone = [prepared.index.by_slug(slug) for slug in variation.others if slug not in given]
    added = [prepared.exercise_of(choice) for choice in list_added(solution)]
    is_as_before = bool(variation.others and variation.replacement) and not gone and _keeps_doses(solution)
    return [
        *([] if variation.replacement else [texts.nothing_in_its_place]),
        *_describe_gone(gone, solution),
        *_name_in(texts.exercises_added if is_as_before else texts.more_added, added),
    ]


def _describe_gone(gone: Sequence[Exercise], solution: Solution) -> list[str]:
    """The exercises that went for want of equipment, and the others that went."""
    texts, at_hand = load_texts(SessionNoteTexts).swap, solution.prepared.eligibility.effective.available_equipment
    unequipped = [exercise for exercise in gone if missing_equipment(exercise.equipment, at_hand)]
    others = [exercise for exercise in gone if exercise not in unequipped]
    return [*_name_in(texts.without_equipment, unequipped), *_name_in(texts.removed, others)]


def _name_in(template: Template, exercises: Sequence[Exercise]) -> list[str]:
    """The sentence with the names of the exercises; nothing where there are none."""
    return [template.fill(exercises=join_words([one.name for one in exercises]))] if exercises else []


def list_added(solution: Solution) -> list[Choice]:
    """The choices that an exchange added: neither in the session before nor in the place of what went."""
    prepared, variation = solution.prepared, solution.prepared.variation
    known = (*variation.others, *(variation.replacement or ()))
    return [choice for choice in solution.choices if prepared.exercise_of(choice).slug not in known]


def _keeps_doses(solution: Solution) -> bool:
    """True where each exercise that stays in an exchange has the dose of before."""
    prepared = solution.prepared
    dose_of = dict(prepared.variation.pinned_doses)
    pairs = [(prepared.exercise_of(choice).slug, prepared.dose_of(choice)) for choice in solution.choices]
    kept = [(slug, dose) for slug, dose in pairs if slug in prepared.variation.others]
    return all(dose_of.get(slug) == dose for slug, dose in kept)
