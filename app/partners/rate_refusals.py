"""Refusals of reads beyond a rate, ready to be sent: a client that floods the service costs it microseconds."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from starlette.types import Scope

from app.kit.ready_response import ReadyHead, ReadyResponse
from app.kit.request_id import REQUEST_ID_HEADER, request_id_for
from app.kit.response_headers import complete_headers, list_common_headers
from app.kit.settings import Settings
from app.partners.errors import rate_limit_exceeded
from app.partners.middleware import UNCHECKED_PATHS
from app.partners.rate_policy import RateCharge, RatePolicy

FORWARDED_FOR: Final = b"x-forwarded-for"
AUTHORIZATION: Final = b"authorization"


class RateRefusals:
    """Refuses GET and HEAD without a key where the rate of the address is used up, as `AccessMiddleware` would."""

    def __init__(
        self,
        rates: RatePolicy,
        settings: Settings,
        counts: Counter[tuple[str, str, int]],
        name_route: Callable[[str], str],
    ) -> None:
        """Refusals are counted in `counts` by method, template of the route and status."""
        self.rates, self.counts, self.name_route = rates, counts, name_route
        self.is_on = rates.is_public_limited and not settings.access_log  # the edge writes that log
        self.common_headers = list_common_headers(settings.public_url)

    def find(self, scope: Scope) -> ReadyResponse | None:
        """Return the refusal of a request; None where the application answers."""
        if not self.is_on or scope["method"] not in ("GET", "HEAD") or scope["path"] in UNCHECKED_PATHS:
            return None
        headers = dict(scope["headers"])
        if AUTHORIZATION in headers or _has_several_lines(scope, headers):
            return None
        client = scope.get("client")
        charge = self.rates.find_refusal(client[0] if client else "", headers.get(FORWARDED_FOR, b""), scope)
        return self._refuse(scope, charge) if charge is not None else None

    def _refuse(self, scope: Scope, charge: RateCharge) -> ReadyResponse:
        self.counts[scope["method"], self.name_route(scope["path"]), 429] += 1
        request_id, wait_s = request_id_for(scope["headers"]), charge.decision.wait_s
        response = rate_limit_exceeded(charge.quota, wait_s).response(request_id)
        sent = [*response.raw_headers, *charge.to_headers()]
        headers = complete_headers(sent, self.common_headers, request_id.encode())
        head = ReadyHead.of(429, [header for header in headers if header[0] != REQUEST_ID_HEADER])
        content = b"" if scope["method"] == "HEAD" else bytes(response.body)
        return ReadyResponse(head, content, request_id.encode(), wait_s)


def _has_several_lines(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """Whether proxies name clients on several lines, which the application joins."""
    return FORWARDED_FOR in headers and sum(name == FORWARDED_FOR for name, _ in scope["headers"]) > 1
