"""Sessions over HTTP: built, read again, refused in words."""

from typing import Any

import pytest

from tests.app_client import Client

WISH: dict[str, Any] = {"duration_s": 420, "goals": [{"goal": "rotation", "weight": 2}, {"goal": "extension"}]}


def refused(client: Client, **fields: Any) -> dict[str, Any]:
    answer = client.post("/v1/sessions", json={**WISH, **fields})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    answer_body: dict[str, Any] = answer.json()
    return answer_body


def test_a_session_is_built_and_read_again(client: Client) -> None:
    answer = client.post("/v1/sessions", json=WISH)
    built = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/sessions/{built['id']}"
    assert answer.headers["x-catalogue-serial"] == str(built["catalogue_serial"])
    assert sum(event["duration_s"] for event in built["timeline"]) == built["duration_s"] <= 420
    read = client.get(f"/v1/sessions/{built['id']}").json()
    for same in ("timeline", "phases", "coverage", "exercises", "title", "duration_s"):
        assert read[same] == built[same]
    assert read["funnel"] == read["excluded"] == []


def test_the_same_request_is_the_same_session(client: Client) -> None:
    first, second = (client.post("/v1/sessions", json=WISH) for _ in range(2))
    assert second.status_code == 201
    assert first.content == second.content
    assert client.post("/v1/sessions", json={**WISH, "seed": 1}).json()["id"] != first.json()["id"]


def test_a_conflict_is_named_with_what_would_do(client: Client) -> None:
    answer_body = refused(client, include=["dead-hang"])
    assert {"requirement": "include:dead-hang"} in answer_body["conflict"]
    assert {"requirement": "available_equipment"} in answer_body["conflict"]
    assert {"change": "add pullup_bar to available_equipment"} in answer_body["suggestions"]


def test_too_little_time_says_how_much_is_needed(client: Client) -> None:
    answer_body = refused(client, duration_s=60, include=["open-book", "cat-cow"])
    assert {"requirement": "duration_s"} in answer_body["conflict"]
    again = {**WISH, "include": ["open-book", "cat-cow"]}
    assert client.post("/v1/sessions", json={**again, "duration_s": answer_body["needed_s"]}).status_code == 201
    assert client.post("/v1/sessions", json={**again, "duration_s": answer_body["needed_s"] - 1}).status_code == 422


@pytest.mark.parametrize("fields", [{"conditions": ["active_cancer"]}, {"age_band": "under-18"}])
def test_who_must_ask_first_is_told_whom(client: Client, fields: dict[str, Any]) -> None:
    answer_body = refused(client, **fields)
    assert answer_body["blocked"] is True
    assert answer_body["instead"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"duration_s": "600"}, "/duration_s"),
        ({"duration_s": True}, "/duration_s"),
        ({"duration_s": 29}, "/duration_s"),
        ({"duration_s": 3601}, "/duration_s"),
        ({"goals": []}, "/goals"),
        ({"goals": [{"goal": "rotation"}, {"goal": "rotation"}]}, "/goals"),
        ({"goals": [{"goal": "happiness"}]}, "/goals/0/goal"),
        ({"goals": [{"goal": "rotation", "weight": 11}]}, "/goals/0/weight"),
        ({"level": 2.5}, "/level"),
        ({"minutes": 5}, "/minutes"),
        ({"positions": []}, "/positions"),
        ({"include": ["Open Book"]}, "/include/0"),
        ({"include": ["no-such-thing"]}, "/include/0"),
        ({"exclude": ["open-book", "open-book"]}, "/exclude"),
        ({"history": [{"days_ago": 1, "items": [{"slug": "no-such-thing"}]}]}, "/history/0/items/0/slug"),
    ],
)
def test_what_is_wrong_is_pointed_at(client: Client, fields: dict[str, Any], pointer: str) -> None:
    assert refused(client, **fields)["errors"][0]["pointer"] == pointer


def test_the_example_always_exists_and_others_do_not(client: Client) -> None:
    assert client.get("/v1/sessions/example").json()["id"] == "example"
    assert client.get(f"/v1/sessions/{'a' * 26}").status_code == 404
    assert client.get("/v1/sessions/short").status_code == 404


def test_a_slip_in_the_request_is_met_with_what_was_meant(client: Client) -> None:
    fields = {"duration_s": 600, "goals": [{"goal": "rotation"}]}
    near = client.post("/v1/sessions", json={**fields, "include": ["open-bok"]}).json()
    assert "open-book" in near["errors"][0]["detail"]


@pytest.mark.parametrize("equipment", [[], ["none"]])
def test_no_equipment_is_an_empty_list_or_none(client: Client, equipment: list[str]) -> None:
    request = {"duration_s": 600, "goals": [{"goal": "rotation"}]}
    answer = client.post("/v1/sessions", json={**request, "available_equipment": equipment})
    assert answer.status_code == 201
    assert answer.json()["id"] == client.post("/v1/sessions", json=request).json()["id"]


def test_none_beside_equipment_adds_nothing(client: Client) -> None:
    request = {"duration_s": 600, "goals": [{"goal": "rotation"}]}
    answers = [
        client.post("/v1/sessions", json={**request, "available_equipment": equipment}).json()
        for equipment in (["none", "chair"], ["chair"])
    ]
    assert answers[0]["id"] == answers[1]["id"]


def test_the_longest_history_is_taken(client: Client) -> None:
    """Sixty sessions of forty reports each, as the document allows."""
    slugs = [record["slug"] for record in client.get("/v1/exercises", params={"limit": 100}).json()["items"]]
    slugs = sorted(slugs, key=len)[-40:]
    dose = {"sets": 2, "reps": 12, "hold_s": None, "breaths": None}
    items = [
        {"slug": slug, "effort": 5, "pain": 0, "settled": False, "completed": True, "dose": dose} for slug in slugs
    ]
    history = [{"days_ago": day, "items": items} for day in range(1, 61)]
    body = {"duration_s": 600, "goals": [{"goal": "breathing"}, {"goal": "rotation"}], "history": history}
    assert client.post("/v1/sessions", json=body).status_code == 201


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"age_band": "40-64", "level": 5, "include": ["chin-up"], "available_equipment": ["pullup_bar"]}, None),
        ({"age_band": "65+", "level": 5}, "You asked for level 5. From 65 on"),
        (
            {"age_band": "65+", "level": 4, "include": ["inverted-row"], "available_equipment": ["pullup_bar"]},
            "You asked for level 4. From 65 on",
        ),
        ({"age_band": "65+", "include": ["open-book"]}, "An exercise that you chose is on the floor."),
        ({"age_band": "65+"}, "From 65 on, nothing is on the floor here unless you name a mat"),
        ({"age_band": "65+", "available_equipment": ["mat"]}, None),
        (
            {"level": 3, "include": ["foot-assisted-chin-up"], "available_equipment": ["pullup_bar", "step"]},
            "You chose this yourself, and it is a level above yours: Foot-assisted chin-up.",
        ),
    ],
)
def test_age_never_caps_what_is_asked_for(client: Client, fields: dict[str, Any], note: str | None) -> None:
    body = {"duration_s": 900, "goals": [{"goal": "strength"}, {"goal": "rotation"}], **fields}
    answer = client.post("/v1/sessions", json=body)
    assert answer.status_code == 201, answer.text
    notes = answer.json()["notes"]
    assert any(text.startswith(note) for text in notes) if note else not any("65" in text for text in notes)
    stored = client.get(f"/v1/sessions/{answer.json()['id']}").json()
    assert not any("65" in text or "that you chose" in text for text in stored["notes"])
