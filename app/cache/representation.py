"""One answer and its encodings, each with an ETag of its own."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from starlette.types import Scope

from app.cache.encodings import ENCODERS, decode, is_compressible, negotiate_encoding
from app.cache.memory_size import measure_bytes, measure_headers
from app.kit.response_headers import Header

MANAGED_HEADERS = frozenset({b"content-length", b"etag", b"vary", b"content-encoding"})
"""Headers of the application that are replaced here: they depend on the encoding."""


MADE_ENCODINGS = "made_encodings"
"""Where the state of a request holds the encodings that its route has made itself."""

STREAMED = "streamed"
"""Where the state of a request says that its answer is sent as it comes."""


def hand_over_encodings(scope: Scope, encodings: Mapping[str, bytes]) -> None:
    """Give the cache the encodings of the answer to this request, in which it then makes none itself."""
    scope["state"][MADE_ENCODINGS] = encodings


def pass_through(scope: Scope) -> None:
    """Have the answer to this request sent as it comes, and not kept: it is large, and has its own ETag and 304."""
    scope["state"][STREAMED] = True


class Variant(NamedTuple):
    """An answer in one encoding."""

    etag: bytes
    headers: list[Header]
    content: bytes


class Representation:
    """An answer as the application made it. Encodings are made when first asked for, and kept.

    Once there is an encoding, the content itself is not kept: it takes ten times the memory, hardly any client asks for
    it, and it is what the encoding decodes to.
    """

    def __init__(self, headers: list[Header], content: bytes, encodings: Mapping[str, bytes] | None = None) -> None:
        """`encodings` are those that were made already, by their names in `Accept-Encoding`."""
        sent = dict(headers)
        encoding = sent.get(b"content-encoding")
        self._content: bytes | None = content
        self.may_encode = encoding is None and (
            bool(encodings) or is_compressible(sent.get(b"content-type", b""), len(content))
        )
        vary = {name.strip() for name in sent.get(b"vary", b"").split(b",") if name.strip()}
        if self.may_encode:
            vary.add(b"Accept-Encoding")
        self.headers = [(name, value) for name, value in headers if name not in MANAGED_HEADERS]
        if encoding is not None:
            self.headers.append((b"content-encoding", encoding))
        if vary:
            self.headers.append((b"vary", b", ".join(sorted(vary))))
        etag = sent.get(b"etag", b"").strip(b'"')
        self.digest = etag or hashlib.sha256(content).hexdigest()[:32].encode()
        self.encoded = dict(encodings or {})

    @property
    def size_bytes(self) -> int:
        """Bytes of memory that the answer takes with the encodings that were made so far."""
        kept = self.encoded.values() if self._content is None else (self._content, *self.encoded.values())
        return measure_headers(self.headers) + sum(map(measure_bytes, kept))

    def content(self) -> bytes:
        """Return the answer as it is, without an encoding."""
        return decode(*next(iter(self.encoded.items()))) if self._content is None else self._content

    def negotiate(self, accept_encoding: bytes) -> "Variant":
        """Return ETag, headers and bytes for a client with this `Accept-Encoding`."""
        encoding = negotiate_encoding(accept_encoding) if self.may_encode else ""
        if not encoding:
            return Variant(b'"%s"' % self.digest, self.headers, self.content())
        if encoding not in self.encoded:
            self.encoded[encoding] = ENCODERS[encoding](self.content())
        self._content = None
        name = encoding.encode()
        headers = [*self.headers, (b"content-encoding", name)]
        return Variant(b'"%s-%s"' % (self.digest, name), headers, self.encoded[encoding])
