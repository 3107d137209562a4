"""Edits over HTTP: preconditions, faults with their places, renames, deletions, versions that come back."""

import re
from typing import Any

import pytest

from app.changes.record_kind import RecordKind
from tests.editor.conftest import GUIDE, TURN, EditorClient
from tests.partners.conftest import bearer, follow_keys, make_key


def test_what_is_read_can_be_written_back(editor: EditorClient) -> None:
    answer = editor.send("PUT", TURN, editor.entry(TURN))
    assert (answer.status_code, answer.json()["effects"]) == (200, [])


def test_an_edit_is_served_at_once_with_the_etag_it_named(editor: EditorClient) -> None:
    answer = editor.send("PUT", TURN, editor.entry(TURN) | {"summary": "Our own words."})
    assert answer.status_code == 200, answer.text
    read = editor.client.get(TURN)
    assert read.json()["summary"] == "Our own words."
    assert editor.etag(TURN) == answer.headers["ETag"] == answer.json()["etag"]
    assert read.json()["serial"] <= answer.json()["serial"]
    effects = {(effect["kind"], effect["slug"]): effect["action"] for effect in answer.json()["effects"]}
    assert effects == {("exercise", "seated-turn"): "changed", ("routine", "a-minute-of-turning"): "changed"}
    feed = editor.client.get("/v1/changes", params={"since": answer.json()["serial"] - 2}).json()["items"]
    assert [item["slug"] for item in feed] == ["seated-turn", "a-minute-of-turning"]


@pytest.mark.parametrize("prefix", ["", "/base"])
def test_etags_hold_behind_a_prefix_and_in_an_encoding(editor: EditorClient, prefix: str) -> None:
    headers = {"X-Forwarded-Prefix": prefix, "Accept-Encoding": "gzip"}
    etag = editor.client.get(TURN, headers=headers).headers["ETag"]
    answer = editor.request("PATCH", TURN, json={"level": 1}, headers=headers | {"If-Match": etag})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 428),
        ({"If-Match": '"stale"'}, 412),
        ({"If-Match": 'W/"stale"'}, 412),
        ({"If-None-Match": "*"}, 412),
        ({"If-Match": "*"}, 200),
    ],
)
def test_an_edit_names_its_version(editor: EditorClient, headers: dict[str, str], status: int) -> None:
    answer = editor.request("PATCH", TURN, json={"summary": "Other words."}, headers=headers)
    assert answer.status_code == status
    if status == 412:
        assert answer.headers["ETag"] == editor.etag(TURN)
        assert editor.client.get(TURN).json()["summary"] != "Other words."


def test_of_two_edits_of_one_version_the_first_wins(editor: EditorClient) -> None:
    etag = editor.etag(GUIDE)
    first, second = (editor.send("PATCH", GUIDE, {"why": text}, etag) for text in ("It calms.", "It rests you."))
    assert (first.status_code, second.status_code) == (200, 412)
    assert editor.client.get(GUIDE).json()["why"] == "It calms."
    entries = [(item["status"], item["key_id"], (item["after"] or {}).get("why")) for item in editor.audit()]
    assert entries == [(200, editor.key_id, "It calms."), (412, editor.key_id, None)]


def test_a_new_record_is_made_and_has_its_place(editor: EditorClient) -> None:
    path = "/v1/guidelines/look-up"
    entry = editor.entry(GUIDE) | {"slug": "look-up", "title": "Look up"}
    answer = editor.request("PUT", path, json=entry, headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["Location"]) == (201, path)
    assert editor.client.get(path).json()["title"] == "Look up"
    missing = editor.request("PATCH", "/v1/guidelines/nowhere", json={}, headers={"If-Match": "*"})
    assert missing.status_code == 404


def test_every_fault_has_its_place(editor: EditorClient) -> None:
    entry = editor.entry(TURN) | {"harder": ["standing-turn", "nowhere"], "evidence": [], "level": 4}
    answer = editor.send("PUT", TURN, entry)
    assert answer.status_code == 422
    pointers = [error.get("pointer") for error in answer.json()["errors"]]
    assert "/harder/1" in pointers
    shape = editor.send("PATCH", TURN, {"steps": ["One."], "dose": {"sets": "two"}, "colour": "red"})
    assert shape.status_code == 422
    assert {error["pointer"] for error in shape.json()["errors"]} == {"/steps", "/dose/sets", "/colour"}
    assert [item["status"] for item in editor.audit()] == [422, 422]
    assert editor.send("PUT", TURN, entry | {"slug": "other"}).json()["errors"][0]["pointer"] == "/slug"


def test_a_dry_run_writes_nothing(editor: EditorClient) -> None:
    before = editor.client.get("/v1/changes", params={"since": 0}).json()["serial"]
    answer = editor.send("PATCH", f"{TURN}?dry_run=true", {"summary": "Our own words."})
    assert answer.status_code == 200
    assert answer.json()["dry_run"]
    assert len(answer.json()["effects"]) == 2
    assert editor.client.get("/v1/changes", params={"since": before}).json()["items"] == []
    assert editor.audit() == []


def test_a_renamed_record_leaves_a_redirect(editor: EditorClient) -> None:
    answer = editor.send("PATCH", TURN, {"slug": "chair-turn"})
    assert answer.json()["slug"] == "chair-turn"
    moved = editor.client.get(TURN)
    assert (moved.status_code, moved.headers["Location"]) == (308, "/v1/exercises/chair-turn")
    assert editor.entry("/v1/exercises/chair-turn")["formerly"] == ["seated-turn"]
    again = editor.request("PUT", TURN, json=editor.entry("/v1/exercises/chair-turn"), headers={"If-None-Match": "*"})
    assert again.status_code == 409
    reuse = editor.entry("/v1/exercises/chair-turn") | {"slug": "seated-turn", "formerly": [], "name": "Another"}
    assert editor.request("PUT", TURN, json=reuse, headers={"If-None-Match": "*"}).status_code == 409


