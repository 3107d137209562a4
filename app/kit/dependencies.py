"""FastAPI dependencies that many routes share."""

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request


async def reject_unknown_query(request: Request) -> None:
    """Dependency of every router: a route without query parameters takes none.

    Raises `RequestValidationError` for each name in the query. Routes with parameters declare a `QueryModel`, which
    rejects unknown names itself.
    """
    if request.scope["query_string"] and not request.scope["route"].dependant.query_params:
        raise RequestValidationError(
            [
                {"type": "extra_forbidden", "loc": ("query", name), "msg": "", "input": None}
                for name in request.query_params
            ]
        )
