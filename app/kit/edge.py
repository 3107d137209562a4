"""The outermost layer, plain ASGI: request ids, HEAD, OPTIONS, limits, duplicate parameters, the last catch."""

import logging
import re
import time
from collections import Counter
from urllib.parse import quote_from_bytes, unquote_plus

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.cors import PREFLIGHT_HEADER, preflight_response
from app.kit.duplicate_keys import first_duplicate_key
from app.kit.errors import (
    BodyTooLarge,
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    Problem,
    UnsupportedMediaType,
)
from app.kit.logging import RequestLine, log_request, traceback_locations
from app.kit.request_id import request_id_for
from app.kit.request_statistics import RequestStatistics
from app.kit.response_headers import list_common_headers
from app.kit.response_sender import ResponseSender
from app.kit.route_table import RouteTable
from app.kit.settings import Settings
from app.kit.worker_process import WorkFailed

log = logging.getLogger("thoracic.edge")
JSON_CONTENT_TYPE = re.compile(r"application/(json|[a-z0-9.+-]+\+json)\s*(;.*)?", re.IGNORECASE)
QUERY_SAFE_CHARS = "".join(map(chr, range(128)))
"""Characters of a query that are left as they came; all others are percent-encoded."""
REFUSAL_STATE = "refusal"
"""Where the state of a request holds a `Problem` that a layer outside found: it is sent, and nothing else is done."""
NO_PATHS = re.compile("(?!)")
CLOSE = {"Connection": "close"}
"""Sent with the refusal of a body that is too large: nobody reads the rest of it."""


