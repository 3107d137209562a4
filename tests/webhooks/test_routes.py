"""Webhooks over HTTP: whose they are, what a partner is shown, and what an attempt tells."""

import logging
import re
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from app.partners.scopes import KeyScope
from app.webhooks import delivery_store
from app.webhooks.endpoint_store import MAX_WEBHOOKS
from tests.editor.conftest import GUIDE, TURN
from tests.partners.conftest import bearer, follow_keys, make_key
from tests.webhooks.conftest import WebhookClient
from tests.webhooks.receiver import Receiver, answer_status

ONLY_WEBHOOKS: tuple[KeyScope, ...] = ("webhooks:write",)
ONLY_EDITS: tuple[KeyScope, ...] = ("catalogue:write",)
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


@pytest.fixture(autouse=True)
def _late_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent again by itself meanwhile, however busy the machine is."""
    monkeypatch.setattr(delivery_store, "choose_delay", lambda *_: 3600.0)


def list_webhooks(webhooks: WebhookClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = webhooks.hook("GET").json()["items"]
    return items


def test_a_webhook_is_made_shown_changed_and_deleted(webhooks: WebhookClient, receiver: Receiver) -> None:
    created = webhooks.add(receiver.url, kinds=["guideline"])
    assert SECRET.fullmatch(created["secret"])
    assert list_webhooks(webhooks) == [created | {"secret": None}]
    path = f"/{created['id']}"
    paused = webhooks.hook("PATCH", path, json={"enabled": False}).json()
    assert paused == created | {"secret": None, "disabled_because": "partner"}
    webhooks.send("PATCH", GUIDE, {"why": "It calms."})
    webhooks.send("PATCH", GUIDE, {"why": "It rests you."})
    assert receiver.received == []
    resumed = webhooks.hook("PATCH", path, json={"enabled": True, "kinds": ["guideline", "exercise"]})
    assert resumed.json()["disabled_because"] is None
    [received] = webhooks.wait_for(receiver, 1)
    assert [item["slug"] for item in received.message["data"]["items"]] == ["breathe-slowly"]
    assert webhooks.hook("DELETE", path).status_code == 204
    assert list_webhooks(webhooks) == []
    assert webhooks.hook("PATCH", path, json={}).status_code == 404


def test_a_webhook_of_another_partner_does_not_exist(webhooks: WebhookClient, receiver: Receiver) -> None:
    created, database = webhooks.add(receiver.url), webhooks.database
    other = make_key(database, "other", scopes=ONLY_WEBHOOKS)
    without_scope = make_key(database, scopes=ONLY_EDITS)
    follow_keys(webhooks.client, database)
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("PATCH", f"/{created['id']}", {"json": {"url": receiver.url}}),
        ("POST", f"/{created['id']}/secret", {}),
        ("POST", f"/{created['id']}/attempts", {"json": {}}),
        ("DELETE", f"/{created['id']}", {}),
    ]
    for method, path, options in requests:
        for headers, status in ((bearer(other.key), 404), (bearer(without_scope.key), 403), ({}, 401)):
            answer = webhooks.client.request(method, f"/v1/webhooks{path}", headers=headers, **options)
            assert answer.status_code == status, (method, path)
    assert webhooks.hook("GET", headers=bearer(other.key)).json() == {"items": []}
    assert list_webhooks(webhooks) == [created | {"secret": None}]
    assert receiver.received == []


def test_a_partner_has_a_few_webhooks(webhooks: WebhookClient, receiver: Receiver) -> None:
    for _ in range(MAX_WEBHOOKS):
        webhooks.add(receiver.url)
    answer = webhooks.hook("POST", json={"url": receiver.url})
    assert (answer.status_code, str(MAX_WEBHOOKS) in answer.json()["detail"]) == (409, True)


INVALID_ADDRESSES = (
    "https://10.0.0.1/",
    "https://169.254.169.254/latest",
    "http://example.org:8080/",
    "https://[::ffff:192.168.0.1]/",
    "https://user@example.org/",
    "https://0x7f000001/",
    "https://unknown.example/",
)


def test_an_address_that_is_not_allowed_is_refused_with_its_place(webhooks: WebhookClient) -> None:
    def look_up(host: str, port: int) -> list[str]:
        if host == "unknown.example":
            raise OSError
        return ["8.8.8.8"] if host == "example.org" else [host]

    webhooks.client.app.state.webhooks.sender.resolver.look_up_host = look_up
    created = webhooks.add("https://127.0.0.1/")
    for url in INVALID_ADDRESSES:
        for answer in (
            webhooks.hook("POST", json={"url": url}),
            webhooks.hook("PATCH", f"/{created['id']}", json={"url": url}),
        ):
            assert answer.status_code == 422, url
            assert [error["pointer"] for error in answer.json()["errors"]] == ["/url"]
    assert [webhook["url"] for webhook in list_webhooks(webhooks)] == ["https://127.0.0.1/"]


def test_after_a_rotation_both_secrets_verify(webhooks: WebhookClient, receiver: Receiver) -> None:
    created = webhooks.add(receiver.url)
    rotated = webhooks.hook("POST", f"/{created['id']}/secret").json()
    again = webhooks.hook("POST", f"/{created['id']}/secret").json()
    assert len({created["secret"], rotated["secret"], again["secret"]}) == 3
    attempt = webhooks.hook("POST", f"/{created['id']}/attempts", json={}).json()
    assert attempt == {"message_id": attempt["message_id"], "delivered": True, "status": 204, "fault": None}
    [received] = receiver.received
    assert received.headers["webhook-id"] == attempt["message_id"]
    assert received.headers["webhook-signature"].count("v1,") == 2
    for secret in (rotated["secret"], again["secret"]):
        assert Webhook(secret).verify(received.body, received.headers)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(created["secret"]).verify(received.body, received.headers)


def test_what_has_not_arrived_is_listed_and_sent_again_when_asked(webhooks: WebhookClient, receiver: Receiver) -> None:
    created = webhooks.add(receiver.url)
    receiver.answers = [answer_status(500)] * 2
    webhooks.send("PATCH", TURN, {"summary": "Our own words."})
    webhooks.wait_for(receiver, 1)
    [webhook] = list_webhooks(webhooks)
    [waiting] = webhook["undelivered"]
    assert (waiting["attempts"], waiting["last_status"], waiting["last_fault"]) == (1, 500, "status")
    assert waiting["next_attempt_at"] is not None
    path, body = f"/{created['id']}/attempts", {"message_id": waiting["id"]}
    failed = webhooks.hook("POST", path, json=body)
    assert failed.json() == {"message_id": waiting["id"], "delivered": False, "status": 500, "fault": "status"}
    assert webhooks.hook("POST", path, json=body).json()["delivered"] is True
    assert list_webhooks(webhooks)[0]["undelivered"] == []
    assert {received.headers["webhook-id"] for received in receiver.received} == {waiting["id"]}
    assert len({received.body for received in receiver.received}) == 1
    assert webhooks.hook("POST", path, json=body).status_code == 404


def test_logs_hold_neither_secrets_nor_addresses(
    webhooks: WebhookClient, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    created = webhooks.add(receiver.url)
    receiver.answers = [answer_status(500)]
    webhooks.send("PATCH", GUIDE, {"why": "It calms."})
    webhooks.wait_for(receiver, 1)
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert created["id"] in logged
    assert created["secret"] not in logged
    assert "who=acme" not in logged
    assert "v1," not in logged


def test_metrics_tell_what_waits(webhooks: WebhookClient, receiver: Receiver) -> None:
    webhooks.add(receiver.url)
    receiver.answers = [answer_status(500)]
    webhooks.send("PATCH", GUIDE, {"why": "It calms."})
    webhooks.wait_for(receiver, 1)
    webhooks.wait_until(lambda: "thoracic_webhook_deliveries_waiting 1.0" in webhooks.client.get("/metrics").text)
