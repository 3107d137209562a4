"""Cached reads beside clients that ask for the dearest builds: how long each waits, who is refused, how much memory.

The clients run in processes of their own. On a machine with few cores they take part of what they measure, so the reads
are measured without builds in the same run, too; and the client that reads is preferred by the system where that is
allowed, so that the times are those of the service and not its own.
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured_value import MeasuredValue
from benchmarks.running_service import RunningService, percentile, run_service

AREA = "overload"
QUICK_S, FULL_S = 8, 30
READ_PATH = "/v1/exercises"
READS_PER_S = 100
READER_NICENESS = -10
UNLOADED_S, RECOVERY_S = 5, 4
WINDOW_READS = 50
CLIENT_COUNTS = (10, 40)
MAX_REFUSAL_MS = 50
MAX_READ_FACTOR, MIN_READ_LIMIT_MS = 3, 15
DEAREST_REQUEST = {
    "duration_s": 3600,
    "goals": [
        {"goal": "overhead", "weight": 8},
        {"goal": "rotation", "weight": 8},
        {"goal": "breathing", "weight": 9},
        {"goal": "lateral_flexion", "weight": 10},
    ],
    "available_equipment": [
        "massage_ball", "foam_roller", "step", "desk", "dumbbell", "resistance_band", "wall", "chair",
    ],
    "level": 3,
    "purpose": "pre_training",
}  # fmt: skip
"""The request that takes longest of those that a search for dear ones has found."""
ALTERNATIVES = {"count": 5}
ALTERNATIVES_PATH = "/v1/sessions/routine-desk-break-5-min-chair/alternatives"


class TimedAnswer(NamedTuple):
    """When an answer was there, how long it took, and what it was."""

    at: float
    ms: float
    status: int


class Phase(NamedTuple):
    """What reads and builds got while a number of clients asked for builds."""

    clients: int
    obeys_retry_after: bool
    reads: Sequence[TimedAnswer]
    builds: Sequence[TimedAnswer]
    max_memory_mb: float
    recovered_after_s: float


@contextlib.contextmanager
def preferred_process() -> Iterator[None]:
    """Let the system prefer this process for the block, where that is allowed: to the superuser alone."""
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, READER_NICENESS)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


def measure_reads(port: int, seconds: float) -> list[TimedAnswer]:
    """Read at a steady pace on one connection, and return how long each answer took."""
    request = f"GET {READ_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    answers, started_at = list[TimedAnswer](), time.perf_counter()
    with preferred_process(), socket.create_connection(("127.0.0.1", port)) as connection:
        for number in range(int(seconds * READS_PER_S)):
            time.sleep(max(0.0, started_at + number / READS_PER_S - time.perf_counter()))
            sent_at = time.perf_counter()
            connection.sendall(request)
            status = _read_answer(connection)
            now = time.perf_counter()
            answers.append(TimedAnswer(time.time(), (now - sent_at) * 1000, status))
    return answers


def _read_answer(connection: socket.socket) -> int:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += connection.recv(65536)
    return int(head.split(b" ", 2)[1])


async def _ask_for_builds(port: int, client: int, until: float, obeys_retry_after: bool) -> list[TimedAnswer]:
    """Ask for one dear build after the other; every fifth client asks for alternatives."""
    answers, seed = list[TimedAnswer](), client * 1_000_000
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    path, body = (ALTERNATIVES_PATH, ALTERNATIVES) if client % 5 == 4 else ("/v1/sessions", DEAREST_REQUEST)
    while time.time() < until:
        seed += 1
        content = json.dumps(body if body is ALTERNATIVES else {**body, "seed": seed}).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(content)}"
        sent_at = time.perf_counter()
        writer.write(head.encode() + b"\r\n\r\n" + content)
        status, retry_after_s = await _read_build(reader)
        answers.append(TimedAnswer(time.time(), (time.perf_counter() - sent_at) * 1000, status))
        if retry_after_s and obeys_retry_after:
            await asyncio.sleep(min(retry_after_s, max(0.0, until - time.time())))
    writer.close()
    return answers


async def _read_build(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
    retry_after = head.partition(b"retry-after:")[2].split(b"\r\n", 1)[0]
    return int(head.split(b" ", 2)[1]), int(retry_after or 0)


def ask_for_builds(port: int, clients: int, seconds: float, obeys_retry_after: bool) -> list[TimedAnswer]:
    """Ask for builds with so many clients at once, and return every answer."""

    async def run() -> list[TimedAnswer]:
        until = time.time() + seconds
        asked = [_ask_for_builds(port, client, until, obeys_retry_after) for client in range(clients)]
        return [answer for answers in await asyncio.gather(*asked) for answer in answers]

    return asyncio.run(run())


def run_phase(service: RunningService, clients: int, seconds: float, obeys_retry_after: bool, limit_ms: float) -> Phase:
    """Read while clients ask for builds, and some seconds more."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(measure_reads, [(service.port, 0.1)] * 2)  # the processes have started now
        started_at = time.time()
        builds = pool.apply_async(ask_for_builds, (service.port, clients, seconds, obeys_retry_after))
        reads = pool.apply_async(measure_reads, (service.port, seconds + RECOVERY_S))
        memory_mb = [0.0]
        while not reads.ready():
            memory_mb.append(service.memory_mb())
            time.sleep(0.5)
        answered, built = reads.get(), builds.get()
    ended_at = started_at + seconds
    loaded = [answer for answer in answered if answer.at < ended_at]
    later = [answer for answer in answered if answer.at >= ended_at]
    return Phase(clients, obeys_retry_after, loaded, built, max(memory_mb), _recovery_s(later, ended_at, limit_ms))


