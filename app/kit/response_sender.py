"""The `send` of a request: common headers, HEAD without a body, and 406 where the client cannot read the answer."""

import re

from starlette.types import Message, Scope, Send

from app.kit.errors import NotAcceptable

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
        self.accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
        self.started, self.status, self._is_replaced = False, 500, False

    async def __call__(self, message: Message) -> None:
        """Pass one ASGI message on, completed; drop it where the answer was replaced by a 406."""
        if self._is_replaced:
            return
        if message["type"] == "http.response.start":
            content_type = dict(message.get("headers", ())).get(b"content-type", b"")
            # Errors go out whatever the client accepts: a 406 in their place would hide what is wrong.
            if message["status"] < 300 and self.accept and not accepts_media_type(self.accept, content_type):
                await self._send_not_acceptable(content_type.decode("latin-1").partition(";")[0])
                return
            self.started, self.status = True, message["status"]
            message = {**message, "headers": self._complete_headers(message.get("headers", ()))}
        elif self.is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)

    def _complete_headers(self, own_headers: list[Header]) -> list[Header]:
        headers = [*own_headers, *self.common_headers, (b"x-request-id", self.request_id.encode())]
        if b"content-security-policy" not in dict(headers):
            headers.append((b"content-security-policy", DEFAULT_CSP))
        return headers

    async def _send_not_acceptable(self, media_type: str) -> None:
        problem = NotAcceptable(f"This is answered as {media_type}.", available=[media_type])
        response = problem.response(self.request_id)
        await self({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
        await self({"type": "http.response.body", "body": response.body})
        self._is_replaced = True


def accepts_media_type(accept: bytes, content_type: bytes) -> bool:
    """Whether an `Accept` header allows an answer of this type; always, for an answer without a type."""
    if b"*/*" in accept or not content_type:
        return True
    media_type = content_type.partition(b";")[0].strip().lower()
    matching_ranges = (media_type, media_type.partition(b"/")[0] + b"/*")
    for part in accept.lower().split(b","):
        media_range, _, parameters = part.partition(b";")
        if media_range.strip() in matching_ranges and not re.search(rb"q=0(\.0*)?\s*$", parameters):
            return True
    return False
