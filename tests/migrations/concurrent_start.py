"""What each of several processes does that start at the same moment."""

from multiprocessing.synchronize import Barrier

from app.changes.serial import read_serial
from app.kit.database import Database


def start(database_url: str, barrier: Barrier) -> None:
    """Migrate as soon as all others are ready to; then the tables must stand."""
    database = Database(database_url)
    barrier.wait(60)
    database.migrate()
    with database.read_transaction() as session:
        assert read_serial(session) == 0
    database.close()
