"""Whose key a request has, and whether it allows the operation."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.types import Scope

from app.partners.dependencies import ScopeRequirement
from app.partners.errors import invalid_key, key_in_address
from app.partners.key_format import KEY_PREFIX, holds_key
from app.partners.key_ring import Caller, KeyRing
from app.partners.texts import PartnerTexts
from app.texts.loader import load_texts

BEARER: Final = "bearer"


class ProtectedOperation(NamedTuple):
    """An operation that needs a key."""

    pattern: re.Pattern[str]
    methods: frozenset[str]
    requirement: ScopeRequirement


class KeyCheck:
    """Reads keys from the heads of requests."""

    def __init__(self, application: FastAPI, current_ring: Callable[[], KeyRing]) -> None:
        """`application` has the routes; `current_ring` returns the keys that are good now."""
        self.application, self.current_ring = application, current_ring

    def identify(self, scope: Scope) -> Caller | None:
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

    def check_scope(self, scope: Scope, caller: Caller | None) -> None:
        """Raise `KeyRequired` or `MissingScope` where the caller may not do what the request asks for."""
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        for operation in self._protected_operations:
            if method in operation.methods and operation.pattern.match(scope["path"]):
                operation.requirement.check(caller, scope["path"])

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
