"""Several processes on one address: fresh, replaced when one dies, stopped together, and with their first process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.changes.serial import lock_serial, set_serial
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT
from tests.conftest import copy_database
from tests.server_process import ServerProcess, server_environment

pytestmark = pytest.mark.processes

MAX_WAIT_S = 60


def start_server(folder: Path) -> ServerProcess:
    command = [sys.executable, "-m", "app", "serve"]
    with (folder / "server.log").open("w") as log:
        environment = server_environment(folder, workers=2)
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=log)
    return ServerProcess(process, folder / "server.log")


def list_children(process_id: int) -> set[int]:
    listed = subprocess.run(["pgrep", "-P", str(process_id)], capture_output=True, text=True, check=False)
    return {int(line) for line in listed.stdout.split()}


def count_ready(server: ServerProcess) -> int:
    return sum(record["message"].startswith("ready: open") for record in server.read_log())


def wait_until(happened: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + MAX_WAIT_S
    while not happened():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)


def advance_serial(folder: Path) -> int:
    """Change the serial as an edit of the catalogue does, and return it."""
    database = Database(f"sqlite:///{folder / 'thoracic.db'}")
    with database.transaction() as session:
        serial = lock_serial(session) + 1
        set_serial(session, serial)
    database.close()
    return serial


def served_serials(server: ServerProcess) -> set[int]:
    """Return the serials that are served on several connections, which different processes take."""
    address = f"http://127.0.0.1:{server.port}/v1/references?limit=1"
    return {int(httpx.get(address).headers["X-Catalogue-Serial"]) for _ in range(6)}


def measured_processes(server: ServerProcess) -> set[int]:
    """Return the processes whose metrics one of them answers with."""
    text = httpx.get(f"http://127.0.0.1:{server.port}/metrics").text
    families = text_string_to_metric_families(text)
    samples = [sample for family in families for sample in family.samples]
    measured = {int(sample.labels["process"]) for sample in samples}
    for name in ("thoracic_http_requests_total", "process_resident_memory_bytes"):
        assert text.count(f"# HELP {name} ") == 1
    assert {int(sample.labels["process"]) for sample in samples if sample.name == "thoracic_stopping"} == measured
    return measured


def exists(process_id: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_process_that_dies_is_replaced_and_all_stop_together(seeded_database: Path, tmp_path: Path) -> None:
    server = start_server(copy_database(seeded_database, tmp_path))
    try:
        wait_until(lambda: count_ready(server) == 2)
        first = list_children(server.process.pid)
        assert len(first) == 2
        os.kill(min(first), signal.SIGKILL)
        wait_until(lambda: not exists(min(first)))
        for _ in range(5):  # each on a connection of its own
            assert httpx.get(f"http://127.0.0.1:{server.port}/v1/routines").status_code == 200
        wait_until(lambda: count_ready(server) == 3)
        assert len(list_children(server.process.pid)) == 2
        assert measured_processes(server) == list_children(server.process.pid)
        serial = advance_serial(tmp_path)
        wait_until(lambda: served_serials(server) == {serial})
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(MAX_WAIT_S) == 0
    finally:
        server.process.kill()
    wait_until(lambda: not any(map(exists, first)))
    messages = [record["message"] for record in server.read_log()]
    assert messages.count("a serving process ended") == 1
    assert messages.count("Application shutdown complete.") == 2
    assert server.log.read_text().count("leaked") == 0


def test_the_processes_end_when_the_first_one_is_killed(seeded_database: Path, tmp_path: Path) -> None:
    server = start_server(copy_database(seeded_database, tmp_path))
    wait_until(lambda: count_ready(server) == 2)
    processes = list_children(server.process.pid)
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not any(map(exists, processes)))
