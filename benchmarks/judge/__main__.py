"""Judge many sessions and print a table of faults by kind: `python -m benchmarks.judge [count] [seed]`."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from benchmarks.catalogues import index_of, seed_exercises
from benchmarks.judge.care_checks import Case, Finding, find_care_faults
from benchmarks.judge.facts import Facts, read_facts
from benchmarks.judge.requests import draw_requests
from benchmarks.judge.sense_checks import find_sense_faults
from benchmarks.judge.sum_checks import find_sum_faults

MAX_EXAMPLES = 3


def judge(request: SessionRequest, facts: Facts) -> Iterator[Finding]:
    """Yield every fault of the session that is built for a request. Raises `InfeasibleRequestError`."""
    case = Case(request, build_session(request, index_of(seed_exercises())), facts)
    for find_faults in (find_care_faults, find_sum_faults, find_sense_faults):
        yield from find_faults(case)


def main() -> None:
    """Print how many sessions were built and refused, and each kind of fault with its count and examples."""
    count, seed = (int(text) for text in (*sys.argv[1:], *("5000", "1")[len(sys.argv) - 1 :]))
    facts, counts, sessions = read_facts(), Counter[str](), Counter[str]()
    examples: dict[str, list[str]] = defaultdict(list)
    for request in draw_requests(count, facts, seed):
        try:
            findings = list(judge(request, facts))
        except InfeasibleRequestError as refusal:
            counts["refused"] += 1
            counts["refused without a way out"] += not refusal.suggestions
            continue
        counts["built"] += 1
        for kind, detail in findings:
            counts[kind] += 1
            if len(examples[kind]) < MAX_EXAMPLES:
                examples[kind].append(f"{detail}\n        {request.model_dump_json(exclude_defaults=True)}")
        sessions.update({kind for kind, _ in findings})
    for kind, number in sorted(counts.items(), key=lambda pair: (pair[0] not in ("built", "refused"), -pair[1])):
        print(f"{number:6}  {kind}" + (f" (in {sessions[kind]} sessions)" if kind in sessions else ""))
    for kind, lines in examples.items():
        print(f"\n{kind}", *lines, sep="\n    ")


if __name__ == "__main__":
    main()
