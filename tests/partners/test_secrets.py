"""Keys are nowhere but with their holders: not in logs, metrics, answers or the database."""

import sqlite3
from pathlib import Path

import httpx

from app.kit.database import Database
from app.partners.key_store import revoke_key
from tests.conftest import copy_database
from tests.partners.conftest import bearer, make_key
from tests.server_process import run_server

FOLLOW_S = 30


def wait_for_status(client: httpx.Client, key: str, status: int) -> None:
    for _ in range(FOLLOW_S * 50):
        if client.get("/v1/partner", headers=bearer(key)).status_code == status:
            return
    raise AssertionError(f"the key does not get {status}")


def test_a_key_leaves_no_trace(seeded_database: Path, tmp_path: Path) -> None:
    """A real process with everything logged: right, wrong and revoked keys, also where they do not belong."""
    folder = copy_database(seeded_database, tmp_path)
    database = Database(f"sqlite:///{folder / 'thoracic.db'}")
    with (
        run_server(folder, access_log=True, slow_ms=1, log_level="debug", secret="a" * 20) as server,
        server.open_client() as client,
    ):
        new_key = make_key(database, scopes=["own:write"])
        key, secret = new_key.key, new_key.key.removeprefix("thoracic_")[:43]
        wait_for_status(client, key, 200)
        answers = [
            client.get("/v1/exercises", headers=bearer(key)),
            client.get(f"/v1/exercises?api_key={key}"),
            client.get(f"/v1/exercises/{key}"),
            client.post("/v1/sessions", json={"key": key}, headers=bearer(key)),
            client.post("/v1/sessions", content=key, headers=bearer(key)),
            client.get("/v1/exercises", headers=bearer(key[:-1])),
            client.get("/v1/exercises", headers={"Authorization": f"Basic {key}"}),
            client.get("/v1/exercises", headers=[("Authorization", f"Bearer {key}")] * 2),
            client.get("/metrics", headers=bearer(key)),
        ]
        revoke_key(database, new_key.record.id)
        wait_for_status(client, key, 401)
        answers.append(client.get("/v1/partner", headers=bearer(key)))
        for answer in answers:
            assert secret not in answer.text
            assert secret not in str(answer.headers)
            assert answer.status_code < 500
        assert [answer.status_code for answer in answers[1:3]] == [400, 400]
        assert answers[7].status_code == 401
    log = server.log.read_text()
    assert len(log.splitlines()) > len(answers)
    database.close()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"server.log", "thoracic.db"} <= {path.name for path in files}
    assert [path.name for path in files if secret[:20].encode() in path.read_bytes()] == []
    with sqlite3.connect(folder / "thoracic.db") as connection:
        assert connection.execute("SELECT sum(requests) FROM key_use").fetchone()[0] >= len(answers) - 5
