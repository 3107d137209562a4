"""The server and the seeding process are killed at any moment: nothing acknowledged is lost, and no half catalogue.

`make faults` runs this. KILL_ROUNDS is how often each is killed.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.kit.settings import PROJECT_ROOT
from tests.conftest import copy_database
from tests.postgres import Postgres
from tests.server_process import ServerProcess, server_environment

pytestmark = pytest.mark.faults
ROUNDS = int(os.environ.get("KILL_ROUNDS", "10"))
CLIENTS = 3
MIN_LIFE_S, MAX_LIFE_S = 0.1, 1.0
MAX_FIRST_ANSWER_S = 30
"""Seconds in which a busy machine answers its first build."""
ROUNDS_PER_EARLY_KILL = 5
"""Every so many rounds the server is killed before anybody knows that it has stored a session."""
MIN_SEED_LIFE_S, MAX_SEED_LIFE_S = 0.5, 9.0
ROUNDS_PER_WORKERS = 4
"""Every so many rounds the server builds in worker processes: they take as long to start as all the rest."""
NAME = re.compile(r"^(name: .*?)( again)*$", re.MULTILINE)


@contextlib.contextmanager
def start_server(folder: Path, number: int, **settings: object) -> Iterator[ServerProcess]:
    """Run a server that is killed at the end of the block."""
    log = folder / f"server-{number}.log"
    command = [sys.executable, "-m", "app", "serve"]
    with log.open("w") as stream:
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=server_environment(folder, **settings), stderr=stream)
    try:
        yield ServerProcess(process, log)
    finally:
        process.kill()
        process.wait()


def build_until_killed(server: ServerProcess, seeds: Iterator[int], acknowledged: set[str]) -> None:
    """Build sessions until the server is gone; note the id of each that was answered as stored."""
    with contextlib.suppress(httpx.HTTPError), server.open_client() as client:
        while True:
            body = {"duration_s": 180, "goals": [{"goal": "rotation"}], "seed": next(seeds)}
            answer = client.post("/v1/sessions", json=body)
            assert answer.status_code in (201, 503), answer.text
            if answer.status_code == 201:
                acknowledged.add(answer.json()["id"])


def wait_for_first(acknowledged: set[str]) -> None:
    """Return when a session is acknowledged, so that there is something to lose."""
    deadline = time.monotonic() + MAX_FIRST_ANSWER_S
    while not acknowledged and time.monotonic() < deadline:
        time.sleep(0.01)


def count_lost(server: ServerProcess, acknowledged: set[str]) -> int:
    with server.open_client() as client:
        return sum(client.get(f"/v1/sessions/{session_id}").status_code != 200 for session_id in acknowledged)


def copy_seed(folder: Path) -> Path:
    """Return a copy of the seed files in which every exercise has another name."""
    seed = shutil.copytree(PROJECT_ROOT / "seed", folder / "seed")
    for path in (seed / "exercises").glob("*.yaml"):
        path.write_text(NAME.sub(r"\1 again", path.read_text()))
    return seed


def count_renamed(server: ServerProcess) -> tuple[int, int]:
    """Return how many exercises have their new name, and how many there are."""
    with server.open_client() as client:
        names = [item["name"] for item in client.get("/v1/exercises?limit=100").json()["items"]]
    return sum(name.endswith(" again") for name in names), len(names)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, seeded_database: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a database: a copy of the seeded file, or an empty one that the first server fills."""
    if request.param == "sqlite":
        copy_database(seeded_database, tmp_path)
        yield ""
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create_database()
    yield server.database_url(name)
    server.recycle_database(name)


def list_workers(folder: Path) -> set[int]:
    """Return the processes of the fork server and the workers of a server with this data folder."""
    listed = subprocess.run(["pgrep", "-f", "multiprocessing.forkserver"], capture_output=True, text=True, check=False)
    return {process_id for process_id in map(int, listed.stdout.split()) if has_data_folder(process_id, folder)}


def has_data_folder(process_id: int, folder: Path) -> bool:
    try:
        variables = Path(f"/proc/{process_id}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):  # it has ended
        return False
    return f"THORACIC_DATA_DIR={folder}".encode() in variables


def test_no_acknowledged_session_is_lost_when_the_server_is_killed(address: str, tmp_path: Path) -> None:
    rng, seeds, counted, lost, restarts = random.Random(5), iter(range(10**9)), 0, 0, []
    acknowledged = set[str]()
    for number in range(ROUNDS + 1):
        begun_at = time.monotonic()
        workers = 0 if number % ROUNDS_PER_WORKERS else 2
        settings = {"database_url": address, "seed": "if-empty", "build_workers": workers}
        with start_server(tmp_path, number, **settings) as server:
            restarts.append(time.monotonic() - begun_at)
            counted, lost = counted + len(acknowledged), lost + count_lost(server, acknowledged)
            print(f"\r{number} of {ROUNDS} rounds, {counted} sessions acknowledged, {lost} lost", end="", flush=True)
            acknowledged = set()
            threads = [
                threading.Thread(target=build_until_killed, args=(server, seeds, acknowledged)) for _ in range(CLIENTS)
            ]
            for thread in threads:
                thread.start()
            if number % ROUNDS_PER_EARLY_KILL:
                wait_for_first(acknowledged)
            time.sleep(rng.uniform(MIN_LIFE_S, MAX_LIFE_S))
        for thread in threads:
            thread.join()
    restarts.sort()
    kind = address.partition("+")[0] or "sqlite"
    assert counted >= ROUNDS // 2, "too few sessions were acknowledged to show anything"
    print(f" ({kind}; start p50 {restarts[len(restarts) // 2]:.1f} s, slowest {restarts[-1]:.1f} s)")
    assert lost == 0


def test_the_catalogue_is_old_or_new_when_seeding_is_killed(address: str, tmp_path: Path) -> None:
    rng, seed = random.Random(7), copy_seed(tmp_path)
    environment = server_environment(tmp_path, database_url=address)
    with start_server(tmp_path, 0, database_url=address, seed="if-empty") as server:
        assert count_renamed(server)[0] == 0
        completed = 0
        for number in range(ROUNDS):
            folder = seed if number % 2 == 0 else PROJECT_ROOT / "seed"
            command = [sys.executable, "-m", "app", "seed", "--folder", str(folder)]
            process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=subprocess.DEVNULL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(rng.uniform(MIN_SEED_LIFE_S, MAX_SEED_LIFE_S))
                completed += 1
            process.send_signal(signal.SIGKILL)
            process.wait()
            time.sleep(0.4)
            renamed, total = count_renamed(server)
            assert renamed in (0, total), f"{renamed} of {total} names are new"
    kind = address.partition("+")[0] or "sqlite"
    print(f"\n{kind}: seeding killed {ROUNDS - completed} of {ROUNDS} times, no half catalogue")


def test_workers_end_with_a_server_that_is_killed(seeded_database: Path, tmp_path: Path) -> None:
    with start_server(copy_database(seeded_database, tmp_path), 0, build_workers=2) as server:
        with server.open_client() as client:
            client.post("/v1/sessions", json={"duration_s": 180, "goals": [{"goal": "rotation"}]})
        assert list_workers(tmp_path)
    deadline = time.monotonic() + 10
    while list_workers(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not list_workers(tmp_path)
