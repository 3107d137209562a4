"""Plain ASGI in front of the whole application: whole answers to GET and HEAD, ready to send.

It knows no rule of the application. It has seen the application answer a request, and gives the same answer to the next
request that says the same in everything on which such an answer depends. What it has not seen goes to the application.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.cache.encodings import negotiate_encoding
from app.cache.middleware import is_cacheable, matches_etag
from app.cache.weights import EMPTY_HEADER_BYTES, Header, weigh_bytes, weigh_key
from app.kit.ready_response import ReadyHead, ReadyResponse
from app.kit.request_id import REQUEST_ID_HEADER, new_request_id, read_request_id

ACCEPT_ENCODING, IF_NONE_MATCH = b"accept-encoding", b"if-none-match"
PREFIX_HEADER = b"x-forwarded-prefix"
FORWARDED_HEADERS = frozenset(
    {PREFIX_HEADER, *(b"x-forwarded-" + name for name in (b"for", b"host", b"port", b"proto", b"server"))}
)
READ_HEADERS = FORWARDED_HEADERS | {ACCEPT_ENCODING, IF_NONE_MATCH, REQUEST_ID_HEADER}
"""Headers of a request that are read here: no other one changes an answer that is kept."""
RequestKey = tuple[str, bytes, str, str, str | None, bytes]
"""Everything of a request on which an answer that is kept depends: path, query, encoding, `root_path`, who sent
`X-Forwarded` headers (None where there are none), and the prefix among them. Made for each read, so it is plain."""


class ReadyAnswer:
    """What the application sent: whole, as a 304, or both. The heads are without the request id."""

    __slots__ = ("content", "etag", "not_modified", "size_bytes", "tally", "whole")

    def __init__(self, etag: bytes, tally: "Tally") -> None:
        self.etag, self.tally = etag, tally
        self.size_bytes = 0
        """What it weighed when it was kept."""
        self.whole: ReadyHead | None = None
        self.content = b""
        """Of the whole answer."""
        self.not_modified: ReadyHead | None = None

    def weigh(self, key: RequestKey) -> int:
        """Return the bytes that the entry takes in memory."""
        heads = [head for head in (self.whole, self.not_modified) if head is not None]
        return weigh_key(key) + sum(map(_weigh_head, heads)) + weigh_bytes(self.content)


class Tally:
    """How many answers of one route were sent from memory."""

    __slots__ = ("not_modified", "whole")

    def __init__(self) -> None:
        self.whole = self.not_modified = 0


class ReadyAnswers:
    """Holds answers that anybody may see, for the serial that `serial` returns, within `max_bytes`."""

    def __init__(
        self, app: ASGIApp, *, serial: Callable[[], int], max_bytes: int, name_route: Callable[[str], str]
    ) -> None:
        """`name_route` returns the template of the route of a path, under which its answers are counted."""
        self.app, self.serial, self.max_bytes, self.name_route = app, serial, max_bytes, name_route
        self.tallies: dict[str, Tally] = {}
        self.answers: OrderedDict[RequestKey, ReadyAnswer] = OrderedDict()
        """Least recently used first."""
        self.cached_serial, self.size_bytes = -1, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request at once where its answer is ready, else let the application answer and keep that."""
        response = self.find(scope)
        if response is not None:
            headers = [*response.head.headers, (REQUEST_ID_HEADER, response.request_id)]
            await send({"type": "http.response.start", "status": response.head.status, "headers": headers})
            await send({"type": "http.response.body", "body": response.content})
            return
        serial = self.cached_serial
        recorder = Recorder(send)
        await self.app(scope, receive, recorder)
        if recorder.status in (200, 304) and serial == self.cached_serial == self.serial():
            self._keep(scope, recorder)

    def find(self, scope: Scope) -> ReadyResponse | None:
        """Return the response to a request where it is ready."""
        read = _read_headers(scope)
        if read is None:
            return None
        if self.serial() != self.cached_serial:
            self.answers.clear()
            self.cached_serial, self.size_bytes = self.serial(), 0
        key = _request_key(scope, read)
        answer = self.answers.get(key)
        if answer is None:
            return None
        is_known = IF_NONE_MATCH in read and matches_etag(answer.etag, read[IF_NONE_MATCH])
        head = answer.not_modified if is_known else answer.whole
        if head is None:
            return None
        if is_known:
            answer.tally.not_modified += 1
        else:
            answer.tally.whole += 1
        self.answers.move_to_end(key)
        request_id = (REQUEST_ID_HEADER in read and read_request_id(read[REQUEST_ID_HEADER])) or new_request_id()
        content = b"" if is_known or scope["method"] == "HEAD" else answer.content
        return ReadyResponse(head, content, request_id)

    def count_by_route(self) -> dict[tuple[str, int], int]:
        """Return how many answers were sent from memory, by route and status."""
        whole = {(route, 200): tally.whole for route, tally in self.tallies.items()}
        return whole | {(route, 304): tally.not_modified for route, tally in self.tallies.items()}

    def _keep(self, scope: Scope, recorder: "Recorder") -> None:
        """Keep what the application sent, where anybody may see it."""
        read = _read_headers(scope)
        own_headers = dict(recorder.headers)
        etag = own_headers.get(b"etag")
        if read is None or etag is None or not is_cacheable(own_headers, self.cached_serial):
            return
        headers = [header for header in recorder.headers if header[0] != REQUEST_ID_HEADER]
        key = _request_key(scope, read)
        answer = self._remove(key)
        if answer is None or answer.etag != etag:
            answer = ReadyAnswer(etag, self.tallies.setdefault(self.name_route(scope["path"]), Tally()))
        if recorder.status == 304:
            answer.not_modified = ReadyHead.of(304, headers)
        elif scope["method"] == "GET" and recorder.message_count == 2:
            answer.whole, answer.content = ReadyHead.of(200, headers), recorder.content
        self._add(key, answer)

    def _remove(self, key: RequestKey) -> ReadyAnswer | None:
        answer = self.answers.pop(key, None)
        if answer is not None:
            self.size_bytes -= answer.size_bytes
        return answer

    def _add(self, key: RequestKey, answer: ReadyAnswer) -> None:
        """Add an answer, and drop the least recently used ones beyond `max_bytes`."""
        self.answers[key] = answer
        answer.size_bytes = answer.weigh(key)
        self.size_bytes += answer.size_bytes
        while self.size_bytes > self.max_bytes:
            self.size_bytes -= self.answers.popitem(last=False)[1].size_bytes


def _weigh_head(head: ReadyHead) -> int:
    """Return the bytes of a head: each header is there twice, in the lines and as a pair."""
    return 2 * weigh_bytes(head.lines) + len(head.headers) * EMPTY_HEADER_BYTES


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
    encoding = negotiate_encoding(read[ACCEPT_ENCODING]) if ACCEPT_ENCODING in read else ""
    path, query, root_path = scope["path"], scope["query_string"], scope.get("root_path", "")
    if FORWARDED_HEADERS.isdisjoint(read):
        return path, query, encoding, root_path, None, b""
    client = scope.get("client")
    return path, query, encoding, root_path, client[0] if client else "", read.get(PREFIX_HEADER, b"")
