"""What building costs and how near it comes to the optimum: `python -m benchmarks.session_builder [requests] [proofs]`.

For each catalogue: CPU of whole builds and, for the first requests, the gap to the optimum that HiGHS proves (or to
its bound, where its time runs out), beside a greedy search. Gaps are in hundredths of `FULL_COVERAGE_POINTS`.
"""

import gc
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.problem.utility import FULL_COVERAGE_POINTS
from app.sessions.solver import search as search_module
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.objective import OrderedSelection
from app.sessions.solver.search import search
from benchmarks.catalogues import index_of, seed_exercises, synthetic_exercises
from benchmarks.compiled_copy import compile_copy, run_module
from benchmarks.greedy_baseline import greedy_search
from benchmarks.integer_programme import prove_optimum
from benchmarks.linear_programme import Proof
from benchmarks.measured_value import MeasuredValue
from benchmarks.session_requests import varied_requests

PROOF_LIMIT_S = 8.0
MAX_PROVED_EXERCISES = 999
"""No proof is tried for a larger catalogue: none would be found in the time."""
WARM_UP_REQUESTS = 20
REQUEST_COUNT, PROOF_COUNT = 200, 120
QUICK_REQUEST_COUNT = 120
MAX_PLAIN_P99_MS = 60
AREA = "builder"
Search = Callable[[IntegerProblem, int], OrderedSelection | None]


class BuildCosts(NamedTuple):
    """What the builds of one catalogue cost and gave."""

    cpu_ms: list[float]
    filled_shares: list[float]
    """Seconds of each session over the seconds requested."""
    refused_count: int


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which `percent` of the values lie; not a number where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else float("nan")


def measure_builds(requests: Sequence[SessionRequest], exercises: tuple[Exercise, ...]) -> BuildCosts:
    """The costs of building a session for every request."""
    costs = BuildCosts([], [], 0)
    refused_count = 0
    for request in requests:
        start_s = time.process_time()
        try:
            plan = build_session(request, index_of(exercises))
            costs.filled_shares.append(plan.duration_s / request.duration_s)
        except InfeasibleRequestError:
            refused_count += 1
        costs.cpu_ms.append(1000 * (time.process_time() - start_s))
    return costs._replace(refused_count=refused_count)


def warm_up(requests: Sequence[SessionRequest], exercises: tuple[Exercise, ...]) -> None:
    """Build the first sessions, and freeze what is loaded by then, as the service does when it has started."""
    measure_builds(requests[:WARM_UP_REQUESTS], exercises)
    gc.collect()
    gc.freeze()


def compare_searches(problems: Sequence[tuple[IntegerProblem, int]]) -> None:
    """Prints what each search costs and its gap to the proved optimum."""
    proofs = [prove_optimum(problem, PROOF_LIMIT_S) for problem, _ in problems]
    for name, run_search in (("builder", search), ("greedy", greedy_search)):
        print(_search_row(name, run_search, problems, proofs), flush=True)


def _search_row(
    name: str, run_search: Search, problems: Sequence[tuple[IntegerProblem, int]], proofs: Sequence[Proof]
) -> str:
    cpu_ms, gaps, proved_gaps, unanswered = [], [], [], 0
    for (problem, seed), proof in zip(problems, proofs, strict=True):
        start_s = time.process_time()
        selection = run_search(problem, seed)
        cpu_ms.append(1000 * (time.process_time() - start_s))
        if proof.bound is None:
            assert selection is None
        elif selection is None:
            unanswered += 1
        else:
            gaps.append(100 * max(0.0, proof.bound - selection.points) / FULL_COVERAGE_POINTS)
            proved_gaps += gaps[-1:] if proof.proved else []
    proved_count = sum(proof.proved for proof in proofs)
    return (
        f"  {name:9s} search {statistics.median(cpu_ms):6.1f} ms median {percentile(cpu_ms, 99):7.1f} p99 | "
        f"gap {_mean(gaps):5.2f} mean {percentile(gaps, 50):5.2f} median {percentile(gaps, 95):5.2f} p95 | "
        f"of the {proved_count} proved {_mean(proved_gaps):.2f} mean {percentile(proved_gaps, 95):.2f} p95 | "
        f"unanswered {unanswered} of {len(proofs)}"
    )


def _mean(values: Sequence[float]) -> float:
    return statistics.mean(values) if values else float("nan")


def compare_interpreted_and_compiled() -> None:
    """Measures the source as it is, then compiled, where there is a C compiler."""
    main(REQUEST_COUNT, PROOF_COUNT)
    if shutil.which("gcc") is None:
        print("no C compiler: the compiled solver is not measured")
        return
    with TemporaryDirectory() as folder:
        compile_copy(Path(folder))
        run_module(Path(folder), "benchmarks.session_builder", str(REQUEST_COUNT), "0")


def measure(full: bool) -> list[MeasuredValue]:
    """Return the CPU of whole builds in plain Python; with `full` of all catalogues, and print the gaps, too."""
    if full:
        compare_interpreted_and_compiled()
    measurements = []
    for name, exercises in list_catalogues() if full else list_catalogues()[:1]:
        requests = varied_requests(REQUEST_COUNT if full else QUICK_REQUEST_COUNT, exercises)
        warm_up(requests, exercises)
        costs = measure_builds(requests, exercises)
        goal_ms = MAX_PLAIN_P99_MS if name == "seed" else None
        filled = {"filled %": 100 * statistics.mean(costs.filled_shares), "refused": costs.refused_count}
        median_ms, p99_ms = statistics.median(costs.cpu_ms), percentile(costs.cpu_ms, 99)
        measurements.append(MeasuredValue(AREA, f"build, {name} catalogue, median", median_ms, "ms", None, filled))
        measurements.append(MeasuredValue(AREA, f"build, {name} catalogue, p99", p99_ms, "ms", goal_ms))
    return measurements


def list_catalogues() -> list[tuple[str, tuple[Exercise, ...]]]:
    """Return the catalogues to build from by name: the real one first."""
    return [("seed", seed_exercises()), ("150", synthetic_exercises(150)), ("1000", synthetic_exercises(1000))]


def main(request_count: int = REQUEST_COUNT, proof_count: int = PROOF_COUNT) -> None:
    """Prints the figures of three catalogues."""
    is_interpreted = (search_module.__file__ or "").endswith(".py")
    print(f"The solver is {'Python' if is_interpreted else 'compiled'}.", flush=True)
    for name, exercises in list_catalogues():
        requests = varied_requests(request_count, exercises)
        warm_up(requests, exercises)
        costs = measure_builds(requests, exercises)
        print(
            f"{name}: {len(exercises)} exercises, {request_count} builds: "
            f"{statistics.median(costs.cpu_ms):.1f} ms median, "
            f"{percentile(costs.cpu_ms, 95):.1f} p95, {percentile(costs.cpu_ms, 99):.1f} p99 CPU | "
            f"filled {100 * statistics.mean(costs.filled_shares):.1f} % mean, "
            f"{100 * percentile(costs.filled_shares, 5):.1f} % p5 | refused {costs.refused_count}",
            flush=True,
        )
        if len(exercises) > MAX_PROVED_EXERCISES:
            continue
        index = index_of(exercises)
        prepared = [(prepare_problem(request, index).problem, request.seed) for request in requests[:proof_count]]
        problems = [(problem, seed) for problem, seed in prepared if problem.placements]
        if problems:
            compare_searches(problems)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
