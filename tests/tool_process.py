"""Programs of other languages that tests run: their output, or a failure that shows it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path


def run_program(
    command: Sequence[Path | str],
    *,
    folder: Path,
    program_folders: Sequence[Path],
    timeout_s: float,
    environment: dict[str, str],
) -> str:
    """Return what a program prints. It is looked for in `program_folders` first; where it fails, so does the test."""
    path = os.pathsep.join([*map(str, program_folders), os.environ["PATH"]])
    finished = subprocess.run(
        list(command),
        cwd=folder,
        env=os.environ | {"PATH": path, "NO_COLOR": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert finished.returncode == 0, f"{command[0]} failed in {folder}:\n{finished.stdout[-6000:]}"
    return finished.stdout