def _recovery_s(later: Sequence[TimedAnswer], ended_at: float, limit_ms: float) -> float:
    """Seconds after the end of the load until reads are as quick as they may be under it: nine of ten in a window."""
    recovered_after_s = 0.0
    for start in range(0, len(later), WINDOW_READS):
        window = later[start : start + WINDOW_READS]
        if percentile([answer.ms for answer in window], 0.9) > limit_ms:
            recovered_after_s = window[-1].at - ended_at
    return recovered_after_s


def limit_read_ms(unloaded_p99_ms: float) -> float:
    """Return the milliseconds that 99 of 100 reads may take beside builds."""
    return max(MIN_READ_LIMIT_MS, MAX_READ_FACTOR * unloaded_p99_ms)


def report(phase: Phase, unloaded_p99_ms: float) -> list[str]:
    """Print one line on a phase. Return the bounds that it breaks."""
    reads = [answer.ms for answer in phase.reads]
    good = [answer.ms for answer in phase.builds if answer.status == 201]
    refused = [answer.ms for answer in phase.builds if answer.status == 503]
    statuses = Counter(answer.status for answer in [*phase.builds, *phase.reads])
    limit_ms = limit_read_ms(unloaded_p99_ms)
    print(
        f"{phase.clients:>7} {'later' if phase.obeys_retry_after else 'at once':>8} "
        f"{percentile(reads, 0.5):8.1f} {percentile(reads, 0.99):7.1f} {max(reads):7.1f} "
        f"{len(good) / (len(phase.reads) / READS_PER_S):8.1f} {percentile(good, 0.5) / 1000:7.2f} "
        f"{len(refused):8} {percentile(refused, 0.5):7.1f} {percentile(refused, 0.99):7.1f} "
        f"{phase.max_memory_mb:7.0f} {phase.recovered_after_s:6.1f}  {dict(sorted(statuses.items()))}"
    )
    broken = []
    if percentile(reads, 0.99) > limit_ms:
        broken.append(f"{phase.clients} clients: reads take {percentile(reads, 0.99):.1f} ms, more than {limit_ms:.1f}")
    if percentile(refused, 0.99) > MAX_REFUSAL_MS:
        broken.append(f"{phase.clients} clients: a refusal takes {percentile(refused, 0.99):.1f} ms")
    if set(statuses) - {200, 201, 503}:
        broken.append(f"{phase.clients} clients: unexpected statuses {dict(statuses)}")
    if phase.recovered_after_s > 2:
        broken.append(f"{phase.clients} clients: slow for {phase.recovered_after_s:.1f} s after the load")
    return broken


def measure(full: bool) -> list[MeasuredValue]:
    """Return the 99th percentile of cached reads without builds and beside those of ten clients, and of refusals."""
    seconds = FULL_S if full else QUICK_S
    with tempfile.TemporaryDirectory() as folder, run_service(Path(folder), build_workers=2) as service:
        unloaded_ms = percentile([answer.ms for answer in measure_reads(service.port, UNLOADED_S)], 0.99)
        limit_ms = limit_read_ms(unloaded_ms)
        phases = [run_phase(service, clients, seconds, False, limit_ms) for clients in CLIENT_COUNTS]
    measurements = [MeasuredValue(AREA, "cached read, no builds, p99", unloaded_ms, "ms")]
    for phase in phases:
        reads = [answer.ms for answer in phase.reads]
        refusals = [answer.ms for answer in phase.builds if answer.status == 503]
        counts = Counter(answer.status for answer in phase.builds)
        details = {f"status {status}": float(count) for status, count in sorted(counts.items())}
        name = f"{phase.clients} clients that build"
        measurements += [
            MeasuredValue(AREA, f"cached read, {name}, p99", percentile(reads, 0.99), "ms", limit_ms, details),
            MeasuredValue(AREA, f"refusal, {name}, p99", percentile(refusals, 0.99), "ms", MAX_REFUSAL_MS),
            MeasuredValue(AREA, f"memory, {name}", phase.max_memory_mb, "MB"),
        ]
    return measurements


def main(arguments: Sequence[str] = ()) -> None:
    """Run all phases. Exit with status 1 when a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="of each phase (default: 30)")
    parser.add_argument("--workers", type=int, default=2, help="THORACIC_BUILD_WORKERS (default: 2)")
    chosen = parser.parse_args(list(arguments))
    with tempfile.TemporaryDirectory() as folder, run_service(Path(folder), build_workers=chosen.workers) as service:
        unloaded = [answer.ms for answer in measure_reads(service.port, UNLOADED_S)]
        unloaded_p99_ms = percentile(unloaded, 0.99)
        print(f"reads without builds: p50 {percentile(unloaded, 0.5):.1f} ms, p99 {unloaded_p99_ms:.1f} ms")
        print(
            "clients    retry read p50     p99     max builds/s  p50 s  refused  p50 ms    p99  memory recov.  statuses"
        )
        broken, limit_ms = list[str](), limit_read_ms(unloaded_p99_ms)
        for clients in CLIENT_COUNTS:
            for obeys_retry_after in (True, False):
                phase = run_phase(service, clients, chosen.seconds, obeys_retry_after, limit_ms)
                broken += report(phase, unloaded_p99_ms)
    print("\n".join(broken) or "all bounds hold")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main(sys.argv[1:])
