"""Prescriptions over HTTP: built, stored, read again, refused in words, exchanged."""

from typing import Any

import pytest

from app.partners.example_key import EXAMPLE_KEY
from tests.app_client import Client

ITEMS: list[dict[str, Any]] = [
    {"slug": "seated-cat-cow"},
    {"slug": "seated-open-book", "side": "left", "dose": {"sets": 3, "reps": 6}, "note": "Slowly."},
    {"slug": "seated-open-book", "side": "right"},
]
KEY = {"Authorization": f"Bearer {EXAMPLE_KEY}"}


def list_items(session: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for phase in session["phases"] for item in phase["items"]]


def refused(client: Client, **fields: Any) -> dict[str, Any]:
    answer = client.post("/v1/sessions", json=fields)
    assert answer.status_code == 422, answer.text
    problem: dict[str, Any] = answer.json()
    return problem


def test_a_prescription_is_built_stored_and_read_again(client: Client) -> None:
    answer = client.post("/v1/sessions", json={"items": ITEMS})
    built = answer.json()
    assert answer.status_code == 201, answer.text
    assert [(item["exercise"]["slug"], item["side"], item["note"]) for item in list_items(built)] == [
        ("seated-cat-cow", None, None),
        ("seated-open-book", "left", "Slowly."),
        ("seated-open-book", "right", None),
    ]
    assert client.post("/v1/sessions", json={"items": ITEMS}).content == answer.content
    assert client.get(answer.headers["location"]).json() == built


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"items": []}, "/items"),
        ({"items": [{"slug": "open-book"}] * 21}, "/items"),
        ({"items": [{"slug": "open-bok"}]}, "/items/0/slug"),
        ({"items": [{"slug": "open-book", "times": 3}]}, "/items/0/times"),
        ({"items": [{"slug": "cat-cow", "side": "left"}]}, "/items/0/side"),
        ({"items": [{"slug": "cat-cow", "dose": {"sets": 7}}]}, "/items/0/dose/sets"),
        ({"items": [{"slug": "cat-cow", "dose": {"hold_s": 30}}]}, "/items/0/dose/reps"),
        ({"items": [{"slug": "cat-cow", "dose": {"tempo": {"out_s": 1, "back_s": 0}}}]}, "/items/0/dose/tempo"),
        ({"items": [{"slug": "cat-cow", "dose": {"breaths": 5}}]}, "/items/0/dose/tempo"),
        ({"items": [{"slug": "crocodile-breathing", "dose": {"reps": 5}}]}, "/items/0/dose/reps"),
        ({"items": [{"slug": "cat-cow", "note": "a\nb"}]}, "/items/0/note"),
        ({"items": [{"slug": "cat-cow", "note": " "}]}, "/items/0/note"),
        ({"items": [{"slug": "cat-cow", "note": "x" * 201}]}, "/items/0/note"),
        ({"items": ITEMS, "goals": [{"goal": "rotation"}]}, "/goals"),
        ({"items": ITEMS, "level": 3}, "/level"),
        ({"items": ITEMS, "minutes": 3}, "/minutes"),
        ({"duration_s": 600, "goals": [{"goal": "rotation"}], "order": "best"}, "/order"),
        ({"items": ITEMS, "order": "good"}, "/order"),
        ({"items": [{"slug": "cat-cow", "dose": {"sets": 6, "reps": 30, "rest_s": 300}}] * 5}, "/items"),
    ],
)
def test_what_is_wrong_is_pointed_at(client: Client, fields: dict[str, Any], pointer: str) -> None:
    assert refused(client, **fields)["errors"][0]["pointer"] == pointer


def test_clients_that_send_every_field_are_understood(client: Client) -> None:
    """A client with an object of all fields sends null or the default for those that it does not mean."""
    answer = client.post("/v1/sessions", json={"items": ITEMS})
    unmeant: dict[str, Any] = {
        "goals": None,
        "level": 2,
        "available_equipment": [],
        "purpose": "standalone",
        "seed": 0,
        "positions": None,
    }
    assert client.post("/v1/sessions", json={"items": ITEMS, **unmeant}).content == answer.content
    goals = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
    assert client.post("/v1/sessions", json={**goals, "items": None, "order": "given"}).status_code == 201


def test_what_a_condition_bars_is_refused_by_name(client: Client) -> None:
    problem = refused(client, items=[*ITEMS[1:], {"slug": "supine-spinal-twist"}], conditions=["hip_replacement"])
    (barred,) = problem["barred"]
    assert problem["errors"][0]["pointer"] == barred["pointer"] == "/items/2/slug"
    assert (barred["slug"], barred["condition"]) == ("supine-spinal-twist", "hip_replacement")
    assert "hip_end_range" in barred["strains"]
    assert barred["alternative"] in problem["errors"][0]["detail"]
    other = [*ITEMS[1:], {"slug": barred["alternative"]}]
    allowed = client.post("/v1/sessions", json={"items": other, "conditions": ["hip_replacement"]})
    assert allowed.status_code == 201, allowed.text
    assert list_items(allowed.json())[-1]["exercise"]["slug"] == barred["alternative"]
