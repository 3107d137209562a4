"""Rates of several processes: each takes small parts of a client's quota from the database, and admits from them.

A request waits for the database only where it needs more than a process may lend by itself, such as a build. What was
lent is taken from the quota a moment later, whatever is left, so that over time clients get their quota and no more.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Final

from app.kit.logging import traceback_locations
from app.kit.request_database import RequestDatabase
from app.partners.gcra import WINDOW_NS, Quota, RateDecision, Reservation, decide, reserve
from app.partners.local_limiter import MAX_CLIENTS
from app.partners.rate_store import Grant

log = logging.getLogger("thoracic.partners")
SHARE: Final = 400
"""One process holds, and lends, at most one part in so many of a quota."""
PART_NS: Final = WINDOW_NS // SHARE
MAX_BATCH: Final = 500
MAX_ATTEMPTS: Final = 3
ALONE_NS: Final = 5_000_000_000
"""For how long a process decides alone after the database failed."""


class ClientAccount:
    """What one process knows of a client: its part of the quota, and when all of it is there again."""

    __slots__ = ("balance_ns", "full_at_ns", "need_ns", "taken")

    def __init__(self) -> None:
        self.balance_ns = self.full_at_ns = self.need_ns = 0
        """The part; it is negative where more was lent than taken. What requests need that wait."""
        self.taken: asyncio.Event | None = None
        """Is set when a part was taken, or none was left."""

    def has_room(self, now_ns: int, duration_ns: int) -> bool:
        """Whether the quota has room for what is not held of it, as far as this process knows."""
        return max(self.full_at_ns, now_ns) + duration_ns - self.balance_ns <= now_ns + WINDOW_NS

    def to_reservation(self) -> Reservation:
        """Return what is to be taken now."""
        need_ns, self.need_ns, held_ns = self.need_ns, 0, max(self.balance_ns, 0)
        spare_ns = PART_NS - max(held_ns - need_ns, 0)
        return Reservation(max(-self.balance_ns, 0), max(need_ns - held_ns, 0), max(spare_ns, 0))

    def add(self, grant: Grant, now_ns: int) -> None:
        """Take in what was taken, and wake the requests that wait for it."""
        self.balance_ns += grant.taken_ns
        self.full_at_ns = now_ns + grant.full_in_ns
        if self.taken is not None:
            self.taken.set()
            self.taken = None


class SharedLimiter:
    """Admits requests from parts of quotas, and takes new parts in the background."""

    def __init__(
        self,
        reserve_parts: Callable[[Mapping[str, Reservation]], Mapping[str, Grant]],
        database: RequestDatabase,
        max_clients: int = MAX_CLIENTS,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """`reserve_parts` takes parts of quotas for clients, in a thread of `database`."""
        self.reserve_parts, self.database = reserve_parts, database
        self.max_clients, self.clock_ns = max_clients, clock_ns
        self._accounts = OrderedDict[str, ClientAccount]()
        self._due = dict[str, ClientAccount]()
        self._taking: asyncio.Task[None] | None = None
        self._alone_until_ns = 0

    def __len__(self) -> int:
        return len(self._accounts)

    def admit_now(self, client: str, duration_ns: int) -> bool:
        """Charge a request, and return whether it is admitted; False where that is not known without waiting."""
        account = self._find_account(client)
        lent_ns = PART_NS if account.has_room(self.clock_ns(), duration_ns) else 0
        if account.balance_ns + lent_ns < duration_ns:
            return False
        account.balance_ns -= duration_ns
        if account.balance_ns < PART_NS // 2:
            self._make_due(client, account)
        return True

    async def charge(self, client: str, quota: Quota, cost: float) -> RateDecision:
        """Charge a request, where it is admitted."""
        account, duration_ns = self._find_account(client), quota.duration_of(cost)
        is_admitted = self.admit_now(client, duration_ns)
        for _ in range(MAX_ATTEMPTS):  # another request may take what this one has waited for
            if is_admitted or not account.has_room(self.clock_ns(), duration_ns):
                break
            account.need_ns += duration_ns
            account.taken = account.taken or asyncio.Event()
            self._make_due(client, account)
            await account.taken.wait()
            is_admitted = self.admit_now(client, duration_ns)
        effective_ns, asked_ns = account.full_at_ns - account.balance_ns, 0 if is_admitted else duration_ns
        decision, _ = decide(quota, effective_ns, self.clock_ns(), asked_ns)
        return decision._replace(is_admitted=is_admitted)

    def refuse_now(self, client: str, quota: Quota, cost: float) -> RateDecision | None:
        """Return the refusal of a request; None where it may be admitted. Nothing is charged."""
        account, duration_ns, now_ns = self._accounts.get(client), quota.duration_of(cost), self.clock_ns()
        if account is None or account.balance_ns >= duration_ns or account.has_room(now_ns, duration_ns):
            return None
        return decide(quota, account.full_at_ns - account.balance_ns, now_ns, duration_ns)[0]

    def refund(self, client: str, quota: Quota, cost: float) -> None:
        """Give back what a request did not cost after all."""
        account = self._accounts.get(client)
        if account is not None:
            account.balance_ns += quota.duration_of(cost)

    def _find_account(self, client: str) -> ClientAccount:
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = ClientAccount()
            if len(self._accounts) > self.max_clients:
                self._accounts.popitem(last=False)
        return account

    def _make_due(self, client: str, account: ClientAccount) -> None:
        """Have a part taken for a client, in the next transaction."""
        self._due[client] = account
        if self._taking is None or self._taking.done():
            self._taking = asyncio.create_task(self._take_due())

    async def _take_due(self) -> None:
        while self._due:
            batch = dict(islice(self._due.items(), MAX_BATCH))
            for client in batch:
                del self._due[client]
            await self._take_parts(batch)

    async def _take_parts(self, batch: Mapping[str, ClientAccount]) -> None:
        """Take a part for each client; while the database is away this process decides alone."""
        reservations = {client: account.to_reservation() for client, account in batch.items()}
        grants = await self._ask_database(reservations)
        now_ns = self.clock_ns()
        for client, account in batch.items():
            account.add(grants.get(client) or _decide_alone(account, reservations[client], now_ns), now_ns)

    async def _ask_database(self, reservations: Mapping[str, Reservation]) -> Mapping[str, Grant]:
        """Return what was taken; nothing where the database is away."""
        if self.clock_ns() < self._alone_until_ns:
            return {}
        try:
            return await self.database.write(self.reserve_parts, reservations)
        except Exception as error:  # of any kind: requests wait for an answer
            self._alone_until_ns = self.clock_ns() + ALONE_NS
            log.warning("rates are kept by each process alone", extra={"locations": traceback_locations(error)})
            return {}

    async def aclose(self) -> None:
        """Take nothing more, after what is taken now. What was lent last is forgotten."""
        self._due.clear()
        if self._taking is not None:
            await self._taking


def _decide_alone(account: ClientAccount, reservation: Reservation, now_ns: int) -> Grant:
    taken_ns, full_at_ns = reserve(account.full_at_ns, now_ns, reservation)
    return Grant(taken_ns, full_at_ns - now_ns)
