"""What of each record can be found, and the weight of a word there."""

from collections.abc import Iterable, Iterator, Sequence

from app.catalogue.search.model import UNRESTRICTED_FACET, Document
from app.rules.condition_rules import load_condition_rules
from app.rules.equipment import list_pieces
from app.rules.muscles import ExerciseMuscles
from app.rules.terms import VocabularyTexts, load_terms
from app.rules.vocabulary import OPTIONAL_EQUIPMENT
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.record import AnyRecord
from app.schemas.reference import Reference
from app.schemas.routine import Routine
from app.texts.loader import load_texts

LABEL_WEIGHT = 3.0
"""Weight of a word in the label of a vocabulary term."""
LEAD_WEIGHT = 2.5
"""Weight of a word in a text that says what the record is about."""
BODY_WEIGHT = 1.0
"""Weight of a word in a text that goes into details."""
MINOR_WEIGHT = 0.5
"""Weight of a word in a cue, or in the description of a vocabulary term."""

SECONDARY_MUSCLE_WEIGHT = 1.0
"""Weight of a word in the name of a muscle that only helps."""

WeightedTexts = Iterator[tuple[float, str]]


def build_documents(records: Iterable[AnyRecord]) -> list[Document]:
    """Return one document for each record."""
    return [_build_document(record) for record in records]


def _build_document(record: AnyRecord) -> Document:
    match record:
        case Exercise():
            return _exercise_document(record)
        case Guideline():
            return _guideline_document(record)
        case Routine():
            return _routine_document(record)
    return _reference_document(record)


def _exercise_document(exercise: Exercise) -> Document:
    facets = {f"goal:{goal}": exercise.goal_weights[goal] / 3 for goal in exercise.goals}
    facets |= {f"suits:{occasion}": 0.5 for occasion in exercise.suits}
    facets |= {f"equipment:{piece}": 0.7 for piece in list_pieces(exercise.equipment)}
    facets[f"position:{exercise.position}"] = 0.7
    restricted = {contraindication.condition for contraindication in exercise.contraindications}
    # Of what no rule restricts, the easiest comes first, and of that what needs nothing.
    ease = 1 - exercise.level / 10 - (0 if list_pieces(exercise.equipment) <= OPTIONAL_EQUIPMENT else 0.05)
    facets |= {
        f"{UNRESTRICTED_FACET}{condition}": ease for condition in load_condition_rules() if condition not in restricted
    }
    names = (exercise.name, *exercise.aliases)
    texts = (*_exercise_labels(exercise), *_equipment_labels(exercise), *_exercise_texts(exercise))
    return Document(exercise.slug, names, texts, facets)


def _exercise_labels(exercise: Exercise) -> WeightedTexts:
    """Yield what it is for, and where it is done."""
    for goal in exercise.goals:
        yield from _term_texts("goals", goal, LABEL_WEIGHT * exercise.goal_weights[goal] / 3)
    for name, values in (
        ("regions", exercise.regions),
        ("movements", exercise.movements),
        ("suits", exercise.suits),
    ):
        for value in values:
            yield from _term_texts(name, value, LABEL_WEIGHT * 0.7)
    yield from _term_texts("positions", exercise.position, LABEL_WEIGHT)
    yield from _term_texts("categories", exercise.category, LABEL_WEIGHT)


def _equipment_labels(exercise: Exercise) -> WeightedTexts:
    for piece in sorted(list_pieces(exercise.equipment)):
        yield from _term_texts("equipment", piece, LABEL_WEIGHT)
    if list_pieces(exercise.equipment) <= OPTIONAL_EQUIPMENT:
        yield LABEL_WEIGHT, "no equipment, no kit, body weight"


def _exercise_texts(exercise: Exercise) -> WeightedTexts:
    yield from _muscle_texts(exercise.muscles)
    yield LEAD_WEIGHT, exercise.summary
    yield from ((BODY_WEIGHT, step) for step in exercise.steps)
    yield from ((MINOR_WEIGHT, text) for text in (*(cue.text for cue in exercise.cues), exercise.breathing))


