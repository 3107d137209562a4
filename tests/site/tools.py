"""Where the packages of Node.js are that judge and read the pages, and how they are run."""

import os
import subprocess
from pathlib import Path

from app.kit.settings import PROJECT_ROOT

BUILD = PROJECT_ROOT / "build" / "site"
PACKAGES = BUILD / "node_modules"
TIMEOUT_S = 240


def run_tool(tool: Path | str, *arguments: Path | str, **environment: str) -> str:
    """Return what a tool prints. Fails with all that it printed when it fails."""
    path = f"{PACKAGES / '.bin'}{os.pathsep}{os.environ['PATH']}"
    finished = subprocess.run(
        [tool, *arguments],
        cwd=BUILD,
        env=os.environ | {"PATH": path, "NO_COLOR": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert finished.returncode == 0, f"{tool} failed:\n{finished.stdout[-6000:]}"
    return finished.stdout
