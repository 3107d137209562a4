"""What a worker process keeps: the catalogues of several readers, which it does not mix up."""

from pathlib import Path

from app.catalogue.served_catalogue import load_served_catalogue
from app.kit.database import Database
from app.schemas.session_request import SessionRequest
from app.sessions.workers import worker
from app.sessions.workers.jobs import NewSession
from app.sessions.workers.session_builder import catalogue_key, pack_catalogue
from tests.conftest import copy_database

OWN = "gym--open-book"


def test_a_worker_builds_for_each_reader_from_what_that_one_sees(seeded_database: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{copy_database(seeded_database, tmp_path)}/thoracic.db")
    shared = load_served_catalogue(database).shared
    database.close()
    drill = shared.exercises.records["open-book"].model_copy(update={"slug": OWN, "name": "Drill", "family": "drill"})
    own = shared.extend("gym", {OWN: drill}, {})
    request = {"duration_s": 300, "goals": [{"goal": "rotation"}], "include": [OWN]}
    job = NewSession(SessionRequest.model_validate(request), True)
    assert worker.run_on_catalogue(catalogue_key(own), job) is None
    for snapshot in (own, shared):
        worker.load_catalogue(pack_catalogue(snapshot))
    refused, built = (worker.run_on_catalogue(catalogue_key(snapshot), job) for snapshot in (shared, own))
    assert refused is not None
    assert refused.error is not None
    assert built is not None
    session = built.unwrap()
    assert session.stored.partner == "gym"
    assert OWN.encode() in session.answer
    for number in range(worker.MAX_CATALOGUES):
        worker.load_catalogue(pack_catalogue(shared.extend(f"partner{number}", {}, {})))
    assert worker.run_on_catalogue(catalogue_key(own), job) is None
