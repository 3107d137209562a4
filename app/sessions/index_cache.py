"""What the builder needs of a snapshot of the catalogue, made once for each."""

from functools import lru_cache

from app.catalogue.snapshot import Snapshot
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.slug_resolver import SlugResolver


@lru_cache(maxsize=2)
def exercise_index(catalogue: Snapshot) -> ExerciseIndex:
    """Return the index of a snapshot; the last two are kept, because requests may still hold the one before."""
    return ExerciseIndex(catalogue.exercises.records.values())


def slug_resolver(catalogue: Snapshot) -> SlugResolver:
    """Return what finds renamed exercises of a snapshot."""
    return SlugResolver(catalogue.exercises.records, catalogue.exercises.tombstones)
