"""What the application answers where: the methods of a path, and its list-valued parameters."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


class Place(NamedTuple):
    """One path of the application, as OpenAPI writes it."""

    pattern: re.Pattern[str]
    template: str
    methods: frozenset[str]


class Paths:
    """The application's table of paths, read once when it is first asked."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(self._read())

    def _read(self) -> Iterator[Place]:
        for route in iter_route_contexts(self.app.routes):
            methods = frozenset(route.methods or ())
            if route.path_format and methods:
                yield Place(route.path_regex, route.path_format, methods)

    def methods(self, path: str) -> list[str]:
        """The methods answered at `path`, HEAD and OPTIONS included; empty where there is nothing."""
        found = {method for place in self.places if place.pattern.match(path) for method in place.methods}
        if not found:
            return []
        return sorted(found | {"OPTIONS"} | ({"HEAD"} if "GET" in found else set()))

    def template(self, path: str) -> str:
        """The path as OpenAPI writes it, for the log; a path that is not ours is not repeated."""
        return next((place.template for place in self.places if place.pattern.match(path)), "(unknown)")

    def lists(self, path: str, method: str) -> frozenset[str]:
        """Names of the query parameters that may be given several times at `path`."""
        return _lists(self, self.template(path), method.lower())


@cache
def _lists(paths: Paths, template: str, method: str) -> frozenset[str]:
    operation: dict[str, Any] = paths.app.openapi()["paths"].get(template, {}).get(method, {})
    found = set()
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        if any(one.get("type") == "array" for one in (schema, *schema.get("anyOf", ()))):
            found.add(parameter["name"])
    return frozenset(found)
