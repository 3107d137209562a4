"""The databases of the settings: the primary, and the read replica where there is one."""

import contextlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, ObservedDatabase
from app.kit.database_threads import DatabaseThreads
from app.kit.request_database import RequestDatabase
from app.kit.settings import Settings

WAITING_SHARE: Final = 0.8
"""Share of the time for the database that one thing in it may be waited for; the rest is for the work itself."""
REPLICA_SHARE: Final = 0.25
"""Share of the time for the database that the replica has before the primary is asked, which then has all of it."""


class RequestDatabases(NamedTuple):
    """The databases as requests use them."""

    primary: RequestDatabase
    replica: RequestDatabase | None

    @classmethod
    def from_settings(cls, settings: Settings) -> "RequestDatabases":
        """Return databases without a fault; threads that wait for the one take no place of the other."""
        max_threads, timeout_s = settings.max_database_threads, settings.database_timeout_s
        primary = RequestDatabase(DatabaseThreads(max_threads, timeout_s), DatabaseHealth())
        if not settings.read_url:
            return cls(primary, None)
        return cls(
            primary, RequestDatabase(DatabaseThreads(max_threads, timeout_s * REPLICA_SHARE), DatabaseHealth("replica"))
        )

    def is_replica_faulty(self) -> bool:
        """Whether the primary is read in place of the replica; never without one."""
        return self.replica is not None and self.replica.health.is_faulty


class OpenDatabases(NamedTuple):
    """The databases while the service runs, each with its health."""

    primary: ObservedDatabase
    replica: ObservedDatabase | None


@contextlib.contextmanager
def open_databases(settings: Settings, request_databases: RequestDatabases) -> Iterator[OpenDatabases]:
    """Yield the databases of the settings, and close their connections at the end."""
    primary, replica = request_databases
    patience_s = settings.database_timeout_s * WAITING_SHARE
    with contextlib.ExitStack() as stack:

        def open_one(address: str, health: DatabaseHealth) -> ObservedDatabase:
            return ObservedDatabase(stack.enter_context(contextlib.closing(Database(address, patience_s))), health)

        yield OpenDatabases(
            open_one(settings.database, primary.health),
            open_one(settings.read_replica, replica.health) if replica else None,
        )
