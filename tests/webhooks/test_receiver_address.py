"""No message goes to what is not public, however its address is written and whatever its name leads to."""

import asyncio
import ipaddress

import pytest

from app.webhooks.public_addresses import is_public
from app.webhooks.receiver_address import (
    InvalidReceiver,
    ReceiverAddress,
    RefusedAddress,
    Resolver,
    UnknownHost,
    parse_receiver,
)

PRIVATE = (
    *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "0.1.2.3", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1", "168.63.129.16"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1"),
    *("::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:7f00:1::"),
    *("100::1", "3fff::1", "5f00::1", "2001:2::1", "2001:10::1"),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450::1")
MALFORMED = (
    *("ftp://example.org/", "example.org", "//example.org/", "https://", "https:///path", "https:example.org"),
    *("https://user@example.org/", "https://user:word@example.org/", "https://example.org@127.0.0.1/"),
    *(
        "https://example.org/#part",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/a b",
        " https://a.org",
    ),
    *(
        "https://example.org/\r\nHost: evil",
        "https://exämple.org/",
        "https://example.org:443:80/",
        "data:,",
    ),
    *("https://example.org/%zz", "https://example.org/\n", "https://" + "a" * 1000 + ".org/"),
)
UNUSUAL_HOSTS = (
    *("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "0x7f.0.0.1", "1.2.3.4.5", "256.1.1.1", "08.8.8.8"),
    *("example.org.", "-example.org", "example..org", "[::1", "[127.0.0.1]", "[fe80::1%25eth0]", "[:::]", "a.0x10"),
)


def resolve(url: str, found: list[str], allows_loopback: bool = False) -> list[str]:
    async def run() -> list[str]:
        resolver = Resolver(allows_loopback, lambda host, port: found)
        return list(map(str, await resolver.resolve(parse_receiver(url, allows_loopback))))

    return asyncio.run(run())


def test_private_addresses_are_told_from_public_ones() -> None:
    assert [address for address in PRIVATE if is_public(ipaddress.ip_address(address))] == []
    assert [address for address in PUBLIC if not is_public(ipaddress.ip_address(address))] == []


def test_a_host_with_any_private_address_is_refused() -> None:
    for address in PRIVATE:
        for found in ([address], ["8.8.8.8", address], [address, "8.8.8.8"]):
            with pytest.raises(RefusedAddress):
                resolve("https://example.org/", found)
    assert resolve("https://example.org/", ["8.8.8.8", "2606:4700::1111"]) == ["8.8.8.8", "2606:4700::1111"]


def test_only_loopback_is_freed_by_the_setting_and_only_there_may_tls_be_missing() -> None:
    assert resolve("http://localhost:8080/", ["::1", "127.0.0.1"], True) == ["::1", "127.0.0.1"]
    assert resolve("https://example.org/", ["8.8.8.8"], True) == ["8.8.8.8"]
    for url, address in (("http://example.org:8080/", "8.8.8.8"), ("https://example.org/", "10.0.0.1")):
        with pytest.raises(RefusedAddress):
            resolve(url, [address], True)


@pytest.mark.parametrize("url", [*MALFORMED, *(f"https://{host}/" for host in UNUSUAL_HOSTS)])
def test_an_address_has_one_form(url: str) -> None:
    with pytest.raises(InvalidReceiver):
        parse_receiver(url)


def test_ports_below_1024_are_refused_but_for_that_of_https() -> None:
    assert parse_receiver("https://Example.org/a?b=c%20d") == ("https", "example.org", 443, "/a?b=c%20d")
    assert parse_receiver("https://example.org:8443?b") == ("https", "example.org", 8443, "?b")
    assert parse_receiver("https://[2606:4700::1111]:443") == ("https", "2606:4700::1111", 443, "/")
    for port in ("0", "22", "25", "80", "1023", "65536", "99999"):
        with pytest.raises(InvalidReceiver):
            parse_receiver(f"https://example.org:{port}/")
    with pytest.raises(InvalidReceiver):
        parse_receiver("http://example.org/")
    assert ReceiverAddress("https", "2606:4700::1111", 8443, "/").authority == "[2606:4700::1111]:8443"
    assert ReceiverAddress("https", "example.org", 443, "/").authority == "example.org"


def test_a_host_without_an_address_is_unknown() -> None:
    with pytest.raises(UnknownHost):
        resolve("https://example.org/", [])
