"""The `send` of a request: common headers, and HEAD without a body."""

from starlette.types import Message, Scope, Send

from app.kit.response_headers import Header, complete_headers


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
            headers = complete_headers(message.get("headers", ()), self.common_headers, self.request_id.encode())
            message = {**message, "headers": headers}
        elif self.is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)
