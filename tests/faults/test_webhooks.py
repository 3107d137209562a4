"""Two real processes over one database tell each change once; killed while they send, they tell it again, and no other.

`make faults` runs this.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from app.editing.seed import load_seed
from app.kit.database import Database
from app.webhooks.tables import WebhookEndpoint
from tests.editor.conftest import GUIDE, SMALL
from tests.faults.test_killed_processes import start_server
from tests.partners.conftest import bearer, make_key
from tests.server_process import ServerProcess
from tests.webhooks.conftest import receiver  # noqa: F401
from tests.webhooks.receiver import Receiver, answer_when

pytestmark = pytest.mark.faults
TIMEOUT_S = 60


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def edit(server: ServerProcess, headers: dict[str, str], why: str) -> int:
    """Edit a record, and return the serial of that."""
    with server.open_client() as client:
        answer = client.patch(GUIDE, json={"why": why}, headers={**headers, "If-Match": "*"})
    assert answer.status_code == 200, answer.text
    serial: int = answer.json()["serial"]
    return serial


def told_spans(telling: Receiver) -> list[tuple[int, int]]:
    data = (received.message["data"] for received in telling.received)
    return [(one["since"], one["serial"]) for one in data]


def test_each_change_is_told_once_and_after_a_kill_again_with_the_same_id(
    database_url: str,
    tmp_path: Path,
    receiver: Receiver,  # noqa: F811
) -> None:
    database = Database(database_url)
    load_seed(database, SMALL, lambda _: None)
    headers = bearer(make_key(database, scopes=("webhooks:write", "catalogue:write")).key)
    settings = {"database_url": database_url, "webhook_loopback": True, "secret": "a secret of the tests"}
    with start_server(tmp_path, 1, **settings) as first, start_server(tmp_path, 2, **settings) as second:
        with first.open_client() as client:
            created = client.post("/v1/webhooks", json={"url": receiver.url}, headers=headers)
        assert created.status_code == 201, created.text
        for number in range(6):
            last = edit((first, second)[number % 2], headers, f"It helps in {number} ways.")
        wait_until(lambda: told_spans(receiver)[-1:] != [] and told_spans(receiver)[-1][1] == last)
        assert max(Counter(received.headers["webhook-id"] for received in receiver.received).values()) == 1
        spans = told_spans(receiver)
        assert spans[0][0] == created.json()["serial"]
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        count, released = len(spans), threading.Event()
        receiver.answers = [answer_when(released)]
        last = edit(first, headers, "It calms.")
        wait_until(lambda: len(receiver.received) > count)
    released.set()
    with database.transaction() as session:  # as if the time of a lease had passed
        session.exec(sa.update(WebhookEndpoint).values(lease_until=datetime.now(UTC)))
    with start_server(tmp_path, 3, **settings) as third:
        wait_until(lambda: len(receiver.received) > count + 1)
        begun, again = receiver.received[count:]
        assert (begun.headers["webhook-id"], begun.body) == (again.headers["webhook-id"], again.body)
        later = edit(third, headers, "It rests you.")
        wait_until(lambda: told_spans(receiver)[-1] == (last, later))
        wait_until(lambda: read_undelivered(third, headers) == [])
    database.close()


def read_undelivered(server: ServerProcess, headers: dict[str, str]) -> list[object]:
    with server.open_client() as client:
        answer: httpx.Response = client.get("/v1/webhooks", headers=headers)
    undelivered: list[object] = answer.json()["items"][0]["undelivered"]
    return undelivered
