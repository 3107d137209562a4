"""What the application answers where: the methods of a path, its template, its query parameters of one value."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.kit.request_schema import find_operation

MAX_KNOWN_PATHS = 1024
"""Paths of which the routes are remembered: to try every pattern takes as long as a whole answer from memory."""


class RouteEntry(NamedTuple):
    """One route: its path as a pattern and as OpenAPI writes it, and its methods."""

    pattern: re.Pattern[str]
    template: str
    methods: frozenset[str]


class RouteTable:
    """The routes of the application, read once when first needed: they are complete only then."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._matching = lru_cache(maxsize=MAX_KNOWN_PATHS)(self._find_matching)
        self._single_parameters: dict[tuple[str, str], frozenset[str] | None] = {}

    @cached_property
    def entries(self) -> tuple[RouteEntry, ...]:
        """All routes, in the order in which the application tries them."""
        return tuple(self._read_entries())

    def _read_entries(self) -> Iterator[RouteEntry]:
        for route in iter_route_contexts(self.app.routes):
            methods = frozenset(route.methods or ())
            if route.path_format and methods:
                yield RouteEntry(route.path_regex, route.path_format, methods)

    def methods(self, path: str) -> list[str]:
        """Return the methods answered at `path`, with HEAD and OPTIONS; empty where no route matches."""
        methods = {method for entry in self._matching(path) for method in entry.methods}
        if not methods:
            return []
        return sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set()))

    def template(self, path: str) -> str:
        """Return the path as OpenAPI writes it, for the log; an unknown path is not repeated there."""
        return next((entry.template for entry in self._matching(path)), "(unknown)")

    def _find_matching(self, path: str) -> tuple[RouteEntry, ...]:
        return tuple(entry for entry in self.entries if entry.pattern.match(path))

    def single_parameters(self, path: str, method: str) -> frozenset[str] | None:
        """Return the names of the query parameters of one value at `path`; None for a page without documentation."""
        key = (self.template(path), method)
        if key not in self._single_parameters:
            schema = find_operation(self.app, *key)
            single = (name for name, value in schema.parameters().items() if value.get("type") != "array")
            self._single_parameters[key] = frozenset(single) if schema.operation else None
        return self._single_parameters[key]
