"""Sessions over HTTP: built or prescribed, read again, refused in words."""

import csv
import html
import io
import json
import re
from typing import Any

import icalendar
import pytest

from app.partners.example_key import EXAMPLE_KEY
from app.partners.key_store import KeyGrant, create_key
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


ITEMS: list[dict[str, Any]] = [
    {"slug": "seated-cat-cow"},
    {"slug": "seated-open-book", "side": "left", "dose": {"sets": 3, "reps": 6}, "note": "Slowly."},
    {"slug": "seated-open-book", "side": "right"},
]
KEY = {"Authorization": f"Bearer {EXAMPLE_KEY}"}


def list_items(session: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for phase in session["phases"] for item in phase["items"]]


def refuse_prescription(client: Client, **fields: Any) -> dict[str, Any]:
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
def test_what_is_wrong_with_a_prescription_is_pointed_at(client: Client, fields: dict[str, Any], pointer: str) -> None:
    assert refuse_prescription(client, **fields)["errors"][0]["pointer"] == pointer


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
    problem = refuse_prescription(
        client, items=[*ITEMS[1:], {"slug": "supine-spinal-twist"}], conditions=["hip_replacement"]
    )
    (barred,) = problem["barred"]
    assert problem["errors"][0]["pointer"] == barred["pointer"] == "/items/2/slug"
    assert (barred["slug"], barred["condition"]) == ("supine-spinal-twist", "hip_replacement")
    assert "hip_end_range" in barred["strains"]
    assert barred["alternative"] in problem["errors"][0]["detail"]
    other = [*ITEMS[1:], {"slug": barred["alternative"]}]
    allowed = client.post("/v1/sessions", json={"items": other, "conditions": ["hip_replacement"]})
    assert allowed.status_code == 201, allowed.text
    assert list_items(allowed.json())[-1]["exercise"]["slug"] == barred["alternative"]


def test_nothing_clear_may_be_left_to_name(client: Client) -> None:
    problem = refuse_prescription(client, items=[{"slug": "standing-roll-down"}], conditions=["osteoporosis"])
    assert problem["barred"][0]["alternative"] is None
    assert "does not go with osteoporosis" in problem["detail"]


@pytest.mark.parametrize(
    ("items", "conditions", "pointer", "max_s"),
    [
        ([{"slug": "supine-spinal-twist", "dose": {"hold_s": 40}}], ["osteoporosis"], "/items/0/dose/hold_s", 15),
        (
            [{"slug": "knee-rolls"}, {"slug": "floor-angel", "dose": {"sets": 4, "reps": 12, "rest_s": 30}}],
            ["pregnancy_second_third_trimester"],
            "/items/1/dose",
            180,
        ),
    ],
)
def test_more_than_a_condition_allows_is_refused(
    client: Client, items: list[dict[str, Any]], conditions: list[str], pointer: str, max_s: int
) -> None:
    problem = refuse_prescription(client, items=items, conditions=conditions)
    (barred,) = problem["barred"]
    assert (barred["pointer"], barred["max_s"]) == (pointer, max_s)
    assert f" {max_s} s" in problem["errors"][0]["detail"]


def test_who_must_ask_first_gets_no_prescription(client: Client) -> None:
    assert refuse_prescription(client, items=ITEMS, conditions=["active_cancer"])["blocked"] is True
    assert refuse_prescription(client, items=ITEMS, age_band="under-18")["blocked"] is True


OVERRIDDEN: dict[str, Any] = {
    "items": [{"slug": "wall-angel", "override_conditions": ["shoulder_impingement"]}, {"slug": "cat-cow"}],
    "conditions": ["shoulder_impingement"],
}


def test_only_a_key_with_the_scope_overrides_a_condition(client: Client) -> None:
    assert client.post("/v1/sessions", json=OVERRIDDEN).status_code == 401
    lacking = create_key(
        client.app.state.session_store.database, KeyGrant("other", "Other", ["audit:read"], None, None)
    )
    client.wait(0.3)
    refusal = client.post("/v1/sessions", json=OVERRIDDEN, headers={"Authorization": f"Bearer {lacking.key}"})
    assert (refusal.status_code, refusal.json()["scope"]) == (403, "prescribe")
    built = client.post("/v1/sessions", json=OVERRIDDEN, headers=KEY)
    assert built.status_code == 201, built.text
    first, second = list_items(built.json())
    assert any("in spite of" in reason for reason in first["why"])
    assert not any("in spite of" in reason for reason in second["why"])
    assert [caution["condition"] for caution in first["cautions"]] == ["shoulder_impingement"]
    assert any("in spite of" in note and "Wall angel" in note for note in built.json()["notes"])


def test_what_is_stored_does_not_tell_that_a_condition_was_overridden(client: Client) -> None:
    """The row is that of anybody who stated something else, and was not even barred."""
    built = client.post("/v1/sessions", json=OVERRIDDEN, headers=KEY).json()
    plain = {"items": [{"slug": "wall-angel"}, {"slug": "cat-cow"}], "age_band": "40-64"}
    assert client.post("/v1/sessions", json=plain).json()["id"] == built["id"]
    # A limit of time that a condition brings does not show in the pauses either.
    fitted = {"items": [{"slug": "knee-rolls"}, {"slug": "cat-cow"}], "duration_s": 260}
    stated: list[dict[str, Any]] = [{"age_band": "40-64"}, {"conditions": ["pregnancy_second_third_trimester"]}]
    ids = {client.post("/v1/sessions", json={**fitted, **fields}).json()["id"] for fields in stated}
    assert len(ids) == 1
    read = client.get(f"/v1/sessions/{built['id']}").text
    assert "in spite of" not in read
    assert "override" not in read


