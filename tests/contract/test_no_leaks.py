"""What happens inside stays inside: no value of an exception and nothing that a person typed reaches answer or log."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.kit.logging import JsonLineFormatter
from app.kit.settings import Settings
from tests.app_client import Client
from tests.kit.test_edge import assert_common_headers, assert_problem

CANARY = "canary7f3a"
CLIENTS_OWN = ("httpx", "httpcore", "hpack")
"""The test's own client; the service has none."""


class LogCapture(logging.Handler):
    """Keeps every log line of any logger, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(CLIENTS_OWN):
            self.lines.append(JsonLineFormatter().format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    root, handler = logging.getLogger(), LogCapture()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def logging_client(settings: Settings, start_client: Callable[[Settings], Client]) -> Client:
    """An application that logs every request."""
    return start_client(settings.model_copy(update={"access_log": True}))


def test_an_error_of_ours_tells_nothing(logging_client: Client, lines: list[str]) -> None:
    @logging_client.app.get("/v1/broken/{word}")
    async def break_down(word: str) -> None:
        raise RuntimeError(f"could not work with {word}")

    for method in ("GET", "HEAD"):
        answer = logging_client.request(method, f"/v1/broken/{CANARY}?q={CANARY}")
        assert answer.status_code == 500
        assert_common_headers(answer)
    problem = assert_problem(logging_client.get(f"/v1/broken/{CANARY}"), 500)
    assert set(problem) == {"type", "title", "status", "detail", "request_id"}
    assert CANARY not in json.dumps(problem)
    assert "RuntimeError" not in json.dumps(problem)
    records = [json.loads(line) for line in lines if "a request failed" in line]
    assert [line["error"] for line in records] == ["RuntimeError"] * 3
    assert records[-1]["request_id"] == problem["request_id"]
    assert records[-1]["locations"]
    assert CANARY not in "\n".join(lines)


def test_what_was_asked_is_never_logged(logging_client: Client, lines: list[str]) -> None:
    session = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
    for path in (
        f"/v1/exercises?q={CANARY}",
        f"/v1/exercises?q={CANARY}&limit=5",
        f"/v1/exercises?{CANARY}=1",
        f"/v1/exercises?goal={CANARY}",
        f"/v1/exercises?cursor={CANARY}",
        f"/v1/exercises/{CANARY}",
        f"/v1/guidelines?q={CANARY}",
        f"/{CANARY}",
        f"/v1/sessions/{CANARY}",
    ):
        for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
            assert logging_client.request(method, path).status_code < 500
    for body in ({CANARY: 1}, {**session, "conditions": [CANARY]}, {**session, "include": [CANARY]}, CANARY):
        assert 400 <= logging_client.post("/v1/sessions", json=body).status_code < 500
    logging_client.post("/v1/sessions", content=f"{{{CANARY}", headers={"Content-Type": "application/json"})
    requests = [json.loads(line) for line in lines if '"message": "request"' in line]
    assert len(requests) == 9 * 4 + 5
    assert {"request_id", "method", "status", "ms", "path"} <= set(requests[0])
    assert CANARY not in "\n".join(lines)


def test_health_is_in_no_log_line_and_no_stored_row(
    logging_client: Client, lines: list[str], settings: Settings
) -> None:
    body: dict[str, Any] = {
        "duration_s": 600,
        "goals": [{"goal": "rotation"}, {"goal": "posture"}],
        "age_band": "40-64",
        "conditions": ["wrist_pain", "glaucoma_or_retinal"],
        "history": [{"days_ago": 1, "items": [{"slug": "open-book", "effort": 9, "pain": 7, "settled": False}]}],
    }
    answer = logging_client.post("/v1/sessions", json=body)
    assert answer.status_code == 201, answer.text[:500]
    stored_bytes = b"".join(path.read_bytes() for path in settings.data_dir.glob("thoracic.db*"))
    session = logging_client.get(f"/v1/sessions/{answer.json()['id']}").text
    assert answer.json()["id"].encode() in stored_bytes
    for word in ("wrist_pain", "glaucoma_or_retinal", "40-64", '"pain"', '"settled"', '"effort"'):
        assert word not in "\n".join(lines)
        assert word not in json.dumps(
            {name: value for name, value in json.loads(session).items() if name != "exercises"}
        )


def test_slow_requests_are_told_without_their_query(
    settings: Settings, start_client: Callable[[Settings], Client], lines: list[str]
) -> None:
    client = start_client(settings.model_copy(update={"slow_ms": 1}))

    @client.app.get("/v1/slow")
    def take_long() -> dict[str, int]:
        import time

        time.sleep(0.01)
        return {}

    client.get(f"/v1/slow?q={CANARY}")
    records = [json.loads(line) for line in lines if "slow request" in line]
    assert records[-1]["path"] == "/v1/slow"
    assert records[-1]["ms"] >= 10
    assert CANARY not in "\n".join(lines)
