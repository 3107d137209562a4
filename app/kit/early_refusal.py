"""Plain ASGI that refuses costly work before its body is read, while its queue is full."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit.error_handlers import request_id_of_scope
from app.kit.work_limiter import WorkLimiter


class EarlyRefusal:
    """Answers `POST` to the paths of a limiter with 503 while it admits nothing more.

    The routes would refuse as well, but only after the body was read and checked: clients that ask again at once would
    then keep the event loop busy with bodies that nobody needs.
    """

    def __init__(self, app: ASGIApp, *, limiter: WorkLimiter, paths: re.Pattern[str]) -> None:
        self.app, self.limiter, self.paths = app, limiter, paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse one request, or pass it on."""
        if (
            scope["type"] == "http"
            and scope["method"] == "POST"
            and self.limiter.is_full
            and self.paths.fullmatch(scope["path"])
        ):
            problem = self.limiter.refusal()
            await problem.response(request_id_of_scope(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)
