"""Large blocks that are freed go back to the system, and all threads use one arena of memory."""

import subprocess
import sys

import pytest

from app.kit.settings import PROJECT_ROOT

SCRIPT = """
import ctypes, os, sys, threading
from app.kit.memory_allocation import limit_memory

def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

if sys.argv[1] == "limited":
    limit_memory()
del (one := [bytearray(30_000_000)])[:]  # by this glibc raises its limit
before, large, small = resident_mb(), [], []
for _ in range(50):
    large.append(bytearray(b"x") * 1_000_000)
    small.append(bytearray(b"x") * 2_000)
del large
print(resident_mb() - before)
for _ in range(3):
    threading.Thread(target=bytearray, args=(100_000,)).start()
ctypes.CDLL(None).malloc_stats()
"""


def measure(way: str) -> tuple[float, int]:
    """Return the growth of memory in MB, and the number of arenas."""
    command = [sys.executable, "-c", SCRIPT, way]
    result = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    return float(result.stdout), result.stderr.count("Arena ")


@pytest.mark.skipif(sys.platform != "linux", reason="the settings are those of glibc")
def test_freed_memory_goes_back_to_the_system_and_threads_share_an_arena() -> None:
    growth_mb, arena_count = measure("as it is")
    assert growth_mb > 40, "the test does not show what it should"
    assert arena_count > 1, "the test does not show what it should"
    growth_mb, arena_count = measure("limited")
    assert growth_mb < 5
    assert arena_count == 1
