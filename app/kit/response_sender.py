"""The `send` of a request: common headers, and HEAD without a body."""

from starlette.types import Message, Scope, Send

from app.kit.request_id import REQUEST_ID_HEADER

Header = tuple[bytes, bytes]
CORS_EXPOSED_HEADERS = b"ETag, Link, Location, X-Catalogue-Serial, X-Request-ID, Retry-After"
"""Headers that scripts of other origins may read."""
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


class ResponseSender:
    """Passes an answer on to the server. `status` is 500 until an answer has `started`."""

    def __init__(self, send: Send, request_id: str, common_headers: tuple[Header, ...], scope: Scope) -> None:
        self.send, self.common_headers, self.request_id = send, common_headers, request_id
        self.is_head = scope["method"] == "HEAD"
        self.started, self.status = False, 500

    async def __call__(self, message: Message) -> None:
        """Pass one ASGI message on, completed."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            message = {**message, "headers": self._complete_headers(message.get("headers", ()))}
        elif self.is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)

    def _complete_headers(self, own_headers: list[Header]) -> list[Header]:
        headers = [*own_headers, *self.common_headers]
        if b"content-security-policy" not in dict(headers):
            headers.append((b"content-security-policy", DEFAULT_CSP))
        headers.append((REQUEST_ID_HEADER, self.request_id.encode()))  # last: the others are the same each time
        return headers
