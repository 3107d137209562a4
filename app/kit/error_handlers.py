"""Exception handlers of the application: how problems, HTTP errors of the framework and wrong requests are answered."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from app.kit.errors import (
    BodyTooLarge,
    InvalidRequest,
    MalformedJson,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    Problem,
    UnsupportedMediaType,
)
from app.kit.field_errors import describe_errors, list_relevant_errors, summarise_errors

PROBLEM_BY_STATUS: dict[int, type[Problem]] = {
    problem.status: problem
    for problem in (NotFound, MethodNotAllowed, NotAcceptable, BodyTooLarge, UnsupportedMediaType, InvalidRequest)
}
"""The problems that stand for an HTTP status which the framework raises on its own."""


def request_id_of(request: Request) -> str:
    """Return the id that the edge gave to the request; empty where it did not pass the edge."""
    return request_id_of_scope(request.scope)


def request_id_of_scope(scope: Scope) -> str:
    """Return the id that the edge gave to the request of a scope; empty where it did not pass the edge."""
    return str(scope.get("state", {}).get("request_id", ""))


async def handle_problem(request: Request, error: Exception) -> Response:
    """Answer a `Problem` that a route raised."""
    assert isinstance(error, Problem)
    return error.response(request_id_of(request))


async def handle_http_error(request: Request, error: Exception) -> Response:
    """Answer an `HTTPException` of the framework or the edge as the problem of its status."""
    assert isinstance(error, HTTPException)
    path, route_table = request.scope["path"], request.app.state.route_table
    problem = PROBLEM_BY_STATUS.get(error.status_code, MalformedJson)
    headers = dict(error.headers or {})
    detail = str(error.detail)
    if error.status_code == 404:
        detail = f"There is nothing at {path}."
        if path.endswith("/") and route_table.methods(path.rstrip("/")):
            detail = f"There is nothing at {path}, but there is at {path.rstrip('/')}, without the slash."
    elif error.status_code == 400:
        detail = "The body cannot be read as JSON in UTF-8."
    elif error.status_code == 405:
        headers["Allow"] = ", ".join(route_table.methods(path))
        detail = f"{request.method} is not answered here; {headers['Allow']} are."
    return problem(detail, headers=headers).response(request_id_of(request))


async def handle_validation_error(request: Request, error: Exception) -> Response:
    """Answer a request that does not fit its schema: 400 for a body that is no JSON, else 422 with every error."""
    assert isinstance(error, RequestValidationError)
    errors = list_relevant_errors(error.errors())
    syntax_error = next((details for details in errors if details["type"] == "json_invalid"), None)
    if syntax_error is not None:
        reason = syntax_error.get("ctx", {}).get("error", "it cannot be read")
        detail = f"The body is not JSON: {reason} at character {syntax_error['loc'][-1]}."
        return MalformedJson(detail).response(request_id_of(request))
    field_errors = describe_errors(request, errors)
    return InvalidRequest(summarise_errors(field_errors), errors=field_errors).response(request_id_of(request))
