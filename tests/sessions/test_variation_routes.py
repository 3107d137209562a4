"""Exchanging an exercise and asking for others, over HTTP."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.kit.settings import Settings
from app.sessions.timeline.sides import find_working_side
from tests.app_client import Client

WISH = {
    "duration_s": 600,
    "goals": [{"goal": "rotation", "weight": 2}, {"goal": "posture"}],
    "available_equipment": ["chair", "wall"],
    "age_band": "40-64",
    "conditions": ["wrist_pain"],
}
PERSONAL = {"age_band": "40-64", "conditions": ["wrist_pain"]}


def slugs(session: dict[str, Any]) -> list[str]:
    return [item["exercise"]["slug"] for phase in session["phases"] for item in phase["items"]]


@pytest.mark.parametrize("reason", ["too_hard", "pain", "no_equipment", "dislike", None])
def test_a_swap_gives_a_whole_new_session_without_the_exercise(client: Client, reason: str | None) -> None:
    session = client.post("/v1/sessions", json=WISH).json()
    old_slug = slugs(session)[1]
    answer = client.post(
        f"/v1/sessions/{session['id']}/swap",
        json={"position_in_session": 2, **({"reason": reason} if reason else {}), **PERSONAL},
    )
    assert answer.status_code == 201, answer.text
    swapped = answer.json()
    assert old_slug not in slugs(swapped)
    assert swapped["id"] != session["id"]
    assert swapped["duration_s"] <= 600
    again = client.get(f"/v1/sessions/{swapped['id']}")
    assert slugs(again.json()) == slugs(swapped)


@pytest.mark.parametrize(
    ("action", "example"), [("swap", '{"position_in_session": 2}'), ("alternatives", '{"count": 2}')]
)
def test_a_body_that_is_missing_is_shown(client: Client, action: str, example: str) -> None:
    path = f"/v1/sessions/{client.get('/v1/sessions/example').json()['id']}/{action}"
    missing = client.post(path, content=b"", headers={"Content-Type": "application/json"})
    assert (missing.status_code, missing.json()["detail"]) == (
        422,
        f"body: A body is required: a JSON object, such as {example}.",
    )
    for body in (b"null", b"[]"):
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert answer.json()["detail"] == f"body: This should be a JSON object, such as {example}."


def test_a_swapped_session_can_be_swapped_again(client: Client) -> None:
    session = client.post("/v1/sessions", json=WISH).json()
    old_slugs = set()
    for _ in range(3):
        old_slugs.add(slugs(session)[0])
        fields = {"position_in_session": 1, "reason": "dislike", **PERSONAL}
        session = client.post(f"/v1/sessions/{session['id']}/swap", json=fields).json()
        assert old_slugs.isdisjoint(slugs(session))


def test_other_personal_fields_are_not_compared(client: Client) -> None:
    session = client.post("/v1/sessions", json=WISH).json()
    body = {"position_in_session": 1, "reason": "dislike", "conditions": ["hypertension"], "age_band": "18-39"}
    assert client.post(f"/v1/sessions/{session['id']}/swap", json=body).status_code == 201


def test_a_position_that_is_not_there_is_refused(client: Client) -> None:
    answer = client.post("/v1/sessions/example/swap", json={"position_in_session": 30, "reason": "dislike"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/position_in_session"


def test_alternatives_differ_from_the_session_and_from_each_other(client: Client) -> None:
    session = client.post("/v1/sessions", json=WISH).json()
    answer = client.post(f"/v1/sessions/{session['id']}/alternatives", json={"count": 3, **PERSONAL})
    assert answer.status_code == 201, answer.text
    answer_body = answer.json()
    assert answer_body["items"]
    assert len(answer_body["items"]) == 3 or answer_body["exhausted"]
    sets = [frozenset(slugs(entry)) for entry in (session, *answer_body["items"])]
    assert len(set(sets)) == len(sets)
    for entry in answer_body["items"]:
        assert client.get(f"/v1/sessions/{entry['id']}").status_code == 200


@pytest.mark.parametrize("where", ["example", "routine-desk-break-5-min-chair"])
def test_standing_sessions_can_be_varied(client: Client, where: str) -> None:
    assert client.post(f"/v1/sessions/{where}/swap", json={"position_in_session": 1, "reason": "dislike"}).is_success
    assert client.post(f"/v1/sessions/{where}/alternatives", json={"count": 1}).is_success


def test_nothing_of_the_person_is_kept_or_logged(
    start_client: Callable[[Settings], Client], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = start_client(settings)
    history = [{"days_ago": 3, "items": [{"slug": "open-book", "effort": 7, "pain": 5, "settled": False}]}]
    session = client.post("/v1/sessions", json={**WISH, "history": history}).json()
    assert any(item["cautions"] for phase in session["phases"] for item in phase["items"]) or session["excluded"]
    fields = {"position_in_session": 1, "reason": "pain", **PERSONAL, "history": history}
    swapped = client.post(f"/v1/sessions/{session['id']}/swap", json=fields).json()
    rows = _rows(settings)
    assert {row["id"] for row in rows} == {session["id"], swapped["id"]}
    for row in rows:
        content = json.loads(row["content"])
        assert content["funnel"] == content["excluded"] == []
        reasons = [why for phase in content["phases"] for item in phase["items"] for why in item["why"]]
        text = row["request"] + json.dumps([reasons, content["notes"], content["coverage"], content["phases"]])
        for canary in ("wrist_pain", "40-64", "age_band", "conditions", "history", "effort", "hurt", "lately", "care"):
            assert canary not in text
    for canary in ("wrist_pain", "40-64", "effort", "settled"):
        assert canary not in caplog.text


def _rows(settings: Settings) -> list[dict[str, Any]]:
    engine = sa.create_engine(settings.database)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.exec_driver_sql("SELECT * FROM session").mappings()]
    engine.dispose()
    return rows


def test_a_session_of_another_version_can_be_read_and_says_that_it_cannot_be_varied(
    settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    client = start_client(settings)
    session_id = client.post("/v1/sessions", json=WISH).json()["id"]
    with client.app.state.session_store.database.transaction() as transaction:
        transaction.execute(sa.text("UPDATE session SET request = json_set(request, '$.level', 9)"))
    assert client.get(f"/v1/sessions/{session_id}").status_code == 200
    for path, fields in (("swap", {"position_in_session": 1}), ("alternatives", {"count": 1})):
        body = {"reason": "dislike", **fields} if path == "swap" else fields
        answer = client.post(f"/v1/sessions/{session_id}/{path}", json={**body, "conditions": []})
        assert answer.status_code == 422, answer.text
        assert "another version" in answer.json()["detail"]


def sum_sides(session: dict[str, Any], slug: str) -> dict[str, int]:
    """Seconds of work of each side."""
    seconds = dict.fromkeys(("left", "right"), 0)
    for event in session["timeline"]:
        if event["slug"] == slug and event["kind"] == "work":
            seconds[event["side"]] += event["duration_s"]
    return seconds


def test_a_stiffer_side_stays_in_what_varies_a_session_and_is_not_stored(client: Client) -> None:
    wish = {"duration_s": 600, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"]}
    session = client.post("/v1/sessions", json={**wish, "stiffer_side": "left"}).json()
    url = f"/v1/sessions/{session['id']}"
    stored = client.get(url).json()
    swapped = client.post(f"{url}/swap", json={"position_in_session": 1}).json()
    others = client.post(f"{url}/alternatives", json={"count": 1}).json()["items"]
    for varied in (session, stored, swapped, *others):
        items = [item for phase in varied["phases"] for item in phase["items"] if item["extra_set"]]
        assert items
        for item in items:
            seconds = sum_sides(varied, item["exercise"]["slug"])
            more, less = seconds.pop(item["extra_set"]["side"]), seconds.popitem()[1]
            assert less < more <= 1.7 * less
        assert sum(event["duration_s"] for event in varied["timeline"]) == varied["duration_s"] <= 600
    with client.app.state.session_store.database.read_transaction() as transaction:
        requests = transaction.execute(sa.text("SELECT request FROM session")).scalars().all()
    assert requests
    assert not any("stiffer_side" in json.dumps(request) for request in requests)
    # What is stored tells no reason and no note of it.
    assert "stiffer" not in json.dumps([stored["phases"], stored["notes"]])
    right = client.post(f"{url}/alternatives", json={"count": 1, "stiffer_side": "right"}).json()["items"][0]
    favoured = [item for phase in right["phases"] for item in phase["items"] if item["extra_set"]]
    records = client.app.state.catalogue.served.shared.exercises.records
    trained = {find_working_side(item["extra_set"]["side"], records[item["exercise"]["slug"]]) for item in favoured}
    assert trained == {"right"}
