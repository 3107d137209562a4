"""What reported pain does to all exercises that strain alike: some rest, some are halved, and who is to be asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.rules.pain_limits import PAIN_REST_DAYS, PAIN_RETURN_DAYS
from app.rules.progression import ExerciseLog
from app.rules.shared_strains import is_strained_alike, list_painful_strains
from app.rules.terms import load_terms
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.texts import HistoryTexts, PhraseTexts, load_texts


class PainEffects(NamedTuple):
    """What pain changes beside the dose of the exercise that hurt."""

    resting: frozenset[str] = frozenset()
    """Slugs of exercises to leave out, because one that strains alike hurt too much."""
    halved: frozenset[str] = frozenset()
    """Slugs of exercises that are given at about half, because one that strains alike hurt somewhat."""
    advice: tuple[str, ...] = ()
    """Sentences for the person. They tell of pain, so they are never stored."""


def find_pain_effects(logs: Mapping[str, Sequence[ExerciseLog]], index: ExerciseIndex) -> PainEffects:
    """Return what rests and what is halved after the logs of each slug, newest first."""
    red = [slug for slug, own in logs.items() if _hurt_too_much_lately(own)]
    returning = [slug for slug, own in logs.items() if slug not in red and _returns_after_rest(own)]
    amber = [slug for slug, own in logs.items() if slug not in red and _hurt_somewhat_lately(own)]
    resting = _list_alike(red, index)
    return PainEffects(
        resting=resting,
        halved=_list_alike([*returning, *amber], index) - resting,
        advice=_write_advice(red, returning, amber, index),
    )


def _write_advice(
    red: Sequence[str], returning: Sequence[str], amber: Sequence[str], index: ExerciseIndex
) -> tuple[str, ...]:
    """What the person is told of each exercise that hurt, and whom to ask after one that hurt too much."""
    texts = load_texts(HistoryTexts)
    return (
        *(texts.rests.fill(**describe_painful(slug, index), days=PAIN_REST_DAYS) for slug in red),
        *(texts.returns.fill(**describe_painful(slug, index)) for slug in returning),
        *(texts.halved.fill(**describe_painful(slug, index)) for slug in amber),
        *([texts.whom_to_ask] if red or returning else []),
    )


def list_strained_alike(slug: str, index: ExerciseIndex) -> frozenset[str]:
    """Return the slugs of all exercises that strain like one, itself included."""
    painful = index.by_slug(slug)
    return frozenset(other.slug for other in index.exercises if is_strained_alike(other, painful))


def _list_alike(slugs: Iterable[str], index: ExerciseIndex) -> frozenset[str]:
    return frozenset[str]().union(*(list_strained_alike(slug, index) for slug in slugs))


def _hurt_too_much_lately(logs: Sequence[ExerciseLog]) -> bool:
    return any(log.pain_zone == "red" and log.days_ago <= PAIN_REST_DAYS for log in logs)


def _returns_after_rest(logs: Sequence[ExerciseLog]) -> bool:
    """True where the last time was red, and the rest after it is over."""
    return logs[0].pain_zone == "red" and logs[0].days_ago <= PAIN_RETURN_DAYS


def _hurt_somewhat_lately(logs: Sequence[ExerciseLog]) -> bool:
    return logs[0].pain_zone == "amber" and logs[0].days_ago <= PAIN_REST_DAYS


def describe_painful(slug: str, index: ExerciseIndex) -> dict[str, str]:
    """Return the name of an exercise, and its strains that may be what hurt, as they stand in a sentence."""
    exercise, terms = index.by_slug(slug), load_terms()["strains"]
    strains = [terms[strain].label_in_sentence for strain in list_painful_strains(exercise)]
    return {
        "exercise": exercise.name,
        "strains": load_texts(PhraseTexts).all_of.join(strains or [load_texts(HistoryTexts).no_strain]),
    }
