"""Server CPU a request beside a bare ASGI application that returns as many bytes: ratios of one interleaved run."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT

GOALS = ("rotation", "extension", "flexion", "strength", "posture", "overhead", "breathing", "recovery")
ROUNDS = 5
MIN_BARE_REQUESTS = 1500
"""Requests of a round to the bare application: fewer would be lost in the clock's 10 ms."""
SERVICE_PORT, BARE_PORT = 8431, 8432
START_TIMEOUT_S = 30


class Scenario(NamedTuple):
    """A kind of request, and how often it is sent in a round."""

    path: str
    repeats: int
    is_new: bool = False
    """True where each request is new to the cache."""
    is_revalidated: bool = False
    """True where the client holds the current answer and sends its ETag."""

    def paths(self) -> Iterator[str]:
        """Paths without end. New ones name the same goals in another order: equal answers, unknown to the cache."""
        if not self.is_new:
            while True:
                yield self.path
        for order in permutations(GOALS):
            yield self.path + "".join(f"&goal={goal}" for goal in order)


SCENARIOS = {
    "list of 20, cached": Scenario("/v1/exercises", 2000),
    "one exercise, cached": Scenario("/v1/exercises/open-book", 2000),
    "one exercise, 304": Scenario("/v1/exercises/open-book", 2000, is_revalidated=True),
    "list of 20, filtered, not cached": Scenario("/v1/exercises?level_max=3", 300, is_new=True),
    "search, not cached": Scenario("/v1/exercises?q=stif+uper+bak", 300, is_new=True),
    "session by id": Scenario("/v1/sessions/example", 500),
}
BARE_APPLICATION = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    body = b"x" * int(scope["query_string"] or b"0")
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": body})
"""


class Server(NamedTuple):
    """A server process and its port."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu_us(self) -> float:
        """Microseconds of CPU that the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")


class Answer(NamedTuple):
    """What is read of an answer."""

    body_bytes: int
    etag: str


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as data_dir:
        load_seed(Database(f"sqlite:///{data_dir}/thoracic.db"), PROJECT_ROOT / "seed", lambda _: None)
        (Path(data_dir) / "bare.py").write_text(BARE_APPLICATION)
        settings = {"THORACIC_DATA_DIR": data_dir, "THORACIC_PORT": str(SERVICE_PORT)}
        service = _start(["-m", "app", "serve"], SERVICE_PORT, settings)
        bare_command = ["-m", "uvicorn", "bare:app", "--port", str(BARE_PORT), "--app-dir", data_dir, "--no-access-log"]
        bare = _start(bare_command, BARE_PORT, {})
        try:
            print(f"{'request':<34}{'bytes':>9}{'CPU us':>9}{'bare us':>9}{'ratio':>8}")
            for name, scenario in SCENARIOS.items():
                print(asyncio.run(_measure(name, scenario, service, bare)), flush=True)
        finally:
            for server in (service, bare):
                server.process.terminate()
                server.process.wait()


def _start(command: list[str], port: int, environment: dict[str, str]) -> Server:
    process = subprocess.Popen(
        [sys.executable, *command], cwd=PROJECT_ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            asyncio.run(_get_once(port, "/healthz"))
        except OSError:
            time.sleep(0.1)
        else:
            return Server(process, port)
    process.kill()
    raise SystemExit(f"no server at {port}")


async def _get_once(port: int, path: str) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = await _get(reader, writer, path, "")
    writer.close()
    return answer


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, etag: str) -> Answer:
    condition = f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{condition}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    body_bytes = int(headers.get("content-length", "0"))
    if not head.startswith("HTTP/1.1 304"):
        await reader.readexactly(body_bytes)
    return Answer(body_bytes, headers.get("etag", ""))


async def _cpu_us_per_request(server: Server, paths: list[str], etag: str) -> float:
    """Microseconds of the server's CPU a request, over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    start_us = server.cpu_us()
    for path in paths:
        await _get(reader, writer, path, etag)
    end_us = server.cpu_us()
    writer.close()
    return (end_us - start_us) / len(paths)


async def _measure(name: str, scenario: Scenario, service: Server, bare: Server) -> str:
    """A line of the table: medians of the rounds, and their ratio."""
    paths = scenario.paths()
    answer = await _get_once(service.port, next(paths))
    etag, body_bytes = (answer.etag, 0) if scenario.is_revalidated else ("", answer.body_bytes)
    service_us, bare_us = [], []
    for _ in range(ROUNDS):
        service_us.append(await _cpu_us_per_request(service, [next(paths) for _ in range(scenario.repeats)], etag))
        bare_paths = [f"/?{body_bytes}"] * max(scenario.repeats, MIN_BARE_REQUESTS)
        bare_us.append(await _cpu_us_per_request(bare, bare_paths, ""))
    service_median, bare_median = statistics.median(service_us), statistics.median(bare_us)
    ratio = service_median / max(bare_median, 1)
    return f"{name:<34}{body_bytes:>9}{service_median:>9.0f}{bare_median:>9.0f}{ratio:>8.2f}"


if __name__ == "__main__":
    main()
