"""A copy of the project with its solver compiled, as the container image has it."""

import shutil
import subprocess
import sys
from pathlib import Path

from app.kit.settings import PROJECT_ROOT

COMPILED_PACKAGES = ("app/sessions/ordering", "app/sessions/solver")
"""The packages that the Dockerfile compiles."""


def compile_copy(folder: Path) -> None:
    """Copies the project to the folder and compiles the solver there, from the same source. Needs a C compiler."""
    for name in ("app", "benchmarks", "seed"):
        shutil.copytree(PROJECT_ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    modules = sorted(
        str(path.relative_to(folder)) for package in COMPILED_PACKAGES for path in (folder / package).glob("*.py")
    )
    subprocess.run([sys.executable, "-m", "mypyc", *modules], cwd=folder, check=True, capture_output=True)


def run_module(folder: Path, module: str, *arguments: str) -> None:
    """Runs a module of the copy."""
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=folder, check=True)
