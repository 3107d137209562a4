"""How the service ends: a drain, requests that run are answered, and a stop before it serves."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from app.kit.server import OTHER_OPEN_FILES, allow_open_files
from app.kit.settings import PROJECT_ROOT, Settings
from app.kit.start_faults import StartFault
from tests.server_process import run_server, server_environment

SESSION = {"duration_s": 3600, "goals": [{"goal": "rotation"}, {"goal": "strength"}]}


def test_a_stop_drains_and_answers_what_runs(seeded_database: Path, tmp_path: Path) -> None:
    shutil.copy(seeded_database, tmp_path / "thoracic.db")
    statuses: list[int] = []
    with run_server(tmp_path, drain_s=1.5) as server, server.open_client() as client:
        assert client.get("/readyz").status_code == 200

        def build() -> None:
            statuses.append(httpx.post(f"http://127.0.0.1:{server.port}/v1/sessions", json=SESSION).status_code)

        builders = [threading.Thread(target=build) for _ in range(4)]
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        for builder in builders:
            builder.start()
        answer = client.get("/readyz")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["detail"] == "The service is being stopped. Ask again in 5 seconds."
        assert client.get("/v1/exercises").status_code == 200
        for builder in builders:
            builder.join()
        assert server.process.wait(15) == 0
    assert statuses == [201] * 4
    assert [record for record in server.read_log() if record["level"] not in ("info", "warning")] == []


@pytest.mark.parametrize("seconds", [0, 0.02, 0.2])
def test_a_stop_before_it_serves_ends_it_at_once_and_takes_back_what_was_begun(tmp_path: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "app", "serve"]
    environment = server_environment(tmp_path, seed="always")
    with subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=subprocess.PIPE) as process:
        wait_for_file(tmp_path / "thoracic.db")
        time.sleep(seconds)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 128 + signal.SIGTERM
    assert errors == b""


def wait_for_file(path: Path) -> None:
    """Wait until the service has made its database: it migrates from then on."""
    end = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_more_connections_than_the_system_allows_are_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"now": (256, 700)}
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits["now"])
    monkeypatch.setattr(resource, "setrlimit", lambda _, new: limits.update(now=new))
    allow_open_files(Settings(max_connections=400))
    assert limits["now"] == (400 + OTHER_OPEN_FILES, 700)
    with pytest.raises(StartFault, match="only 700 are allowed: lower the setting, or raise") as raised:
        allow_open_files(Settings(max_connections=5000))
    assert raised.value.exit_code == os.EX_CONFIG
