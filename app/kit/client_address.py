"""Who a client is by its address: behind trusted proxies the one that they name, in IPv6 a whole network."""

import ipaddress
from functools import lru_cache
from typing import Final

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

IPV6_NETWORK_BITS: Final = 64
"""One subscriber has at least this network for its own: its addresses count as one."""
MAX_ADDRESS_LENGTH: Final = 64
MAX_KNOWN_ADDRESSES: Final = 4096
FORWARDED_FOR: Final = b"x-forwarded-for"


async def _no_application(*_: object) -> None:
    """Stand where uvicorn's class wants an application: only its list of addresses is used."""


class TrustedProxies:
    """The addresses and networks of proxies whose `X-Forwarded-For` is believed; `*`: all."""

    def __init__(self, trusted_proxies: str) -> None:
        self._trusted = ProxyHeadersMiddleware(_no_application, trusted_proxies).trusted_hosts

    def __contains__(self, address: str) -> bool:
        return address in self._trusted

    def find_client(self, address: str, forwarded_for: bytes) -> str:
        """Return the address of a client: that of the connection, or the one that a trusted proxy names there."""
        if forwarded_for and address in self._trusted:
            named, _ = self._trusted.get_trusted_client_address(forwarded_for.decode("latin-1"))
            return named or address
        return address


def name_network(address: str) -> str:
    """Return the name under which the addresses of one client count: an IPv4 address, or an IPv6 network of 64 bits."""
    return _name_network(address) if len(address) <= MAX_ADDRESS_LENGTH else ""


@lru_cache(maxsize=MAX_KNOWN_ADDRESSES)
def _name_network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((parsed.packed, IPV6_NETWORK_BITS), strict=False))


@lru_cache(maxsize=MAX_KNOWN_ADDRESSES)
def is_this_machine(network: str) -> bool:
    """Whether a network, as `name_network` names it, is the loopback of this machine."""
    try:
        return ipaddress.ip_network(network).is_loopback or network == "::/64"
    except ValueError:
        return False
