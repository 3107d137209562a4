"""Writing to SQLite from several threads of one process, and what connections to PostgreSQL are made with."""

import gc
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.kit.database import STATEMENT_PATIENCE_FACTOR, Database


def test_threads_of_one_process_wait_for_each_other_before_they_ask_sqlite(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    began = threading.Event()

    def write() -> None:
        with database.transaction() as transaction:
            transaction.connection()
            began.set()

    with database.transaction() as transaction:
        transaction.connection()
        second = threading.Thread(target=write)
        second.start()
        assert not began.wait(0.2)
        assert database.engine.pool.checkedout() == 1  # type: ignore[attr-defined]
    assert began.wait(5)
    second.join()
    database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_the_address_gives_is_kept_beside_our_limits(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(address: str, patience_s: float | None) -> tuple[list[str], str]:
        database = Database(address, patience_s)
        names = ("lock_timeout", "statement_timeout", "search_path")
        with database.engine.connect() as connection:
            values = [str(connection.execute(sa.text(f"SHOW {name}")).scalar_one()) for name in names]
            driver: Any = connection.connection.driver_connection
            timeout = driver.info.get_parameters()["connect_timeout"]
        database.close()
        return values, timeout

    given = f"{database_url}&connect_timeout=9&options=-c%20search_path%3Dours%20-c%20statement_timeout%3D7s"
    assert read(given, 1.0) == (["1s", "7s", "ours"], "9")
    assert read(given, None) == (["0", "7s", "ours"], "9")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=theirs")
    assert read(database_url, 1.0) == (["1s", f"{STATEMENT_PATIENCE_FACTOR}s", "theirs"], "5")


def test_a_connection_that_is_never_ready_is_closed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psycopg.connection.timeout_from_conninfo", lambda _: 0.05)  # the least that it takes is 2 s
    gc.disable()  # which closes it as well, but some minutes later
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            database = Database(f"postgresql+psycopg://tests@127.0.0.1:{server.getsockname()[1]}/tests", 1)
            with pytest.raises(sa.exc.OperationalError, match="timeout expired"):
                database.engine.connect()
            accepted, _ = server.accept()
            with accepted:
                accepted.settimeout(5)
                while accepted.recv(1024):  # the request; then the end, or an error after 5 s
                    pass
    finally:
        gc.enable()
