"""Errors: named classes that carry status and title, answer as RFC 9457 problems and describe themselves to OpenAPI."""

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Final, Literal, NotRequired, TypedDict

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypeAliasType

from app.kit import caching

PROBLEM_MEDIA_TYPE = "application/problem+json"
STOPPING_RETRY_AFTER_S: Final = 5
"""Seconds in which another process, or a new one, answers."""
WORKER_RETRY_AFTER_S: Final = 2
EXAMPLE_REQUEST_ID = "0f8c2a5e6b7d4c19"
ErrorLocation = TypeAliasType(
    "ErrorLocation",
    Annotated[
        Literal["body", "query", "path", "header"],
        Field(description="The part of a request that a wrong value is in, or a list is taken in."),
    ],
)
FieldError = TypedDict(
    "FieldError",
    {
        "in": ErrorLocation,
        "pointer": NotRequired[str],
        "name": NotRequired[str],
        "detail": str,
        "allowed": NotRequired[list[str]],
    },
)
"""One wrong value of a request: a JSON `pointer` into the body, or the `name` of a parameter."""


class Problem(Exception):
    """An error that the client can understand. Subclasses name the case.

    `detail` says what is wrong here and what would be right; `extensions` are further members of the problem.
    """

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
        **extensions: Any,
    ):
        super().__init__(detail)
        self.detail, self.errors, self.headers, self.extensions = detail, list(errors), headers or {}, extensions

    @classmethod
    def type_uri(cls) -> str:
        """Return the stable name of the case: `MalformedJson` is `urn:...:problem:malformed-json`."""
        words = re.findall(r"[A-Z][a-z0-9]*", cls.__name__)
        return "urn:thoracic-mobility:problem:" + "-".join(words).lower()

    @classmethod
    def openapi_responses(cls, *others: "type[Problem]") -> dict[int | str, dict[str, Any]]:
        """Return the `responses=` of a route that may raise this problem and `others`, one entry per status."""
        responses: dict[int | str, dict[str, Any]] = {}
        for problem in (cls, *others):
            response = responses.setdefault(
                problem.status,
                {
                    "description": problem.title,
                    "content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                },
            )
            if problem.title not in response["description"]:
                response["description"] += f" / {problem.title}"
            response["content"][PROBLEM_MEDIA_TYPE].setdefault("example", problem.example())
        return responses

    @classmethod
    def example(cls) -> dict[str, Any]:
        """Return an answer as the OpenAPI document shows it."""
        return {
            "type": cls.type_uri(),
            "title": cls.title,
            "status": cls.status,
            "detail": (cls.__doc__ or cls.title).partition("\n")[0],
            "request_id": EXAMPLE_REQUEST_ID,
        }

    def response(self, request_id: str) -> Response:
        """Return the answer, as `application/problem+json` that no cache stores."""
        body = {
            "type": self.type_uri(),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id,
            **({"errors": self.errors} if self.errors else {}),
            **self.extensions,
        }
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        return Response(content, self.status, {"Cache-Control": caching.NO_STORE, **self.headers}, PROBLEM_MEDIA_TYPE)


class NotFound(Problem):
    """Nothing is at this path."""

    status, title = 404, "Not found"


class MalformedJson(Problem):
    """The body is no JSON in UTF-8."""

    status, title = 400, "Malformed JSON"


class MalformedRequest(Problem):
    """The request is not valid HTTP/1.1."""

    status, title = 400, "Malformed HTTP request"


class MethodNotAllowed(Problem):
    """The path exists, but not for this method."""

    status, title = 405, "Method not allowed"


class NotAcceptable(Problem):
    """The path has several media types, and the client accepts none of them."""

    status, title = 406, "Not acceptable"


class RequestTimeout(Problem):
    """The client sends its request too slowly."""

    status, title = 408, "Request timeout"


class BodyTooLarge(Problem):
    """The body is larger than the service reads."""

    status, title = 413, "Body too large"


class UriTooLong(Problem):
    """The address is longer than the service reads."""

    status, title = 414, "URI too long"


class UnsupportedMediaType(Problem):
    """The body is of another type than JSON."""

    status, title = 415, "Unsupported media type"


class InvalidRequest(Problem):
    """Values of the request are wrong; `errors` lists them."""

    status, title = 422, "Invalid request"


class HeadersTooLarge(Problem):
    """The headers or trailers are larger or more than the service reads."""

    status, title = 431, "Headers too large"


class InternalError(Problem):
    """An unexpected exception, of which the client learns nothing but the request id."""

    status, title = 500, "Internal error"


class FormatUnavailable(Problem):
    """The server lacks the optional package that makes this format."""

    status, title = 501, "Format unavailable"


class TemporaryProblem(Problem):
    """The service cannot do now what it can do a little later: the answer says after how many seconds to ask again."""

    status = 503

    def __init__(self, detail: str, *, retry_after_s: int, **extensions: Any) -> None:
        advice = f"Ask again in {retry_after_s} seconds."
        super().__init__(f"{detail} {advice}", headers={"Retry-After": str(retry_after_s)}, **extensions)


class NotReady(TemporaryProblem):
    """The service cannot be trusted with work now."""

    title = "Not ready"


class WorkerUnavailable(TemporaryProblem):
    """Processes died or hung over the work of one request."""

    title = "Worker unavailable"


def service_is_stopping() -> NotReady:
    """Return the problem of a request that comes, or is not answered yet, when the service ends."""
    return NotReady("The service is being stopped.", retry_after_s=STOPPING_RETRY_AFTER_S)


def work_interrupted() -> WorkerUnavailable:
    """Return the problem of a request whose work was tried twice."""
    return WorkerUnavailable("The work on this request was interrupted.", retry_after_s=WORKER_RETRY_AFTER_S)
