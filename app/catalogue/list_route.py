"""The class of the routes that answer with lists: reads a right query at once, and leaves a wrong one to FastAPI.

FastAPI looks at the annotation of every field at every request, which takes longer than to filter the catalogue.
"""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.responses import Response

from app.catalogue.filters import RecordFilter


class ListRoute(APIRoute):
    """A route whose endpoint takes `request`, `catalogue` and `query`, a model of filters."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler: the endpoint where the query is right, else FastAPI's, which says what is wrong."""
        handle_by_fastapi = super().get_route_handler()
        query_model = _query_model_of(self)
        if query_model is None:
            return handle_by_fastapi
        list_names = frozenset(
            name for name, field in query_model.model_fields.items() if _takes_list(field.annotation)
        )

        async def handle(request: Request) -> Response:
            query = _read_query(query_model, list_names, request.scope["query_string"])
            if query is None:
                return await handle_by_fastapi(request)
            response: Response = await self.endpoint(
                request=request, catalogue=request.app.state.catalogue.snapshot, query=query
            )
            return response

        return handle


def _query_model_of(route: APIRoute) -> type[RecordFilter] | None:
    """Return the filters that the endpoint takes; None where it takes something else."""
    names = {"request", "catalogue", "query"}
    models = [field.field_info.annotation for field in route.dependant.query_params]
    annotations = getattr(route.endpoint, "__annotations__", {})
    if annotations.keys() - {"return"} != names or len(models) != 1:
        return None
    model = models[0]
    return model if isinstance(model, type) and issubclass(model, RecordFilter) else None


def _takes_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _read_query(model: type[RecordFilter], list_names: frozenset[str], text: bytes) -> RecordFilter | None:
    """Return the query as the model; None where anything is wrong with it."""
    values: dict[str, Any] = {}
    for name, value in parse_qsl(text.decode("latin-1"), keep_blank_values=True):
        if name in list_names:
            values.setdefault(name, []).append(value)
        elif name in values:
            return None
        else:
            values[name] = value
    try:
        return model.model_validate(values)
    except ValidationError:
        return None
