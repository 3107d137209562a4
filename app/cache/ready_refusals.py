"""Refusals of costly work that are ready to send, while its queue is full: before FastAPI, and before the body is read.

They are those of `app.kit.early_refusal`, which answers where this one is not sure that nothing else is wrong.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from starlette.types import Scope

from app.kit.edge import JSON_CONTENT_TYPE
from app.kit.ready_response import ReadyHead, ReadyResponse
from app.kit.request_id import REQUEST_ID_HEADER, request_id_for
from app.kit.response_headers import complete_headers, list_common_headers
from app.kit.settings import Settings
from app.kit.work_limiter import WorkLimiter

LEFT_TO_APPLICATION: Final = frozenset({b"authorization", b"transfer-encoding", b"expect", b"x-forwarded-prefix"})
"""Headers with which another answer may be right."""


class RefusalTemplate(NamedTuple):
    """A refusal without its request id."""

    head: ReadyHead
    before_id: bytes
    after_id: bytes


class RefusalSource(NamedTuple):
    """What refusals depend on."""

    limiter: WorkLimiter
    paths: re.Pattern[str]
    """Paths whose `POST` is the work of the limiter."""
    serial: Callable[[], int]
    """Returns the serial of the catalogue that is served."""
    name_route: Callable[[str], str]
    """Returns the template of the route of a path."""


class ReadyRefusals:
    """Refuses `POST` to the paths of a limiter while it admits nothing more."""

    def __init__(self, source: RefusalSource, settings: Settings, counts: Counter[tuple[str, str, int]]) -> None:
        """Refusals are counted in `counts` by method, template of the route and status."""
        self.source, self.counts, self.max_body_bytes = source, counts, settings.max_body_bytes
        self.is_on = not settings.access_log  # the edge writes that log
        self.common_headers = list_common_headers(settings.public_url)
        self._make_template = lru_cache(maxsize=64)(self._make_template_for)

    def find(self, scope: Scope) -> ReadyResponse | None:
        """Return the refusal of a request whose head is right; None where the application answers."""
        limiter = self.source.limiter
        if scope["method"] != "POST" or not limiter.is_full or not self.is_on:
            return None
        path = scope["path"]
        if scope["query_string"] or scope.get("root_path") or not self.source.paths.fullmatch(path):
            return None
        headers = dict(scope["headers"])
        if not headers.keys().isdisjoint(LEFT_TO_APPLICATION) or not self._may_have_body(headers):
            return None
        request_id = request_id_for(scope["headers"]).encode()
        template = self._make_template(self.source.serial(), len(request_id))
        self.counts["POST", self.source.name_route(path), template.head.status] += 1
        content = template.before_id + request_id + template.after_id
        return ReadyResponse(template.head, content, request_id, limiter.retry_after_s)

    def _may_have_body(self, headers: dict[bytes, bytes]) -> bool:
        """Whether the edge would read the body that these headers announce."""
        length = headers.get(b"content-length", b"")
        if not length.isdigit() or not 0 < int(length) <= self.max_body_bytes:
            return False
        content_type = headers.get(b"content-type", b"")
        return content_type == b"application/json" or bool(
            JSON_CONTENT_TYPE.fullmatch(content_type.decode("latin-1").strip())
        )

    def _make_template_for(self, serial: int, id_length: int) -> RefusalTemplate:
        """Return the refusal at a serial, for request ids of a length."""
        placeholder = b"0" * id_length
        response = self.source.limiter.refusal().response(placeholder.decode())
        before_name, name, after_name = bytes(response.body).partition(b'"request_id":"')
        sent = [*response.raw_headers, (b"x-catalogue-serial", b"%d" % serial)]
        headers = complete_headers(sent, self.common_headers, placeholder)
        without_id = [header for header in headers if header[0] != REQUEST_ID_HEADER]
        head = ReadyHead.of(response.status_code, without_id)
        return RefusalTemplate(head, before_name + name, after_name[id_length:])
