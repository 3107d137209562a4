"""Native modules are used where there are some of this very source, and never those of another one."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.kit.compiled_modules import ENDING, are_used, compile_modules, digest_source, use_compiled_modules
from app.kit.settings import PROJECT_ROOT

WHERE = """
import sys
from pathlib import Path
from app.kit.compiled_modules import use_compiled_modules
use_compiled_modules(Path(sys.argv[1]))
from app.sessions.solver import search
print(search.__file__)
"""


@pytest.fixture(autouse=True)
def finders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))


@pytest.mark.parametrize("is_current", [True, False])
def test_only_what_was_compiled_from_this_source_is_used(tmp_path: Path, is_current: bool) -> None:
    use_compiled_modules(tmp_path / "none")
    assert not are_used()
    name = digest_source() if is_current else "0123456789abcdef"
    module = tmp_path / name / "app" / "sessions" / "solver" / f"search{ENDING}"
    module.parent.mkdir(parents=True)
    module.touch()
    use_compiled_modules(tmp_path)
    assert are_used() is is_current
    if is_current:
        spec = sys.meta_path[0].find_spec("app.sessions.solver.search", None)
        assert spec is not None
        assert spec.origin == str(module)
        assert sys.meta_path[0].find_spec("app.sessions.solver.model", None) is None


@pytest.mark.image
def test_what_is_compiled_is_imported(tmp_path: Path) -> None:
    folder = compile_modules(tmp_path)
    command = [sys.executable, "-c", WHERE, str(tmp_path)]
    found = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True).stdout.strip()
    assert found == str(folder / "app" / "sessions" / "solver" / f"search{ENDING}")
