"""A real server in its own process, started by `python -m app serve` on a free port."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from app.kit.settings import PROJECT_ROOT

TIMEOUT_S = 60
READY_MESSAGE = "Uvicorn running on "


def server_environment(database_url: str, folder: Path) -> dict[str, str]:
    """Return the environment of a server on this database, without settings of the calling process."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THORACIC_")}
    settings = {"DATABASE_URL": database_url, "DATA_DIR": str(folder), "PORT": "0", "SEED": "never"}
    return inherited | {f"THORACIC_{name}": value for name, value in settings.items()}


def read_log(log: Path) -> list[dict[str, Any]]:
    """Return the complete records of a log of JSON lines."""
    return [json.loads(line) for line in log.read_text().splitlines() if line.endswith("}")]


@contextlib.contextmanager
def run_server(database_url: str, folder: Path) -> Iterator[httpx.Client]:
    """Run a server for the block and yield a client. Fails when the server does not stop cleanly afterwards."""
    log = folder / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"],
            cwd=PROJECT_ROOT,
            env=server_environment(database_url, folder),
            stderr=stream,
        )
    try:
        with httpx.Client(base_url=_wait_for_address(process, log), timeout=TIMEOUT_S) as client:
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert read_log(log)[-2]["message"] == "Application shutdown complete."


def _wait_for_address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Return the address that the server logs. Raises `RuntimeError` when it does not start in time."""
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        for record in read_log(log):
            if record["message"].startswith(READY_MESSAGE):
                return str(record["message"].removeprefix(READY_MESSAGE).partition(" ")[0])
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start: {log.read_text()}")
