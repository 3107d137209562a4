"""Two servers over a replicated PostgreSQL behind HAProxy: standby and primary are killed under load.

`make cluster` runs this. CLUSTER_SECONDS is how long each phase lasts.
"""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT
from tests.cluster.haproxy import DatabaseProxy, run_haproxy
from tests.faults.traffic import Answer, Traffic, summarise
from tests.postgres import Postgres, postgres_folder
from tests.server_process import ServerProcess, run_server

pytestmark = pytest.mark.cluster
PHASE_S = float(os.environ.get("CLUSTER_SECONDS", "3"))
MAX_RECOVERY_S = 5.0
"""Seconds from the promotion until sessions are stored again."""
DURABLE_SETTINGS = (
    "shared_buffers=32MB",
    "max_connections=60",
    "synchronous_commit=remote_apply",
    "wal_retrieve_retry_interval=500ms",
)
"""A commit returns when the standby has applied it, where there is a synchronous one; fsync is on."""
DATABASE_TIMEOUT_S = 4
"""On a busy machine a read may wait for the processor alone for longer than the default of 1.5 s."""
READS, BUILDS = ("snapshot", "workstation", "stored session"), ("build", "alternatives")
DATABASE = "thoracic"
SECRET = "a secret of all servers of the run"


class Cluster(NamedTuple):
    """Two PostgreSQL servers, the proxy in front of them, and two servers of the application."""

    primary: Postgres
    standby: Postgres
    proxy: DatabaseProxy
    servers: list[ServerProcess]


@contextlib.contextmanager
def running(server: Postgres) -> Iterator[Postgres]:
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with contextlib.ExitStack() as stack:
        primary = Postgres(stack.enter_context(postgres_folder()), DURABLE_SETTINGS)
        primary.start()
        stack.enter_context(running(primary))
        primary.execute(f"CREATE DATABASE {DATABASE}")
        primary.execute("CREATE ROLE haproxy_check LOGIN")
        with contextlib.closing(Database(primary.database_url(DATABASE))) as database:
            load_seed(database, PROJECT_ROOT / "seed", lambda _: None)
        standby = Postgres(stack.enter_context(postgres_folder()), DURABLE_SETTINGS)
        standby.start_standby_of(primary)
        stack.enter_context(running(standby))
        require_standby(primary)
        sockets = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="haproxy-")))
        proxy = stack.enter_context(run_haproxy(sockets, (primary.folder, standby.folder)))
        servers = [stack.enter_context(run_application(tmp_path / str(count), proxy, count)) for count in (1, 2)]
        yield Cluster(primary, standby, proxy, servers)


def require_standby(primary: Postgres) -> None:
    """Let every commit wait for the standby, and wait until it is followed so."""
    primary.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
    primary.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + MAX_RECOVERY_S
    while primary.query("SELECT sync_state FROM pg_stat_replication WHERE application_name = 'standby'") != "sync":
        assert time.monotonic() < deadline, "the standby does not follow"
        time.sleep(0.05)


@contextlib.contextmanager
def run_application(folder: Path, proxy: DatabaseProxy, workers: int) -> Iterator[ServerProcess]:
    folder.mkdir()
    addresses = {"database_url": proxy.database_url(DATABASE), "read_url": proxy.read_url(DATABASE)}
    with run_server(
        folder, secret=SECRET, workers=workers, database_timeout_s=DATABASE_TIMEOUT_S, **addresses
    ) as server:
        yield server


class Load:
    """Clients of all servers, and their answers by kind."""

    def __init__(self, servers: list[ServerProcess]) -> None:
        self.clients = [Traffic(server) for server in servers]
        self.begun_at = self.phase_begun_at = time.monotonic()

    def __enter__(self) -> "Load":
        self._stack = contextlib.ExitStack()
        for client in self.clients:
            self._stack.enter_context(client)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def between(self, begun_at: float, ended_at: float) -> dict[str, list[Answer]]:
        merged: dict[str, list[Answer]] = {}
        for client in self.clients:
            for kind, answers in client.between(begun_at, ended_at).items():
                merged.setdefault(kind, []).extend(answers)
        return merged

    def end_phase(self, name: str) -> None:
        """Print what was answered since the last phase ended."""
        now = time.monotonic()
        answers = self.between(self.phase_begun_at, now)
        print(f"\n{name}: {now - self.phase_begun_at:.1f} s\n{summarise(answers)}")
        self.phase_begun_at = now

    @property
    def acknowledged(self) -> set[str]:
        return {path for client in self.clients for path in client.acknowledged}

    def wait_until_recovered(self, since: float) -> float:
        return max(client.wait_until_recovered(since) for client in self.clients)


