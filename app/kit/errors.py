"""Errors: named classes that carry status and title, answer as RFC 9457 problems and describe themselves to OpenAPI."""

import json
import re
from collections.abc import Sequence
from typing import Any, ClassVar

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
Fault = dict[str, Any]
"""One wrong value: `{"in", "pointer" or "name", "detail", "allowed"?}`."""


class Problem(Exception):
    """A refusal that the caller can understand. Subclasses name the case."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request"

    def __init__(
        self, detail: str, *, errors: Sequence[Fault] = (), headers: dict[str, str] | None = None, **more: Any
    ):
        super().__init__(detail)
        self.detail, self.errors, self.headers, self.more = detail, list(errors), headers or {}, more

    @classmethod
    def type_uri(cls) -> str:
        words = re.findall(r"[A-Z][a-z0-9]*", cls.__name__)
        return "urn:thoracic-mobility:problem:" + "-".join(words).lower()

    @classmethod
    def documented(cls, *others: "type[Problem]") -> dict[int | str, dict[str, Any]]:
        """The `responses=` of a route that may raise this problem and `others`."""
        answers: dict[int | str, dict[str, Any]] = {}
        for kind in (cls, *others):
            example = {"type": kind.type_uri(), "title": kind.title, "status": kind.status, "detail": "..."}
            said = answers.setdefault(
                kind.status,
                {
                    "description": kind.title,
                    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                },
            )
            if kind.title not in said["description"]:
                said["description"] += f" / {kind.title}"
            said["content"][MEDIA_TYPE].setdefault("example", {**example, "request_id": "0f8c2a5e6b7d4c19"})
        return answers

    def response(self, request_id: str) -> Response:
        body = {
            "type": self.type_uri(),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id,
            **({"errors": self.errors} if self.errors else {}),
            **self.more,
        }
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        return Response(content, self.status, {"Cache-Control": "no-store", **self.headers}, MEDIA_TYPE)


class NotFound(Problem):
    status, title = 404, "Not found"


class MalformedJson(Problem):
    status, title = 400, "Malformed JSON"


class MalformedRequest(Problem):
    status, title = 400, "Malformed HTTP request"


class MethodNotAllowed(Problem):
    status, title = 405, "Method not allowed"


class NotAcceptable(Problem):
    status, title = 406, "Not acceptable"


class RequestTimeout(Problem):
    status, title = 408, "Request timeout"


class BodyTooLarge(Problem):
    status, title = 413, "Body too large"


class UriTooLong(Problem):
    status, title = 414, "URI too long"


class UnsupportedMediaType(Problem):
    status, title = 415, "Unsupported media type"


class InvalidRequest(Problem):
    status, title = 422, "Invalid request"


class HeadersTooLarge(Problem):
    status, title = 431, "Headers too large"


class InternalError(Problem):
    status, title = 500, "Internal error"


class NotReady(Problem):
    status, title = 503, "Not ready"


HTTP_ERRORS: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (NotFound, MethodNotAllowed, NotAcceptable, BodyTooLarge, UnsupportedMediaType, InvalidRequest)
}

SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "An error, as RFC 9457 has it. Every error of this service has this shape.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "Names the kind of problem; stable."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was wrong here, and what would be right."},
        "request_id": {"type": "string", "description": "The same as in the X-Request-ID header and the log."},
        "errors": {
            "type": "array",
            "description": "Every wrong value, where there are such.",
            "items": {
                "type": "object",
                "required": ["in", "detail"],
                "properties": {
                    "in": {"enum": ["body", "query", "path", "header"]},
                    "pointer": {"type": "string", "description": "JSON pointer into the body."},
                    "name": {"type": "string", "description": "Name of the parameter."},
                    "detail": {"type": "string"},
                    "allowed": {"type": "array", "description": "The values that would be right."},
                },
            },
        },
    },
    "additionalProperties": True,
}


def request_id_of(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


async def answer_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response(request_id_of(request))


async def answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = HTTP_ERRORS.get(error.status_code, MalformedJson)
    headers = dict(error.headers or {})
    detail = str(error.detail)
    if error.status_code == 404:
        path = request.url.path
        detail = f"There is nothing at {path}."
        if path.endswith("/") and request.app.state.route_table.methods(path.rstrip("/")):
            detail = f"There is nothing at {path}, but there is at {path.rstrip('/')}, without the slash."
    if error.status_code == 400:
        detail = "The body cannot be read as JSON in UTF-8."
    if error.status_code == 405:
        allowed = ", ".join(request.app.state.route_table.methods(request.url.path))
        headers["Allow"] = allowed
        detail = f"{request.method} is not answered here; {allowed} are."
    return kind(detail, headers=headers).response(request_id_of(request))
