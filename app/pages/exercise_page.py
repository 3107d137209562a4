"""The page of an exercise: its picture, how to do it, who takes care, what is easier and harder, and its sources."""

from collections.abc import Mapping
from typing import NamedTuple

from app.kit.links import PublicAddress
from app.pages.exercise_parts import describe_equipment, join_phrases, list_avoided, list_cautions
from app.pages.rendering import PageHead, render_page
from app.pages.sharing import describe_sharing
from app.pages.structured_data import describe_exercise
from app.pages.texts import page_texts
from app.rules.muscles import MUSCLE_ROLES, ExerciseMuscles
from app.rules.terms import TermText, load_terms
from app.schemas.exercise import Exercise
from app.schemas.reference import Reference
from app.sessions.printout import describe_dose

PATH = "/exercises"


class Source(NamedTuple):
    """A source of an exercise, and what it supports."""

    reference: Reference
    supports: str
    url: str | None


def render_exercise_page(
    exercise: Exercise, exercises: Mapping[str, Exercise], references: Mapping[str, Reference], address: PublicAddress
) -> str:
    """Return the page of an exercise as HTML. It names others of `exercises`, and its `references`."""
    path = f"{PATH}/{exercise.slug}"
    sharing = describe_sharing(exercise, "exercises", address)
    head = PageHead(
        path=path,
        address=address,
        title=exercise.name,
        description=exercise.summary,
        canonical_path=path,
        data_path=f"/v1/exercises/{exercise.slug}",
        figure=exercise.figure,
        embed_path=sharing.embed_path,
        structured_data=describe_exercise(exercise, sharing.page_url, address),
        scripts=("page.js",),
    )
    return render_page(
        "exercise.html",
        head,
        exercise=exercise,
        facts=list_facts(exercise),
        dose=page_texts().dose.fill(dose=describe_dose(exercise.dose)),
        avoid=list_avoided(exercise),
        cautions=list_cautions(exercise),
        details=_list_details(exercise),
        muscle_picture=_describe_muscle_picture(exercise.muscles),
        easier=[exercises[slug] for slug in exercise.easier if slug in exercises],
        harder=[exercises[slug] for slug in exercise.harder if slug in exercises],
        sources=_list_sources(exercise, references),
        sharing=sharing,
    )


def list_facts(exercise: Exercise) -> list[str]:
    """Return what one wants to know of an exercise first, as short phrases."""
    texts, terms = page_texts(), load_terms()
    equipment = describe_equipment(exercise.equipment)
    return [
        terms["categories"][exercise.category].label,
        terms["positions"][exercise.position].label,
        texts.equipment.fill(equipment=equipment) if equipment else texts.no_equipment,
        texts.level.fill(level=exercise.level),
    ]


def _list_details(exercise: Exercise) -> list[tuple[str, str]]:
    """Return what else one may want to know: a heading and a phrase each."""
    texts, terms = page_texts().exercise, load_terms()
    details = [
        (texts.goals, _join_labels(terms["goals"], exercise.goals)),
        (texts.movements, _join_labels(terms["movements"], exercise.movements)),
        *_list_muscles(exercise.muscles),
        (texts.aliases, join_phrases(exercise.aliases)),
    ]
    return [(heading, phrase) for heading, phrase in details if phrase]


def _describe_muscle_picture(muscles: ExerciseMuscles) -> str:
    """Return the text alternative of the picture of the muscles."""
    roles = [f"{heading}: {phrase}" for heading, phrase in _list_muscles(muscles) if phrase]
    return page_texts().exercise.muscle_picture.fill(muscles="; ".join(roles))


def _list_muscles(muscles: ExerciseMuscles) -> list[tuple[str, str]]:
    """Return for each role a heading, and the muscles that have it as a phrase."""
    texts, terms = page_texts().exercise, load_terms()
    return [
        (
            texts.muscles.fill(role=terms["muscle_roles"][role].label_in_sentence),
            _join_labels(terms["muscles"], getattr(muscles, role)),
        )
        for role in MUSCLE_ROLES
    ]


def _join_labels(terms: Mapping[str, TermText], words: tuple[str, ...]) -> str:
    return join_phrases(terms[word].label_in_sentence for word in words)


def _list_sources(exercise: Exercise, references: Mapping[str, Reference]) -> list[Source]:
    sources = []
    for evidence in exercise.evidence:
        reference = references.get(evidence.reference)
        if reference is not None:
            url = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
            sources.append(Source(reference, evidence.supports, url))
    return sources
