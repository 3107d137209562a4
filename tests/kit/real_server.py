"""A server process as `python -m app serve` starts it, and raw connections to it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.kit.settings import PROJECT_ROOT

START_TIMEOUT_S = 60
READ_TIMEOUT_S = 30
RUNNING = "Uvicorn running on http://127.0.0.1:"


class ServerProcess:
    """A running server: its port, its process, its log."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process, self.log = process, log
        self.port = self._wait_for_port()

    def _wait_for_port(self) -> int:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            for line in self.log_lines():
                if line["message"].startswith(RUNNING):
                    return int(line["message"].removeprefix(RUNNING).partition(" ")[0])
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start: {self.log.read_text()}")

    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]

    def rss_mb(self) -> float:
        """Resident memory of the process in megabytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=READ_TIMEOUT_S)

    def exchange(self, *pieces: bytes, pause_s: float = 0) -> bytes:
        """Send the pieces with pauses between them; what the server sent until it closed the connection."""
        with self.connect() as connection:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause_s)
            return read_to_end(connection)


def read_to_end(connection: socket.socket) -> bytes:
    received = bytearray()
    while piece := connection.recv(65536):
        received += piece
    return bytes(received)


@contextlib.contextmanager
def server_process(folder: Path, **settings: object) -> Iterator[ServerProcess]:
    """A server over the database of the folder, with settings by name; stopped with the block if it still runs."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THORACIC_")}
    chosen = {"data_dir": folder, "port": 0, "seed": "never"} | settings
    environment = inherited | {f"THORACIC_{name.upper()}": str(value) for name, value in chosen.items()}
    log = folder / "server.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"], cwd=PROJECT_ROOT, env=environment, stderr=stream
        )
    try:
        yield ServerProcess(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(START_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
