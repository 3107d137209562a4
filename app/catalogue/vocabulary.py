"""The vocabulary: every term of every closed list, with label, description and the number of records that have it."""

from collections import Counter
from collections.abc import Iterable

from pydantic import Field

from app.catalogue.snapshot import Snapshot
from app.kit.models import FrozenModel
from app.rules.terms import load_terms
from app.rules.vocabulary import HEIGHT_OF_POSITION, PostureHeight


class VocabularyTerm(FrozenModel):
    """One term of a closed list."""

    value: str
    label: str
    description: str
    count: int | None = Field(
        description="Exercises that have it (topics, applies_to: guidelines; certainties: references); null where no "
        "record can have it."
    )


class PositionTerm(VocabularyTerm):
    """A position, and the height of the body in it."""

    height: PostureHeight


Terms = tuple[VocabularyTerm, ...]


class Vocabulary(FrozenModel):
    """All closed lists."""

    goals: Terms
    suits: Terms
    movements: Terms
    categories: Terms
    patterns: Terms
    phases: Terms
    equipment: Terms
    positions: tuple[PositionTerm, ...]
    regions: Terms
    load_groups: Terms
    features: Terms
    conditions: Terms = Field(description="The count is that of exercises to avoid or to do with caution.")
    purposes: Terms
    age_bands: Terms
    topics: Terms
    applies_to: Terms
    sources: Terms
    certainties: Terms
    serial: int


def build_vocabulary(catalogue: Snapshot) -> Vocabulary:
    """Return every list with the counts of this catalogue."""
    counts = _count_values(catalogue)
    lists = {
        name: tuple(
            VocabularyTerm(
                value=value,
                label=term.label,
                description=term.description,
                count=counts[name][value] if name in counts else None,
            )
            for value, term in terms.items()
        )
        for name, terms in load_terms().items()
    }
    heights: dict[str, PostureHeight] = {str(position): height for position, height in HEIGHT_OF_POSITION.items()}
    positions = tuple(
        PositionTerm(**position.model_dump(), height=heights[position.value]) for position in lists.pop("positions")
    )
    return Vocabulary(**lists, positions=positions, serial=catalogue.serial)


def _count_values(catalogue: Snapshot) -> dict[str, Counter[str]]:
    """Return, for each list that records use, how many records have each value."""
    exercises = catalogue.exercises.records.values()
    guidelines = catalogue.guidelines.records.values()
    references = catalogue.references.records.values()

    def count(values_of_records: Iterable[Iterable[str]]) -> Counter[str]:
        # A set, since a record counts once for a value, however often the value occurs in it.
        return Counter(value for values in values_of_records for value in set(values))

    return {
        "goals": count(exercise.goals for exercise in exercises),
        "suits": count(exercise.suits for exercise in exercises),
        "movements": count(exercise.movements for exercise in exercises),
        "categories": count((exercise.category,) for exercise in exercises),
        "patterns": count((exercise.pattern,) for exercise in exercises),
        "phases": count(exercise.phases for exercise in exercises),
        "equipment": count((piece for group in exercise.equipment for piece in group) for exercise in exercises),
        "positions": count((exercise.position,) for exercise in exercises),
        "regions": count(exercise.regions for exercise in exercises),
        "load_groups": count((exercise.load_group,) for exercise in exercises),
        "features": count(exercise.features for exercise in exercises),
        "conditions": count((row.condition for row in exercise.contraindications) for exercise in exercises),
        "sources": count((exercise.provenance.source,) for exercise in exercises),
        "topics": count((guideline.topic,) for guideline in guidelines),
        "applies_to": count(guideline.applies_to for guideline in guidelines),
        "certainties": count((reference.certainty,) for reference in references),
    }
