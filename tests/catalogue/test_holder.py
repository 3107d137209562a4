"""The holder: empty before the start, then the stored catalogue, then every change of it."""

import asyncio
import shutil
from pathlib import Path

from sqlmodel import Session, update

from app.catalogue.holder import SnapshotHolder
from app.catalogue.tables import ExerciseRow
from app.changes.serial import lock_serial, set_serial
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, ObservedDatabase

MAX_WAIT_S = 10.0


def rename_open_book(session: Session) -> int:
    serial = lock_serial(session) + 1
    session.exec(update(ExerciseRow).where(ExerciseRow.slug == "open-book").values(name="Closed book"))  # type: ignore[arg-type]
    set_serial(session, serial)
    return serial


def test_the_snapshot_follows_the_stored_catalogue(seeded_database: Path, tmp_path: Path) -> None:
    shutil.copy(seeded_database, tmp_path / "thoracic.db")
    database = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    holder = SnapshotHolder()
    assert (holder.serial, dict(holder.served.shared.exercises.records)) == (0, {})

    async def follow() -> None:
        async with holder.following(ObservedDatabase(database, DatabaseHealth())):
            before = holder.served.shared
            assert holder.serial == before.serial > 0
            with database.transaction() as session:
                serial = rename_open_book(session)
            async with asyncio.timeout(MAX_WAIT_S):
                while holder.serial != serial:
                    await asyncio.sleep(0.02)
            assert holder.served.shared is not before
            assert before.exercises.records["open-book"].name == "Open book"
            assert holder.served.shared.exercises.records["open-book"].name == "Closed book"

    asyncio.run(follow())
    database.close()
