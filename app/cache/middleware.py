"""Plain ASGI in front of the routes: answers from memory what they answered before, until the serial moves."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.cache.encodings import ENCODERS, choose, compressible

Header = tuple[bytes, bytes]
OURS = frozenset({b"content-length", b"etag", b"vary", b"content-encoding"})
HOLDS = 2048
"""Bytes that headers, key and bookkeeping of one stored answer take."""
KEPT_ON_304 = frozenset({b"cache-control", b"x-catalogue-serial", b"link", b"content-location", b"expires"})


class Representation:
    """One answer and its encodings, each made when first asked for."""

    def __init__(self, headers: list[Header], content: bytes) -> None:
        given = dict(headers)
        self.content = content
        self.may_encode = b"content-encoding" not in given and compressible(
            given.get(b"content-type", b""), len(content)
        )
        vary = {name.strip() for name in given.get(b"vary", b"").split(b",") if name.strip()}
        if self.may_encode:
            vary.add(b"Accept-Encoding")
        self.headers = [(name, value) for name, value in headers if name not in OURS]
        if b"content-encoding" in given:
            self.headers.append((b"content-encoding", given[b"content-encoding"]))
        if vary:
            self.headers.append((b"vary", b", ".join(sorted(vary))))
        self.digest = hashlib.sha256(content).hexdigest()[:32].encode()
        self.encoded: dict[str, bytes] = {}

    def as_sent(self, accepted: bytes) -> tuple[bytes, list[Header], bytes]:
        """ETag, headers and bytes for a client that accepts these encodings."""
        encoding = choose(accepted) if self.may_encode else ""
        if not encoding:
            return b'"' + self.digest + b'"', self.headers, self.content
        if encoding not in self.encoded:
            self.encoded[encoding] = ENCODERS[encoding](self.content)
        name = encoding.encode()
        return (
            b'"' + self.digest + b"-" + name + b'"',
            [*self.headers, (b"content-encoding", name)],
            self.encoded[encoding],
        )


class Key(NamedTuple):
    path: str
    query: bytes


class RepresentationCache:
    """`serial` tells which catalogue is served now; public answers live until it changes, within `most_bytes`."""

    def __init__(self, app: ASGIApp, *, serial: Callable[[], int], most_bytes: int = 64 * 2**20) -> None:
        self.app, self.serial, self.most_bytes = app, serial, most_bytes
        self.stored: OrderedDict[Key, Representation] = OrderedDict()
        self.stored_for, self.size = -1, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "POST"):
            await self.app(scope, receive, send)
            return
        serial = self.serial()
        if serial != self.stored_for:
            self.stored.clear()
            self.stored_for, self.size = serial, 0
        wanted = Wanted(scope["headers"])
        key = _key(scope) if scope["method"] == "GET" else None
        if key is not None and key in self.stored:
            self.stored.move_to_end(key)
            await self._answer(self.stored[key], 200, wanted, send, conditional=True)
            return
        taken = Taken(send)
        await self.app(scope, receive, taken)
        if taken.start is None:
            return
        headers = [(name.lower(), value) for name, value in taken.start["headers"]]
        if not any(name == b"x-catalogue-serial" for name, _ in headers) and scope["path"].startswith("/v1/"):
            headers.append((b"x-catalogue-serial", str(serial).encode()))
        representation = Representation(headers, bytes(taken.content))
        status = taken.start["status"]
        control = dict(headers).get(b"cache-control", b"")
        if key is not None and status == 200 and _storable(control, headers, serial):
            self._store(key, representation, serial)
        await self._answer(representation, status, wanted, send, conditional=key is not None and status == 200)

    async def _answer(
        self, representation: Representation, status: int, wanted: "Wanted", send: Send, conditional: bool
    ) -> None:
        etag, headers, content = representation.as_sent(wanted.encodings)
        if conditional:
            headers = [*headers, (b"etag", etag)]
            if wanted.has(etag):
                kept = [one for one in headers if one[0] in KEPT_ON_304 or one[0] in (b"etag", b"vary")]
                await send({"type": "http.response.start", "status": 304, "headers": kept})
                await send({"type": "http.response.body", "body": b""})
                return
        if status not in (204, 304):
            headers = [*headers, (b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _store(self, key: Key, representation: Representation, serial: int) -> None:
        if key in self.stored or serial != self.stored_for or self.serial() != serial:
            return  # somebody else was quicker, or the catalogue moved while the answer was made
        self.stored[key] = representation
        self.size += _weight(key, representation)
        while self.size > self.most_bytes and self.stored:
            self.size -= _weight(*self.stored.popitem(last=False))


class Wanted:
    """What a request's headers ask of a representation."""

    def __init__(self, headers: list[Header]) -> None:
        self.encodings = self.etags = b""
        for name, value in headers:
            if name == b"accept-encoding":
                self.encodings += (b"," if self.encodings else b"") + value
            elif name == b"if-none-match":
                self.etags += (b"," if self.etags else b"") + value

    def has(self, etag: bytes) -> bool:
        """Whether the client holds this very variant (weak comparison, as RFC 9110 asks for If-None-Match)."""
        if not self.etags:
            return False
        held = {one.strip().removeprefix(b"W/") for one in self.etags.split(b",")}
        return etag in held or b"*" in held


class Taken:
    """The `send` given to the application: keeps the answer instead of sending it."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.content = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.content += message.get("body", b"")
        else:
            await self.send(message)


def _key(scope: Scope) -> Key:
    """Parameter order does not matter between names; within a name it is kept. Bytes stay as they came."""
    query: bytes = scope["query_string"]
    if b"&" in query:
        named = sorted((pair.partition(b"=")[0], place, pair) for place, pair in enumerate(query.split(b"&")) if pair)
        query = b"&".join(pair for _, _, pair in named)
    return Key(scope["path"], query)


def _weight(key: Key, representation: Representation) -> int:
    """Bytes to reckon with: encodings made later add half again; what holds a small answer is larger than it."""
    return len(representation.content) * 3 // 2 + len(key.path) + len(key.query) + HOLDS


def _storable(control: bytes, headers: list[Header], serial: int) -> bool:
    given = dict(headers)
    of_now = given.get(b"x-catalogue-serial", str(serial).encode()) == str(serial).encode()
    return control.startswith(b"public") and of_now and b"Accept" not in given.get(b"vary", b"").split(b", ")
