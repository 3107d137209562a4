"""Measures what clients that break the rules of HTTP, or its spirit, cost everybody else: `make hostile`.

For each attack: answers and their 99th percentile for another client that reads meanwhile, and the growth of the
resident memory of the server. `python -m benchmarks.hostile_clients idle bodies` runs some of them.
"""

import contextlib
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx

from app.kit.settings import PROJECT_ROOT

DURATION_S = 8
MAX_GROWTH_MB, MAX_P99_MS = 50, 100
CHUNKED = (
    b"POST /v1/screening HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
GET_LISTS = b"GET /v1/exercises?limit=100 HTTP/1.1\r\nHost: x\r\n\r\n"
Send = Callable[[int, float], None]
"""Attacks a port until a time of `time.monotonic()`."""


class AttackCost(NamedTuple):
    """What an attack cost."""

    growth_mb: float
    answers: int
    p50_ms: float
    p99_ms: float

    @property
    def is_bounded(self) -> bool:
        """Whether memory and the other client's time stayed within the goals."""
        return self.growth_mb < MAX_GROWTH_MB and self.p99_ms < MAX_P99_MS


def connect(port: int) -> socket.socket:
    """Return a connection that does not wait longer than two seconds for anything."""
    return socket.create_connection(("127.0.0.1", port), timeout=2)


def send_without_end(opening: bytes, piece: bytes) -> Send:
    """Return an attack of 20 connections that send an opening and then a piece again and again, and connect anew."""

    def attack_once(port: int, end: float) -> None:
        with contextlib.suppress(OSError), connect(port) as connection:
            connection.sendall(opening)
            while time.monotonic() < end:
                connection.sendall(piece)

    def attack(port: int, end: float) -> None:
        def repeat() -> None:
            while time.monotonic() < end:
                attack_once(port, end)

        threads = [threading.Thread(target=repeat) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return attack


def keep_open(count: int, opening: bytes, read_nothing: bool = False) -> Send:
    """Return an attack that opens connections, sends the same on each, and then does nothing until the end."""

    def attack(port: int, end: float) -> None:
        connections = []
        for _ in range(count):
            with contextlib.suppress(OSError):
                connection = connect(port)
                if read_nothing:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connections.append(connection)
                connection.settimeout(0.2)
                connection.sendall(opening)
        time.sleep(max(0, end - time.monotonic()))
        for connection in connections:
            connection.close()

    return attack


ATTACKS: dict[str, Send] = {
    "nobody": lambda _, end: time.sleep(max(0, end - time.monotonic())),
    "headers": send_without_end(b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-A: 1\r\n" * 8_000),
    "one-line": send_without_end(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"a" * 65_536),
    "address": send_without_end(b"GET /", b"a" * 65_536),
    "trailers": send_without_end(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: 1\r\n" * 8_000),
    "extensions": send_without_end(CHUNKED + b"2;", b"a" * 65_536),
    "bodies": send_without_end(CHUNKED, b"10000\r\n" + b" " * 65_536 + b"\r\n"),
    "pipelines": send_without_end(b"", GET_LISTS * 100),
    "idle": keep_open(3000, b""),
    "half-heads": keep_open(3000, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 30_000),
    "half-bodies": keep_open(1500, CHUNKED + b"7d000\r\n" + b" " * 500_000),
    "slow-readers": keep_open(1500, GET_LISTS * 12, read_nothing=True),
}


def measure(port: int, pid: int, attack_name: str) -> AttackCost:
    """Run an attack in a process of its own, and read the catalogue all the while on one connection."""
    wait_until_calm(port)
    before = highest = resident_mb(pid)
    durations_ms = []
    command = [sys.executable, "-m", "benchmarks.hostile_clients", "--attack", attack_name, str(port)]
    with (
        subprocess.Popen(command, cwd=PROJECT_ROOT) as attacker,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        client.get("/healthz")  # connected before the attack: the queue of the system for new connections is not ours
        while attacker.poll() is None:
            began = time.perf_counter()
            with contextlib.suppress(httpx.RemoteProtocolError):  # a kept connection may close at any time: ask again
                assert client.get("/v1/exercises").status_code == 200
                durations_ms.append(1000 * (time.perf_counter() - began))
            highest = max(highest, resident_mb(pid))
            time.sleep(0.01)
    durations_ms.sort()
    count = len(durations_ms)
    return AttackCost(highest - before, count, durations_ms[count // 2], durations_ms[count * 99 // 100])


def wait_until_calm(port: int) -> None:
    """Return when a new connection is answered at once: what an attack left waiting to be accepted is done then."""
    while True:
        began = time.monotonic()
        httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=60)
        if time.monotonic() - began < 0.5:
            return


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Yield the port and the process id of a server with the default limits."""
    folder = tempfile.mkdtemp()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"THORACIC_DATA_DIR": folder, "THORACIC_PORT": str(port), "THORACIC_LOG_LEVEL": "error"}
    process = subprocess.Popen([sys.executable, "-m", "app", "serve"], cwd=PROJECT_ROOT, env={**os.environ, **settings})
    try:
        while True:
            time.sleep(0.2)
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                    break
            if process.poll() is not None:
                raise RuntimeError("the server did not start")
        httpx.get(f"http://127.0.0.1:{port}/v1/exercises?limit=100")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def main(names: list[str]) -> int:
    """Run attacks and print a line for each. Return 1 where one is not bounded."""
    is_bounded = True
    with served() as (port, pid):
        for name in names or ATTACKS:
            outcome = measure(port, pid, name)
            is_bounded = is_bounded and outcome.is_bounded
            print(
                f"{name:14} +{outcome.growth_mb:6.1f} MB, other client: {outcome.answers:5} answers, "
                f"p50 {outcome.p50_ms:6.1f} ms, p99 {outcome.p99_ms:6.1f} ms",
                flush=True,
            )
    return 0 if is_bounded else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--attack"]:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))
        ATTACKS[sys.argv[2]](int(sys.argv[3]), time.monotonic() + DURATION_S)
    else:
        sys.exit(main(sys.argv[1:]))