def test_what_others_need_cannot_be_deleted(editor: EditorClient) -> None:
    answer = editor.send("DELETE", "/v1/exercises/standing-turn")
    assert answer.status_code == 409
    assert "seated-turn" in answer.json()["errors"][0]["detail"]


def test_a_deleted_record_and_an_undone_edit_come_back(editor: EditorClient) -> None:
    path = "/v1/routines/a-minute-of-turning"
    before = editor.client.get(path).json()
    assert editor.send("PATCH", path, {"name": "Another name"}).status_code == 200
    assert editor.send("DELETE", path).status_code == 200
    assert editor.client.get(path).status_code == 410
    patched, deleted = (item["id"] for item in editor.audit(slug="a-minute-of-turning"))
    headers = {"If-None-Match": "*"}
    answer = editor.request("POST", f"/v1/audit/{deleted}/restore", json={}, headers=headers)
    assert answer.status_code == 201, answer.text
    assert editor.client.get(path).json()["name"] == "Another name"
    stale = editor.request("POST", f"/v1/audit/{patched}/restore", json={}, headers=headers)
    assert stale.status_code == 412
    headers = {"If-Match": editor.etag(path)}
    assert editor.request("POST", f"/v1/audit/{patched}/restore", json={}, headers=headers).status_code == 200
    assert editor.client.get(path).json()["name"] == before["name"]
    assert [item["action"] for item in editor.audit()] == ["patch", "delete", "restore", "restore", "restore"]


def test_what_cannot_be_restored_is_told(editor: EditorClient) -> None:
    assert editor.request("POST", "/v1/audit/7/restore", json={}, headers={"If-Match": "*"}).status_code == 404
    assert editor.send("DELETE", "/v1/routines/a-minute-of-turning").status_code == 200
    (deleted,) = editor.audit()
    answer = editor.request(
        "POST", f"/v1/audit/{deleted['id']}/restore", json={"state": "after"}, headers={"If-None-Match": "*"}
    )
    assert answer.json()["errors"][0]["pointer"] == "/state"


def test_keys_without_the_scope_edit_nothing(editor: EditorClient) -> None:
    reader = make_key(editor.database, partner="reader")
    follow_keys(editor.client, editor.database)
    etag = editor.etag(TURN)
    calls: list[tuple[str, str, Any]] = [
        ("PUT", TURN, {}),
        ("PATCH", TURN, {"level": 2}),
        ("DELETE", TURN, None),
        ("POST", "/v1/audit/1/restore", {}),
        ("GET", "/v1/entries/exercise/seated-turn", None),
        ("GET", "/v1/audit", None),
    ]
    for method, path, body in calls:
        options = {"json": body} if body is not None else {}
        anonymous = editor.client.request(method, path, headers={"If-Match": etag}, **options)
        assert (anonymous.status_code, anonymous.headers["WWW-Authenticate"][:6]) == (401, "Bearer")
        headers = bearer(reader.key) | {"If-Match": etag}
        assert editor.client.request(method, path, headers=headers, **options).status_code == 403
    assert editor.etag(TURN) == etag


@pytest.mark.parametrize("kind", list(RecordKind))
def test_each_kind_can_be_edited(editor: EditorClient, kind: RecordKind) -> None:
    slug = editor.client.get(kind.path).json()["items"][0]["slug"]
    field = "note" if kind is RecordKind.REFERENCE else "why" if kind is RecordKind.GUIDELINE else "summary"
    answer = editor.send("PATCH", f"{kind.path}/{slug}", {field: "Our own words."})
    assert answer.status_code == 200, answer.text
    assert editor.client.get(f"{kind.path}/{slug}").json()[field] == "Our own words."


def test_the_page_of_a_routine_is_only_read(editor: EditorClient) -> None:
    page = "/v1/routines/a-minute-of-turning.html"
    assert editor.client.request("OPTIONS", page).headers["Allow"] == "GET, HEAD, OPTIONS"
    assert editor.client.request("PUT", page, json={}).status_code == 405


@pytest.mark.parametrize("slug", ["a.b", "turn.html.old", "%C2%85.%0A", "Turn"])
@pytest.mark.parametrize("plural", ["references", "routines"])
def test_a_slug_of_a_wrong_form_is_told_as_such(editor: EditorClient, plural: str, slug: str) -> None:
    answer = editor.request("PATCH", f"/v1/{plural}/{slug}", json={"name": "A name"}, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (422, "slug")


def test_too_many_edits_at_once_are_refused(editor: EditorClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.editor.catalogue_editor.MAX_ADMITTED", 0)
    answer = editor.send("PATCH", GUIDE, {"why": "It calms."})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert editor.audit() == []


def test_an_edit_counts_as_many_requests(editor: EditorClient) -> None:
    before = int(re.search(r"r=(\d+)", editor.request("GET", "/v1/partner").headers["RateLimit"])[1])  # type: ignore[index]
    answer = editor.send("PATCH", GUIDE, {"why": "It calms."})
    after = int(re.search(r"r=(\d+)", answer.headers["RateLimit"])[1])  # type: ignore[index]
    assert before - after >= 15
