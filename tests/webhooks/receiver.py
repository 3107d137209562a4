"""A real receiver of messages on loopback: it notes what comes, and answers as a test wants it."""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

ANSWER_204 = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
POLL_S = 30
Answer = Callable[[socket.socket], None]


class Received(NamedTuple):
    """A request as it came."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> Any:
        return json.loads(self.body)


def answer_bytes(content: bytes) -> Answer:
    """Answer with these bytes, and close."""
    return lambda connection: connection.sendall(content)


def answer_status(status: int, *headers: str) -> Answer:
    lines = [f"HTTP/1.1 {status} Status", *headers, "Content-Length: 0", "Connection: close", "", ""]
    return answer_bytes("\r\n".join(lines).encode())


def answer_when(released: threading.Event) -> Answer:
    """Answer 204 once an event is set."""

    def answer(connection: socket.socket) -> None:
        released.wait(POLL_S)
        connection.sendall(ANSWER_204)

    return answer


class Receiver:
    """Listens on a free port. `answers` are used up one by one; after them every message gets a 204."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.tls = tls
        self.answers: list[Answer] = []
        self.received: list[Received] = []
        self.changed = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?who=acme"

    def wait_for(self, count: int) -> list[Received]:
        """Return what came once it is so many requests."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.received) >= count, POLL_S), self.received
            return list(self.received)

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as stream:
                target = stream.readline().split()[1].decode()
                lines = iter(stream.readline, b"\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (x.decode().partition(":") for x in lines)}
                received = Received(target, headers, stream.read(int(headers["content-length"])))
                with self.changed:
                    self.received.append(received)
                    answer = self.answers.pop(0) if self.answers else answer_bytes(ANSWER_204)
                    self.changed.notify_all()
                answer(connection)
        except (OSError, IndexError):
            return

    def close(self) -> None:
        self.listener.close()
