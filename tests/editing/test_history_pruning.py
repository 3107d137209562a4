"""What the history of changes need not hold is deleted at the next write; what is shown somewhere stays."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from app.changes.tables import Change
from app.editing.seed import load_seed
from app.kit.database import Database
from app.sessions.storage.tables import SessionRow
from tests.editing.conftest import SMALL

NOW = datetime.now(UTC)
SLUG = "band-turn"


class EditedCatalogue:
    """A catalogue in which the summary of one exercise is written anew again and again."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.files = database, Path(shutil.copytree(SMALL, folder / "seed"))
        self.path = self.files / "exercises" / f"{SLUG}.yaml"
        self.original = self.path.read_text()

    def write(self, summary: str, days_ago: int) -> int:
        """Write a summary at a day. Return the serial afterwards."""
        self.path.write_text(self.original.replace("A plain drill that the tests are made of.", summary))
        return load_seed(self.database, self.files, lambda _: None, NOW - timedelta(days=days_ago)).written.serial

    def list_summaries(self) -> list[str]:
        """Return the summaries that the history holds, oldest first."""
        with self.database.read_transaction() as session:
            query = select(Change).where(Change.slug == SLUG).order_by("serial")
            return [change.record["summary"] for change in session.exec(query) if change.record]

    def store_session(self, serial: int) -> None:
        with self.database.transaction() as session:
            session.add(
                SessionRow(
                    id="a-session",
                    catalogue_serial=serial,
                    duration_s=60,
                    request={},
                    content={},
                    personal=False,
                    created_at=NOW,
                    expires_at=NOW + timedelta(days=1),
                )
            )


def test_what_was_superseded_long_ago_goes_and_the_last_of_a_record_stays(database: Database, tmp_path: Path) -> None:
    catalogue = EditedCatalogue(database, tmp_path)
    for summary, days_ago in (("First.", 300), ("Second.", 200), ("Third.", 100), ("Fourth.", 50)):
        catalogue.write(summary, days_ago)
    assert catalogue.list_summaries() == ["Second.", "Third.", "Fourth."]  # as of the day of the fourth
    catalogue.write("Fifth.", 0)
    assert catalogue.list_summaries() == ["Third.", "Fourth.", "Fifth."]
    with database.read_transaction() as session:  # never changed since, and as old as the first
        assert session.exec(select(Change).where(Change.slug == "seated-turn")).one().action == "upsert"


def test_what_a_stored_session_shows_stays(database: Database, tmp_path: Path) -> None:
    catalogue = EditedCatalogue(database, tmp_path)
    catalogue.write("First.", 300)
    shown = catalogue.write("Second.", 200)
    catalogue.write("Third.", 100)
    catalogue.store_session(shown)
    catalogue.write("Fourth.", 0)
    assert catalogue.list_summaries() == ["Second.", "Third.", "Fourth."]
