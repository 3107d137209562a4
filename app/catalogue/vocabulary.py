"""Every word with its label, its meaning and how many records it finds."""

from collections import Counter
from collections.abc import Iterable, Mapping

from pydantic import Field

from app.catalogue.snapshot import Snapshot
from app.rules.terms import TERMS
from app.rules.vocabulary import HEIGHTS, Height
from app.schemas.exercise import Shape


class Word(Shape):
    """One word of a list."""

    value: str
    label: str
    description: str
    count: int | None = Field(
        description="Exercises (topics, applies_to: guidelines) that carry it; null where none could."
    )


class PositionWord(Word):
    """A position, and how far it is from standing."""

    height: Height


Words = tuple[Word, ...]


class Vocabulary(Shape):
    """All lists."""

    goals: Words
    suits: Words
    movements: Words
    categories: Words
    patterns: Words
    phases: Words
    equipment: Words
    positions: tuple[PositionWord, ...]
    regions: Words
    load_groups: Words
    features: Words
    conditions: Words = Field(description="Those with a count bar or ask care with that many exercises.")
    purposes: Words
    age_bands: Words
    topics: Words
    applies_to: Words
    sources: Words
    certainties: Words
    serial: int


def vocabulary_of(snapshot: Snapshot) -> Vocabulary:
    counts = _counts(snapshot)
    lists = {
        name: tuple(
            Word(value=value, label=term.label, description=term.description, count=_count(counts, name, value))
            for value, term in terms.items()
        )
        for name, terms in TERMS.items()
    }
    heights: Mapping[str, Height] = {str(position): height for position, height in HEIGHTS.items()}
    positions = [PositionWord(**word.model_dump(), height=heights[word.value]) for word in lists.pop("positions")]
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
