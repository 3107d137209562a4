"""Plain ASGI around the edge: checks key, scope and rate of a request before anything else of it is looked at."""

from collections.abc import Iterator
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.answer_origin import ORIGIN_STATE, AnswerOrigin
from app.kit.edge import REFUSAL_STATE
from app.kit.errors import Problem
from app.kit.response_headers import Header
from app.partners.dependencies import CALLER_STATE
from app.partners.errors import rate_limit_exceeded
from app.partners.key_check import KeyCheck
from app.partners.key_ring import Caller
from app.partners.key_use import KeyUseCounter
from app.partners.rate_policy import RateCharge, RatePolicy

UNCHECKED_PATHS: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""What watches the service asks often, and sends credentials of its own."""
CACHE_CONTROL, PUBLIC, PRIVATE = b"cache-control", b"public", b"private"


class AccessMiddleware:
    """Puts the caller into the state of a request; or a refusal, which the edge sends before it looks further."""

    def __init__(self, app: ASGIApp, *, keys: KeyCheck, rates: RatePolicy, key_use: KeyUseCounter) -> None:
        self.app, self.keys, self.rates, self.key_use = app, keys, rates, key_use

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        # A preflight never has a key, and its script gets the answer of the request that follows.
        if scope["type"] != "http" or scope["method"] == "OPTIONS" or scope["path"] in UNCHECKED_PATHS:
            await self.app(scope, receive, send)
            return
        caller, refusal = self._identify(scope)
        charge = await self.rates.charge(scope, caller)
        is_admitted = charge is None or charge.decision.is_admitted
        if charge is not None and not is_admitted:
            refusal = rate_limit_exceeded(charge.quota, charge.decision.wait_s)
        if caller is not None:
            self.key_use.observe(caller.key_id, is_refused=not is_admitted)
        origin = AnswerOrigin()
        state = {**(scope.get("state") or {}), CALLER_STATE: caller, REFUSAL_STATE: refusal, ORIGIN_STATE: origin}
        await self.app({**scope, "state": state}, receive, _complete(send, scope, caller, charge))
        if charge is not None and origin.is_memory:
            self.rates.settle(charge)

    def _identify(self, scope: Scope) -> tuple[Caller | None, Problem | None]:
        """Return whose key the request has, None without one, and what is wrong with that."""
        caller = None
        try:
            caller = self.keys.identify(scope)
            self.keys.check_scope(scope, caller)
        except Problem as problem:
            return caller, problem
        return caller, None


def _complete(send: Send, scope: Scope, caller: Caller | None, charge: RateCharge | None) -> Send:
    """Return a `send` that adds what depends on key and rate.

    Shared caches learn that public answers depend on the key, and keep none that had one. They would also replay the
    rate of one client to others: an answer that they may keep does not tell it.
    """
    is_private = caller is not None or scope["method"] not in ("GET", "HEAD")
    rate_headers: list[Header] = []
    if charge is not None and (is_private or not charge.decision.is_admitted):
        rate_headers = charge.to_headers()

    async def send_completed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if dict(headers).get(CACHE_CONTROL, b"").startswith(PUBLIC):
                headers = list(_vary_by_key(headers, has_key=caller is not None))
            message = {**message, "headers": headers + rate_headers}
        await send(message)

    return send_completed


def _vary_by_key(headers: list[Header], *, has_key: bool) -> Iterator[Header]:
    vary = b"Authorization"
    for name, value in headers:
        if name == b"vary":
            vary = value + b", " + vary
        elif name == CACHE_CONTROL and has_key:
            yield name, PRIVATE + value.removeprefix(PUBLIC)
        else:
            yield name, value
    yield b"vary", vary
