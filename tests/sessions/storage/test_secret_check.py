"""Servers of one database with different secrets are told, also where they start at the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from app.kit.database import Database
from app.sessions.storage.secret_check import DIGESTED, SecretCheck, compare_secret
from app.sessions.storage.session_id import make_session_id

SECRET, OTHER_SECRET = b"a secret of the tests", b"another secret of the tests"


def test_another_secret_on_the_same_database_is_told_once(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    database.migrate()
    caplog.clear()
    assert compare_secret(database, SECRET)
    assert compare_secret(database, SECRET)
    assert not caplog.records
    assert not compare_secret(database, OTHER_SECRET)
    assert "give all servers the same THORACIC_SECRET" in caplog.text
    assert OTHER_SECRET.decode() not in caplog.text
    assert compare_secret(database, OTHER_SECRET)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_same", [True, False])
def test_servers_that_start_at_once_on_an_empty_database_compare_theirs(database: Database, is_same: bool) -> None:
    database.migrate()
    digest = make_session_id(DIGESTED, SECRET)
    insert = sa.insert(SecretCheck).values(id=1, digest=digest)
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as first, database.engine.connect() as observer:
            first.connection().execute(insert)
            second = pool.submit(compare_secret, database, SECRET if is_same else OTHER_SECRET)
            while not observer.execute(waiting).scalar_one():
                assert not second.done()
                time.sleep(0.01)
        assert second.result(30) == is_same