def count_lost(acknowledged: set[str], cluster: Cluster) -> int:
    """Return how many sessions that were answered as stored the promoted server does not have."""
    ids = [path.rpartition("/")[2] for path in acknowledged]
    query = "SELECT count(*) FROM session WHERE id = ANY(%s)"
    return len(ids) - int(cluster.standby.query(query, DATABASE, (ids,)))


def read_degraded(server: ServerProcess) -> tuple[int, set[str]]:
    with server.open_client() as client:
        answer: httpx.Response = client.get("/readyz")
    return answer.status_code, {part["part"] for part in answer.json()["degraded"]}


def lose_standby(load: Load, cluster: Cluster) -> float:
    """Kill the standby and start it again. Return the seconds from then until sessions were stored again.

    Reads go to the primary. Commits wait for a standby that is required and away, and are not acknowledged.
    """
    cluster.standby.kill()
    time.sleep(PHASE_S)
    assert [read_degraded(server) for server in cluster.servers] == [(503, {"storing_sessions", "read_replica"})] * 2
    load.end_phase("Standby killed (SIGKILL): every commit waits for it")
    cluster.standby.run()
    returned_at = time.monotonic()
    recovery_s = load.wait_until_recovered(returned_at)
    load.end_phase("The standby is back")
    return recovery_s


def lose_primary(load: Load, cluster: Cluster) -> float:
    """Kill the primary and promote the standby. Return the seconds from then until sessions were stored again."""
    cluster.primary.kill()
    time.sleep(PHASE_S)
    assert [read_degraded(server) for server in cluster.servers] == [(503, {"storing_sessions"})] * 2
    load.end_phase("Primary killed (SIGKILL): only the standby is there")
    promoted_at = time.monotonic()
    assert cluster.standby.query("SELECT pg_promote()")
    recovery_s = load.wait_until_recovered(promoted_at)
    load.end_phase("The standby is promoted")
    return recovery_s


def replace_standby(load: Load, cluster: Cluster) -> None:
    """Make the server that was killed the standby of the other one."""
    shutil.rmtree(cluster.primary.folder / "data")
    cluster.primary.start_standby_of(cluster.standby)
    require_standby(cluster.standby)
    deadline = time.monotonic() + MAX_RECOVERY_S
    while any(read_degraded(server) != (200, set()) for server in cluster.servers):
        assert time.monotonic() < deadline, "the new standby is not read from"
        time.sleep(0.1)
    load.end_phase("The killed server is made the standby of the other one")


def test_reads_never_fail_and_nothing_acknowledged_is_lost(cluster: Cluster) -> None:
    with Load(cluster.servers) as load:
        time.sleep(PHASE_S)
        load.end_phase("Primary and synchronous standby")
        standby_recovery_s = lose_standby(load, cluster)
        primary_recovery_s = lose_primary(load, cluster)
        time.sleep(PHASE_S)
        assert [read_degraded(server) for server in cluster.servers] == [(200, {"read_replica"})] * 2
        load.end_phase("On the promoted server, without a standby")
        replace_standby(load, cluster)
    always, lost = load.between(load.begun_at, time.monotonic()), count_lost(load.acknowledged, cluster)
    failed = {kind: sum(answer.status != 200 for answer in always[kind]) for kind in READS}
    unbuilt = [answer for kind in BUILDS for answer in always[kind] if answer.status not in (200, 201)]
    print(
        f"\nreads that failed: {sum(failed.values())} of {sum(len(always[kind]) for kind in READS)}\n"
        f"builds that failed: {len(unbuilt)} of {sum(len(always[kind]) for kind in BUILDS)}\n"
        f"sessions acknowledged: {len(load.acknowledged)}, lost: {lost}\n"
        f"sessions stored again: {standby_recovery_s:.2f} s after the return of the standby, "
        f"{primary_recovery_s:.2f} s after its promotion"
    )
    assert failed == dict.fromkeys(READS, 0)
    assert unbuilt == []
    assert lost == 0
    assert max(standby_recovery_s, primary_recovery_s) < MAX_RECOVERY_S
