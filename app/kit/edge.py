"""The outermost layer, plain ASGI: request ids, HEAD, OPTIONS, limits, repeated parameters, headers on all answers."""

import logging
import re
import secrets
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, quote_from_bytes

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.body import repeated_name
from app.kit.errors import (
    BodyTooLarge,
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    NotAcceptable,
    Problem,
    UnsupportedMediaType,
)
from app.kit.paths import Paths

log = logging.getLogger("thoracic.edge")
WELL_FORMED_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
JSON_TYPE = re.compile(r"application/(json|[a-z0-9.+-]+\+json)\s*(;.*)?", re.IGNORECASE)
EXPOSED = b"ETag, Link, Location, X-Catalogue-Serial, X-Request-ID, Retry-After"
FREE = ("/docs", "/embed", "/oembed")
"""Pages whose addresses others write: what they add to the query is none of our business."""
SAFE_IN_QUERY = "".join(map(chr, range(128)))
DEFAULT_CSP = b"default-src 'none'; frame-ancestors 'none'"
COMMON_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"content-language", b"en"),
)


class Edge:
    """Wraps the application. What it refuses never reaches a route."""

    def __init__(
        self, app: ASGIApp, *, paths: Paths, max_body_bytes: int, slow_ms: int, access_log: bool, secure: bool
    ) -> None:
        self.app, self.paths = app, paths
        self.max_body_bytes, self.slow_ms, self.access_log = max_body_bytes, slow_ms, access_log
        hsts = ((b"strict-transport-security", b"max-age=31536000"),) if secure else ()
        self.always = COMMON_HEADERS + hsts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        request_id = request_id_for(scope["headers"])
        answered = Answer(send, request_id, self.always, scope)
        state = dict(scope.get("state") or {})
        inner = {**scope, "state": {**state, "request_id": request_id}}
        if scope["method"] == "HEAD":
            inner["method"] = "GET"
        if not scope["query_string"].isascii():  # bytes off the wire that should have been encoded
            inner["query_string"] = quote_from_bytes(scope["query_string"], SAFE_IN_QUERY).encode()
        try:
            early = self._refuse_or_answer(scope, request_id)
            if early is not None:
                await early(inner, receive, answered)
            else:
                await self.app(inner, self._limited(receive) if scope["method"] != "GET" else receive, answered)
        except Exception as error:  # the last wall: nothing of the inside may leave
            log.error(
                "a request failed",
                extra={"request_id": request_id, "error": type(error).__name__, "at": _where(error)},
            )
            if not answered.started:
                failure = InternalError("Something went wrong here; it is logged under this request id.")
                await failure.response(request_id)(inner, receive, answered)
        self._note(scope, request_id, answered.status, began)

    def _refuse_or_answer(self, scope: Scope, request_id: str) -> Response | None:
        try:
            return self._early(scope)
        except Problem as problem:
            return problem.response(request_id)

    def _early(self, scope: Scope) -> Response | None:
        method, path = scope["method"], scope["path"]
        if b"&" in scope["query_string"]:
            self._refuse_repeated(path, "GET" if method == "HEAD" else method, scope["query_string"])
        if method in ("GET", "HEAD"):
            return None
        allowed = self.paths.methods(path)
        if method == "OPTIONS" and allowed:
            return _options(allowed)
        if not allowed:
            return None  # the application says 404
        if method not in allowed:
            said = ", ".join(allowed)
            raise MethodNotAllowed(f"{method} is not answered here; {said} are.", headers={"Allow": said})
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.max_body_bytes:
            raise BodyTooLarge(self._too_large())
        if (length != b"0" or b"transfer-encoding" in headers) and not JSON_TYPE.fullmatch(
            headers.get(b"content-type", b"").decode("latin-1").strip()
        ):
            raise UnsupportedMediaType("Send the body as Content-Type: application/json.")
        return None

    def _too_large(self) -> str:
        return f"A body may have at most {self.max_body_bytes} bytes."

    def _refuse_repeated(self, path: str, method: str, query: bytes) -> None:
        named = Counter(name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))
        twice = [name for name, times in named.items() if times > 1]
        if not twice or path.startswith(FREE) or not self.paths.methods(path):
            return
        wrong = [name for name in twice if name not in self.paths.lists(path, method)]
        if wrong:
            detail = "This takes one value and was given more than once."
            raise InvalidRequest(
                f"{wrong[0]}: {detail}", errors=[{"in": "query", "name": name, "detail": detail} for name in wrong]
            )

    def _limited(self, receive: Receive) -> Receive:
        """Counts what comes in, for bodies that do not say their length, and refuses names given twice."""
        taken = bytearray()

        async def counted() -> Message:
            message = await receive()
            taken.extend(message.get("body", b""))
            if len(taken) > self.max_body_bytes:
                raise HTTPException(413, self._too_large())
            if message["type"] == "http.request" and not message.get("more_body"):
                twice = repeated_name(bytes(taken))
                if twice is not None:
                    detail = f"The name {twice[:60]!r} is given more than once in one object of the body."
                    raise HTTPException(422, detail)
            return message

        return counted

    def _note(self, scope: Scope, request_id: str, status: int, began: float) -> None:
        """A log line for what is slow (or for all, where asked): never the query, it may hold words of health."""
        took = round((time.perf_counter() - began) * 1000)
        if self.access_log or (self.slow_ms and took >= self.slow_ms):
            said: dict[str, Any] = {"request_id": request_id, "method": scope["method"], "status": status, "ms": took}
            log.info(
                "request" if self.access_log else "slow request",
                extra=said | {"path": self.paths.template(scope["path"])},
            )


