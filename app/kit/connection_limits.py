"""What one connection may send, and how slowly."""

import enum
from typing import Final, NamedTuple

from app.kit.errors import HeadersTooLarge, MalformedRequest, UriTooLong
from app.kit.work_limiter import ServiceBusy

CONNECTION_RETRY_AFTER_S: Final = 2
EVICTED = "The request did not arrive whole, and others need the connection."
SLICE_BYTES = 4096
"""A read (up to 256 KB) is parsed in slices of this size; a head may be larger than its limit by one of them."""
BODY_TOTAL_FACTOR = 4
"""A whole body may take this many times the limit for one pause in it."""
MAX_PIPELINED = 8
"""Parsed requests that wait on one connection for the answers before them, from which on nothing more is parsed.

The slice in which the number is reached is parsed to its end, and holds about 150 more where they are the smallest."""
MAX_UNPARSED_BYTES = 1_000_000
"""Bytes of further requests that are kept meanwhile."""
PIPELINED_BYTES = 6000
"""Memory of one such request, about."""
MAX_WHOLE_BODIES = 16
"""Bodies of the largest size for which there is memory while they arrive, on all connections together."""


class Limits(NamedTuple):
    """Limits of one connection, in bytes and seconds. `max_head_bytes` also holds for trailers."""

    max_url_bytes: int
    max_head_bytes: int
    max_headers: int
    head_timeout_s: float
    body_timeout_s: float

    def check(self, url_bytes: int, header_count: int, head_bytes: int) -> None:
        """Raise `UriTooLong` or `HeadersTooLarge` where one of these is more than allowed."""
        if url_bytes > self.max_url_bytes:
            raise UriTooLong(f"An address may have at most {self.max_url_bytes} bytes.")
        if header_count > self.max_headers:
            raise HeadersTooLarge(f"A request may have at most {self.max_headers} headers.")
        if head_bytes > self.max_head_bytes:
            raise HeadersTooLarge(f"All headers together may have at most {self.max_head_bytes} bytes.")


class Stage(enum.Enum):
    """Which part of a request is being read."""

    NONE = enum.auto()
    HEAD = enum.auto()
    BODY = enum.auto()


def check_head(headers: list[tuple[bytes, bytes]], host_count: int, http_version: str, upgrades: bool) -> None:
    """Raise `MalformedRequest` for a wrong number of hosts, and for a body beside an `Upgrade` header.

    The parser would drop such a body unread.
    """
    if host_count > 1 or (host_count == 0 and http_version != "1.0"):
        raise MalformedRequest("A request has one Host header.")
    if upgrades:
        by_name = dict(headers)
        if by_name.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in by_name:
            raise MalformedRequest(
                "No other protocol is spoken here: send the request again without the Upgrade header."
            )


def too_many_connections() -> ServiceBusy:
    """Return the problem of a connection for which there is no slot."""
    return ServiceBusy("Too many connections are open: use fewer.", retry_after_s=CONNECTION_RETRY_AFTER_S)
