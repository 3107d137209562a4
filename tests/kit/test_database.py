"""Writing to SQLite from several threads of one process."""

import threading
from pathlib import Path

from app.kit.database import Database


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
