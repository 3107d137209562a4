"""Own exercises of partners as they are stored, in both databases."""

from datetime import UTC, datetime

from sqlmodel import col, select

from app.catalogue.mapping import load_catalogue
from app.catalogue.served_catalogue import ServedCatalogue, load_served_catalogue
from app.catalogue.tables import ExerciseRow
from app.changes.history import read_history
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.changes.tables import Tombstone
from app.editing.entry_fields import ExerciseEntry
from app.editing.record_edits import RecordEdit, plan_edit, write_edit
from app.editing.seed import load_seed
from app.editing.writer import CatalogueWriter
from app.editing.written_entries import to_entry
from app.kit.database import Database
from app.schemas.exercise import Evidence
from tests.editing.conftest import SMALL

EXERCISE, REFERENCE = RecordKind.EXERCISE, RecordKind.REFERENCE


def write(database: Database, edit: RecordEdit) -> list[str]:
    """Make an edit. Return the slugs that it wrote."""
    with database.transaction() as session:
        owner = owner_of(edit.slug)
        tombstones = {(RecordKind(row.kind), row.slug): row.replaced_by for row in session.exec(select(Tombstone))}
        plan = plan_edit(load_catalogue(session, owner), tombstones, edit, 2026)
        writer = CatalogueWriter(session, datetime.now(UTC), "api", owner)
        write_edit(writer, plan)
        written = writer.finish()
    return sorted(slug for _, slug in (*written.added, *written.changed, *written.deleted))


def write_drill(database: Database, slug: str) -> list[str]:
    turn = load_served_catalogue(database).shared.exercises.records["seated-turn"]
    entry = to_entry(EXERCISE, turn, [])
    assert isinstance(entry, ExerciseEntry)
    evidence = [Evidence(reference="second-source", supports="The turn.")]
    links = {"easier": ["seated-turn"], "harder": ["standing-turn"], "evidence": evidence}
    return write(
        database, RecordEdit(EXERCISE, slug, entry.model_copy(update={"slug": slug, "name": "Drill", **links}))
    )


def list_seen(served: ServedCatalogue, partner: str | None) -> list[str]:
    return [slug for slug in served.seen_by(partner).exercises.records if owner_of(slug)]


def test_own_exercises_stand_beside_the_shared_ones(database: Database) -> None:
    load_seed(database, SMALL, lambda _: None)
    before = load_served_catalogue(database)
    for slug in ("gym--drill", "zoo--drill"):  # of the same name
        assert write_drill(database, slug) == [slug]
    served = load_served_catalogue(database, before)
    assert served.shared.exercises.json_by_slug == before.shared.exercises.json_by_slug
    assert [list_seen(served, partner) for partner in (None, "gym", "zoo", "zo")] == [
        [],
        ["gym--drill"],
        ["zoo--drill"],
        [],
    ]
    since = before.shared.serial
    for partner, slugs in ((None, []), ("gym", ["gym--drill"]), ("zoo", ["zoo--drill"]), ("g", [])):
        assert [change.slug for change in read_history(database, since, 10, partner).changes] == slugs
    assert load_seed(database, SMALL, lambda _: None).written[:3] == ([], [], [])


def test_links_of_own_exercises_follow_and_a_downgrade_leaves_none(database: Database) -> None:
    load_seed(database, SMALL, lambda _: None)
    for slug in ("gym--drill", "zoo--drill"):
        write_drill(database, slug)
    with database.read_transaction() as session:
        turn = to_entry(EXERCISE, load_catalogue(session).exercises["seated-turn"], [])
    renamed = write(database, RecordEdit(EXERCISE, "seated-turn", turn.model_copy(update={"slug": "chair-turn"})))
    assert "gym--drill" in renamed
    write(database, RecordEdit(RecordKind.GUIDELINE, "turn-now-and-then", None))
    write(database, RecordEdit(REFERENCE, "second-source", None))
    drill = load_served_catalogue(database).seen_by("gym").exercises.records["gym--drill"]
    assert (drill.easier, drill.harder, drill.evidence) == (("chair-turn",), ("standing-turn",), ())
    write(database, RecordEdit(EXERCISE, "gym--drill", None))
    served = load_served_catalogue(database)
    assert (list_seen(served, "gym"), served.seen_by("gym").partner) == ([], "gym")
    assert served.seen_by("gym").exercises.tombstones.keys() - served.shared.exercises.tombstones == {"gym--drill"}
    assert list_seen(served, "zoo") == ["zoo--drill"]
    database.migrate("0015")
    with database.read_transaction() as session:
        assert not session.exec(select(ExerciseRow.slug).where(col(ExerciseRow.slug).contains("--"))).all()
