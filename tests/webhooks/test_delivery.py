"""From an edit to a receiver: signed, in order, once, and again where it does not arrive."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from standardwebhooks import Webhook

from app.catalogue.holder import FIRST_WARMING_PAUSE_S
from app.kit.settings import Settings
from app.webhooks import dispatcher as dispatcher_module
from app.webhooks.dispatcher import Dispatcher
from tests.app_client import Client
from tests.editor.conftest import GUIDE, TURN
from tests.webhooks.conftest import WebhookClient
from tests.webhooks.receiver import Receiver, answer_when


def test_an_edit_is_told_in_a_signed_message(webhooks: WebhookClient, receiver: Receiver) -> None:
    webhook = webhooks.add(receiver.url)
    edited = webhooks.send("PATCH", TURN, {"summary": "Our own words."})
    [received] = webhooks.wait_for(receiver, 1)
    message = Webhook(webhook["secret"]).verify(received.body, received.headers)
    assert received.target == "/hook?who=acme"
    assert message["type"] == "catalogue.changed"
    data = message["data"]
    assert (data["since"], data["serial"]) == (webhook["serial"], edited.json()["serial"])
    assert [(item["slug"], item["action"]) for item in data["items"]] == [
        ("seated-turn", "upsert"),
        ("a-minute-of-turning", "upsert"),
    ]
    feed = webhooks.client.get(data["changes"]).json()
    assert [item["slug"] for item in feed["items"]] == [item["slug"] for item in data["items"]]


def test_of_two_processes_one_tells_each_change(
    webhooks: WebhookClient, receiver: Receiver, start_client: Callable[[Settings], Client]
) -> None:
    """Two applications over one database, as two processes have it: each watches the serial by itself."""
    start_client(webhooks.client.app.state.settings)
    first, second = webhooks.add(receiver.url), webhooks.add(receiver.url)
    edits = [webhooks.send("PATCH", GUIDE, {"why": why}) for why in ("It calms.", "It rests you.", "It helps.")]
    last = edits[-1].json()["serial"]
    hooks = [first["id"], second["id"]]
    webhooks.wait_until(lambda: all(last in _told_serials(receiver, hook) for hook in hooks))
    webhooks.client.wait(0.3)  # a second telling would come with the next look at the serial
    ids = Counter(received.headers["webhook-id"] for received in receiver.received)
    assert max(ids.values()) == 1
    for hook in hooks:
        assert _told_serials(receiver, hook) == sorted(set(_told_serials(receiver, hook)))


def _told_serials(receiver: Receiver, webhook_id: str) -> list[int]:
    data = (received.message["data"] for received in receiver.received)
    return [each["serial"] for each in data if each["webhook"] == webhook_id]


def test_a_restart_goes_on_where_the_service_was(
    webhooks: WebhookClient,
    receiver: Receiver,
    start_client: Callable[[Settings], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The service stops while a receiver hangs; the one after it sends the same message, and then what came later."""
    webhooks.add(receiver.url)
    monkeypatch.setattr(dispatcher_module, "MAX_STOP_S", 0)
    stopped = threading.Event()
    receiver.answers = [answer_when(stopped)]
    webhooks.send("PATCH", GUIDE, {"why": "It calms."})
    webhooks.wait_until(lambda: len(receiver.received) == 1)
    dispatcher: Dispatcher = webhooks.client.app.state.webhooks.dispatcher
    webhooks.client.runner.run(dispatcher.stop())
    stopped.set()
    start_client(webhooks.client.app.state.settings)
    webhooks.wait_until(lambda: len(receiver.received) == 2)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_a_slow_receiver_holds_nobody_up(webhooks: WebhookClient, receiver: Receiver) -> None:
    slow, released = Receiver(), threading.Event()
    slow.answers = [answer_when(released)]
    webhooks.add(slow.url)
    webhooks.add(receiver.url)
    for why in ("It calms.", "It rests you."):
        webhooks.send("PATCH", GUIDE, {"why": why})
        webhooks.wait_until(lambda: len(slow.received) == 1)
    webhooks.wait_until(lambda: len(receiver.received) == 2)
    released.set()
    slow.close()


def test_at_rest_nothing_is_asked_of_the_database(webhooks: WebhookClient, monkeypatch: pytest.MonkeyPatch) -> None:
    dispatcher: Dispatcher = webhooks.client.app.state.webhooks.dispatcher
    looks = Counter[str]()

    async def look() -> None:
        looks["started"] += 1

    monkeypatch.setattr(dispatcher, "start_due", look)
    webhooks.client.wait(2 * FIRST_WARMING_PAUSE_S)
    at_start = looks.total()
    webhooks.client.wait(0.3)
    assert looks.total() == at_start
    dispatcher.wake()
    webhooks.wait_until(lambda: looks.total() == at_start + 1)
