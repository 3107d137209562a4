"""Sends a message to a receiver: one request, within a time, to an address that was checked."""

import asyncio
import contextlib
import ssl
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from app.webhooks.public_addresses import IpAddress
from app.webhooks.receiver_address import (
    HTTPS,
    InvalidReceiver,
    ReceiverAddress,
    RefusedAddress,
    Resolver,
    UnknownHost,
    join_authority,
    parse_receiver,
)
from app.webhooks.webhook_words import DeliveryFault

if TYPE_CHECKING:
    import httpx

MAX_CONNECT_S: Final = 5.0
MAX_SEND_S: Final = 15.0
"""Seconds for everything: resolving, connecting, sending, and the head of the answer."""
MAX_TRIED_ADDRESSES: Final = 2
USER_AGENT: Final = "thoracic-mobility-api"


class DeliveryOutcome(NamedTuple):
    """What came of an attempt. It was delivered where there is no fault."""

    status: int | None
    """Of the answer; None without one."""
    fault: DeliveryFault | None
    retry_after_s: int | None = None
    """After which the receiver wants to be asked again."""


class MessageSender:
    """Sends messages. Redirects, cookies, proxies of the environment and bodies of answers mean nothing to it."""

    def __init__(self, resolver: Resolver, ssl_context: ssl.SSLContext | None = None) -> None:
        """Without `ssl_context` certificates are checked against the authorities of certifi."""
        self.resolver, self.ssl_context = resolver, ssl_context
        self.max_send_s = MAX_SEND_S
        self._transport: httpx.AsyncHTTPTransport | None = None

    async def send(self, url: str, headers: Mapping[str, str], body: str) -> DeliveryOutcome:
        """Send a message once, and return what came of it."""
        try:
            async with asyncio.timeout(self.max_send_s):
                receiver = parse_receiver(url, self.resolver.allows_loopback)
                addresses = await self.resolver.resolve(receiver)
                return await self._try_addresses(receiver, addresses, headers, body)
        except TimeoutError:
            return DeliveryOutcome(None, "timeout")
        except UnknownHost:
            return DeliveryOutcome(None, "unknown_host")
        except (RefusedAddress, InvalidReceiver):  # also a stored address that the settings do not allow any more
            return DeliveryOutcome(None, "address_refused")

    async def _try_addresses(
        self, receiver: ReceiverAddress, addresses: Sequence[IpAddress], headers: Mapping[str, str], body: str
    ) -> DeliveryOutcome:
        """Send to the first address that a connection is made to."""
        outcome = DeliveryOutcome(None, "connection")
        for address in addresses[:MAX_TRIED_ADDRESSES]:
            outcome = await self._request(receiver, address, headers, body)
            if outcome.fault != "connection":
                break
        return outcome

    async def _request(
        self, receiver: ReceiverAddress, address: IpAddress, headers: Mapping[str, str], body: str
    ) -> DeliveryOutcome:
        import httpx  # takes a while to load: only where messages are sent

        own_headers = {"Host": receiver.authority, "Content-Type": "application/json", "User-Agent": USER_AGENT}
        timeouts = httpx.Timeout(MAX_SEND_S, connect=MAX_CONNECT_S).as_dict()
        request = httpx.Request(
            "POST",
            f"{receiver.scheme}://{join_authority(str(address), receiver.port)}{receiver.target}",
            headers={**own_headers, **headers, "Accept-Encoding": "identity", "Connection": "close"},
            content=body.encode(),
            # The certificate must be that of the host, not of the address.
            extensions={"timeout": timeouts, "sni_hostname": receiver.host},
        )
        try:
            response = await self._open_transport().handle_async_request(request)
            await response.aclose()  # unread: the status says all
        except httpx.TimeoutException:
            return DeliveryOutcome(None, "timeout")
        except httpx.ConnectError as error:
            is_certificate = receiver.scheme == HTTPS and _is_caused_by(error, ssl.SSLError)
            return DeliveryOutcome(None, "certificate" if is_certificate else "connection")
        except httpx.ProtocolError:
            return DeliveryOutcome(None, "invalid_answer")
        except httpx.TransportError:
            return DeliveryOutcome(None, "connection")
        fault: DeliveryFault | None = None if 200 <= response.status_code < 300 else "status"
        return DeliveryOutcome(response.status_code, fault, _read_retry_after(response.headers))

    def _open_transport(self) -> "httpx.AsyncHTTPTransport":
        """Return what makes the connections, one for each message; no client, which would keep cookies."""
        import httpx

        if self._transport is None:
            self._transport = httpx.AsyncHTTPTransport(
                verify=self.ssl_context or httpx.create_ssl_context(trust_env=False),
                trust_env=False,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            )
        return self._transport

    async def aclose(self) -> None:
        """Close all connections."""
        if self._transport is not None:
            with contextlib.suppress(OSError):
                await self._transport.aclose()


def _is_caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error is not None


def _read_retry_after(headers: Mapping[str, str]) -> int | None:
    value = headers.get("Retry-After", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
