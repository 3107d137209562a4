"""Rates of one process: exact, in memory, and bounded however many clients there are."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from app.partners.gcra import WINDOW_NS, Quota, RateDecision, decide

MAX_CLIENTS: Final = 32_768
"""Clients that are remembered. Of more, those that were there first are forgotten: their quota is whole again."""


class LocalLimiter:
    """Remembers for each client when its whole quota is there again."""

    def __init__(self, max_clients: int = MAX_CLIENTS, clock_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self.max_clients, self.clock_ns = max_clients, clock_ns
        self._full_at = OrderedDict[str, int]()

    def __len__(self) -> int:
        return len(self._full_at)

    def admit_now(self, client: str, duration_ns: int) -> bool:
        """Charge a request of a duration, and return whether it is admitted. This runs for each answer from memory."""
        now_ns = self.clock_ns()
        full_at_ns = self._full_at.get(client, 0)
        if not full_at_ns:
            self._make_room(now_ns)
        full_at_ns = max(full_at_ns, now_ns)
        full_at_ns += duration_ns
        if full_at_ns > now_ns + WINDOW_NS:
            return False
        self._full_at[client] = full_at_ns
        return True

    async def charge(self, client: str, quota: Quota, cost: float) -> RateDecision:
        """Charge a request, where it is admitted."""
        return self.charge_now(client, quota, cost)

    def charge_now(self, client: str, quota: Quota, cost: float) -> RateDecision:
        """Charge a request, where it is admitted."""
        now_ns = self.clock_ns()
        known = self._full_at.get(client)
        if known is None:
            self._make_room(now_ns)
        decision, self._full_at[client] = decide(quota, known or 0, now_ns, quota.duration_of(cost))
        return decision

    def refuse_now(self, client: str, quota: Quota, cost: float) -> RateDecision | None:
        """Return the refusal of a request; None where it is admitted. Nothing is charged."""
        known = self._full_at.get(client)
        if known is None:
            return None
        decision, _ = decide(quota, known, self.clock_ns(), quota.duration_of(cost))
        return None if decision.is_admitted else decision

    def refund(self, client: str, quota: Quota, cost: float) -> None:
        """Give back what a request did not cost after all."""
        if client in self._full_at:
            self._full_at[client] -= quota.duration_of(cost)

    async def aclose(self) -> None:
        """End: nothing runs in the background."""

    def _make_room(self, now_ns: int) -> None:
        """Forget two clients whose quota is whole again, if the oldest ones are such; and one of too many."""
        for _ in range(2):
            if self._full_at:
                client, full_at_ns = self._full_at.popitem(last=False)
                if full_at_ns > now_ns and len(self._full_at) < self.max_clients - 1:
                    self._full_at[client] = full_at_ns
