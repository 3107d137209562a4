"""How much one client may ask: whose quota counts for a request, what it costs, and what its client is told."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from starlette.types import Scope

from app.kit.client_address import MAX_KNOWN_ADDRESSES, TrustedProxies, is_this_machine, name_network
from app.kit.response_headers import Header
from app.kit.settings import Settings
from app.partners.gcra import ADDRESS_POLICY, KEY_POLICY, WINDOW_S, Quota, RateDecision
from app.partners.key_ring import Caller

PLAIN_COST: Final = 1.0
MEMORY_COST: Final = 0.1
"""Of an answer from memory."""
MAX_KNOWN_LENGTH: Final = 256
"""Bytes of a list of addresses whose client is remembered."""


class Limiter(Protocol):
    """Charges requests to clients."""

    def __len__(self) -> int:
        """Return how many clients are remembered."""

    def admit_now(self, client: str, duration_ns: int) -> bool:
        """Charge a request, and return whether it is admitted; False where that is not known without waiting."""

    async def charge(self, client: str, quota: Quota, cost: float) -> RateDecision:
        """Charge a request, where it is admitted."""

    def refuse_now(self, client: str, quota: Quota, cost: float) -> RateDecision | None:
        """Return the refusal of a request; None where it may be admitted. Nothing is charged."""

    def refund(self, client: str, quota: Quota, cost: float) -> None:
        """Give back what a request did not cost after all."""

    async def aclose(self) -> None:
        """End what it does in the background."""


class OperationCost(NamedTuple):
    """What an operation costs, where that is more than a plain request."""

    method: str
    pattern: re.Pattern[str]
    cost: float


class RateCharge(NamedTuple):
    """What came of charging a request."""

    client: str
    quota: Quota
    cost: float
    decision: RateDecision

    def to_headers(self) -> list[Header]:
        """Return the fields of draft-ietf-httpapi-ratelimit-headers-11."""
        policy, units = self.quota
        return [
            (b"ratelimit-policy", f'"{policy}";q={units};w={WINDOW_S}'.encode()),
            (b"ratelimit", f'"{policy}";r={self.decision.remaining};t={self.decision.wait_s}'.encode()),
        ]


class RatePolicy:
    """The rates of the settings, and the limiter that keeps them."""

    def __init__(self, settings: Settings, limiter: Limiter, operation_costs: Sequence[OperationCost]) -> None:
        self.limiter, self.operation_costs = limiter, operation_costs
        self.public_quota, self.key_rate = Quota(ADDRESS_POLICY, settings.public_rate), settings.key_rate
        self.is_public_limited = settings.public_rate > 0
        self._proxies = TrustedProxies(settings.trusted_proxies)
        # Who tries the service on this machine is not limited, unless somebody says so.
        self._frees_this_machine = "public_rate" not in settings.model_fields_set
        self._find_client = lru_cache(maxsize=MAX_KNOWN_ADDRESSES)(self._find_client_of)
        self._memory_ns = self.public_quota.duration_of(MEMORY_COST) if self.is_public_limited else 0

    def admit_from_memory(self, address: str, forwarded_for: bytes) -> bool:
        """Charge an answer from memory to a request without a key, by where it came from and whom its proxy names.

        False: the application decides, and tells the client.
        """
        client = self._name_client(address, forwarded_for)
        return not client or self.limiter.admit_now(client, self._memory_ns)

    def find_refusal(self, address: str, forwarded_for: bytes, scope: Scope) -> RateCharge | None:
        """Return the refusal of a request without a key, as it came off the wire; None where it may be admitted."""
        client = self._name_client(address, forwarded_for)
        cost = self._find_cost(scope)
        decision = self.limiter.refuse_now(client, self.public_quota, cost) if client else None
        return RateCharge(client, self.public_quota, cost, decision) if decision is not None else None

    async def charge(self, scope: Scope, caller: Caller | None) -> RateCharge | None:
        """Charge a request to its key, or else to its address; None where that is not limited."""
        client, quota = self._find_quota(scope, caller)
        if not client or not quota.units:
            return None
        cost = self._find_cost(scope)
        return RateCharge(client, quota, cost, await self.limiter.charge(client, quota, cost))

    def settle(self, charge: RateCharge) -> None:
        """Give back what a request did not cost that was answered from memory."""
        if charge.decision.is_admitted:
            self.limiter.refund(charge.client, charge.quota, charge.cost - MEMORY_COST)

    def find_rate(self, caller: Caller) -> int:
        """Return how many requests a minute the key of a caller may ask; 0: no limit."""
        return self.key_rate if caller.rate is None else caller.rate

    async def aclose(self) -> None:
        """End what the limiter does in the background."""
        await self.limiter.aclose()

    def _find_quota(self, scope: Scope, caller: Caller | None) -> tuple[str, Quota]:
        if caller is not None:
            return f"key:{caller.key_id}", Quota(KEY_POLICY, self.find_rate(caller))
        client = scope.get("client")
        return self._find_client(client[0] if client else "", b""), self.public_quota

    def _find_cost(self, scope: Scope) -> float:
        method, path = scope["method"], scope["path"]
        matching = (cost for of, pattern, cost in self.operation_costs if of == method and pattern.fullmatch(path))
        return next(matching, PLAIN_COST)

    def _name_client(self, address: str, forwarded_for: bytes) -> str:
        find_client = self._find_client if len(forwarded_for) <= MAX_KNOWN_LENGTH else self._find_client_of
        return find_client(address, forwarded_for)

    def _find_client_of(self, address: str, forwarded_for: bytes) -> str:
        """Return the name of a client; empty where it is not limited."""
        network = name_network(self._proxies.find_client(address, forwarded_for))
        is_free = not network or (self._frees_this_machine and is_this_machine(network))
        return "" if is_free or not self.is_public_limited else f"address:{network}"
