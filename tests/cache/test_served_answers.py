"""Over real connections: a server with ready answers and one without any cache send the same bytes."""

import gzip
import re
import shutil
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest

from tests.cache.request_mix import TRUSTED, Request, RequestMix
from tests.server_process import READ_TIMEOUT_S, ServerProcess, run_server

REQUESTS = 20_000
DATE = re.compile(rb"\r\ndate: [^\r]+")
REQUEST_ID = re.compile(rb"\r\nx-request-id: ([^\r]+)")
DECODERS: dict[bytes, Callable[[bytes], bytes]] = {b"br": brotli.decompress, b"gzip": gzip.decompress}


class RawAnswer(NamedTuple):
    """An answer as it came over the wire, without its date and request id."""

    head: bytes
    content: bytes
    request_id: bytes

    def find(self, name: bytes) -> bytes:
        """Return the value of a header; empty where there is none."""
        found = re.search(rb"\r\n%s: ([^\r]*)" % name, self.head)
        return found[1] if found else b""

    def replace_id(self) -> tuple[bytes, bytes]:
        """Return the answer with another text for its request id: a problem repeats it, compressed or not."""
        decode = DECODERS.get(self.find(b"content-encoding"), bytes)
        content = decode(self.content).replace(self.request_id, b"ID") if self.content else b""
        return re.sub(rb"\r\ncontent-length: \d+", b"", self.head), content


class RawClient:
    """Keeps one connection to a server for each address that requests come from."""

    def __init__(self, server: ServerProcess) -> None:
        self.server = server
        self.connections: dict[str, socket.socket] = {}

    def close(self) -> None:
        for connection in self.connections.values():
            connection.close()

    def ask(self, request: Request) -> RawAnswer:
        """Send a request and return its answer."""
        lines = b"".join(b"%s: %s\r\n" % header for header in request.headers)
        sent = b"%s %s HTTP/1.1\r\n%s\r\n" % (request.method.encode(), request.target, lines)
        received = self._exchange(request.sender, sent)
        if not received:  # the server had closed the connection, which was idle for long
            self.connections.pop(request.sender).close()
            received = self._exchange(request.sender, sent)
        answer = self._read_answer(self.connections[request.sender], received, has_content=request.method != "HEAD")
        if answer.find(b"connection") == b"close":
            self.connections.pop(request.sender).close()
        return answer

    def _exchange(self, sender: str, sent: bytes) -> bytes:
        """Send the bytes from an address, and return what comes back at first."""
        if sender not in self.connections:
            address = ("127.0.0.1", self.server.port)
            self.connections[sender] = socket.create_connection(address, READ_TIMEOUT_S, (sender, 0))
        try:
            self.connections[sender].sendall(sent)
            return self.connections[sender].recv(262144)
        except ConnectionError:
            return b""

    def _read_answer(self, connection: socket.socket, received: bytes, has_content: bool) -> RawAnswer:
        while b"\r\n\r\n" not in received:
            piece = connection.recv(262144)
            assert piece, "the connection was closed without an answer"
            received += piece
        head, _, content = received.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        missing = int(length[1]) - len(content) if length and has_content else 0
        while missing > 0:
            piece = connection.recv(missing)
            content, missing = content + piece, missing - len(piece)
        request_id = REQUEST_ID.search(head)
        assert request_id, head
        return RawAnswer(REQUEST_ID.sub(b"", DATE.sub(b"", head)), content, request_id[1])


@pytest.mark.differential
def test_twenty_thousand_requests(seeded_database: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("ready", "plain")]
    for folder in folders:
        folder.mkdir()
        shutil.copy(seeded_database, folder / "thoracic.db")
    settings = {"trusted_proxies": TRUSTED, "secret": "a secret of the tests", "public_rate": 0}
    with (
        run_server(folders[0], **settings) as ready,
        run_server(folders[1], max_cache_bytes=0, **settings) as plain,
        closing(RawClient(ready)) as ready_client,
        closing(RawClient(plain)) as plain_client,
    ):
        _compare(ready_client, plain_client, RequestMix(seed=2))


def _compare(ready: RawClient, plain: RawClient, mix: RequestMix) -> None:
    statuses = dict.fromkeys((b"200", b"304", b"404", b"422", b"405"), 0)
    for _ in range(REQUESTS):
        request = mix.draw()
        first, second = ready.ask(request), plain.ask(request)
        if (b"x-request-id", first.request_id) in request.headers:
            assert first == second, request
        elif first.find(b"etag"):
            assert first[:2] == second[:2], request
        else:
            assert first.replace_id() == second.replace_id(), request
        status = first.head.split(b" ", 2)[1]
        statuses[status] = statuses.get(status, 0) + 1
        if first.find(b"etag"):
            mix.tell_etag(request, first.find(b"etag"))
    assert min(statuses.values()) > 0, statuses
    assert statuses[b"304"] > REQUESTS // 20, statuses
