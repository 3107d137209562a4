"""Plain ASGI in front of the whole application: whole answers to GET and HEAD, ready to send.

It knows no rule of the application. It has seen the application answer a request, and gives the same answer to the next
request that says the same in everything on which such an answer depends. What it has not seen goes to the application.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.cache.encodings import negotiate_encoding
from app.cache.memory_size import EMPTY_HEADER_BYTES, measure_bytes, measure_key
from app.cache.middleware import is_cacheable, matches_etag
from app.cache.serial_cache import SerialCache
from app.kit.ready_response import ReadyHead, ReadyResponse
from app.kit.request_id import REQUEST_ID_HEADER, new_request_id, read_request_id
from app.kit.response_headers import Header

ACCEPT_ENCODING, IF_NONE_MATCH, AUTHORIZATION = b"accept-encoding", b"if-none-match", b"authorization"
PREFIX_HEADER, FORWARDED_FOR = b"x-forwarded-prefix", b"x-forwarded-for"
FORWARDED_HEADERS = frozenset(
    {PREFIX_HEADER, *(b"x-forwarded-" + name for name in (b"for", b"host", b"port", b"proto", b"server"))}
)
RELEVANT_HEADERS = FORWARDED_HEADERS | {ACCEPT_ENCODING, AUTHORIZATION, IF_NONE_MATCH, REQUEST_ID_HEADER}
"""Headers of a request that are read here: no other one changes an answer that is kept."""
RequestKey = tuple[str, bytes, str, str, str | None, bytes]
"""Everything of a request on which an answer that is kept depends: path, query, encoding, `root_path`, who sent
`X-Forwarded` headers (None where there are none), and the prefix among them. Made for each read, so it is plain."""


class ReadyAnswer:
    """What the application sent: whole, as a 304, or both. The heads are without the request id."""

    __slots__ = ("content", "etag", "not_modified", "route", "whole")

    def __init__(self, etag: bytes, route: str) -> None:
        """`route` is the template of its route, under which it is counted."""
        self.etag, self.route = etag, route
        self.whole: ReadyHead | None = None
        self.content = b""
        """Of the whole answer."""
        self.not_modified: ReadyHead | None = None

    def measure(self, key: RequestKey) -> int:
        """Return the bytes that the entry takes in memory."""
        heads = [head for head in (self.whole, self.not_modified) if head is not None]
        return measure_key(key) + sum(map(_measure_head, heads)) + measure_bytes(self.content)


class ReadyAnswers:
    """Holds answers that anybody may see, for the serial that `serial` returns, within `max_bytes`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        serial: Callable[[], int],
        max_bytes: int,
        name_route: Callable[[str], str],
        admit: Callable[[str, bytes], bool] | None = None,
    ) -> None:
        """`name_route` returns the template of the route of a path.

        `admit` tells whether a client may have a ready answer now, by the address of its connection and what its
        proxy says in `X-Forwarded-For`; where not, the application answers.
        """
        self.app, self.name_route, self.admit = app, name_route, admit
        self.answers = SerialCache[RequestKey, ReadyAnswer](serial, max_bytes)
        self.counts: Counter[tuple[str, str, int]] = Counter()
        """How many answers were sent from memory, by method, template of the route and status."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request at once where its answer is ready, else let the application answer and keep that."""
        request_headers = _read_headers(scope)
        if request_headers is None:
            await self.app(scope, receive, send)
            return
        response = self.find(scope)
        if response is not None:
            headers = [*response.head.headers, (REQUEST_ID_HEADER, response.request_id)]
            await send({"type": "http.response.start", "status": response.head.status, "headers": headers})
            await send({"type": "http.response.body", "body": response.content})
            return
        serial = self.answers.refresh()
        recorder = Recorder(send)
        await self.app(scope, receive, recorder)
        if recorder.status in (200, 304):
            self._keep(scope, request_headers, recorder, serial)

    def find(self, scope: Scope) -> ReadyResponse | None:
        """Return the response to a request where it is ready."""
        request_headers = _read_headers(scope)
        if request_headers is None:
            return None
        answer = self.answers.get(_request_key(scope, request_headers))
        if answer is None:
            return None
        is_known = IF_NONE_MATCH in request_headers and matches_etag(answer.etag, request_headers[IF_NONE_MATCH])
        head = answer.not_modified if is_known else answer.whole
        if head is None or not self._admits(scope, request_headers):
            return None
        method = scope["method"]
        self.counts[method, answer.route, head.status] += 1
        request_id = read_request_id(request_headers.get(REQUEST_ID_HEADER, b"")) or new_request_id()
        content = b"" if is_known or method == "HEAD" else answer.content
        return ReadyResponse(head, content, request_id)

    def _admits(self, scope: Scope, request_headers: dict[bytes, bytes]) -> bool:
        if self.admit is None:
            return True
        client = scope.get("client")
        return self.admit(client[0] if client else "", request_headers.get(FORWARDED_FOR, b""))

    def _keep(self, scope: Scope, request_headers: dict[bytes, bytes], recorder: "Recorder", serial: int) -> None:
        """Keep what the application sent at a serial, where anybody may see it."""
        response_headers = dict(recorder.headers)
        etag = response_headers.get(b"etag")
        if etag is None or not is_cacheable(response_headers, serial) or self.answers.refresh() != serial:
            return
        headers = [header for header in recorder.headers if header[0] != REQUEST_ID_HEADER]
        key = _request_key(scope, request_headers)
        answer = self.answers.get(key)
        if answer is None or answer.etag != etag:
            answer = ReadyAnswer(etag, self.name_route(scope["path"]))
        if recorder.status == 304:
            answer.not_modified = ReadyHead.of(304, headers)
        elif scope["method"] == "GET" and recorder.message_count == 2:
            answer.whole, answer.content = ReadyHead.of(200, headers), recorder.content
        else:
            return  # an answer to HEAD has no content, and one that comes in pieces is not kept
        self.answers.put(key, answer, answer.measure(key), serial)


def _measure_head(head: ReadyHead) -> int:
    """Return the bytes of memory of a head: each header is there twice, in the lines and as a pair."""
    return 2 * measure_bytes(head.lines) + len(head.headers) * EMPTY_HEADER_BYTES


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
    request_headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in RELEVANT_HEADERS:
            if name in request_headers or name == AUTHORIZATION:
                return None  # on several lines, of which one counts; or with a key, which the application checks
            request_headers[name] = value
    return request_headers


def _request_key(scope: Scope, request_headers: dict[bytes, bytes]) -> RequestKey:
    encoding = negotiate_encoding(request_headers[ACCEPT_ENCODING]) if ACCEPT_ENCODING in request_headers else ""
    path, query, root_path = scope["path"], scope["query_string"], scope.get("root_path", "")
    if FORWARDED_HEADERS.isdisjoint(request_headers):
        return path, query, encoding, root_path, None, b""
    client = scope.get("client")
    return path, query, encoding, root_path, client[0] if client else "", request_headers.get(PREFIX_HEADER, b"")
