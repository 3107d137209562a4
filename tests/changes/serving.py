"""A real server in a process of its own, on a port that it chose, as `python -m app serve` starts it."""

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

WAIT_S = 60
RUNNING = "Uvicorn running on "


def environment(address: str, folder: Path) -> dict[str, str]:
    """The settings of a process that uses that database and nothing else of this machine."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("THORACIC_")}
    ours = {"DATABASE_URL": address, "DATA_DIR": str(folder), "PORT": "0", "SEED": "never"}
    return plain | {f"THORACIC_{name}": value for name, value in ours.items()}


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines() if line.endswith("}")]


@contextlib.contextmanager
def serving(address: str, folder: Path) -> Iterator[httpx.Client]:
    """The server, until the block ends; then it must stop cleanly."""
    log = folder / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"], cwd=PROJECT_ROOT, env=environment(address, folder), stderr=stream
        )
    try:
        with httpx.Client(base_url=_base(process, log), timeout=WAIT_S) as client:
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert lines(log)[-2]["message"] == "Application shutdown complete."


def _base(process: "subprocess.Popen[bytes]", log: Path) -> str:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and process.poll() is None:
        for line in lines(log):
            if line["message"].startswith(RUNNING):
                return str(line["message"].removeprefix(RUNNING).partition(" ")[0])
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start: {log.read_text()}")
