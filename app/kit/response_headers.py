"""Headers that every answer has, whoever sends it: the application, the connection itself, or a ready response."""

from collections.abc import Iterable

from app.kit.request_id import REQUEST_ID_HEADER

Header = tuple[bytes, bytes]
"""Name and value, as ASGI has them."""
CORS_EXPOSED_HEADERS = b", ".join(
    (
        *(b"ETag", b"Link", b"Location", b"X-Catalogue-Serial", b"X-Request-ID", b"Retry-After"),
        *(b"RateLimit", b"RateLimit-Policy", b"WWW-Authenticate"),
    )
)
"""Headers that scripts of other origins may read."""
CSP_NAME = b"content-security-policy"
DEFAULT_CSP = b"default-src 'none'; frame-ancestors 'none'"
"""Content-Security-Policy of every answer that does not set its own: data, no page."""
COMMON_HEADERS: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", CORS_EXPOSED_HEADERS),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"content-language", b"en"),
)
"""Headers of every answer."""
HSTS_HEADER = (b"strict-transport-security", b"max-age=31536000")
"""Browsers use https for a year. Sent only where the public address is https."""


def list_common_headers(public_url: str) -> tuple[Header, ...]:
    """Return the headers of every answer of a service with this public address; empty: it is not known."""
    return (*COMMON_HEADERS, HSTS_HEADER) if public_url.startswith("https://") else COMMON_HEADERS


def complete_headers(headers: Iterable[Header], common_headers: Iterable[Header], request_id: bytes) -> list[Header]:
    """Return the headers of an answer with those that every answer has.

    The request id is the last one: without it they are the same each time.
    """
    completed = [*headers, *common_headers]
    if CSP_NAME not in dict(completed):
        completed.append((CSP_NAME, DEFAULT_CSP))
    completed.append((REQUEST_ID_HEADER, request_id))
    return completed
