"""Rows and records: what is stored is what is loaded again."""

from sqlmodel import Session

from app.catalogue.mapping import StoredCatalogue, load_catalogue, to_rows
from app.catalogue.snapshot import Snapshot
from app.kit.database import Database


def store_all(session: Session, snapshot: Snapshot) -> None:
    """Store every record of the snapshot: first the rows, then what refers to them."""
    children = []
    for collection in (snapshot.references, snapshot.exercises, snapshot.guidelines, snapshot.routines):
        for record in collection.records.values():
            row, child_rows = to_rows(record, "seed")
            session.add(row)
            children += child_rows
    session.flush()
    session.add_all(children)


def test_every_record_is_loaded_as_it_was_stored(database: Database, snapshot: Snapshot) -> None:
    database.migrate()
    with database.transaction() as session:
        store_all(session, snapshot)
    with database.read_transaction() as session:
        stored = load_catalogue(session)
    for collection in (snapshot.exercises, snapshot.guidelines, snapshot.references, snapshot.routines):
        loaded = stored.records_of(collection.kind)
        assert list(loaded) == list(collection.records)
        for slug, record in collection.records.items():
            expected = record.model_dump(exclude={"session": {"catalogue_serial"}})
            assert loaded[slug].model_dump(exclude={"session": {"catalogue_serial"}}) == expected
        assert {stored.origins[collection.kind, slug] for slug in loaded} == {"seed"}


def test_a_new_database_has_an_empty_catalogue(database: Database) -> None:
    database.migrate()
    with database.read_transaction() as session:
        assert load_catalogue(session) == StoredCatalogue.empty()
