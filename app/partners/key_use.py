"""Counts what each key asks, by day, and adds it to the database now and then."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from app.kit.database import Database
from app.kit.logging import traceback_locations
from app.kit.request_database import RequestDatabase
from app.partners.schemas import DailyKeyUse
from app.partners.tables import KeyUse

log = logging.getLogger("thoracic.partners")
STORE_INTERVAL_S: Final = 5.0
KEPT_DAYS: Final = 400
SHOWN_DAYS: Final = 30


class DayOfKey(NamedTuple):
    """One day (UTC) of one key."""

    key_id: str
    day: date


class KeyUseCounter:
    """Counts requests in memory. What was not stored yet when a process is killed is lost."""

    def __init__(self, store_interval_s: float = STORE_INTERVAL_S) -> None:
        self.store_interval_s = store_interval_s
        self._requests: Counter[DayOfKey] = Counter()
        self._refused: Counter[DayOfKey] = Counter()

    def observe(self, key_id: str, *, is_refused: bool) -> None:
        """Count one request of a key, which its rate refused or not."""
        day = DayOfKey(key_id, datetime.now(UTC).date())
        self._requests[day] += 1
        if is_refused:
            self._refused[day] += 1

    @contextlib.asynccontextmanager
    async def storing(self, database: Database, request_database: RequestDatabase) -> AsyncIterator[None]:
        """Store what was counted every few seconds, and at the end of the block."""
        is_ending = asyncio.Event()
        storing = asyncio.create_task(self._store_often(database, request_database, is_ending))
        try:
            yield
        finally:
            is_ending.set()  # no cancelling: what is being stored would be lost
            await storing

    async def _store_often(
        self, database: Database, request_database: RequestDatabase, is_ending: asyncio.Event
    ) -> None:
        while not is_ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(is_ending.wait(), self.store_interval_s)
            await self.store(database, request_database)

    async def store(self, database: Database, request_database: RequestDatabase) -> None:
        """Add to the database what was counted since the last time; where that fails it is kept for the next time."""
        if not self._requests:
            return
        requests, refused = self._requests, self._refused
        self._requests, self._refused = Counter(), Counter()
        try:
            await request_database.write(add_use, database, requests, refused)
        except Exception as error:  # of any kind: the next attempt stores it
            self._requests.update(requests)
            self._refused.update(refused)
            log.warning("the use of keys cannot be stored", extra={"locations": traceback_locations(error)})


def add_use(database: Database, requests: Mapping[DayOfKey, int], refused: Mapping[DayOfKey, int]) -> None:
    """Add counts to those of the database, and delete what is older than `KEPT_DAYS`."""
    statement = database.insert_into(KeyUse)
    sums = {name: getattr(KeyUse, name) + statement.excluded[name] for name in ("requests", "refused")}
    rows = [
        {"key_id": day.key_id, "day": day.day, "requests": count, "refused": refused.get(day, 0)}
        for day, count in sorted(requests.items())
    ]
    with database.transaction() as transaction:
        transaction.execute(statement.on_conflict_do_update(index_elements=["key_id", "day"], set_=sums), rows)
        oldest = max(row.day for row in requests) - timedelta(days=KEPT_DAYS)
        transaction.execute(sa.delete(KeyUse).where(col(KeyUse.day) < oldest))


def load_use(database: Database, key_id: str) -> list[DailyKeyUse]:
    """Return the last days of a key, the newest first; days without a request are left out."""
    with database.read_transaction() as transaction:
        query = select(KeyUse).where(col(KeyUse.key_id) == key_id).order_by(col(KeyUse.day).desc()).limit(SHOWN_DAYS)
        return [DailyKeyUse(day=row.day, requests=row.requests, refused=row.refused) for row in transaction.exec(query)]
