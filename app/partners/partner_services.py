"""What runs for partners as long as the service does: the keys, their use, and the rates."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence

from app.kit.database import Database
from app.kit.databases import OpenDatabases
from app.kit.request_database import RequestDatabase
from app.kit.settings import Settings
from app.partners.gcra import Reservation
from app.partners.key_ring import Caller
from app.partners.key_ring_holder import KeyRingHolder
from app.partners.key_use import KeyUseCounter, load_use
from app.partners.local_limiter import LocalLimiter
from app.partners.rate_policy import OperationCost, RatePolicy
from app.partners.rate_store import Grant, RateStore
from app.partners.schemas import DailyKeyUse
from app.partners.shared_limiter import SharedLimiter


class PartnerServices:
    """Made with the application, before anything is opened."""

    def __init__(
        self, settings: Settings, request_database: RequestDatabase, operation_costs: Sequence[OperationCost]
    ) -> None:
        """`operation_costs` lists what costs more than a plain request."""
        self.request_database = request_database
        self.keys, self.key_use = KeyRingHolder(), KeyUseCounter()
        self._database: Database | None = None
        self._rate_store: RateStore | None = None
        limiter = SharedLimiter(self._reserve, request_database) if settings.shares_rates else LocalLimiter()
        self.rates = RatePolicy(settings, limiter, operation_costs)

    @contextlib.asynccontextmanager
    async def running(self, databases: OpenDatabases, secret: bytes) -> AsyncIterator[None]:
        """Follow the keys, and keep rates and use, until the block ends."""
        self._database = database = databases.primary.database
        self._rate_store = RateStore(database, secret)
        async with (
            self.keys.following(databases),
            self.key_use.storing(database, self.request_database),
            contextlib.aclosing(self.rates),
        ):
            yield

    def _reserve(self, reservations: Mapping[str, Reservation]) -> dict[str, Grant]:
        assert self._rate_store is not None
        return self._rate_store.reserve(reservations)

    async def load_use(self, caller: Caller) -> list[DailyKeyUse]:
        """Return what the key of a caller was used for. Raises `DatabaseUnavailable`."""
        return await self.request_database.read(load_use, self._database, caller.key_id)
