"""Where clients are generated, and how their tools are run: by the commands of `docs/clients.md`."""

import re
import shlex
import shutil
from pathlib import Path

from app.kit.settings import PROJECT_ROOT
from tests.tool_process import run_program

SOURCES = Path(__file__).parent
PAGE = PROJECT_ROOT / "docs" / "clients.md"
BUILD = PROJECT_ROOT / "build" / "clients"
NODE_TOOLS = BUILD / "node_modules" / ".bin"
PYTHON_TOOLS = BUILD / "venv" / "bin"
TIMEOUT_S = 300


def run_tool(tool: Path | str, *arguments: Path | str, folder: Path, **environment: str) -> str:
    """Return what a tool prints. Fails with all that it printed when it fails."""
    return run_program(
        (tool, *arguments),
        folder=folder,
        program_folders=[PYTHON_TOOLS, NODE_TOOLS],
        timeout_s=TIMEOUT_S,
        environment=environment,
    )


def read_command(heading: str) -> list[str]:
    """Return the command that the documentation gives under a heading, as words."""
    section = PAGE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    command = re.search(r"^```sh\n(.+)\n```$", section, re.MULTILINE)
    assert command, f"no command under {heading!r}"
    return shlex.split(command[1].removeprefix("npx "))


def make_folder(name: str, document: Path) -> Path:
    """Return a folder for one client that holds nothing but the document."""
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(document, folder / "openapi.json")
    return folder


def generate_client(heading: str, folder: Path, without: str = "", **environment: str) -> str:
    """Run the command that the documentation gives under a heading, without one flag. Return what it prints."""
    output = run_tool(*[word for word in read_command(heading) if word != without], folder=folder, **environment)
    assert_file_names_differ(folder)
    return output


def assert_file_names_differ(folder: Path) -> None:
    """Fail when two files of a folder have one name where case does not count, as on Windows and macOS."""
    names = [str(file.relative_to(folder)) for file in folder.rglob("*") if "node_modules" not in file.parts]
    assert len(names) > 1
    clashes = {name for name in names if [other.lower() for other in names].count(name.lower()) > 1}
    assert not clashes
