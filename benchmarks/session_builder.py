"""What building costs and how near it comes to the best: `python -m benchmarks.session_builder [requests] [proofs]`.

For each catalogue: CPU of whole builds, and on the first so many requests the distance to the optimum that HiGHS
proves (or to its bound, where it runs out of time), beside a plain search. Distances are in hundredths of what all
goals together are worth.
"""

import gc
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build
from app.sessions.errors import CannotBuild
from app.sessions.problem.exercise_index import shelf_of
from app.sessions.problem.prepare import prepare
from app.sessions.problem.utility import FULL_COVERAGE_POINTS
from app.sessions.solver import search as search_module
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.objective import OrderedSelection
from app.sessions.solver.search import search
from benchmarks.catalogues import seed_exercises, synthetic_exercises
from benchmarks.compiled_copy import compile_into, run_there
from benchmarks.greedy_baseline import plain_search
from benchmarks.oracle import Proof, prove
from benchmarks.session_requests import varied

PROOF_S = 8.0
Search = Callable[[IntegerProblem, int], OrderedSelection | None]


def part(values: Sequence[float], per_cent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)] if ordered else float("nan")


def costs(requests: Sequence[SessionRequest], exercises: tuple[Exercise, ...]) -> tuple[list[float], list[float], int]:
    """Milliseconds of CPU of each build, the part of the time that is filled, and how many were refused."""
    spent, filled, refused = [], [], 0
    for request in requests:
        start = time.process_time()
        try:
            plan = build(request, exercises)
            filled.append(plan.duration_s / request.duration_s)
        except CannotBuild:
            refused += 1
        spent.append(1000 * (time.process_time() - start))
    return spent, filled, refused


def row(name: str, find: Search, problems: Sequence[tuple[IntegerProblem, int]], proofs: Sequence[Proof]) -> str:
    """A line of the table for one search."""
    spent, gaps, sure, missed = [], [], [], 0
    for (problem, seed), proof in zip(problems, proofs, strict=True):
        start = time.process_time()
        found = find(problem, seed)
        spent.append(1000 * (time.process_time() - start))
        if proof.bound is None:
            assert found is None
        elif found is None:
            missed += 1
        else:
            gaps.append(100 * max(0.0, proof.bound - found.points) / FULL_COVERAGE_POINTS)
            sure += gaps[-1:] if proof.proved else []
    proved = sum(proof.proved for proof in proofs)
    mean = statistics.mean(gaps) if gaps else float("nan")
    return (
        f"  {name:9s} search {statistics.median(spent):6.1f} ms median {part(spent, 99):7.1f} p99 | "
        f"gap {mean:5.2f} mean {part(gaps, 50):5.2f} median {part(gaps, 95):5.2f} p95 | "
        f"of the {proved} proved {statistics.mean(sure or [0.0]):.2f} mean {part(sure, 95):.2f} p95 | "
        f"unanswered {missed} of {len(proofs)}"
    )


def both(count: int, proved: int) -> None:
    """The source as it is, then compiled, where there is a compiler."""
    main(count, proved)
    if shutil.which("gcc") is None:
        print("no C compiler: the compiled search is not measured")
        return
    with TemporaryDirectory() as folder:
        compile_into(Path(folder))
        run_there(Path(folder), "benchmarks.session_builder", str(count), "0")


def main(count: int, proved: int) -> None:
    print(f"The search is {'Python' if (search_module.__file__ or '').endswith('.py') else 'compiled'}.", flush=True)
    catalogues = {"seed": seed_exercises(), "150": synthetic_exercises(150), "1000": synthetic_exercises(1000)}
    for name, exercises in catalogues.items():
        requests = varied(count, exercises)
        costs(requests[:20], exercises)
        gc.collect()
        gc.freeze()
        spent, filled, refused = costs(requests, exercises)
        print(
            f"{name}: {len(exercises)} exercises, {count} builds: {statistics.median(spent):.1f} ms median, "
            f"{part(spent, 95):.1f} p95, {part(spent, 99):.1f} p99 CPU | "
            f"filled {100 * statistics.mean(filled):.1f} % mean, "
            f"{100 * part(filled, 5):.1f} % p5 | refused {refused}",
            flush=True,
        )
        shelf = shelf_of(exercises)
        prepared = [(prepare(request, shelf).problem, request.seed) for request in requests[:proved]]
        problems = [one for one in prepared if one[0].placements] if len(exercises) < 1000 else []
        proofs = [prove(problem, PROOF_S) for problem, _ in problems]
        for label, find in (("builder", search), ("plain", plain_search)):
            if problems:
                print(row(label, find, problems, proofs), flush=True)


if __name__ == "__main__":
    main(*[int(value) for value in [*sys.argv[1:], *("200", "120")[len(sys.argv) - 1 :]]])
