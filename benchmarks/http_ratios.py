"""Server CPU of a request beside a bare ASGI application that returns as many bytes: ratios of one interleaved run.

Other programs on the machine make both slower, but not always in the same moment: many short rounds of the service and
of the bare application take turns, and of each the lower quartile counts, the rounds in which the machine was quiet.
Both servers run on one processor and the client on another: a small answer costs half where the scheduler puts server
and client on one, which it does for one server and not for the other.
"""

import statistics
import tempfile
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT
from benchmarks.measured_value import MeasuredValue
from benchmarks.server_pair import KeptConnection, Server, place_on_processors, run_bare, run_service

AREA = "http"
GOALS = ("rotation", "extension", "flexion", "strength", "posture", "overhead", "breathing", "recovery")
ROUNDS, FULL_ROUNDS = 50, 200
WARM_UP_REQUESTS = 50


class Scenario(NamedTuple):
    """A kind of request, how often it is sent in a round, and the goal of its ratio."""

    name: str
    path: str
    goal: float | None
    requests: int = 40
    is_new: bool = False
    """True where each request is new to the cache."""
    headers: str = ""
    is_revalidated: bool = False
    """True where the client holds the current answer and sends its ETag."""

    def paths(self) -> Iterator[str]:
        """Paths without end. New ones name the same goals in another order: equal answers, unknown to the cache."""
        while not self.is_new:
            yield self.path
        for order in permutations(GOALS):
            yield self.path + "".join(f"&goal={goal}" for goal in order)


SCENARIOS = (
    Scenario("list of 20, cached", "/v1/exercises", 1.3),
    Scenario("list of 20, cached, brotli", "/v1/exercises", None, headers="Accept-Encoding: br\r\n"),
    Scenario("one exercise, cached", "/v1/exercises/open-book", 1.25),
    Scenario("one exercise, 304", "/v1/exercises/open-book", 1.25, is_revalidated=True),
    Scenario("figure, cached", "/v1/exercises/open-book/figure.svg", 1.2),
    Scenario("filtered list, not cached", "/v1/exercises?level_max=3", 5, requests=15, is_new=True),
    Scenario("search, not cached", "/v1/exercises?q=stif+uper+bak", 6, requests=15, is_new=True),
    Scenario("session by id", "/v1/sessions/example", None, requests=20),
)


def measure(full: bool) -> list[MeasuredValue]:
    """Return the ratio of each scenario."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed_database(folder)
        with run_service(folder) as service, run_bare(folder) as bare, place_on_processors([service, bare]):
            return [_measure_scenario(one, service, bare, FULL_ROUNDS if full else ROUNDS) for one in SCENARIOS]


def seed_database(folder: Path) -> None:
    """Make a database with the whole catalogue in the folder."""
    database = Database(f"sqlite:///{folder}/thoracic.db")
    load_seed(database, PROJECT_ROOT / "seed", lambda _: None)
    database.close()


def _measure_scenario(scenario: Scenario, service: Server, bare: Server, rounds: int) -> MeasuredValue:
    service_connection, bare_connection = KeptConnection(service.port), KeptConnection(bare.port)
    paths, headers = scenario.paths(), scenario.headers
    answer = service_connection.get(next(paths), headers)
    body_bytes = answer.body_bytes
    if scenario.is_revalidated:
        headers, body_bytes = f"{headers}If-None-Match: {answer.etag}\r\n", 0
    for _ in range(WARM_UP_REQUESTS):
        service_connection.get(next(paths), headers)
        bare_connection.get(f"/?{body_bytes}")
    service_us, bare_us = list[float](), list[float]()
    for _ in range(rounds):
        own_paths = [next(paths) for _ in range(scenario.requests)]
        service_us.append(_cpu_us(service, service_connection, own_paths, headers))
        bare_us.append(_cpu_us(bare, bare_connection, [f"/?{body_bytes}"] * scenario.requests, headers))
    service_quiet_us, bare_quiet_us = (statistics.quantiles(times_us, n=4)[0] for times_us in (service_us, bare_us))
    details = {"us": service_quiet_us, "bare us": bare_quiet_us, "bytes": body_bytes}
    return MeasuredValue(AREA, scenario.name, service_quiet_us / bare_quiet_us, "x bare", scenario.goal, details)


def _cpu_us(server: Server, connection: KeptConnection, paths: list[str], headers: str) -> float:
    """Return the microseconds of the server's CPU a request, over one connection."""
    start_s = server.cpu_s()
    for path in paths:
        connection.get(path, headers)
    return (server.cpu_s() - start_s) * 1e6 / len(paths)
