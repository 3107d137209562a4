"""The service beside a bare ASGI application, each under a server of its own: what both are measured with."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from app.kit.settings import PROJECT_ROOT

START_TIMEOUT_S = 120
BARE_APPLICATION = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    body = b"x" * int(scope["query_string"] or b"0")
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": body})
"""
"""Answers with as many bytes as its query says: about the least that Python on uvicorn can do."""


class Answer(NamedTuple):
    """What is read of an answer."""

    status: int
    body_bytes: int
    etag: str


class KeptConnection:
    """One connection that stays open between requests."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), START_TIMEOUT_S)

    def get(self, path: str, headers: str = "") -> Answer:
        """Send one request, and return what its answer says."""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{headers}\r\n".encode())
        received = b""
        while b"\r\n\r\n" not in received:
            piece = self.socket.recv(262144)
            if not piece:
                raise ConnectionError("the server closed the connection")
            received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        values = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        status, length = int(lines[0].split(" ")[1]), int(values.get("content-length", "0"))
        missing = 0 if status == 304 else length - len(body)
        while missing > 0:
            missing -= len(self.socket.recv(262144))
        return Answer(status, length, values.get("etag", ""))


class Server(NamedTuple):
    """A running server: its first process, its port, and the seconds until its first answer."""

    process: "subprocess.Popen[bytes]"
    port: int
    start_wall_s: float
    start_cpu_s: float

    def cpu_s(self) -> float:
        """Return the seconds of CPU that all threads of the process have used, to the nanosecond."""
        return read_cpu_s(self.process.pid)

    def memory_mb(self) -> float:
        """Return the resident memory of the process, in megabytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def read_cpu_s(process_id: int) -> float:
    """Return the seconds of CPU that the threads of a process have used."""
    total_ns = 0
    for path in Path(f"/proc/{process_id}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # a thread that has just ended
            total_ns += int(path.read_text().split()[0])
    return total_ns / 1e9


@contextlib.contextmanager
def place_on_processors(servers: Sequence[Server]) -> Iterator[None]:
    """Run the servers on one processor and this program on another for the block, where there are two."""
    allowed = os.sched_getaffinity(0)
    first, *others = sorted(allowed)
    if not others:
        yield
        return
    for server in servers:
        for path in Path(f"/proc/{server.process.pid}/task").iterdir():
            os.sched_setaffinity(int(path.name), {first})
    os.sched_setaffinity(0, others)
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


@contextlib.contextmanager
def run_bare(folder: Path, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """Run the bare application for the block, as uvicorn's own command does."""
    (folder / "bare.py").write_text(BARE_APPLICATION)
    port = _free_port()
    command = ["-m", "uvicorn", "bare:app", "--port", str(port), "--app-dir", str(folder), "--no-access-log"]
    with _run(command, port, environment) as server:
        yield server


@contextlib.contextmanager
def run_service(folder: Path, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """Run the service for the block over the database of the folder."""
    port = _free_port()
    settings = {"THORACIC_DATA_DIR": str(folder), "THORACIC_PORT": str(port), "THORACIC_DRAIN_S": "0"}
    with _run(["-m", "app", "serve"], port, {**environment, **settings}) as server:
        yield server


@contextlib.contextmanager
def _run(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THORACIC_")}
    started_at = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=PROJECT_ROOT, env={**inherited, **environment}, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for_answer(process, port)
        yield Server(process, port, time.perf_counter() - started_at, read_cpu_s(process.pid))
    finally:
        process.terminate()
        process.wait(START_TIMEOUT_S)


def _wait_for_answer(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            KeptConnection(port).get("/healthz")
            return
        time.sleep(0.005)
    raise RuntimeError(f"no server at port {port}")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