class EdgeMiddleware:
    """Wraps the application. What it rejects never reaches a route."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        route_table: RouteTable,
        settings: Settings,
        statistics: RequestStatistics,
        upload_paths: re.Pattern[str] = NO_PATHS,
    ) -> None:
        """`upload_paths`: where PUT takes a body that is no JSON."""
        self.app, self.route_table, self.statistics = app, route_table, statistics
        self.upload_paths = upload_paths
        self.max_body_bytes = settings.max_body_bytes
        self.slow_ms, self.access_log = settings.slow_ms, settings.access_log
        self.common_headers = list_common_headers(settings.public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Never raises: an exception of the application becomes a 500 and a log line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started_at = time.perf_counter()
        request_id = request_id_for(scope["headers"])
        sender = ResponseSender(send, request_id, self.common_headers, scope)
        inner_scope = _inner_scope(scope, request_id)
        try:
            early_response = self._respond_early(scope, request_id)
            if early_response is not None:
                await early_response(inner_scope, receive, sender)
            else:
                is_read = scope["method"] == "GET"
                limited_receive = receive if is_read else self._limit_body(receive, self._is_upload(scope))
                await self.app(inner_scope, limited_receive, sender)
        except Exception as error:  # catch-all: the text of an exception must never reach the client or the log
            log.error(
                "a request failed",
                extra={"request_id": request_id, **_describe_failure(error)},
            )
            if not sender.started:
                failure = InternalError("Something went wrong here; it is logged under this request id.")
                await failure.response(request_id)(inner_scope, receive, sender)
        self._log_request(scope, request_id, sender.status, started_at)

    def _respond_early(self, scope: Scope, request_id: str) -> Response | None:
        """Return the answer that needs no route: to OPTIONS, or to a request that is wrong by its head."""
        try:
            refusal: Problem | None = (scope.get("state") or {}).get(REFUSAL_STATE)
            if refusal is not None:
                raise refusal
            if scope["method"] == "OPTIONS":
                return self._respond_to_options(scope)
            is_read = scope["method"] in ("GET", "HEAD")
            allowed_methods = [] if is_read else self.route_table.methods(scope["path"])
            if allowed_methods:  # else the application answers 404
                _reject_method(scope["method"], allowed_methods)
            if b"&" in scope["query_string"]:
                self._reject_duplicate_query_params(scope)
            if allowed_methods:
                self._reject_body(dict(scope["headers"]), self._is_upload(scope))
        except Problem as problem:
            return problem.response(request_id)
        return None

    def _respond_to_options(self, scope: Scope) -> Response | None:
        """Return the answer to OPTIONS. A preflight never fails: the script would not see why its request is wrong."""
        allowed_methods = self.route_table.methods(scope["path"])
        if allowed_methods or PREFLIGHT_HEADER in dict(scope["headers"]):
            return preflight_response(allowed_methods)
        return None

    def _reject_duplicate_query_params(self, scope: Scope) -> None:
        path, method = scope["path"], "GET" if scope["method"] == "HEAD" else scope["method"]
        duplicates = _duplicate_names(scope["query_string"])
        if not duplicates:
            return
        # A page has none: mails and tools link to it with parameters of their own. An unknown name of an operation
        # passes, because the route tells what is known, and what is probably meant.
        single_parameters = self.route_table.single_parameters(path, method) or frozenset()
        wrong = [name for name in duplicates if name in single_parameters]
        if wrong:
            detail = "This takes one value and was given more than once."
            raise InvalidRequest(
                f"{wrong[0]}: {detail}", errors=[{"in": "query", "name": name, "detail": detail} for name in wrong]
            )

    def _is_upload(self, scope: Scope) -> bool:
        """Whether the operation takes a body that is no JSON, and says itself of which type."""
        return scope["method"] == "PUT" and self.upload_paths.fullmatch(scope["path"]) is not None

    def _reject_body(self, headers: dict[bytes, bytes], is_upload: bool) -> None:
        """Raise `BodyTooLarge` or `UnsupportedMediaType` for a body that is wrong by its headers."""
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.max_body_bytes:
            raise BodyTooLarge(self._too_large_detail(), headers=CLOSE)
        has_body = length != b"0" or b"transfer-encoding" in headers
        content_type = headers.get(b"content-type", b"").decode("latin-1").strip()
        if has_body and not is_upload and not JSON_CONTENT_TYPE.fullmatch(content_type):
            raise UnsupportedMediaType("Send the body as Content-Type: application/json.")

    def _limit_body(self, receive: Receive, is_upload: bool) -> Receive:
        """Return a `receive` that counts bytes, for bodies of unstated length, and rejects duplicate names in JSON."""
        body = bytearray()

        async def limited_receive() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            if len(body) > self.max_body_bytes:
                raise HTTPException(413, self._too_large_detail(), headers=CLOSE)
            if message["type"] == "http.request" and not message.get("more_body") and not is_upload:
                duplicate = first_duplicate_key(bytes(body))
                if duplicate is not None:
                    detail = f"The name {duplicate[:60]!r} is given more than once in one object of the body."
                    raise HTTPException(422, detail)
            return message

        return limited_receive

    def _too_large_detail(self) -> str:
        return f"A body may have at most {self.max_body_bytes} bytes."

    def _log_request(self, scope: Scope, request_id: str, status: int, started_at: float) -> None:
        """Count the request, and log it where it was slow, or where the setting says so."""
        duration_s = time.perf_counter() - started_at
        path = self.route_table.template(scope["path"])
        self.statistics.observe(scope["method"], path, status, duration_s)
        duration_ms = round(duration_s * 1000)
        if self.access_log or (self.slow_ms and duration_ms >= self.slow_ms):
            message = "request" if self.access_log else "slow request"
            log_request(log, message, RequestLine(request_id, scope["method"], path, status, duration_ms))


def _duplicate_names(query: bytes) -> list[str]:
    names = [pair.partition(b"=")[0] for pair in query.split(b"&") if pair]
    is_encoded = b"%" in query or b"+" in query
    if not is_encoded and len(set(names)) == len(names):
        return []
    texts = [name.decode("latin-1") for name in names]
    decoded = map(unquote_plus, texts) if is_encoded else texts
    return [name for name, count in Counter(decoded).items() if count > 1]


def _inner_scope(scope: Scope, request_id: str) -> Scope:
    """Return the scope for the application: with the request id, HEAD as GET, the query in ASCII."""
    inner = {**scope, "state": {**(scope.get("state") or {}), "request_id": request_id}}
    if scope["method"] == "HEAD":
        inner["method"] = "GET"
    if not scope["query_string"].isascii():  # the client should have encoded these bytes and did not
        inner["query_string"] = quote_from_bytes(scope["query_string"], QUERY_SAFE_CHARS).encode()
    return inner


def _reject_method(method: str, allowed_methods: list[str]) -> None:
    if method not in allowed_methods:
        listed = ", ".join(allowed_methods)
        raise MethodNotAllowed(f"{method} is not answered here; {listed} are.", headers={"Allow": listed})


def _describe_failure(error: Exception) -> dict[str, object]:
    """Return the type of an exception and where it was raised; of one in another process, as it was there."""
    if isinstance(error, WorkFailed):
        return {"error": error.error, "locations": error.locations}
    return {"error": type(error).__name__, "locations": traceback_locations(error)}