class Answer:
    """The `send` of a request: adds the headers that every answer has, and drops the body of HEAD."""

    def __init__(self, send: Send, request_id: str, always: tuple[tuple[bytes, bytes], ...], scope: Scope) -> None:
        self.send, self.always, self.request_id = send, always, request_id
        self.head = scope["method"] == "HEAD"
        self.accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
        self.started, self.status, self.refused = False, 500, False

    async def __call__(self, message: Message) -> None:
        if self.refused:
            return
        if message["type"] == "http.response.start":
            kind = dict(message.get("headers", ())).get(b"content-type", b"")
            if message["status"] < 300 and self.accept and not acceptable(self.accept, kind):
                await self._refuse(kind.decode("latin-1").partition(";")[0])
                return
            self.started, self.status = True, message["status"]
            headers = [*message.get("headers", ()), *self.always, (b"x-request-id", self.request_id.encode())]
            if not any(name == b"content-security-policy" for name, _ in headers):
                headers.append((b"content-security-policy", DEFAULT_CSP))
            message = {**message, "headers": headers}
        elif self.head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)

    async def _refuse(self, kind: str) -> None:
        """In place of an answer that the client says it cannot read."""
        problem = NotAcceptable(f"This is answered as {kind}.", available=[kind])
        response = problem.response(self.request_id)
        await self({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
        await self({"type": "http.response.body", "body": response.body})
        self.refused = True


def acceptable(accept: bytes, kind: bytes) -> bool:
    """Whether an answer of this type is among those that the client reads; of no type, always."""
    if b"*/*" in accept or not kind:
        return True
    plain = kind.partition(b";")[0].strip().lower()
    ranges = (plain, plain.partition(b"/")[0] + b"/*")
    for part in accept.lower().split(b","):
        name, _, rest = part.partition(b";")
        if name.strip() in ranges and not re.search(rb"q=0(\.0*)?\s*$", rest):
            return True
    return False


def request_id_for(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return the client's own X-Request-ID where it is well formed, else a new random one."""
    for name, value in headers:
        if name == b"x-request-id" and WELL_FORMED_ID.fullmatch(value):
            return str(value.decode())
    return secrets.token_hex(8)


def _options(allowed: list[str]) -> Response:
    said = ", ".join(allowed)
    return Response(
        status_code=204,
        headers={
            "Allow": said,
            "Access-Control-Allow-Methods": said,
            "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match, X-Request-ID",
            "Access-Control-Max-Age": "86400",
        },
    )


def _where(error: BaseException) -> list[str]:
    """File and line of every frame; no message and no values, which may be somebody's health."""
    return [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)][-12:]
