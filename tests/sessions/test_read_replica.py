"""A service with a read replica: two databases of a real PostgreSQL server stand for the primary and its replica."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import Settings
from tests.app_client import Client
from tests.editing.conftest import SMALL
from tests.postgres import Postgres

pytestmark = pytest.mark.processes

BUILD = {"duration_s": 120, "goals": [{"goal": "rotation"}]}
MAX_POLLS = 200


@pytest.fixture
def names(postgres: Postgres) -> Iterator[tuple[str, str]]:
    """The names of a primary with a small catalogue and of a replica that has the same and gets nothing more."""
    primary = postgres.create_database()
    database = Database(postgres.database_url(primary))
    load_seed(database, SMALL, lambda _: None)
    database.close()
    replica = f"{primary}_replica"
    postgres.execute(f"CREATE DATABASE {replica} TEMPLATE {primary}")
    yield primary, replica
    postgres.execute(f"DROP DATABASE {replica} WITH (FORCE)")
    postgres.recycle_database(primary)


def degraded_parts(client: Client) -> list[tuple[str, str]]:
    return [(part["part"], part["fault"]) for part in client.get("/readyz").json()["degraded"]]


def wait_for_parts(client: Client, expected: list[tuple[str, str]]) -> int:
    """Return the status of /readyz when it names these parts."""
    for _ in range(MAX_POLLS):
        if degraded_parts(client) == expected:
            return client.get("/readyz").status_code
        client.wait(0.05)
    raise AssertionError(degraded_parts(client))


def test_reads_come_from_the_replica_and_what_it_lacks_from_the_primary(
    names: tuple[str, str], postgres: Postgres, tmp_path: Path, start_client: Callable[[Settings], Client]
) -> None:
    primary, replica = (postgres.database_url(name) for name in names)
    client = start_client(
        Settings(data_dir=tmp_path, secret="a secret of the tests", database_url=primary, read_url=replica)
    )
    assert degraded_parts(client) == []
    stored = [client.post("/v1/sessions", json=BUILD | {"seed": seed}).headers["Location"] for seed in (1, 2)]
    assert [client.get(path).status_code for path in stored] == [200, 200], "looked up on the primary"
    assert client.get("/v1/sessions/unknown").status_code == 404

    # What the replica has is read there: this row is in no other database.
    opened = Database(replica)
    source = sa.create_engine(primary)
    columns = "id, catalogue_serial, duration_s, request, content, personal, created_at, expires_at"
    with source.begin() as reading, opened.transaction() as writing:
        row = reading.execute(sa.text(f"SELECT {columns} FROM session LIMIT 1")).mappings().one()
        session_id = row["id"]
        statement = sa.text(f"INSERT INTO session ({columns}) VALUES ({', '.join(f':{name}' for name in row)})")
        as_json = statement.bindparams(sa.bindparam("request", type_=sa.JSON), sa.bindparam("content", type_=sa.JSON))
        writing.execute(as_json, dict(row))
        reading.execute(sa.text("DELETE FROM session WHERE id = :id"), {"id": session_id})
    assert client.get(f"/v1/sessions/{session_id}").status_code == 200
    source.dispose()
    opened.close()

    # The catalogue of the primary moves on, and the replica does not follow: after a second the primary is read.
    postgres.execute("UPDATE serial SET value = value + 1", names[0])
    assert wait_for_parts(client, [("read_replica", "behind")]) == 200
    postgres.execute("UPDATE serial SET value = value + 1", names[1])
    assert wait_for_parts(client, []) == 200

    postgres.execute(f"ALTER DATABASE {names[1]} ALLOW_CONNECTIONS false")
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{names[1]}'")
    assert wait_for_parts(client, [("read_replica", "unreachable")]) == 200
    statuses = {path.rpartition("/")[2]: client.get(path).status_code for path in stored}
    assert statuses.pop(session_id) == 404, "it is in the replica alone, which is away"
    assert set(statuses.values()) == {200}

    postgres.execute(f"ALTER DATABASE {names[1]} ALLOW_CONNECTIONS true")
    assert wait_for_parts(client, []) == 200
    postgres.execute(f"ALTER DATABASE {names[0]} ALLOW_CONNECTIONS false")
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{names[0]}'")
    assert wait_for_parts(client, [("storing_sessions", "unreachable")]) == 503, "the replica is still read"
    assert client.get(f"/v1/sessions/{session_id}").status_code == 200
    assert client.get("/v1/sessions/unknown").status_code == 503, "the primary may have it"
    client.app.state.session_replica.database.health.report_serial("unreachable")
    assert client.get(f"/v1/sessions/{session_id}").status_code == 200, "asked after all, where the primary is away"
    postgres.execute(f"ALTER DATABASE {names[0]} ALLOW_CONNECTIONS true")
