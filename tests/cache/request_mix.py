"""A mix of requests, good and bad, over few addresses and many heads: most are repeated, so that answers are ready."""

import random
from collections import defaultdict
from typing import NamedTuple

Header = tuple[bytes, bytes]
PATHS = (
    *("/v1/exercises", "/v1/exercises", "/v1/exercises/open-book", "/v1/exercises/open-book/figure.svg"),
    *("/v1/exercises/cat-cow", "/v1/exercises/cat-cow/alternatives", "/v1/exercises/no-such", "/v1/exercises/"),
    *("/v1/guidelines", "/v1/guidelines/desk-height", "/v1/references", "/v1/references/cho-2017", "/v1/routines"),
    *("/v1/partial/exercises", "/v1/partial/exercises/open-book", "/v1/partial/routines", "/v1/vocabulary"),
    *("/v1/catalogue", "/v1/changes", "/v1/figures.zip", "/v1/exercises.csv", "/v1/exercises.ndjson"),
    *("/v1/screening", "/v1/self-tests", "/v1/sessions/example", "/v1/routines/desk-reset.html", "/gallery", "/docs"),
    *("/", "/healthz", "/readyz", "/openapi.json", "/v1/nothing", "/v1/exercises/open%2Dbook", "//v1/exercises", "/v1"),
    *("/v1/sessions/example/export", "/v1/routines/desk-break-5-min-chair/export"),
    *("/v1/exercises/open-book/figure.json", "/v1/reminders.ics", "/pub/v1/exercises/open-book", "/pub/v1/routines"),
)
QUERIES = (
    *(b"", b"", b"", b"", b"limit=2", b"goal=rotation&limit=3", b"limit=3&goal=rotation", b"&limit=3&&goal=rotation&"),
    *(b"goal=rotation&goal=extension&limit=2", b"goal=extension&goal=rotation&limit=2", b"limit=2&limit=2", b"limit=0"),
    *(
        b"q=stif+uper+bak&limit=2",
        b"q=%E2%82%AC",
        b"q=\xc3\xa9t\xc3\xa9",
        b"q=%FF",
        b"x=1",
        b"x=1&x=2",
        b"goal=nonsense",
    ),
    *(b"fields=slug&fields=name", b"fields=slug", b"fields=name&fields=slug", b"theme=dark", b"theme=dark&theme=light"),
    *(b"since=0&limit=2", b"since=999999", b"format=vtt", b"format=csv", b"format=ics&start=2026-12-01T09:30"),
    *(
        b"level_max=2&limit=4",
        b"limit=%32",
        b"LIMIT=2",
        b"limit",
        b"=&=",
        b"timezone=UTC",
        b"cursor=abc",
        b"?",
        b"a=1;b",
    ),
)
FREQUENT_ADDRESSES = (
    *(("/v1/exercises", b"limit=2"), ("/v1/exercises", b"limit=3&goal=rotation")),
    *(("/v1/exercises/open-book", b""), ("/v1/exercises/open-book/figure.svg", b""), ("/v1/vocabulary", b"")),
    *(("/v1/exercises/cat-cow/alternatives", b""), ("/v1/partial/routines", b"fields=slug"), ("/docs", b"")),
)
IDENTITY, WEIGHED = b"identity", b"br;q=0.2, gzip;q=0.9"
HEADERS: dict[bytes, tuple[bytes, ...]] = {
    b"accept": (
        b"*/*",
        b"application/json",
        b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        b"text/csv",
        b"",
        b";;",
    ),
    b"accept-encoding": (
        b"br",
        b"gzip",
        b"gzip, deflate, br",
        IDENTITY,
        WEIGHED,
        b"*",
        b"",
        b"identity;q=0",
        b"BR;q=x",
    ),
    b"x-request-id": (b"abc-123", b"A.b_c", b"", b"has a space", b"x" * 64, b"x" * 65, b"\xff"),
    b"host": (b"127.0.0.1", b"example.org", b"example.org:8443", b"a b", b"[::1]:80", b"\xe9.org", b"x:99999", b"u@h"),
    b"origin": (b"https://app.example", b"null"),
    b"range": (b"bytes=0-10",),
    b"if-modified-since": (b"Sat, 28 Nov 2026 00:00:00 GMT",),
    b"authorization": (b"Bearer nothing",),
    b"x-forwarded-prefix": (b"/pub", b"/pub/", b"/client, /pub", b"//evil.example", b"/v1", b""),
    b"x-forwarded-host": (b"p.example", b"client.example, p.example", b"a b"),
    b"x-forwarded-proto": (b"https", b"javascript", b"http, https"),
    b"x-forwarded-for": (b"192.0.2.9", b"192.0.2.9, 127.0.0.1", b"nobody"),
    b"x-forwarded-port": (b"443",),
    b"cookie": (b"a=b",),
    b"access-control-request-method": (b"GET",),
}
METHODS = ("GET",) * 14 + ("HEAD", "HEAD", "OPTIONS", "POST", "PUT", "BREW")
TRUSTED, UNTRUSTED = "127.0.0.1", "127.0.0.2"
FORWARDED = b"x-forwarded-"
WITH_ADDRESS = (
    *("/gallery", "/exercises/", "/routines", "/sessions/", "/embed/", "/oembed", "/sitemap.xml", "/robots.txt"),
    "/v1/exercises.csv",
)
"""What names the address that it is read at: without a usable host that is the server's own, and two servers differ."""


