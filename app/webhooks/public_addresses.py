"""Which addresses of the network messages may go to: public ones, so that nobody reaches what is behind a firewall."""

import ipaddress
from typing import Final

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""Its last 32 bits are an IPv4 address."""
IPV4_MAPPED: Final = ipaddress.IPv6Network("::ffff:0:0/96")
REFUSED_NETWORKS: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "2002::/16",  # 6to4: leads to an IPv4 address through a relay
            "2001::/23",  # Teredo, which does so as well, and other protocols
            "192.88.99.0/24",  # the relays of 6to4
            "192.0.0.0/24",  # for protocols; parts of it were public in older versions of Python
            "3fff::/20",  # for documentation, which older versions do not know
            "168.63.129.16/32",  # the host of a virtual machine of Azure
        ),
    )
)
"""Networks that count as public for `ipaddress`, and lead elsewhere."""


def is_public(address: IpAddress) -> bool:
    """Return whether an address is one of the public internet, whatever leads to it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in NAT64 or address in IPV4_MAPPED:
            return is_public(ipaddress.IPv4Address(address.packed[-4:]))
        if address not in GLOBAL_UNICAST:
            return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in REFUSED_NETWORKS)
