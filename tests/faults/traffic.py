"""Clients of every kind of request at once, and a table of what they were answered."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx

from tests.server_process import ServerProcess

BUILD = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
SNAPSHOT_PATHS = (
    "/",
    "/v1/exercises?limit=5",
    "/v1/exercises?q=stiff",
    "/v1/routines",
    "/v1/sessions/example",
    "/v1/screening",
    "/v1/exercises/open-book/figure.svg",
    "/healthz",
)
FIT = {"stature_cm": 170}
PAUSE_S = 0.05
SEEDS_PER_SERVER = 10_000
RECOVERY_TIMEOUT_S = 15


class Answer(NamedTuple):
    """One answer, or the name of the exception in place of a status."""

    begun_at: float
    seconds: float
    status: int | str
    is_stored: bool | None = None
    fault: str = ""
    """The word of the problem for what is wrong with the database."""


class Traffic:
    """Clients that ask until they are stopped; `answers` by kind."""

    def __init__(self, server: ServerProcess) -> None:
        self.server = server
        self.answers: dict[str, list[Answer]] = {}
        self.acknowledged: list[str] = []
        """The paths of the sessions that were answered as stored."""
        self._is_stopping = threading.Event()
        with server.open_client() as client:
            self.acknowledged.append(client.post("/v1/sessions", json=BUILD).headers["Location"])
        self._threads = [
            threading.Thread(target=self._ask, args=(kind, send))
            for kind, send in {
                "snapshot": self._read_snapshot,
                "workstation": lambda client, _: client.post("/v1/workstation/fit", json=FIT),
                "stored session": self._read_stored_session,
                "build": self._build,
                "alternatives": lambda client, _: client.post("/v1/sessions/example/alternatives", json={"count": 1}),
                "readyz": lambda client, _: client.get("/readyz"),
            }.items()
        ]

    @staticmethod
    def _read_snapshot(client: httpx.Client, number: int) -> httpx.Response:
        return client.get(SNAPSHOT_PATHS[number % len(SNAPSHOT_PATHS)])

    def _build(self, client: httpx.Client, number: int) -> httpx.Response:
        # Clients of several servers on one database must not build the same sessions: those are stored once.
        return client.post("/v1/sessions", json=BUILD | {"seed": self.server.port * SEEDS_PER_SERVER + number})

    def _read_stored_session(self, client: httpx.Client, number: int) -> httpx.Response:
        """Read in turn the session that was stored first and the one that was stored last."""
        return client.get(self.acknowledged[-(number % 2)])

    def _ask(self, kind: str, send: Callable[[httpx.Client, int], httpx.Response]) -> None:
        answers = self.answers[kind] = []
        number = 0
        with self.server.open_client() as client:
            while not self._is_stopping.is_set():
                number += 1
                begun_at = time.monotonic()
                answer, stored_paths = _timed(send, client, number, begun_at)
                answers.append(answer)
                self.acknowledged += stored_paths
                time.sleep(PAUSE_S)

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_stopping.set()
        for thread in self._threads:
            thread.join()

    def between(self, begun_at: float, ended_at: float) -> dict[str, list[Answer]]:
        """Return the answers to what was asked and answered in a stretch of time, by kind."""
        return {
            kind: [own for own in answers if begun_at <= own.begun_at and own.begun_at + own.seconds <= ended_at]
            for kind, answers in self.answers.items()
        }

    def wait_until_recovered(self, since: float) -> float:
        """Return after how many seconds since a moment builds are stored and the service calls itself ready again."""
        while time.monotonic() - since < RECOVERY_TIMEOUT_S:
            latest = {kind: answers[-1] for kind, answers in self.answers.items() if answers}
            built = latest.get("build")
            if (built and built.is_stored) and all(
                answer.begun_at > since and answer.status in (200, 201) for answer in latest.values()
            ):
                return max(answer.begun_at + answer.seconds for answer in latest.values()) - since
            time.sleep(0.02)
        raise AssertionError(f"not recovered: { {kind: answers[-1] for kind, answers in self.answers.items()} }")


def _timed(
    send: Callable[[httpx.Client, int], httpx.Response], client: httpx.Client, number: int, begun_at: float
) -> tuple[Answer, list[str]]:
    """Return the answer of a request, and the paths of the sessions that it says are stored."""
    try:
        response = send(client, number)
    except httpx.HTTPError as error:
        return Answer(begun_at, time.monotonic() - begun_at, type(error).__name__), []
    is_stored, stored_paths = None, list[str]()
    if response.status_code in (200, 201) and response.request.method == "POST":
        content: dict[str, Any] = response.json()
        sessions = content.get("items", [content])
        is_stored = all(session.get("stored", True) for session in sessions)
        stored_paths = [f"/v1/sessions/{session['id']}" for session in sessions if session.get("stored")]
    fault = response.json().get("fault", "") if response.status_code == 503 else ""
    return Answer(begun_at, time.monotonic() - begun_at, response.status_code, is_stored, fault), stored_paths


def summarise(answers: dict[str, list[Answer]]) -> str:
    """Return a line for each kind: how many answers of each status, and the slowest."""
    lines = []
    for kind, own in answers.items():
        counts = Counter(
            f"{answer.status}{' not stored' if answer.is_stored is False else ''} {answer.fault}".strip()
            for answer in own
        )
        seconds = sorted(answer.seconds for answer in own)
        p50, slowest = (seconds[len(seconds) // 2], seconds[-1]) if seconds else (0.0, 0.0)
        listed = ", ".join(f"{count} x {status}" for status, count in sorted(counts.items()))
        lines.append(f"  {kind:15} {listed:45} p50 {p50 * 1000:6.0f} ms, slowest {slowest:5.2f} s")
    return "\n".join(lines)
