"""A real server in its own process, started by `python -m app serve` on a free port, and connections to it."""

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

import httpx

from app.kit.settings import PROJECT_ROOT

TIMEOUT_S = 60
READ_TIMEOUT_S = 30
READY_MESSAGE = "ready: open "


class ServerProcess:
    """A running server: its process, its port, its log."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process, self.log = process, log
        self.port = self._wait_for_port()

    def _wait_for_port(self) -> int:
        """Return the port that the server logs. Raises `RuntimeError` when it does not start in time."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            for record in self.read_log():
                if record["message"].startswith(READY_MESSAGE):
                    return int(record["port"])
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start: {self.log.read_text()}")

    def read_log(self) -> list[dict[str, Any]]:
        """Return the complete records of the log."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]

    def open_client(self) -> httpx.Client:
        """Return a client that keeps its connections between requests."""
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=TIMEOUT_S)

    def open_socket(self) -> socket.socket:
        """Return a connection for bytes that no well-behaved client sends."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=READ_TIMEOUT_S)

    def exchange_bytes(self, *pieces: bytes, pause_s: float = 0) -> bytes:
        """Send the pieces on one connection, each followed by a pause. Return all that comes until it closes."""
        with self.open_socket() as connection:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause_s)
            return receive_all(connection)

    def resident_memory_mb(self) -> float:
        """Return the resident memory of the process in megabytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def receive_all(connection: socket.socket) -> bytes:
    """Return what comes on a connection until the other side closes it."""
    received = bytearray()
    while piece := connection.recv(65536):
        received += piece
    return bytes(received)


def server_environment(folder: Path, **settings: object) -> dict[str, str]:
    """Return the environment of a server with these settings and none of the calling process."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THORACIC_")}
    # Worker processes take time to start, and hardly any test needs them.
    chosen = {"data_dir": folder, "port": 0, "seed": "never", "build_workers": 0} | settings
    return inherited | {f"THORACIC_{name.upper()}": str(value) for name, value in chosen.items()}


@contextlib.contextmanager
def run_server(folder: Path, **settings: object) -> Iterator[ServerProcess]:
    """Run a server for the block, with settings by name. Fails when it does not stop cleanly afterwards."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "app", "serve"]
    with log.open("w") as stream:
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=server_environment(folder, **settings), stderr=stream)
    try:
        server = ServerProcess(process, log)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    processes = int(str(settings.get("workers", 1)))
    last_messages = [record["message"] for record in server.read_log()[-4 * processes :]]
    assert last_messages.count("Application shutdown complete.") == processes
