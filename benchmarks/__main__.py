"""Everything that is measured, in one go: `make bench`, or one of them: `python -m benchmarks sessions`."""

import sys
from collections.abc import Callable
from functools import partial

from benchmarks import http_cpu, search_cpu, session_builder

BENCHES: dict[str, Callable[[], None]] = {
    "sessions": partial(session_builder.both, 200, 120),
    "search": search_cpu.main,
    "http": http_cpu.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        print(f"\n== {name}", flush=True)
        BENCHES[name]()
