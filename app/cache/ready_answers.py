"""Plain ASGI in front of the whole application: whole answers to GET and HEAD, ready to send.

It knows no rule of the application. It has seen the application answer a request, and gives the same answer to the next
request that says the same in everything on which such an answer depends. What it has not seen goes to the application.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.cache.encodings import negotiate_encoding
from app.cache.middleware import is_cacheable, matches_etag
from app.cache.weights import Header, weigh_bytes, weigh_headers, weigh_key
from app.kit.request_id import REQUEST_ID_HEADER, new_request_id, read_request_id

ACCEPT_ENCODING, IF_NONE_MATCH = b"accept-encoding", b"if-none-match"
PREFIX_HEADER = b"x-forwarded-prefix"
FORWARDED_HEADERS = frozenset(
    {PREFIX_HEADER, *(b"x-forwarded-" + name for name in (b"for", b"host", b"port", b"proto", b"server"))}
)
READ_HEADERS = FORWARDED_HEADERS | {ACCEPT_ENCODING, IF_NONE_MATCH, REQUEST_ID_HEADER}
"""Headers of a request that are read here: no other one changes an answer that is kept."""


class RequestKey(NamedTuple):
    """Everything of a request on which an answer that is kept depends."""

    path: str
    query: bytes
    encoding: str
    root_path: str
    forwarded_by: str | None
    """Who sent `X-Forwarded` headers; None where there are none."""
    forwarded_prefix: bytes


class ReadyAnswer:
    """What the application sent: whole, as a 304, or both. The headers are without the request id."""

    __slots__ = ("content", "etag", "headers", "not_modified_headers")

    def __init__(self, etag: bytes) -> None:
        self.etag = etag
        self.headers: list[Header] | None = None
        self.content = b""
        self.not_modified_headers: list[Header] | None = None

    def weigh(self, key: RequestKey) -> int:
        """Return the bytes that the entry takes in memory."""
        headers = [*(self.headers or ()), *(self.not_modified_headers or ())]
        return weigh_key(key) + weigh_headers(headers) + weigh_bytes(self.content)


class ReadyAnswers:
    """Holds answers that anybody may see, for the serial that `serial` returns, within `max_bytes`."""

    def __init__(self, app: ASGIApp, *, serial: Callable[[], int], max_bytes: int) -> None:
        self.app, self.serial, self.max_bytes = app, serial, max_bytes
        self.answers: OrderedDict[RequestKey, ReadyAnswer] = OrderedDict()
        """Least recently used first."""
        self.cached_serial, self.size_bytes = -1, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request at once where its answer is ready, else let the application answer and keep that."""
        read = _read_headers(scope)
        if read is None:
            await self.app(scope, receive, send)
            return
        key = _request_key(scope, read)
        serial = self._drop_outdated()
        found = self._find(key, read.get(IF_NONE_MATCH, b""))
        if found is None:
            recorder = Recorder(send)
            await self.app(scope, receive, recorder)
            if serial == self.cached_serial == self.serial():
                self._keep(key, recorder, scope["method"] == "HEAD")
            return
        status, headers, content = found
        request_id = read_request_id(read.get(REQUEST_ID_HEADER, b"")) or new_request_id()
        ready_headers = [*headers, (REQUEST_ID_HEADER, request_id)]
        await send({"type": "http.response.start", "status": status, "headers": ready_headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    def _find(self, key: RequestKey, known_etags: bytes) -> tuple[int, list[Header], bytes] | None:
        """Return status, headers and content for a client that holds `known_etags`; None where they are not ready."""
        answer = self.answers.get(key)
        if answer is None:
            return None
        is_known = bool(known_etags) and (known_etags == answer.etag or matches_etag(answer.etag, known_etags))
        headers = answer.not_modified_headers if is_known else answer.headers
        if headers is None:
            return None
        self.answers.move_to_end(key)
        return (304, headers, b"") if is_known else (200, headers, answer.content)

    def _drop_outdated(self) -> int:
        """Drop the answers of another serial. Return the serial that is served now."""
        serial = self.serial()
        if serial != self.cached_serial:
            self.answers.clear()
            self.cached_serial, self.size_bytes = serial, 0
        return serial

    def _keep(self, key: RequestKey, recorder: "Recorder", is_head: bool) -> None:
        """Keep what the application sent, where anybody may see it."""
        own_headers = dict(recorder.headers)
        etag = own_headers.get(b"etag")
        is_whole = recorder.status == 200 and recorder.message_count == 2 and not is_head
        if etag is None or not (is_whole or recorder.status == 304):
            return
        if not is_cacheable(own_headers, self.cached_serial):
            return
        answer = self.answers.get(key)
        if answer is None or answer.etag != etag:
            answer = ReadyAnswer(etag)
        self._remove(key)
        headers = [header for header in recorder.headers if header[0] != REQUEST_ID_HEADER]
        if is_whole:
            answer.headers, answer.content = headers, recorder.content
        else:
            answer.not_modified_headers = headers
        self._add(key, answer)

    def _remove(self, key: RequestKey) -> None:
        answer = self.answers.pop(key, None)
        if answer is not None:
            self.size_bytes -= answer.weigh(key)

    def _add(self, key: RequestKey, answer: ReadyAnswer) -> None:
        """Add an answer, and drop the least recently used ones beyond `max_bytes`."""
        self.answers[key] = answer
        self.size_bytes += answer.weigh(key)
        while self.size_bytes > self.max_bytes:
            oldest_key, oldest = self.answers.popitem(last=False)
            self.size_bytes -= oldest.weigh(oldest_key)


class Recorder:
    """A `send` that passes an answer on and remembers it, when it comes whole in one message."""

    __slots__ = ("content", "headers", "message_count", "send", "status")

    def __init__(self, send: Send) -> None:
        self.send = send
        self.status, self.message_count = 0, 0
        self.headers: Iterable[Header] = ()
        self.content = b""

    async def __call__(self, message: Message) -> None:
        """Pass one message on."""
        self.message_count += 1
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        elif message["type"] == "http.response.body":
            self.content = message.get("body", b"")
        await self.send(message)


def _read_headers(scope: Scope) -> dict[bytes, bytes] | None:
    """Return the headers that matter here by name; None for what is no simple read: the application answers that."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    read: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in READ_HEADERS:
            if name in read:
                return None  # on several lines, which are joined or of which one counts
            read[name] = value
    return read


def _request_key(scope: Scope, read: dict[bytes, bytes]) -> RequestKey:
    forwarded_by = None
    if not FORWARDED_HEADERS.isdisjoint(read):
        client = scope.get("client")
        forwarded_by = client[0] if client else ""
    encoding = negotiate_encoding(read[ACCEPT_ENCODING]) if ACCEPT_ENCODING in read else ""
    prefix = read.get(PREFIX_HEADER, b"")
    return RequestKey(scope["path"], scope["query_string"], encoding, scope.get("root_path", ""), forwarded_by, prefix)
