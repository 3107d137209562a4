"""How long the service takes to its first answer, beside a bare ASGI application, and what memory it rests at."""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.http_ratios import seed_database
from benchmarks.measured_value import MeasuredValue
from benchmarks.server_pair import run_bare, run_service

AREA = "start"
ROUNDS, FULL_ROUNDS = 3, 9
REST_S = 5
"""Seconds after the start in which the indexes are built and the worker processes start."""


def measure(full: bool) -> list[MeasuredValue]:
    """Return the ratios of CPU and of time to the first answer, and the resident memory at rest."""
    rounds = FULL_ROUNDS if full else ROUNDS
    service_starts, bare_starts = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed_database(folder)
        # As in the image, where all bytecode is compiled: the first start of each compiles it, and is not counted.
        environment = {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
        with run_bare(folder, environment), run_service(folder, environment):
            pass
        for number in range(rounds):
            with run_bare(folder, environment) as bare:
                bare_starts.append((bare.start_cpu_s, bare.start_wall_s))
            with run_service(folder, environment) as service:
                service_starts.append((service.start_cpu_s, service.start_wall_s))
                if number == rounds - 1:
                    time.sleep(REST_S)
                    memory_mb = service.memory_mb()
    measurements = [
        _compare("CPU to the first answer", [one[0] for one in service_starts], [one[0] for one in bare_starts], 5),
        _compare("time to the first answer", [one[1] for one in service_starts], [one[1] for one in bare_starts], None),
    ]
    return [*measurements, MeasuredValue(AREA, "resident memory at rest", memory_mb, "MB", 95)]


def _compare(name: str, service_s: list[float], bare_s: list[float], goal: float | None) -> MeasuredValue:
    service, bare = statistics.median(service_s), statistics.median(bare_s)
    return MeasuredValue(AREA, name, service / bare, "x bare", goal, {"s": service, "bare s": bare})
