"""A service in processes of its own for measurements, with the memory of all of them."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.kit.settings import PROJECT_ROOT

START_TIMEOUT_S = 120
PORT_LINE = re.compile(r"ready: open http://127\.0\.0\.1:(\d+)/")


class RunningService:
    """A running service: its first process, its port and its log."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def memory_mb(self) -> float:
        """Return the memory of the service and all processes below it, in megabytes.

        What several of them share counts once (proportional set size).
        """
        total_kb = 0
        for process_id in [self.process.pid, *list_descendants(self.process.pid)]:
            with contextlib.suppress(OSError):
                rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text()
                total_kb += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
        return total_kb / 1000


def list_descendants(process_id: int) -> list[int]:
    """Return the processes below a process."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found, latest = list[int](), [process_id]
    while latest:
        latest = [child for child, parent in parents.items() if parent in latest]
        found += latest
    return found


@contextlib.contextmanager
def run_service(folder: Path, **settings: object) -> Iterator[RunningService]:
    """Run a service for the block: its data in `folder`, on a free port, with settings by name."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("THORACIC_")}
    chosen = {"data_dir": folder, "port": 0} | settings
    environment |= {f"THORACIC_{name.upper()}": str(value) for name, value in chosen.items()}
    log = folder / "service.log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "app", "serve"]
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=stream)
    try:
        yield RunningService(process, _wait_for_port(process, log), log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait_for_port(process: "subprocess.Popen[bytes]", log: Path) -> int:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        found = PORT_LINE.search(log.read_text())
        if found:
            return int(found[1])
        time.sleep(0.05)
    raise RuntimeError(f"the service did not start: {log.read_text()}")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0-1) of the values lies; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
