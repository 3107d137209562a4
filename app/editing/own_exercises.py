"""Own exercises of partners, where the shared records change that they refer to. Shared records never refer to them."""

from collections.abc import Callable, Mapping

from sqlmodel import select

from app.catalogue.tables import ExerciseRow
from app.changes.record_kind import RecordKind
from app.editing.slug_replacement import follow_slug
from app.editing.writer import CatalogueWriter, RecordKey
from app.schemas.exercise import Exercise


def follow_in_own_exercises(
    writer: CatalogueWriter,
    successors: Mapping[RecordKey, str | None],
    rederive: Callable[[Exercise], Exercise] = lambda exercise: exercise,
) -> None:
    """Store the own exercises of all partners with links to what took the place of shared records.

    `successors` gives for each key that ends the new slug, or None where the record is deleted: the link is dropped.
    Call it once the new records are stored, and before the old ones are deleted. `rederive` makes anew what is derived.
    """
    origins = dict(writer.session.exec(select(ExerciseRow.slug, ExerciseRow.origin)).all())
    for slug, exercise in writer.load_own_exercises().items():
        followed = exercise
        for (kind, old_slug), new_slug in successors.items():
            followed = follow_slug(followed, kind, old_slug, new_slug)
        writer.write_record(RecordKind.EXERCISE, rederive(followed), origins[slug])
    writer.insert_children()
