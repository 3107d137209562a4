"""Where the packages of Node.js are that judge and read the pages, and how they are run."""

from pathlib import Path

from app.kit.settings import PROJECT_ROOT
from tests.tool_process import run_program

BUILD = PROJECT_ROOT / "build" / "site"
PACKAGES = BUILD / "node_modules"
TIMEOUT_S = 240


def run_tool(tool: Path | str, *arguments: Path | str, **environment: str) -> str:
    """Return what a tool prints. Fails with all that it printed when it fails."""
    return run_program(
        (tool, *arguments),
        folder=BUILD,
        program_folders=[PACKAGES / ".bin"],
        timeout_s=TIMEOUT_S,
        environment=environment,
    )
