"""One request to a real receiver: what counts as arrived, and what a receiver cannot do to the service."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

import pytest
import trustme

from app.webhooks.receiver_address import Resolver, look_up
from app.webhooks.sender import DeliveryOutcome, MessageSender
from tests.webhooks.receiver import Answer, Receiver, answer_bytes, answer_status

LOOPBACK = "127.0.0.1"
HEADERS = {"webhook-id": "msg_1"}
SHORT_S = 0.2


def send(sender: MessageSender, *urls: str) -> list[DeliveryOutcome]:
    async def run() -> list[DeliveryOutcome]:
        try:
            return [await sender.send(url, HEADERS, "{}") for url in urls]
        finally:
            await sender.aclose()

    return asyncio.run(run())


def hang(connection: socket.socket) -> None:
    connection.recv(1)


def answer_without_end(ended: threading.Event) -> Answer:
    """Answer 200, and go on until the other side closes."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                connection.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        except OSError:
            ended.set()

    return answer


OUTCOMES: tuple[tuple[Answer, DeliveryOutcome], ...] = (
    (answer_status(200), DeliveryOutcome(200, None)),
    (answer_status(299), DeliveryOutcome(299, None)),
    (answer_status(302, "Location: http://127.0.0.1:1/"), DeliveryOutcome(302, "status")),
    (answer_status(404), DeliveryOutcome(404, "status")),
    (answer_status(410), DeliveryOutcome(410, "status")),
    (answer_status(503, "Retry-After: 120"), DeliveryOutcome(503, "status", 120)),
    (answer_status(429, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"), DeliveryOutcome(429, "status")),
    (answer_bytes(b"SSH-2.0-OpenSSH_9.2\r\n"), DeliveryOutcome(None, "invalid_answer")),
    (answer_bytes(b""), DeliveryOutcome(None, "invalid_answer")),
    (answer_bytes(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 40_000), DeliveryOutcome(None, "invalid_answer")),
)


def test_only_2xx_has_arrived_and_redirects_lead_nowhere(receiver: Receiver) -> None:
    receiver.answers = [answer for answer, _ in OUTCOMES]
    outcomes = send(MessageSender(Resolver(True)), *[receiver.url] * len(OUTCOMES))
    assert outcomes == [outcome for _, outcome in OUTCOMES]
    assert len(receiver.received) == len(OUTCOMES)
    first = receiver.received[0]
    assert (first.target, first.body) == ("/hook?who=acme", b"{}")
    assert first.headers == {
        "host": f"127.0.0.1:{receiver.port}",
        "content-type": "application/json",
        "user-agent": "thoracic-mobility-api",
        "webhook-id": "msg_1",
        "accept-encoding": "identity",
        "connection": "close",
        "content-length": "2",
    }


def test_a_receiver_that_hangs_ends_in_time(receiver: Receiver) -> None:
    receiver.answers = [hang, answer_bytes(b"HTTP/1.1 200 OK\r\nA: "), hang]
    sender = MessageSender(Resolver(True))
    sender.max_send_s = SHORT_S
    assert send(sender, receiver.url) == [DeliveryOutcome(None, "timeout")]


def test_an_answer_without_end_is_not_read(receiver: Receiver) -> None:
    ended = threading.Event()
    receiver.answers = [answer_without_end(ended)]
    assert send(MessageSender(Resolver(True)), receiver.url) == [DeliveryOutcome(200, None)]
    assert ended.wait(30)


def test_cookies_and_proxies_mean_nothing(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    receiver.answers = [answer_status(200, "Set-Cookie: a=b")]
    assert send(MessageSender(Resolver(True)), receiver.url, receiver.url)[1] == DeliveryOutcome(204, None)
    assert "cookie" not in receiver.received[1].headers


def test_a_closed_port_and_an_unknown_host_are_told() -> None:
    def find_nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with socket.create_server((LOOPBACK, 0)) as closed:
        port = closed.getsockname()[1]
    assert send(MessageSender(Resolver(True)), f"http://{LOOPBACK}:{port}/") == [DeliveryOutcome(None, "connection")]
    sender = MessageSender(Resolver(True, find_nothing))
    assert send(sender, "https://example.org/") == [DeliveryOutcome(None, "unknown_host")]
    assert look_up("127.0.0.1", 443) == ["127.0.0.1"]


def test_a_name_that_leads_elsewhere_later_is_looked_up_once_for_each_message(receiver: Receiver) -> None:
    """The answer to the look-up is what is connected to; where it has become private nothing is sent."""
    looked_up: list[str] = []

    def rebind(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return [LOOPBACK] if len(looked_up) > 1 else ["192.0.2.1"]

    url = f"http://rebind.example:{receiver.port}/"
    assert send(MessageSender(Resolver(False, lambda host, port: [LOOPBACK])), "https://rebind.example/") == [
        DeliveryOutcome(None, "address_refused")
    ]
    assert send(MessageSender(Resolver(True, rebind)), url, url) == [
        DeliveryOutcome(None, "address_refused"),
        DeliveryOutcome(204, None),
    ]
    assert looked_up == ["rebind.example"] * 2
    assert receiver.received[0].headers["host"] == f"rebind.example:{receiver.port}"
    # A stored address without TLS is not used any more once the setting is gone.
    assert send(MessageSender(Resolver(False)), receiver.url) == [DeliveryOutcome(None, "address_refused")]


def test_the_next_address_of_a_host_is_tried_where_the_first_does_not_answer(receiver: Receiver) -> None:
    sender = MessageSender(Resolver(True, lambda host, port: ["127.0.0.2", LOOPBACK]))
    assert send(sender, receiver.url) == [DeliveryOutcome(204, None)]


@pytest.fixture
def secure_receiver() -> Iterator[Callable[[str], tuple[Receiver, MessageSender]]]:
    """A function that opens a receiver with a certificate for a name, and a sender that trusts who issued it."""
    opened: list[Receiver] = []

    def open_one(name: str) -> tuple[Receiver, MessageSender]:
        authority = trustme.CA()
        server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
        authority.issue_cert(name).configure_cert(server)
        authority.configure_trust(client)
        opened.append(Receiver(server))
        return opened[0], MessageSender(Resolver(True, lambda host, port: [LOOPBACK]), client)

    yield open_one
    for receiver in opened:
        receiver.close()


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("hooks.example.org", DeliveryOutcome(204, None)), ("other.example.org", DeliveryOutcome(None, "certificate"))],
)
def test_the_certificate_is_that_of_the_name_though_an_address_is_connected_to(
    secure_receiver: Callable[[str], tuple[Receiver, MessageSender]], name: str, outcome: DeliveryOutcome
) -> None:
    receiver, sender = secure_receiver(name)
    assert send(sender, f"https://hooks.example.org:{receiver.port}/") == [outcome]
    assert len(receiver.received) == (outcome.fault is None)
