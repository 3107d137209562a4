"""Large blocks that are freed go back to the system, whatever was freed before and lies beside them."""

import subprocess
import sys

import pytest

from app.kit.settings import PROJECT_ROOT

SCRIPT = """
import os, sys
from app.kit.memory_allocation import separate_large_blocks

def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

if sys.argv[1] == "separate":
    separate_large_blocks()
del (one := [bytearray(30_000_000)])[:]  # by this glibc raises its limit
before, large, small = resident_mb(), [], []
for _ in range(50):
    large.append(bytearray(b"x") * 1_000_000)
    small.append(bytearray(b"x") * 2_000)
del large
print(resident_mb() - before)
"""


def measure_growth_mb(way: str) -> float:
    command = [sys.executable, "-c", SCRIPT, way]
    return float(subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="the settings are those of glibc")
def test_freed_memory_goes_back_to_the_system() -> None:
    assert measure_growth_mb("together") > 40, "the test does not show what it should"
    assert measure_growth_mb("separate") < 5