def test_an_override_of_what_is_not_stated_is_a_mistake(client: Client) -> None:
    body = {**OVERRIDDEN, "conditions": []}
    problem = client.post("/v1/sessions", json=body, headers=KEY).json()
    assert problem["errors"][0]["pointer"] == "/items/0/override_conditions/0"


def test_doses_that_take_too_long_say_how_long(client: Client) -> None:
    problem = refuse_prescription(client, items=ITEMS, duration_s=60)
    assert problem["conflict"] == [{"requirement": "duration_s"}]
    assert client.post("/v1/sessions", json={"items": ITEMS, "duration_s": problem["needed_s"]}).status_code == 201
    refuse_prescription(client, items=ITEMS, duration_s=problem["needed_s"] - 1)


def test_what_is_unusual_is_noted_and_done(client: Client) -> None:
    items = [{"slug": "open-book", "dose": {"sets": 6, "reps": 30}}]
    built = client.post("/v1/sessions", json={"items": items}).json()
    assert (list_items(built)[0]["dose"]["sets"], list_items(built)[0]["dose"]["reps"]) == (6, 30)
    assert any("6 sets (usually 1 to 3)" in note and "30 repetitions" in note for note in built["notes"])


def test_a_swap_exchanges_one_exercise_and_keeps_all_other_doses(client: Client) -> None:
    built = client.post("/v1/sessions", json={"items": ITEMS, "duration_s": 600}).json()
    answer = client.post(f"/v1/sessions/{built['id']}/swap", json={"position_in_session": 1})
    assert answer.status_code == 201, answer.text
    before, after = list_items(built), list_items(answer.json())
    assert after[0]["exercise"]["slug"] not in {item["slug"] for item in ITEMS}
    assert after[0]["why"][0] == "It comes in the place of Seated cat-cow."
    for old, new in zip(before[1:], after[1:], strict=True):
        assert [old[name] for name in ("dose", "side", "note")] == [new[name] for name in ("dose", "side", "note")]
    again = client.post(f"/v1/sessions/{answer.json()['id']}/swap", json={"position_in_session": 1}).json()
    assert list_items(again)[0]["exercise"]["slug"] not in {"seated-cat-cow", after[0]["exercise"]["slug"]}


def test_a_swap_keeps_her_numbers_where_the_new_exercise_is_done_alike(client: Client) -> None:
    dose = {"sets": 4, "reps": 9, "rest_s": 75}
    built = client.post("/v1/sessions", json={"items": [{"slug": "band-row", "dose": dose}]}).json()
    swapped = client.post(f"/v1/sessions/{built['id']}/swap", json={"position_in_session": 1}).json()
    (item,) = list_items(swapped)
    assert item["exercise"]["slug"] != "band-row"
    assert {name: item["dose"][name] for name in dose} == dose


def test_a_swap_after_pain_names_what_strains_alike(client: Client) -> None:
    built = client.post("/v1/sessions", json={"items": [{"slug": "wall-angel"}, {"slug": "wall-slide"}]}).json()
    body = {"position_in_session": 1, "reason": "pain"}
    swapped = client.post(f"/v1/sessions/{built['id']}/swap", json=body).json()
    note = swapped["notes"][-1]
    assert "Forearm wall slide" in note
    assert note not in client.get(f"/v1/sessions/{swapped['id']}").json()["notes"]


def test_a_prescription_has_no_alternatives_and_says_sides_itself(client: Client) -> None:
    address = f"/v1/sessions/{client.post('/v1/sessions', json={'items': ITEMS}).json()['id']}"
    refusal = client.post(f"{address}/alternatives", json={"count": 1})
    assert (refusal.status_code, refusal.json()["title"]) == (409, "A prescription has no alternatives")
    sided = client.post(f"{address}/swap", json={"position_in_session": 1, "stiffer_side": "left"})
    assert sided.json()["errors"][0]["pointer"] == "/stiffer_side"


def test_the_words_of_a_note_are_text_in_every_format(client: Client) -> None:
    note = "=1+1 <b>\"x\"</b>; a,b \\n END:VEVENT 'q' {y} $z --> #let"
    address = client.post("/v1/sessions", json={"items": [{"slug": "cat-cow", "note": note}]}).headers["location"]
    table, subtitles, plan, calendar, handout = (
        client.get(f"{address}/export?format={name}").text
        for name in ("csv", "vtt", "fhir", "ics&start=2026-12-01T09:00", "html")
    )
    assert next(csv.DictReader(io.StringIO(table)))["note"] == f"'{note}"
    assert html.escape(note, quote=False) in subtitles
    assert subtitles.count("-->") == sum(1 for line in subtitles.splitlines() if re.match(r"\d\d:\d\d:\d\d", line))
    assert note in json.loads(plan)["action"][0]["action"][0]["textEquivalent"]
    (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    assert note in str(event["description"])
    page = client.get(address.removeprefix("/v1")).text
    for text in (handout, page):
        assert "<b>" not in text
        assert html.unescape(text).count(note) >= 1
    assert client.get(f"{address}/export?format=fit").status_code == 200