def _muscle_texts(muscles: ExerciseMuscles) -> WeightedTexts:
    """Yield the names of the muscles, also the everyday ones; those that only help have less weight."""
    texts = load_texts(VocabularyTexts).muscles
    for muscle, role in muscles.list_with_roles():
        weight = SECONDARY_MUSCLE_WEIGHT if role == "secondary" else LABEL_WEIGHT
        yield weight, texts[muscle].label
        yield from ((weight, name) for name in texts[muscle].common_names)


def _guideline_document(guideline: Guideline) -> Document:
    facets = {f"goal:{goal}": 0.3 for goal in guideline.goals} | {f"topic:{guideline.topic}": 0.5}
    names = (guideline.title, guideline.slug)
    return Document(guideline.slug, names, tuple(_guideline_texts(guideline)), facets)


def _guideline_texts(guideline: Guideline) -> WeightedTexts:
    """Yield the rule, the reason and the check, then what it is about."""
    yield LEAD_WEIGHT * 1.5, guideline.rule
    yield LEAD_WEIGHT, guideline.why
    yield BODY_WEIGHT * 1.5, guideline.how_to_check
    yield from _term_texts("topics", guideline.topic, LABEL_WEIGHT)
    for goal in guideline.goals:
        yield from _term_texts("goals", goal, LABEL_WEIGHT * 0.5)
    for situation in guideline.applies_to:
        yield from _term_texts("applies_to", situation, LABEL_WEIGHT * 0.5)
    yield from ((BODY_WEIGHT, measure.name) for measure in guideline.measures)


def _routine_document(routine: Routine) -> Document:
    recipe = routine.recipe
    facets = {f"goal:{goal}": 0.4 for goal in routine.goals} | {f"suits:{occasion}": 0.5 for occasion in routine.suits}
    facets |= {f"equipment:{piece}": 0.7 for piece in recipe.available_equipment}
    facets[f"purpose:{recipe.purpose}"] = 0.5
    facets[f"age_band:{recipe.age_band}"] = 0.7
    names = (routine.name, routine.slug)
    return Document(routine.slug, names, tuple(_routine_texts(routine)), facets)


def _routine_texts(routine: Routine) -> WeightedTexts:
    """Yield for whom, when and with what it is, then the names of its exercises."""
    yield LEAD_WEIGHT * 1.5, routine.summary
    yield LEAD_WEIGHT, routine.audience
    yield LEAD_WEIGHT, routine.when_to_use
    for goal in routine.goals:
        yield from _term_texts("goals", goal, LABEL_WEIGHT * 0.7)
    for occasion in routine.suits:
        yield from _term_texts("suits", occasion, LABEL_WEIGHT * 0.7)
    for piece in routine.recipe.available_equipment:
        yield from _term_texts("equipment", piece, LABEL_WEIGHT)
    yield from ((BODY_WEIGHT, exercise.name) for exercise in routine.session.exercises.values())


def _reference_document(reference: Reference) -> Document:
    texts: Sequence[tuple[float, str | None]] = (
        (2 * LABEL_WEIGHT, reference.authors),
        (LABEL_WEIGHT, str(reference.year or "")),
        (LEAD_WEIGHT, reference.container),
        (LEAD_WEIGHT, reference.note),
    )
    names = (reference.title, reference.slug)
    return Document(reference.slug, names, tuple((weight, text) for weight, text in texts if text), {})


def _term_texts(list_name: str, value: str, weight: float) -> WeightedTexts:
    """Yield a vocabulary term: its value, its label and, with little weight, its description."""
    term = load_terms()[list_name][value]
    yield weight, value.replace("_", " ")
    yield weight, term.label
    yield min(weight, MINOR_WEIGHT), term.description
