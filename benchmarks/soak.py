"""Requests of every kind for a long time: whether memory, descriptors and threads of the service stay as they are.

`make soak SECONDS=600` runs this. It ends with status 1 when a status is unexpected, the server holds more memory than
it may, or memory, descriptors or threads have grown after the warm-up. Memory of the server is its resident set; memory
of all processes counts what they share once (proportional set size).
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.http_ratios import seed_database
from benchmarks.mixed_load import MixedLoad
from benchmarks.running_service import RunningService, list_descendants, percentile, run_service

SAMPLE_S = 10.0
MAX_MEMORY_MB = 150
MAX_GROWTH_FACTOR = 1.05
MAX_WARM_UP_S = 600
MAX_NEW_DESCRIPTORS = 5
"""A picture that is rendered or a read of the database opens some for a moment."""
MAX_NEW_THREADS = 2
LEVEL_SAMPLES = 6
"""The level of a value is the median of so many samples: a minute, when they are 10 s apart."""


class Sample(NamedTuple):
    """What the processes of the service hold at one moment."""

    time_s: float
    server_mb: float
    total_mb: float
    workers_mb: str
    """Resident memory of each process below the server, by process id: `812=64.1 813=63.8`."""
    descriptors: int
    threads: int
    processes: int
    requests: int
    unexpected: int


GROWTH_LIMITS: tuple[tuple[str, Callable[[Sample], float], float, float], ...] = (
    ("memory of the server in MB", lambda sample: sample.server_mb, MAX_GROWTH_FACTOR, 0),
    ("memory of all processes in MB", lambda sample: sample.total_mb, MAX_GROWTH_FACTOR, 0),
    ("the number of descriptors", lambda sample: sample.descriptors, 1, MAX_NEW_DESCRIPTORS),
    ("the number of threads", lambda sample: sample.threads, 1, MAX_NEW_THREADS),
)
"""What must stay as it is: by which factor it may grow all the same, and by how many."""


def resident_mb(process_id: int) -> float:
    """Return the resident memory of a process; 0 where it has ended."""
    try:
        pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def take_sample(service: RunningService, load: MixedLoad, time_s: float) -> Sample:
    """Return what the service holds now. Descriptors and threads are those of the server."""
    server, workers = service.process.pid, sorted(list_descendants(service.process.pid))
    return Sample(
        time_s=round(time_s, 1),
        server_mb=round(resident_mb(server), 1),
        total_mb=round(service.memory_mb(), 1),
        workers_mb=" ".join(f"{worker}={resident_mb(worker):.1f}" for worker in workers),
        descriptors=len(os.listdir(f"/proc/{server}/fd")),
        threads=len(os.listdir(f"/proc/{server}/task")),
        processes=1 + len(workers),
        requests=sum(load.counts.values()),
        unexpected=len(load.unexpected),
    )


def find_faults(samples: Sequence[Sample], unexpected_count: int) -> list[str]:
    """Return the bounds that are broken, each as a line."""
    warm_up_s = min(MAX_WARM_UP_S, samples[-1].time_s / 3)
    warm = [sample for sample in samples if sample.time_s >= warm_up_s]
    highest_mb = max(sample.server_mb for sample in samples)
    faults = [f"{unexpected_count} unexpected answers"] if unexpected_count else []
    if highest_mb > MAX_MEMORY_MB:
        faults.append(f"the server holds {highest_mb:.1f} MB, more than {MAX_MEMORY_MB}")
    for name, read, factor, addend in GROWTH_LIMITS:
        before, after = (median(map(read, part)) for part in (warm[:LEVEL_SAMPLES], warm[-LEVEL_SAMPLES:]))
        if after > before * factor + addend:
            faults.append(f"{name} has grown from {before:.1f} to {after:.1f} after the warm-up")
    return faults


def report(load: MixedLoad, samples: Sequence[Sample]) -> None:
    """Print the answers by kind, and what the service held."""
    for kind, seconds in sorted(load.seconds.items()):
        statuses = Counter({status: count for (own, status), count in load.counts.items() if own == kind})
        listed = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
        times = f"p50 {percentile(seconds, 0.5) * 1000:6.1f} ms, p99 {percentile(seconds, 0.99) * 1000:7.1f} ms"
        print(f"{kind:15} {times}  {listed}")
    for name in ("server_mb", "total_mb", "descriptors", "threads", "processes"):
        values = [getattr(sample, name) for sample in samples]
        print(
            f"{name:15} first {values[0]:.1f}, least {min(values):.1f}, most {max(values):.1f}, last {values[-1]:.1f}"
        )


def _run(chosen: argparse.Namespace, folder: Path, samples: list[Sample]) -> tuple[MixedLoad, bool]:
    """Run service and load for the time chosen, and add the samples. Return the load, and whether the service ended."""
    with (
        run_service(folder, port=chosen.port) as service,
        (chosen.csv or folder / "samples.csv").open("w", newline="", buffering=1) as stream,
        MixedLoad(service.port, chosen.rate) as load,
    ):
        table, started_at = csv.writer(stream), time.monotonic()
        table.writerow(Sample._fields)
        while (time_s := time.monotonic() - started_at) <= chosen.seconds and service.process.poll() is None:
            samples.append(take_sample(service, load, time_s))
            table.writerow(samples[-1])
            time.sleep(max(0.0, started_at + len(samples) * SAMPLE_S - time.monotonic()))
        return load, service.process.poll() is not None


def main(arguments: Sequence[str]) -> int:
    """Run the load. Return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="how long (default: 600)")
    parser.add_argument("--rate", type=float, default=20, help="requests each second (default: 20)")
    parser.add_argument("--port", type=int, default=0, help="port of the service (default: a free one)")
    parser.add_argument("--csv", type=Path, help="file for a line every 10 s")
    chosen = parser.parse_args(arguments)
    samples = list[Sample]()
    with tempfile.TemporaryDirectory() as folder:
        seed_database(Path(folder))
        load, has_ended = _run(chosen, Path(folder), samples)
    report(load, samples)
    faults = find_faults(samples, len(load.unexpected)) + (["the service has ended"] if has_ended else [])
    print("\n".join([*load.unexpected[:20], *faults]) or "all bounds hold")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
