"""Server CPU a request beside a bare ASGI application that returns as many bytes: ratios of one interleaved run."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from itertools import count, islice, permutations
from pathlib import Path
from typing import NamedTuple

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT

GOALS = ("rotation", "extension", "flexion", "strength", "posture", "overhead", "breathing", "recovery")
ROUNDS = 5


class Asked(NamedTuple):
    """A path, how often it is asked in a round, and whether each time must be new to the cache."""

    path: str
    times: int
    fresh: bool = False
    held: bool = False

    def nth(self, n: int) -> str:
        """Other orders of the same goals: the same answer, never seen before by the cache."""
        if not self.fresh:
            return self.path
        order = next(islice(permutations(GOALS), n, None))
        return self.path + "".join(f"&goal={goal}" for goal in order)


ASKED = {
    "list of 20, cached": Asked("/v1/exercises", 2000),
    "one exercise, cached": Asked("/v1/exercises/open-book", 2000),
    "one exercise, 304": Asked("/v1/exercises/open-book", 2000, held=True),
    "list of 20, filtered, not cached": Asked("/v1/exercises?level_max=3", 300, fresh=True),
    "search, not cached": Asked("/v1/exercises?q=stif+uper+bak", 300, fresh=True),
    "session by id": Asked("/v1/sessions/example", 500),
}
BARE = """
import sys
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    body = b"x" * int(scope["query_string"] or b"0")
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": body})
"""


class Served(NamedTuple):
    """A server process and its port."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu_us(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load_seed(Database(f"sqlite:///{folder}/thoracic.db"), PROJECT_ROOT / "seed", lambda _: None)
        (folder / "bare.py").write_text(BARE)
        ours = _start(["-m", "app", "serve"], 8431, {"THORACIC_DATA_DIR": name, "THORACIC_PORT": "8431"})
        bare = _start(["-m", "uvicorn", "bare:app", "--port", "8432", "--app-dir", name, "--no-access-log"], 8432, {})
        try:
            print(f"{'what':<34}{'bytes':>9}{'CPU us':>9}{'bare us':>9}{'ratio':>8}")
            for what, asked in ASKED.items():
                asyncio.run(_measure(what, asked, ours, bare))
        finally:
            for served in (ours, bare):
                served.process.terminate()
                served.process.wait()


def _start(words: list[str], port: int, more: dict[str, str]) -> Served:
    process = subprocess.Popen(
        [sys.executable, *words], cwd=PROJECT_ROOT, env=os.environ | more, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            asyncio.run(_once(port, "/healthz"))
            return Served(process, port)
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise SystemExit(f"no server at {port}")


async def _once(port: int, path: str) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    size, etag = await _ask(reader, writer, path, "")
    writer.close()
    return size, etag


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, etag: str) -> tuple[int, str]:
    held = f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{held}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    size = int(headers.get("content-length", "0"))
    if not head.startswith("HTTP/1.1 304"):
        await reader.readexactly(size)
    return size, headers.get("etag", "")


async def _load(served: Served, paths: list[str], etag: str) -> float:
    """CPU microseconds a request over one kept connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    before = served.cpu_us()
    for path in paths:
        await _ask(reader, writer, path, etag)
    after = served.cpu_us()
    writer.close()
    return (after - before) / len(paths)


async def _measure(what: str, asked: Asked, ours: Served, bare: Served) -> None:
    new = count()
    size, etag = await _once(ours.port, asked.nth(next(new)))
    etag = etag if asked.held else ""
    size = 0 if asked.held else size
    own, least = [], []
    for _ in range(ROUNDS):
        own.append(await _load(ours, [asked.nth(next(new)) for _ in range(asked.times)], etag))
        least.append(await _load(bare, [f"/?{size}"] * max(asked.times, 1500), ""))
    middle, bottom = sorted(own)[ROUNDS // 2], sorted(least)[ROUNDS // 2]
    print(f"{what:<34}{size:>9}{middle:>9.0f}{bottom:>9.0f}{middle / max(bottom, 1):>8.2f}")


if __name__ == "__main__":
    main()
