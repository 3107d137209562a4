"""From an edit to a receiver: signed, in order, once, and again where it does not arrive."""

from standardwebhooks import Webhook

from tests.editor.conftest import TURN
from tests.webhooks.conftest import WebhookClient
from tests.webhooks.receiver import Receiver


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
