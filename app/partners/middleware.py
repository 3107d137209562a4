"""Plain ASGI around the edge: checks the key of a request, and whether it allows the operation, before all else."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.edge import REFUSAL_STATE
from app.kit.errors import Problem
from app.kit.response_headers import Header
from app.partners.dependencies import CALLER_STATE, ScopeRequirement
from app.partners.errors import invalid_key, key_in_address
from app.partners.key_format import KEY_PREFIX, holds_key
from app.partners.key_ring import Caller, KeyRing
from app.partners.texts import PartnerTexts
from app.texts.loader import load_texts

BEARER: Final = "bearer"
API_PREFIX: Final = "/v1/"
CACHE_CONTROL, PUBLIC, PRIVATE = b"cache-control", b"public", b"private"


class ProtectedOperation(NamedTuple):
    """An operation that needs a key."""

    pattern: re.Pattern[str]
    methods: frozenset[str]
    requirement: ScopeRequirement


class AccessMiddleware:
    """Puts the caller into the state of a request; or a refusal, which the edge sends before it looks further."""

    def __init__(self, app: ASGIApp, *, application: FastAPI, current_ring: Callable[[], KeyRing]) -> None:
        """`application` has the routes; `current_ring` returns the keys that are good now."""
        self.app, self.application, self.current_ring = app, application, current_ring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http" or scope["method"] == "OPTIONS":  # a preflight never has a key
            await self.app(scope, receive, send)
            return
        state = {**(scope.get("state") or {})}
        try:
            state[CALLER_STATE] = caller = self._identify(scope)
            self._check_scope(scope, caller)
        except Problem as problem:
            state[REFUSAL_STATE], caller = problem, None
        if caller is not None or scope["path"].startswith(API_PREFIX):
            send = _for_caller(send, has_key=caller is not None)
        await self.app({**scope, "state": state}, receive, send)

    def _identify(self, scope: Scope) -> Caller | None:
        """Return whose key the request has; None without one. Raises a problem where it is wrong, or in the address.

        Credentials of another scheme are those of a proxy in front, and nobody's key.
        """
        if holds_key(scope["path"], scope["query_string"]):
            raise key_in_address()
        values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
        credentials = [value.partition(" ") for value in values]
        keys = [key.strip() for scheme, _, key in credentials if scheme.lower() == BEARER]
        if not keys:
            if any(value.startswith(KEY_PREFIX) for value in values):
                raise invalid_key(load_texts(PartnerTexts).problems.key_malformed)
            return None
        if len(keys) > 1:
            raise invalid_key(load_texts(PartnerTexts).problems.key_malformed)
        return self.current_ring().identify(keys[0])

    def _check_scope(self, scope: Scope, caller: Caller | None) -> None:
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        for operation in self._protected_operations:
            if method in operation.methods and operation.pattern.match(scope["path"]):
                operation.requirement.check(caller)

    @cached_property
    def _protected_operations(self) -> tuple[ProtectedOperation, ...]:
        """Read once when first needed: the routes are complete only then."""
        return tuple(_list_protected_operations(self.application))


def _list_protected_operations(application: FastAPI) -> Iterator[ProtectedOperation]:
    for route in iter_route_contexts(application.routes):
        dependant = getattr(route, "dependant", None)
        if isinstance(dependant, Dependant):
            for requirement in _list_requirements(dependant):
                yield ProtectedOperation(route.path_regex, frozenset(route.methods or ()), requirement)


def _list_requirements(dependant: Dependant) -> Iterator[ScopeRequirement]:
    if isinstance(dependant.call, ScopeRequirement):
        yield dependant.call
    for dependency in dependant.dependencies:
        yield from _list_requirements(dependency)


def _for_caller(send: Send, *, has_key: bool) -> Send:
    """Return a `send` that tells shared caches that answers depend on the key, and to keep none that had one."""

    async def send_varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if dict(headers).get(CACHE_CONTROL, b"").startswith(PUBLIC):
                message = {**message, "headers": list(_vary_by_key(headers, has_key))}
        await send(message)

    return send_varied


def _vary_by_key(headers: list[Header], has_key: bool) -> Iterator[Header]:
    vary = b"Authorization"
    for name, value in headers:
        if name == b"vary":
            vary = value + b", " + vary
        elif name == CACHE_CONTROL and has_key:
            yield name, PRIVATE + value.removeprefix(PUBLIC)
        else:
            yield name, value
    yield b"vary", vary
