"""What is answered while the database is at fault, and after it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest

from app.kit.settings import Settings
from tests.app_client import Client

BUILD = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
READS = (
    "/",
    "/healthz",
    "/v1/exercises?goal=rotation",
    "/v1/routines",
    "/v1/sessions/example",
    "/v1/sessions/routine-desk-break-5-min-chair",
    "/v1/screening",
    "/v1/exercises/open-book/figure.svg",
)
MAX_ANSWER_S = 2


@contextmanager
def file_locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def file_deleted(path: Path) -> Iterator[None]:
    kept = path.with_name("kept.db")
    kept.write_bytes(path.read_bytes())
    for name in ("", "-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)
    yield
    assert not path.exists()  # never made anew
    kept.rename(path)


@contextmanager
def table_missing(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("ALTER TABLE session RENAME TO away")
    yield
    other.execute("ALTER TABLE away RENAME TO session")
    other.close()


def timed(send: Callable[[], httpx.Response]) -> httpx.Response:
    begun_at = time.monotonic()
    answer = send()
    assert time.monotonic() - begun_at < MAX_ANSWER_S
    return answer


@pytest.mark.parametrize(
    ("fault", "word", "reads_stored"),
    [(file_locked, "locked", 200), (file_deleted, "file_missing", 503), (table_missing, "failing", 503)],
)
def test_reads_go_on_builds_are_answered_and_the_rest_says_why(
    settings: Settings,
    start_client: Callable[[Settings], Client],
    fault: Callable[[Path], AbstractContextManager[None]],
    word: str,
    reads_stored: int,
) -> None:
    # Only what is locked is waited for as long as this; a busy machine may need it for the rest.
    client = start_client(settings.model_copy(update={"database_timeout_s": 1.2 if word == "locked" else 1.5}))
    before = client.post("/v1/sessions", json=BUILD).json()
    assert (before["stored"], before["not_stored_reason"]) == (True, None)
    stored_path = f"/v1/sessions/{before['id']}"
    with fault(settings.data_dir / "thoracic.db"):
        assert [client.get(path).status_code for path in READS] == [200] * len(READS)
        assert client.post("/v1/workstation/fit", json={"stature_cm": 170}).status_code == 200
        built = timed(lambda: client.post("/v1/sessions", json=BUILD | {"seed": 1}))
        assert (built.status_code, built.json()["stored"], "Location" in built.headers) == (200, False, False)
        assert "cannot be stored" in built.json()["not_stored_reason"]
        others = timed(lambda: client.post("/v1/sessions/example/alternatives", json={"count": 1}))
        assert (others.status_code, others.json()["items"][0]["stored"]) == (200, False)
        again = timed(lambda: client.get(stored_path))
        assert again.status_code == reads_stored
        if reads_stored == 503:
            assert (again.json()["fault"], int(again.headers["Retry-After"])) == (word, 2)
        readiness = timed(lambda: client.get("/readyz"))
        assert readiness.status_code == 503
        assert {"part": "storing_sessions", "fault": word} == {
            name: readiness.json()["degraded"][0][name] for name in ("part", "fault")
        }
    client.wait(0.2)
    assert client.post("/v1/sessions", json=BUILD | {"seed": 1}).status_code == 201
    assert client.get("/readyz").status_code == 200
    assert client.get(stored_path).status_code == (404 if fault is file_deleted else 200)
