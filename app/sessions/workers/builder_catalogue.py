"""What the builder needs of a snapshot of the catalogue, and the form in which a worker process gets it."""

from collections.abc import Iterable
from typing import NamedTuple

from app.changes.renames import Tombstones
from app.schemas.exercise import Exercise
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.slug_resolver import SlugResolver


class CataloguePackage(NamedTuple):
    """The exercises of a snapshot as they are sent to a worker process."""

    serial: int
    exercises: tuple[bytes, ...]
    """The records in JSON."""
    tombstones: Tombstones


class BuilderCatalogue:
    """The exercises of one serial as the builder reads them."""

    def __init__(self, serial: int, exercises: Iterable[Exercise], tombstones: Tombstones) -> None:
        self.serial = serial
        self.index = ExerciseIndex(exercises)
        self.resolver = SlugResolver(self.index.number_of, tombstones)

    @classmethod
    def unpack(cls, package: CataloguePackage) -> "BuilderCatalogue":
        """Return the catalogue that was sent."""
        exercises = map(Exercise.model_validate_json, package.exercises)
        return cls(package.serial, exercises, package.tombstones)
