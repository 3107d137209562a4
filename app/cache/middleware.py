"""Plain ASGI in front of the routes: answers from memory what it answered before, until the serial changes."""

from collections.abc import Callable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.cache.memory_size import measure_key
from app.cache.representation import MADE_ENCODINGS, STREAMED, Representation, Variant
from app.cache.serial_cache import SerialCache
from app.kit.answer_origin import note_memory
from app.kit.linked_response import find_link_base
from app.kit.response_headers import CSP_NAME, Header

NOT_MODIFIED_HEADERS = frozenset(
    {b"cache-control", b"x-catalogue-serial", b"link", b"content-location", b"expires", b"etag", b"vary", CSP_NAME}
)
"""Headers that a 304 repeats (RFC 9110, section 15.4.5); the client has the others.

What a 304 says replaces what the client has, so the policy of a page is repeated: else it would get that of data.
"""


class CacheKey(NamedTuple):
    """Names an entry: path, query in a canonical order as bytes off the wire, what its links begin with, and reader."""

    path: str
    query: bytes
    link_base: str
    reader: str | None
    """Who sees another catalogue than everybody; None: everybody."""


class RepresentationCache:
    """Holds answers to GET that anybody may see, for the serial that `serial` returns, within `max_bytes`.

    Those to a reader that `name_reader` names are for that one alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        serial: Callable[[], int],
        max_bytes: int,
        name_reader: Callable[[Scope], str | None] = lambda _: None,
    ) -> None:
        self.app, self.name_reader = app, name_reader
        self.representations = SerialCache[CacheKey, Representation](serial, max_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, from the representations where possible."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "POST"):
            await self.app(scope, receive, send)
            return
        serial = self.representations.refresh()
        conditions = ConditionalHeaders(scope["headers"])
        key = _cache_key(scope, self.name_reader(scope)) if scope["method"] == "GET" else None
        representation = self.representations.get(key) if key is not None else None
        if key is not None and representation is not None:
            note_memory(scope)
            variant = representation.negotiate(conditions.accept_encoding)
            self._keep(key, representation, serial)  # it takes more memory where this encoding is new
            await _send_variant(variant, 200, conditions, send, is_conditional=True)
            return
        buffered = BufferedSend(send, scope)
        await self.app(scope, receive, buffered)
        if buffered.start is None:
            return
        status = buffered.start["status"]
        representation = _to_representation(buffered, scope, serial)
        variant = representation.negotiate(conditions.accept_encoding)
        is_conditional = key is not None and status == 200
        if key is not None and is_conditional and is_cacheable(dict(representation.headers), serial):
            self._keep(key, representation, serial)
        await _send_variant(variant, status, conditions, send, is_conditional=is_conditional)

    def _keep(self, key: CacheKey, representation: Representation, serial: int) -> None:
        self.representations.put(key, representation, measure_key(key) + representation.size_bytes, serial)


class ConditionalHeaders:
    """What the headers of a request say about representations: accepted encodings and known ETags."""

    def __init__(self, headers: list[Header]) -> None:
        self.accept_encoding = self.if_none_match = b""
        # A header may come on several lines; RFC 9110 joins them with commas.
        for name, value in headers:
            if name == b"accept-encoding":
                self.accept_encoding = _join_lines(self.accept_encoding, value)
            elif name == b"if-none-match":
                self.if_none_match = _join_lines(self.if_none_match, value)

    def matches_etag(self, etag: bytes) -> bool:
        """Whether the client holds this very variant."""
        return bool(self.if_none_match) and matches_etag(etag, self.if_none_match)


def matches_etag(etag: bytes, if_none_match: bytes) -> bool:
    """Whether an `If-None-Match` header names this ETag (weak comparison, as RFC 9110 asks for it)."""
    if if_none_match == etag:
        return True
    known = {value.strip().removeprefix(b"W/") for value in if_none_match.split(b",")}
    return etag in known or b"*" in known


def _join_lines(values: bytes, value: bytes) -> bytes:
    return values + b"," + value if values else value


class BufferedSend:
    """The `send` given to the application: keeps the answer instead of sending it, unless it is streamed."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self.send, self.scope = send, scope
        self.start: Message | None = None
        self.pieces: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Keep one message of an answer; pass on what is no part of one."""
        if self.scope.get("state", {}).get(STREAMED):
            await self.send(message)
        elif message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.pieces.append(message.get("body", b""))
        else:
            await self.send(message)

    def content(self) -> bytes:
        """Return the whole body; one that came in one piece is not copied."""
        return self.pieces[0] if len(self.pieces) == 1 else b"".join(self.pieces)


def _to_representation(buffered: BufferedSend, scope: Scope, serial: int) -> Representation:
    """Return the buffered answer. Below `/v1/` every answer names the serial, also errors and built sessions."""
    headers = [(name.lower(), value) for name, value in (buffered.start or {})["headers"]]
    if scope["path"].startswith("/v1/") and not any(name == b"x-catalogue-serial" for name, _ in headers):
        headers.append((b"x-catalogue-serial", str(serial).encode()))
    return Representation(headers, buffered.content(), scope.get("state", {}).get(MADE_ENCODINGS))


async def _send_variant(
    variant: Variant, status: int, conditions: ConditionalHeaders, send: Send, *, is_conditional: bool
) -> None:
    """Send an answer in one encoding. If it `is_conditional` it has an ETag, and is a 304 where that is known."""
    etag, headers, content = variant
    if is_conditional:
        headers = [*headers, (b"etag", etag)]
        if conditions.matches_etag(etag):
            repeated = [(name, value) for name, value in headers if name in NOT_MODIFIED_HEADERS]
            await send({"type": "http.response.start", "status": 304, "headers": repeated})
            await send({"type": "http.response.body", "body": b""})
            return
    if status not in (204, 304):
        headers = [*headers, (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _cache_key(scope: Scope, reader: str | None) -> CacheKey:
    """Return the key of a request. Parameters are sorted by name; values of one name keep their order."""
    query: bytes = scope["query_string"]
    if b"&" in query:
        pairs: list[bytes] = [pair for pair in query.split(b"&") if pair]
        pairs.sort(key=lambda pair: pair.partition(b"=")[0])  # a stable sort
        query = b"&".join(pairs)
    return CacheKey(scope["path"], query, find_link_base(scope), reader)


def is_cacheable(headers: dict[bytes, bytes], serial: int) -> bool:
    """Whether an answer is public, from the catalogue of this serial, and the same for every `Accept`."""
    current_serial = str(serial).encode()
    return (
        headers.get(b"cache-control", b"").startswith(b"public")
        and headers.get(b"x-catalogue-serial", current_serial) == current_serial
        and b"Accept" not in headers.get(b"vary", b"").split(b", ")
    )
