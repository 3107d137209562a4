"""What of each record can be found, and how much a word counts there."""

from collections.abc import Iterable, Iterator, Sequence

from app.catalogue.search.index import Document
from app.rules.terms import load_terms
from app.rules.vocabulary import OPTIONAL_EQUIPMENT
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine

LABEL, LEAD, BODY, ASIDE = 3.0, 2.5, 1.0, 0.5
Fields = Iterator[tuple[float, str]]


def build_documents(records: Iterable[Exercise | Guideline | Reference | Routine]) -> list[Document]:
    """One document a record."""
    return [_document(one) for one in records]


def _document(record: Exercise | Guideline | Reference | Routine) -> Document:
    match record:
        case Exercise():
            return exercise_document(record)
        case Guideline():
            return guideline_document(record)
        case Routine():
            return routine_document(record)
    return reference_document(record)


def exercise_document(one: Exercise) -> Document:
    """Names first, then what it is for and needs, then its texts."""
    facets = {f"goal:{goal}": one.goal_weights[goal] / 3 for goal in one.goals}
    facets |= {f"suits:{suit}": 0.5 for suit in one.suits}
    facets |= {f"equipment:{piece}": 0.7 for group in one.equipment for piece in group}
    facets[f"position:{one.position}"] = 0.7
    return Document(one.slug, (one.name, *one.aliases), tuple(_exercise_fields(one)), facets)


def _exercise_fields(one: Exercise) -> Fields:
    for goal in one.goals:
        yield from _labels("goals", goal, LABEL * one.goal_weights[goal] / 3)
    for kind, values in (("regions", one.regions), ("movements", one.movements), ("suits", one.suits)):
        for value in values:
            yield from _labels(kind, value, LABEL * 0.7)
    yield from _labels("positions", one.position, LABEL)
    yield from _labels("categories", one.category, LABEL)
    pieces = {piece for group in one.equipment for piece in group}
    for piece in sorted(pieces):
        yield from _labels("equipment", piece, LABEL)
    if pieces <= OPTIONAL_EQUIPMENT:
        yield LABEL, "no equipment, no kit, body weight"
    yield from ((LABEL, muscle) for muscle in one.muscles)
    yield LEAD, one.summary
    yield from ((BODY, step) for step in one.steps)
    yield from ((ASIDE, text) for text in (*one.cues, one.breathing))


def guideline_document(one: Guideline) -> Document:
    """Title and rule first, then the reason and the check."""
    facets = {f"goal:{goal}": 0.3 for goal in one.goals} | {f"topic:{one.topic}": 0.5}
    fields = [
        (LEAD * 1.5, one.rule),
        (LEAD, one.why),
        (BODY * 1.5, one.how_to_check),
    ]
    fields += _labels("topics", one.topic, LABEL)
    fields += [field for goal in one.goals for field in _labels("goals", goal, LABEL * 0.5)]
    fields += [field for where in one.applies_to for field in _labels("applies_to", where, LABEL * 0.5)]
    fields += [(BODY, measure.name) for measure in one.measures]
    return Document(one.slug, (one.title, one.slug), tuple(fields), facets)


def routine_document(one: Routine) -> Document:
    """Name first, then for whom, when and with what; the exercises in it by name."""
    recipe = one.recipe
    facets = {f"goal:{goal}": 0.4 for goal in one.goals} | {f"suits:{suit}": 0.5 for suit in one.suits}
    facets |= {f"equipment:{piece}": 0.7 for piece in recipe.available_equipment}
    facets[f"purpose:{recipe.purpose}"] = 0.5
    facets[f"age_band:{recipe.age_band}"] = 0.7
    fields = [(LEAD * 1.5, one.summary)]
    fields += [(LEAD, text) for text in (one.audience, one.when_to_use)]
    fields += [field for goal in one.goals for field in _labels("goals", goal, LABEL * 0.7)]
    fields += [field for suit in one.suits for field in _labels("suits", suit, LABEL * 0.7)]
    fields += [field for piece in recipe.available_equipment for field in _labels("equipment", piece, LABEL)]
    fields += [(BODY, exercise.name) for exercise in one.session.exercises.values()]
    return Document(one.slug, (one.name, one.slug), tuple(fields), facets)


def reference_document(one: Reference) -> Document:
    """Title and authors first, then what it supports."""
    texts: Sequence[tuple[float, str | None]] = (
        (2 * LABEL, one.authors),
        (LABEL, str(one.year or "")),
        (LEAD, one.container),
        (LEAD, one.note),
    )
    return Document(one.slug, (one.title, one.slug), tuple((weight, text) for weight, text in texts if text), {})


def _labels(kind: str, value: str, weight: float) -> Fields:
    """A word of the vocabulary as written, as shown, and (little) as described."""
    term = load_terms()[kind][value]
    yield weight, value.replace("_", " ")
    yield weight, term.label
    yield min(weight, ASIDE), term.description
