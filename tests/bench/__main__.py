"""Everything that is measured, in one go: `make bench`, or one of them: `python -m tests.bench sessions`."""

import sys
from collections.abc import Callable
from functools import partial

from tests.bench import bench_http, bench_search, bench_sessions

BENCHES: dict[str, Callable[[], None]] = {
    "sessions": partial(bench_sessions.both, 200, 120),
    "search": bench_search.main,
    "http": bench_http.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        print(f"\n== {name}", flush=True)
        BENCHES[name]()
