"""The address of a receiver: its form, and the addresses of the network that its host has.

A host is resolved once for a delivery, every address that it has is checked, and the connection is made to one of
these: a name that leads elsewhere a moment later gains nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from typing import Final, NamedTuple

from app.kit.bounded_threads import BoundedThreads
from app.texts.loader import load_texts
from app.webhooks.public_addresses import IpAddress, is_public
from app.webhooks.texts import WebhookTexts

MAX_URL_LENGTH: Final = 1000
MAX_RESOLVING: Final = 32
"""Hosts that are resolved at a time: more than messages that are sent, so that slow name servers hold nobody up."""
MAX_RESOLVE_S: Final = 5.0
HTTPS, HTTP = "https", "http"
DEFAULT_PORTS: Final = {HTTPS: 443, HTTP: 80}
MIN_FREE_PORT: Final = 1024
LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
HOST_NAME: Final = re.compile(rf"(?=.{{1,253}}$){LABEL}(?:\.{LABEL})*")
NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
"""What other programs read as a part of an IPv4 address."""
URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?)",
)
"""So narrow that no two programs read an address in different ways: without user, backslash, fragment or space."""
LookUp = Callable[[str, int], list[str]]


class InvalidReceiver(ValueError):
    """An address that no webhook may have; the message says what would be right."""


class UnknownHost(Exception):
    """The name of the host leads to no address."""


class RefusedAddress(Exception):
    """The host has an address that messages may not go to."""


class ReceiverAddress(NamedTuple):
    """The parts of the address of a receiver."""

    scheme: str
    host: str
    """A name, or an address without brackets."""
    port: int
    target: str
    """Path and query."""

    @property
    def authority(self) -> str:
        """Host and port as the header `Host` has them."""
        return join_authority(self.host, None if self.port == DEFAULT_PORTS[self.scheme] else self.port)


def join_authority(host: str, port: int | None) -> str:
    """Return host and port as an address has them."""
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port is None else f"{bracketed}:{port}"


def parse_receiver(url: str, allows_loopback: bool = False) -> ReceiverAddress:
    """Return the parts of an address. Raises `InvalidReceiver` where its form is none that a webhook may have."""
    texts = load_texts(WebhookTexts).receivers
    match = URL.fullmatch(url) if len(url) <= MAX_URL_LENGTH else None
    if match is None:
        raise InvalidReceiver(texts.malformed)
    scheme, host = match["scheme"], match["host"].lower()
    if scheme == HTTP and not allows_loopback:
        raise InvalidReceiver(texts.not_https)
    port = int(match["port"] or DEFAULT_PORTS[scheme])
    is_free = MIN_FREE_PORT <= port <= 65535 or port == DEFAULT_PORTS[scheme]
    if not is_free:
        raise InvalidReceiver(texts.port)
    return ReceiverAddress(scheme, _check_host(host), port, match["target"] or "/")


def _check_host(host: str) -> str:
    """Return a host without brackets. Raises `InvalidReceiver`, also for an IPv4 address in an unusual form."""
    texts = load_texts(WebhookTexts).receivers
    bare = host.removeprefix("[").removesuffix("]")
    try:
        if bare != host or not HOST_NAME.fullmatch(host) or NUMBER.fullmatch(host.rpartition(".")[2]):
            return str(ipaddress.IPv6Address(bare) if bare != host else ipaddress.IPv4Address(host))
    except ipaddress.AddressValueError:
        raise InvalidReceiver(texts.host) from None
    return host


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, each once. Raises `OSError` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Resolver:
    """Resolves hosts, in threads of its own: a name server that hangs keeps nothing else waiting."""

    def __init__(self, allows_loopback: bool, look_up_host: LookUp = look_up) -> None:
        self.allows_loopback, self.look_up_host = allows_loopback, look_up_host
        self._threads = BoundedThreads(MAX_RESOLVING, MAX_RESOLVE_S, "resolver")

    async def resolve(self, receiver: ReceiverAddress) -> list[IpAddress]:
        """Return the addresses of a receiver, all of which messages may go to.

        Raises `RefusedAddress` where there is another among them, `UnknownHost` and `TimeoutError`.
        """
        try:
            found = await self._threads.run(self.look_up_host, receiver.host, receiver.port)
        except TimeoutError:
            raise
        except (OSError, UnicodeError):
            raise UnknownHost from None
        addresses = [ipaddress.ip_address(address) for address in found]
        if not addresses:
            raise UnknownHost
        if not all(self._is_allowed(address, receiver.scheme) for address in addresses):
            raise RefusedAddress
        return addresses

    def _is_allowed(self, address: IpAddress, scheme: str) -> bool:
        if self.allows_loopback and address.is_loopback:
            return True
        return scheme == HTTPS and is_public(address)
