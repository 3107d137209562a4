"""The class of the routes that answer with lists: answers a right query at once, and leaves a wrong one to FastAPI.

FastAPI looks at the annotation of every field at every request, which takes longer than to filter the catalogue.
"""

from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.catalogue.dependencies import current_snapshot
from app.catalogue.filters import RecordFilter


class ListQuery(NamedTuple):
    """How the query of a list is read."""

    model: type[RecordFilter]
    list_names: frozenset[str]
    """The parameters that may be repeated."""

    def read(self, text: bytes) -> RecordFilter | None:
        """Return the query as the model; None where anything is wrong with it."""
        values: dict[str, Any] = {}
        for name, value in _split_query(text):
            if name in self.list_names:
                values.setdefault(name, []).append(value)
            elif name in values:
                return None
            else:
                values[name] = value
        try:
            return self.model.model_validate(values)
        except ValidationError:
            return None


class ListRoute(APIRoute):
    """A route whose endpoint may take `request`, `catalogue` and `query`, a model of filters: then it is a list."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the endpoint alone where the query is right, else by FastAPI, which says what is wrong."""
        query = self._list_query.read(scope["query_string"]) if self._list_query and scope["method"] == "GET" else None
        if query is None:
            await super().handle(scope, receive, send)
            return
        request = Request(scope, receive, send)
        response: Response = await self.endpoint(
            request=request, catalogue=await current_snapshot(request), query=query
        )
        await response(scope, receive, send)

    @cached_property
    def _list_query(self) -> ListQuery | None:
        """How the filters that the endpoint takes are read; None where it takes something else."""
        names = {"request", "catalogue", "query"}
        models = [field.field_info.annotation for field in self.dependant.query_params]
        annotations = getattr(self.endpoint, "__annotations__", {})
        if annotations.keys() - {"return"} != names or len(models) != 1:
            return None
        model = models[0]
        if not (isinstance(model, type) and issubclass(model, RecordFilter)):
            return None
        fields = model.model_fields.items()
        return ListQuery(model, frozenset(name for name, field in fields if _takes_list(field.annotation)))


def _takes_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _split_query(text: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a query in their order."""
    query = text.decode("latin-1")
    if "%" in query or "+" in query:
        return parse_qsl(query, keep_blank_values=True)
    # Nothing is encoded, as in most queries: a fifth of the time.
    return [(name, value) for name, _, value in (pair.partition("=") for pair in query.split("&") if pair)]
