"""A seed folder of eleven records to change and to break, and a database that holds it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.editing.seed import load_seed
from app.kit.database import Database

SMALL = Path(__file__).parent / "seed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small seed folder, the test's own."""
    return Path(shutil.copytree(SMALL, tmp_path / "seed"))


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the small catalogue; to be copied, not opened."""
    path = tmp_path_factory.mktemp("small") / "thoracic.db"
    database = Database(f"sqlite:///{path}")
    load_seed(database, SMALL, lambda _: None)
    database.close()
    return path


@pytest.fixture
def data(small_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small catalogue, and the settings of this process pointing at it."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    shutil.copy(small_file, data_dir)
    monkeypatch.setenv("THORACIC_DATA_DIR", str(data_dir))
    monkeypatch.delenv("THORACIC_DATABASE_URL", raising=False)
    return data_dir


Edit = Callable[[str, str, str], int]


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Puts `new` for the first `old` of a file; the number of the line in which `new` has its `§` (else its start)."""

    def change(file: str, old: str, new: str) -> int:
        path = folder / file
        before, found, after = path.read_text().partition(old)
        assert found, f"{old!r} is not in {file}"
        path.write_text(before + new.replace("§", "") + after)
        return (before + new.partition("§")[0]).count("\n") + 1 if "§" in new else before.count("\n") + 1

    return change
