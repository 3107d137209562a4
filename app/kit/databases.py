"""The databases of the settings: the primary, and the read replica where there is one."""

import contextlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, ObservedDatabase
from app.kit.request_database import RequestDatabase
from app.kit.settings import Settings

WAITING_SHARE: Final = 0.8
"""Share of the time for the database that one thing in it may be waited for; the rest is for the work itself."""


class RequestDatabases(NamedTuple):
    """The databases as requests use them."""

    primary: RequestDatabase
    replica: RequestDatabase | None

    @classmethod
    def from_settings(cls, settings: Settings) -> "RequestDatabases":
        """Return databases without a fault; threads that wait for the one take no place of the other."""

        def prepare(name: str) -> RequestDatabase:
            limits = settings.max_database_threads, settings.database_timeout_s
            return RequestDatabase(*limits, DatabaseHealth(name))

        return cls(prepare("primary"), prepare("replica") if settings.read_url else None)

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
