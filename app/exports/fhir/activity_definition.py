"""An exercise as an ActivityDefinition of FHIR R5: what a ServiceRequest of a plan can be made from."""

from collections.abc import Mapping

from app.exports.fhir.contraindications import describe_contraindications
from app.exports.fhir.elements import (
    SYSTEM_PREFIX,
    UCUM,
    Resource,
    describe_concept,
    describe_page,
    describe_publication,
    describe_seconds,
    keep_present,
    list_safety_notes,
    make_computer_name,
    make_id,
    write_markdown_list,
    write_narrative,
)
from app.exports.fhir.texts import fhir_texts
from app.kit.links import PublicAddress
from app.pages.exercise_page import list_facts
from app.rules.dose import Dose
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise, Figure
from app.schemas.reference import Reference
from app.schemas.session import ExtraSet


def exercise_definition_path(slug: str) -> str:
    """Return the path of the definition of an exercise, which its canonical address ends in."""
    return f"/v1/exercises/{slug}/export"


def describe_exercise(exercise: Exercise, references: Mapping[str, Reference], address: PublicAddress) -> Resource:
    """Return an exercise as an ActivityDefinition. Its canonical address begins with `address`."""
    path = exercise_definition_path(exercise.slug)
    return {
        "resourceType": "ActivityDefinition",
        "id": make_id(exercise.slug),
        "text": write_narrative(_list_paragraphs(exercise), exercise.steps),
        **describe_publication(path, exercise.serial, exercise.updated_at, address),
        **keep_present(
            contained=describe_contraindications(exercise.contraindications),
            identifier=[{"system": f"{SYSTEM_PREFIX}:exercises", "value": exercise.slug}],
            name=make_computer_name("Exercise", exercise.slug),
            title=exercise.name,
            description=_write_description(exercise),
            usage=_write_usage(exercise),
            topic=_list_topics(exercise),
            reviewer=[{"name": exercise.reviewed_by}] if exercise.reviewed_by else [],
            relatedArtifact=_list_related(exercise, references, address),
            kind="ServiceRequest",
            code=describe_concept("exercises", exercise.slug, exercise.name),
            intent="plan",
            timingTiming=describe_seconds(exercise.est_duration_s),
            participant=[{"type": "patient"}],
            quantity=describe_quantity(exercise.dose),
            bodySite=[describe_concept("regions", region) for region in exercise.regions],
        ),
    }


def describe_quantity(dose: Dose, extra_set: ExtraSet | None = None) -> Resource | None:
    """Return how much a dose is in all, both sides together, with the extra set of a stiffer side.

    None where it is a hold, whose time says it.
    """
    texts = fhir_texts().amounts
    if dose.breaths is not None:
        count, amount = dose.breaths, texts["breaths"]
        extra = extra_set.breaths if extra_set else 0
    elif dose.reps is not None:
        count, amount = dose.reps, texts["reps" if dose.tempo else "holds"]
        extra = extra_set.reps if extra_set else 0
    else:
        return None
    total = dose.sets * count * (2 if dose.per_side else 1) + (extra or 0)
    return {"value": total, "unit": amount.fill(total), "system": UCUM, "code": f"{{{amount.fill(1)}}}"}


def _list_paragraphs(exercise: Exercise) -> list[str]:
    facts = "; ".join([*list_facts(exercise), exercise.dose.text])
    return [exercise.name, exercise.summary, facts, *_list_restrictions(exercise), exercise.breathing]


def _list_restrictions(exercise: Exercise) -> list[str]:
    """Return each condition with its verdict and what to do, as a sentence."""
    texts, labels = fhir_texts(), load_terms()["conditions"]
    return [
        texts.restriction.fill(
            condition=labels[rule.condition].label, verdict=texts.verdicts[rule.verdict], advice=rule.advice
        )
        for rule in exercise.contraindications
    ]


def _write_description(exercise: Exercise) -> str:
    facts = write_markdown_list([*list_facts(exercise), exercise.dose.text])
    steps = write_markdown_list(exercise.steps, numbered=True)
    return "\n\n".join((exercise.summary, facts, steps, exercise.breathing))


def _write_usage(exercise: Exercise) -> str:
    """Return who leaves the exercise out or takes care, and when to stop."""
    return write_markdown_list([*_list_restrictions(exercise), *list_safety_notes()])


def _list_topics(exercise: Exercise) -> list[Resource]:
    goals = [describe_concept("goals", goal) for goal in exercise.goals]
    return [describe_concept("categories", exercise.category), *goals]


def _list_related(exercise: Exercise, references: Mapping[str, Reference], address: PublicAddress) -> list[Resource]:
    """Return the page, the picture, the sources, and the easier and harder exercises."""
    texts = fhir_texts()
    cited = ((references[one.reference], one.supports) for one in exercise.evidence if one.reference in references)
    return [
        describe_page(exercise.name, f"/exercises/{exercise.slug}", address),
        *([_describe_figure(exercise.figure, address)] if exercise.figure else []),
        *(_describe_citation(reference, supports) for reference, supports in cited),
        *(_describe_neighbour(slug, texts.easier, address) for slug in exercise.easier),
        *(_describe_neighbour(slug, texts.harder, address) for slug in exercise.harder),
    ]


def _describe_figure(figure: Figure, address: PublicAddress) -> Resource:
    document = {"contentType": "image/png", "url": address.absolute_link(figure.png), "title": figure.alt}
    return {"type": "documentation", "display": figure.credit, "document": document}


def _describe_citation(reference: Reference, supports: str) -> Resource:
    told = (reference.authors, str(reference.year or ""), reference.title, reference.container)
    url = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    return keep_present(
        type="citation",
        label=reference.slug,
        display=supports,
        citation=". ".join(part for part in told if part),
        document={"url": url, "title": reference.title} if url else None,
        publicationDate=str(reference.year) if reference.year else None,
    )


def _describe_neighbour(slug: str, label: str, address: PublicAddress) -> Resource:
    url = address.absolute_link(exercise_definition_path(slug))
    return {"type": "similar-to", "label": label, "resource": url}
