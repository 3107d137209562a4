"""Every benchmark: `make bench`, or one of them: `python -m benchmarks sessions`."""

import sys
from collections.abc import Callable

from benchmarks import http_cpu, search_cpu, session_builder

BENCHMARKS: dict[str, Callable[[], None]] = {
    "sessions": session_builder.compare_interpreted_and_compiled,
    "search": search_cpu.main,
    "http": http_cpu.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        BENCHMARKS[name]()
