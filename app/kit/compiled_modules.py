"""Native code of the search for a session, compiled from the very same source: several times as quick, never needed.

`make compile` compiles it into a folder that is named by the digest of the source, and `serve` uses it there. What is
compiled from another source, or for another Python, is not used: then the source is.
"""

import hashlib
import importlib.abc
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Final

from app.kit.start_faults import StartFault

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "build" / "compiled"
PACKAGES: Final = ("app/sessions/ordering", "app/sessions/solver")
"""The packages that the Dockerfile compiles, too."""
HOOK: Final = "app.kit.compiled_hook"
"""The module that has them used when it is imported."""
NOT_COMPILED: Final = (
    "nothing was compiled, and the service works as before: a C compiler, the headers of Python and the packages of "
    "the group `compile` are needed"
)
ENDING: Final = sysconfig.get_config_var("EXT_SUFFIX")
"""Of native modules of this very Python."""


class CompiledFinder(importlib.abc.MetaPathFinder):
    """Finds the native modules of a folder before their source is looked for."""

    def __init__(self, folder: Path) -> None:
        files = folder.rglob(f"*{ENDING}")
        self.paths = {".".join(path.relative_to(folder).parts).removesuffix(ENDING): path for path in files}

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how to load a module; None for one that is not compiled."""
        file = self.paths.get(fullname)
        return importlib.util.spec_from_file_location(fullname, file) if file else None


def use_compiled_modules(folder: Path = FOLDER) -> None:
    """Have the native modules imported where there are some of this very source."""
    compiled = folder / digest_source() if folder.is_dir() else None
    if compiled is not None and compiled.is_dir() and not are_used():
        sys.meta_path.insert(0, CompiledFinder(compiled))


def are_used() -> bool:
    """Whether native modules are imported in this process."""
    return any(isinstance(finder, CompiledFinder) for finder in sys.meta_path)


def digest_source(root: Path = ROOT) -> str:
    """Return a name for what the packages are compiled from and for."""
    digest = hashlib.sha256(ENDING.encode())
    for path in list_modules(root):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def list_modules(root: Path) -> Iterable[Path]:
    """Return the modules that are compiled, in order; the packages themselves hold no code."""
    paths = (path for package in PACKAGES for path in (root / package).glob("*.py"))
    return sorted(path for path in paths if path.name != "__init__.py")


def compile_modules(folder: Path = FOLDER) -> Path:
    """Compile the packages, and remove what was compiled from another source. Return where the native modules are.

    Raises `StartFault` without a C compiler, the headers of Python, or the packages that are needed.
    """
    compiled = folder / digest_source()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copytree(ROOT / "app", copy / "app", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        modules = [str(path.relative_to(copy)) for path in list_modules(copy)]
        if subprocess.run(
            [sys.executable, "-m", "mypyc", *modules], cwd=copy, check=False, capture_output=True
        ).returncode:
            raise StartFault(NOT_COMPILED, os.EX_UNAVAILABLE)
        shutil.rmtree(folder, ignore_errors=True)
        for path in copy.rglob(f"*{ENDING}"):
            if "build" not in path.relative_to(copy).parts:
                target = compiled / path.relative_to(copy)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    return compiled
