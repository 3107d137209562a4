"""Every word with its label, its meaning and how many records it finds."""

from collections import Counter
from collections.abc import Iterable, Mapping

from pydantic import Field

from app.catalogue.snapshot import Snapshot
from app.kit.models import FrozenModel
from app.rules.terms import load_terms
from app.rules.vocabulary import HEIGHT_OF_POSITION, PostureHeight


class VocabularyTerm(FrozenModel):
    """One word of a list."""

    value: str
    label: str
    description: str
    count: int | None = Field(
        description="Exercises (topics, applies_to: guidelines) that carry it; null where none could."
    )


class PositionTerm(VocabularyTerm):
    """A position, and how far it is from standing."""

    height: PostureHeight


Terms = tuple[VocabularyTerm, ...]


class Vocabulary(FrozenModel):
    """All lists."""

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
    conditions: Terms = Field(description="Those with a count bar or ask care with that many exercises.")
    purposes: Terms
    age_bands: Terms
    topics: Terms
    applies_to: Terms
    sources: Terms
    certainties: Terms
    serial: int


def vocabulary_of(snapshot: Snapshot) -> Vocabulary:
    counts = _counts(snapshot)
    lists = {
        name: tuple(
            VocabularyTerm(
                value=value, label=term.label, description=term.description, count=_count(counts, name, value)
            )
            for value, term in terms.items()
        )
        for name, terms in load_terms().items()
    }
    heights: Mapping[str, PostureHeight] = {str(position): height for position, height in HEIGHT_OF_POSITION.items()}
    positions = [PositionTerm(**word.model_dump(), height=heights[word.value]) for word in lists.pop("positions")]
    return Vocabulary(**lists, positions=tuple(positions), serial=snapshot.serial)


def _count(counts: dict[str, Counter[str]], name: str, value: str) -> int | None:
    return counts[name][value] if name in counts else None


def _counts(snapshot: Snapshot) -> dict[str, Counter[str]]:
    exercises = snapshot.exercises.records.values()
    guidelines = snapshot.guidelines.records.values()

    def each(values: Iterable[Iterable[str]]) -> Counter[str]:
        return Counter(word for words in values for word in set(words))

    return {
        "goals": each(one.goals for one in exercises),
        "suits": each(one.suits for one in exercises),
        "movements": each(one.movements for one in exercises),
        "categories": each((one.category,) for one in exercises),
        "patterns": each((one.pattern,) for one in exercises),
        "phases": each(one.phases for one in exercises),
        "equipment": each((kit for group in one.equipment for kit in group) for one in exercises),
        "positions": each((one.position,) for one in exercises),
        "regions": each(one.regions for one in exercises),
        "load_groups": each((one.load_group,) for one in exercises),
        "features": each(one.features for one in exercises),
        "conditions": each((found.condition for found in one.contraindications) for one in exercises),
        "sources": each((one.provenance.source,) for one in exercises),
        "topics": each((one.topic,) for one in guidelines),
        "applies_to": each(one.applies_to for one in guidelines),
        "certainties": each((one.certainty,) for one in snapshot.references.records.values()),
    }
