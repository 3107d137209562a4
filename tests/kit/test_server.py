"""How the service ends: a drain, requests that run are answered, and a stop before it serves."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE

from app.kit.server import OTHER_OPEN_FILES, allow_open_files, bound_sockets
from app.kit.server import run_server as run_in_process
from app.kit.settings import PROJECT_ROOT, Settings
from app.kit.start_faults import StartFault
from app.main import create_app
from tests.server_process import run_server, server_environment

pytestmark = pytest.mark.processes

SESSION = {"duration_s": 3600, "goals": [{"goal": "rotation"}, {"goal": "strength"}]}


def test_a_stop_drains_and_answers_what_runs(seeded_database: Path, tmp_path: Path) -> None:
    shutil.copy(seeded_database, tmp_path / "thoracic.db")
    statuses: list[int] = []
    with run_server(tmp_path, drain_s=2) as server, contextlib.ExitStack() as stack:
        client, *clients = [stack.enter_context(server.open_client()) for _ in range(5)]
        assert [each.get("/healthz").status_code for each in clients] == [200] * 4  # connected before the drain begins
        assert client.get("/readyz").status_code == 200

        def build(client: httpx.Client) -> None:
            statuses.append(client.post("/v1/sessions", json=SESSION).status_code)

        builders = [threading.Thread(target=build, args=(each,)) for each in clients]
        server.process.send_signal(signal.SIGTERM)
        while (answer := client.get("/readyz")).status_code == 200:
            time.sleep(0.01)
        for builder in builders:
            builder.start()
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


@pytest.mark.parametrize("part", ["start", "end"])
def test_an_application_that_cannot_start_or_end_has_an_exit_code_of_its_own(
    part: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.kit.server._end_process", lambda: None)  # it would end this process, later

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if part == "start":
            raise KeyError(part)
        os.kill(os.getpid(), signal.SIGINT)  # taken by the server: it stops
        yield
        raise KeyError(part)

    settings = Settings(port=0)
    with bound_sockets(settings) as sockets:
        assert run_in_process(Starlette(lifespan=lifespan), settings, sockets) == STARTUP_FAILURE
    assert f"the application failed: KeyError: '{part}'" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_database_that_leaves_before_the_catalogue_is_loaded_is_one_line(tmp_path: Path) -> None:
    settings = Settings(port=0, data_dir=tmp_path, secret="a secret of the tests")
    with bound_sockets(settings) as sockets, pytest.raises(StartFault, match="gone: start again") as raised:
        run_in_process(create_app(settings), settings, sockets)
    assert raised.value.exit_code == os.EX_UNAVAILABLE


def test_more_connections_than_the_system_allows_are_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"now": (256, 700)}
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits["now"])
    monkeypatch.setattr(resource, "setrlimit", lambda _, new: limits.update(now=new))
    allow_open_files(Settings(max_connections=400))
    assert limits["now"] == (400 + OTHER_OPEN_FILES, 700)
    with pytest.raises(StartFault, match="only 700 are allowed: lower the setting, or raise") as raised:
        allow_open_files(Settings(max_connections=5000))
    assert raised.value.exit_code == os.EX_CONFIG