class Request(NamedTuple):
    """A request as it goes over the wire; `sender` is the address that it comes from."""

    method: str
    path: str
    query: bytes
    headers: list[Header]
    sender: str

    @property
    def target(self) -> bytes:
        return self.path.encode() + (b"?" + self.query if self.query else b"")


class RequestMix:
    """Draws requests, the same for the same seed and the same answers; `tell_etag` lets later ones be conditional."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.etags: dict[bytes, list[bytes]] = defaultdict(list)

    def draw(self) -> Request:
        rng = self.rng
        path, query = rng.choice(PATHS), rng.choice(QUERIES)
        if rng.random() < 0.8:
            path, query = rng.choice(FREQUENT_ADDRESSES)
        sender = TRUSTED if rng.random() < 0.85 else UNTRUSTED
        request = Request(rng.choice(METHODS), path, query, [], sender)
        if rng.random() < 0.9:
            request.headers.append((b"host", b"service.example"))
        is_behind_proxy = rng.random() < 0.2
        for name, values in HEADERS.items():
            probability = (0.5 if is_behind_proxy else 0.0) if name.startswith(FORWARDED) else 0.12
            if name in (b"accept-encoding", b"x-request-id"):
                probability = 0.6
            if rng.random() < probability and not (name == b"host" and request.headers):
                request.headers.append((name, rng.choice(values)))
                if rng.random() < 0.08 and name != b"host":
                    request.headers.append((name, rng.choice(values)))
        if path == "/" or path.startswith(WITH_ADDRESS) or path.endswith("/export"):
            request.headers[:] = [header for header in request.headers if not header[0].endswith(b"host")]
            request.headers.append((b"host", b"service.example"))
        if rng.random() < 0.4:
            request.headers.extend((b"if-none-match", value) for value in self._draw_conditions(request))
        rng.shuffle(request.headers)
        return request

    def _draw_conditions(self, request: Request) -> list[bytes]:
        """Return the values of one or two `If-None-Match` headers, more often right than not."""
        known = self.etags[request.target]
        etags = [self.rng.choice(known) for _ in range(self.rng.choice((1, 1, 1, 2)))] if known else [b'"unknown"']
        form = self.rng.choice((b"%s", b"%s", b"%s", b"W/%s", b'"other", %s', b'%s ,W/"b"', b"*", b"", b"x%s", b"w/%s"))
        values = [form.replace(b"%s", etag) for etag in etags]
        return values if self.rng.random() < 0.3 else [b",".join(values)]

    def tell_etag(self, request: Request, etag: bytes) -> None:
        """Note an ETag that was given for the address of a request."""
        known = self.etags[request.target]
        if etag not in known:
            known.append(etag)
