"""A process that writes a small catalogue again and again, until it is killed; takes address, folder and number."""

import sys
from pathlib import Path

from sqlalchemy.exc import OperationalError

from app.editing.seed import load_seed
from app.kit.database import Database
from tests.offline.random_edits import SeedEditor

HAS_WRITTEN = "has-written"
"""The name of a file that tells of the first write: a process may take seconds to start."""


def write_for_ever(address: str, folder: Path, number: int) -> None:
    """Load the folder after every edit of it. Each process has its own folder, so they take each other's edits back."""
    database, editor, mark = Database(address), SeedEditor(folder, number), folder / HAS_WRITTEN
    while True:
        editor.edit_texts()
        try:
            load_seed(database, folder, lambda _: None)
            if not mark.exists():
                mark.touch()
        except OperationalError:  # SQLite waits without an order: of ten writers one may wait for too long
            continue


if __name__ == "__main__":
    write_for_ever(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
