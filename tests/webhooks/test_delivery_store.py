"""Stored deliveries on both databases: in order, by one process at a time, again with the same id, given up at last."""

import json
import threading
from collections import Counter
from itertools import pairwise

from app.changes.record_kind import RecordKind
from app.webhooks.delivery_store import LEASE, MAX_KEPT_FAILED, Claim
from app.webhooks.endpoint_store import WebhookSettings
from app.webhooks.message import MAX_ITEMS
from app.webhooks.retry_schedule import MAX_ATTEMPTS, MAX_JITTER, RETRY_DELAYS_S, choose_delay
from app.webhooks.sender import DeliveryOutcome
from app.webhooks.tables import QueuedDelivery
from tests.webhooks.stored import ARRIVED, GONE, REFUSED, StoredWebhooks, stored  # noqa: F401

MAX_BODY_BYTES = 20_000
"""More than this Standard Webhooks advises against."""


def told(claim: Claim) -> list[str]:
    return [item["slug"] for item in json.loads(claim.body)["data"]["items"]]


def test_a_burst_is_one_message_and_what_follows_the_next(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.change("before")
    stored.add()
    assert stored.store.find_due().webhooks == []
    stored.change("a", "b", "a")
    [first] = stored.claim()
    stored.change("c")
    assert stored.claim() == []
    stored.store.complete(first, ARRIVED)
    [second] = stored.claim()
    stored.store.complete(second, ARRIVED)
    data = [json.loads(claim.body)["data"] for claim in (first, second)]
    assert [(one["since"], one["serial"], one["total"]) for one in data] == [(1, 4, 2), (4, 5, 1)]
    assert told(first) + told(second) == ["b", "a", "c"]
    assert first.message_id != second.message_id
    due, webhook = stored.store.find_due(), stored.find()
    assert (due.webhooks, due.next_due_s, webhook.undelivered) == ([], None, [])
    assert webhook.endpoint.last_delivered_at == stored.now


def test_a_partner_is_told_of_what_it_may_know_and_wants_to_know(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add("all")
    stored.add("guides", kinds=(RecordKind.GUIDELINE,))
    stored.add("others", partner="other")
    stored.change("acme--own", "acmes", "other--own", "shared")
    stored.change("look-up", kind=RecordKind.GUIDELINE)
    claims = {claim.webhook: told(claim) for claim in stored.claim()}
    assert claims == {
        "all": ["acme--own", "acmes", "shared", "look-up"],
        "guides": ["look-up"],
        "others": ["acmes", "other--own", "shared", "look-up"],
    }
    bodies = "".join(claim.body for claim in stored.claim("later"))
    assert "other--own" not in bodies


def test_a_change_that_is_not_for_a_webhook_is_no_message_and_is_not_looked_at_again(
    stored: StoredWebhooks,  # noqa: F811
) -> None:
    stored.add()
    serial = stored.change("other--own")
    assert stored.claim() == []
    assert stored.find().endpoint.queued_serial == serial
    assert stored.store.find_due().webhooks == []


def test_a_message_is_small_whatever_changes(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change(*(f"{number:080}" for number in range(3 * MAX_ITEMS)))
    [claim] = stored.claim()
    data = json.loads(claim.body)["data"]
    assert (data["total"], len(data["items"])) == (3 * MAX_ITEMS, MAX_ITEMS)
    assert len(claim.body.encode()) < MAX_BODY_BYTES


def test_what_a_killed_process_sent_is_sent_again_with_the_same_id(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    [claim] = stored.claim("killed")
    assert stored.claim("other") == []
    assert stored.store.find_due().next_due_s == LEASE.total_seconds()
    stored.wait(LEASE.total_seconds())
    [again] = stored.claim("other")
    assert (again.message_id, again.body) == (claim.message_id, claim.body)
    stored.store.complete(claim, ARRIVED)  # it was only slow: its lease is lost, and what it notes does not count
    assert [row.id for row in stored.find().undelivered] == [claim.message_id]
    stored.store.complete(again, ARRIVED)
    assert stored.find().undelivered == []


def test_a_process_that_stops_gives_back_what_it_was_sending(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    [claim] = stored.claim("one")
    stored.store.release("other")
    assert stored.claim("two") == []
    stored.store.release("one")
    assert [again.message_id for again in stored.claim("two")] == [claim.message_id]


def test_of_processes_that_claim_at_once_one_gets_each_message(stored: StoredWebhooks) -> None:  # noqa: F811
    webhooks, rounds, processes = [f"hook-{number}" for number in range(5)], 4, 4
    for webhook in webhooks:
        stored.add(webhook)
    claimed, barrier = Counter[tuple[str, int, str]](), threading.Barrier(processes)

    def work(holder: str) -> None:
        store = stored.open_store()
        for turn in range(rounds):
            barrier.wait(30)
            if holder == "0":
                stored.change(f"record-{turn}")
            barrier.wait(30)
            found = [store.claim(webhook, holder) for webhook in store.find_due().webhooks]
            claims = [claim for claim in found if claim is not None]
            claimed.update((claim.webhook, turn, claim.message_id) for claim in claims)
            barrier.wait(30)
            for claim in claims:
                store.complete(claim, ARRIVED)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(processes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What a lock of another process hid is found when its delivery ends: nothing is left behind, nothing comes twice.
    while left := stored.claim():
        for claim in left:
            claimed[claim.webhook, rounds, claim.message_id] += 1
            stored.store.complete(claim, ARRIVED)
    assert max(claimed.values()) == 1
    assert len({message_id for _, _, message_id in claimed}) == len(claimed)
    serials = [stored.find(webhook).endpoint.queued_serial for webhook in webhooks]
    assert serials == [rounds] * len(webhooks)


def test_a_message_is_sent_again_later_and_later_until_it_is_given_up(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    begun_at = stored.now
    assert stored.fail_until_given_up() == MAX_ATTEMPTS == 10
    days = (stored.now - begun_at).total_seconds() / 86400
    assert 3.1 < days < 3.2 * (1 + MAX_JITTER)
    [failed] = stored.find().undelivered
    assert (failed.state, failed.attempts, failed.last_status, failed.last_fault) == ("failed", 10, 500, "status")
    assert failed.next_attempt_at is None
    assert stored.store.find_due().failed == 1


def test_what_comes_after_a_message_waits_for_it(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add("slow")
    stored.add("quick")
    stored.change("a")
    first = {claim.webhook: claim for claim in stored.claim()}
    stored.store.complete(first["slow"], REFUSED)
    stored.store.complete(first["quick"], ARRIVED)
    stored.change("b")
    assert [claim.webhook for claim in stored.claim()] == ["quick"]
    stored.wait_for_retry()
    [again] = stored.claim()
    assert again.message_id == first["slow"].message_id
    stored.store.complete(again, ARRIVED)
    [behind] = stored.claim()
    assert (behind.webhook, told(behind)) == ("slow", ["b"])


def test_after_two_messages_given_up_nothing_is_sent_until_the_partner_says_so(
    stored: StoredWebhooks,  # noqa: F811
) -> None:
    stored.add()
    for slug in ("a", "b"):
        stored.change(slug)
        stored.fail_for_the_last_time()
    assert stored.find().endpoint.disabled_because == "failing"
    stored.change("c")
    assert stored.claim() == []
    stored.endpoints.change("acme", "hook", WebhookSettings(None, None, True))
    [claim] = stored.claim()
    assert told(claim) == ["c"]
    stored.store.complete(claim, ARRIVED)
    stored.change("d")
    stored.fail_for_the_last_time()
    assert stored.find().endpoint.disabled_because is None


def test_410_ends_it_at_once(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    [claim] = stored.claim()
    stored.store.complete(claim, GONE)
    webhook = stored.find()
    assert webhook.endpoint.disabled_because == "gone"
    assert [(row.state, row.last_status) for row in webhook.undelivered] == [("failed", 410)]


def test_a_partner_without_a_key_is_told_nothing(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    stored.revoke_keys()
    assert stored.claim() == []
    assert stored.find().endpoint.disabled_because == "no_key"


def test_a_message_can_be_claimed_by_its_id_but_not_beside_another_one(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    stored.fail_for_the_last_time()
    stored.add("second")
    [failed] = stored.find().undelivered
    assert stored.store.claim_message("second", failed.id, "asked") is None
    claim = stored.store.claim_message("hook", failed.id, "asked")
    assert claim is not None
    assert stored.store.claim_message("hook", failed.id, "again") is None
    stored.store.complete(claim, REFUSED)
    [still] = stored.find().undelivered
    assert (still.state, still.attempts) == ("failed", MAX_ATTEMPTS + 1)
    claim = stored.store.claim_message("hook", failed.id, "asked")
    assert claim is not None
    stored.store.complete(claim, ARRIVED)
    assert stored.find().undelivered == []


def test_the_oldest_of_many_given_up_are_deleted(stored: StoredWebhooks) -> None:  # noqa: F811
    stored.add()
    stored.change("a")
    with stored.database.transaction() as session:
        for number in range(MAX_KEPT_FAILED):
            row = QueuedDelivery(
                id=str(number), webhook="hook", since=0, serial=-number, body="", state="failed", created_at=stored.now
            )
            session.add(row)
    stored.fail_for_the_last_time()
    serials = [row.serial for row in stored.find().undelivered]
    assert serials == [1, *range(0, 1 - MAX_KEPT_FAILED, -1)]


def test_delays_grow_have_jitter_and_heed_the_receiver() -> None:
    for attempts, (shorter, longer) in enumerate(pairwise(RETRY_DELAYS_S), 1):
        delays = [choose_delay(attempts) or 0 for _ in range(20)]
        assert shorter <= min(delays) < max(delays) <= shorter * (1 + MAX_JITTER) <= longer
    assert choose_delay(MAX_ATTEMPTS) is None
    assert choose_delay(1, 600) == 600
    assert choose_delay(1, 10**9) == 86400
    assert DeliveryOutcome(503, "status", 600).retry_after_s == 600
