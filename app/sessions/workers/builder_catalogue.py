"""What the builder needs of a snapshot of the catalogue, and the form in which a worker process gets it."""

from collections.abc import Iterable
from typing import NamedTuple

from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.changes.renames import Tombstones
from app.schemas.exercise import Exercise
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.slug_resolver import SlugResolver


class CatalogueKey(NamedTuple):
    """Tells the catalogues apart that sessions are built from."""

    serial: int
    partner: str | None
    """Whose own exercises are in it; None: nobody's."""


class CataloguePackage(NamedTuple):
    """The exercises of a snapshot as they are sent to a worker process."""

    key: CatalogueKey
    exercises: tuple[bytes, ...]
    """The records in JSON."""
    tombstones: Tombstones


class BuilderCatalogue:
    """The exercises of one catalogue as the builder reads them."""

    def __init__(self, key: CatalogueKey, exercises: Iterable[Exercise], tombstones: Tombstones) -> None:
        self.serial, self.partner = key
        exercises = tuple(exercises)
        names = (exercise.name for exercise in exercises if owner_of(exercise.slug) is not None)
        self.own_words = (*([] if self.partner is None else [self.partner + OWNER_SEPARATOR]), *names)
        """What an answer that tells of a partner's own exercises has in it: names, and the beginning of all slugs.

        That of slugs, because a stored session may name an exercise that was deleted since.
        """
        self.index = ExerciseIndex(exercises)
        self.resolver = SlugResolver(self.index.number_of, tombstones)

    @classmethod
    def unpack(cls, package: CataloguePackage) -> "BuilderCatalogue":
        """Return the catalogue that was sent."""
        exercises = map(Exercise.model_validate_json, package.exercises)
        return cls(package.key, exercises, package.tombstones)
