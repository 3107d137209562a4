"""Own exercises of partners: written with a key, seen with a key of the same partner and nowhere else."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from app.catalogue.served_catalogue import load_served_catalogue
from app.editing.seed import load_seed
from app.editing.seed_export import export_own, export_seed
from app.partners.scopes import KeyScope
from tests.editor.conftest import TURN, EditorClient
from tests.partners.conftest import bearer, follow_keys, make_key

DRILL = "/v1/exercises/gym--wall-drill"
NEW = {"If-None-Match": "*"}


class Partner:
    """Somebody with a key that may keep exercises of its own."""

    def __init__(self, editor: EditorClient, partner: str, scopes: tuple[KeyScope, ...] = ("own:write",)) -> None:
        self.client = editor.client
        self.headers = bearer(make_key(editor.database, partner=partner, scopes=scopes).key)
        follow_keys(editor.client, editor.database)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = self.headers | options.pop("headers", {})
        return self.client.request(method, path, headers=headers, **options)


@pytest.fixture
def gym(editor: EditorClient) -> Partner:
    return Partner(editor, "gym")


def write_drill(
    editor: EditorClient, partner: Partner, slug: str = "gym--wall-drill", **changes: Any
) -> httpx.Response:
    entry = editor.entry("/v1/exercises/seated-turn") | {
        "slug": slug,
        "name": "Quokka drill",
        "aliases": [],
        "harder": ["standing-turn"],
        "easier": ["seated-turn"],
        "formerly": [],
        **changes,
    }
    return partner.request("PUT", f"/v1/exercises/{slug}", json=entry, headers=NEW)


def test_an_own_exercise_is_seen_with_a_key_of_its_partner_alone(editor: EditorClient, gym: Partner) -> None:
    shared = {slug: editor.client.get(f"/v1/exercises/{slug}").json() for slug in ("seated-turn", "standing-turn")}
    since = editor.client.get("/v1/vocabulary").json()["serial"]
    answer = write_drill(editor, gym)
    assert answer.status_code == 201, answer.text
    assert [effect["slug"] for effect in answer.json()["effects"]] == ["gym--wall-drill"]
    other = Partner(editor, "beta", ("own:write", "catalogue:write", "audit:read"))
    for _ in range(2):  # the second time from the cache
        read = gym.request("GET", DRILL)
        links = read.json()["easier"], read.json()["harder"]
        assert (read.status_code, links) == (200, (["seated-turn"], ["standing-turn"]))
        assert read.headers["Cache-Control"].startswith("private")
        found = gym.request("GET", "/v1/exercises?q=quokka").json()["items"]
        assert [item["slug"] for item in found] == ["gym--wall-drill"]
        for who in (editor.client, editor, other):
            assert who.request("GET", DRILL).status_code == 404
            assert who.request("GET", "/v1/exercises?q=quokka").json()["total"] == 0
    for slug, before in shared.items():
        assert editor.client.get(f"/v1/exercises/{slug}").json() == before
    feed = f"/v1/changes?since={since}"
    assert [item["slug"] for item in gym.request("GET", feed).json()["items"]] == ["gym--wall-drill"]
    assert editor.client.get(feed).json()["items"] == other.request("GET", feed).json()["items"] == []


def test_each_scope_edits_its_own_records(editor: EditorClient, gym: Partner) -> None:
    sharer, auditor = (Partner(editor, "gym", (scope,)) for scope in ("catalogue:write", "audit:read"))
    for partner, path, scope in (
        (gym, TURN, "catalogue:write"),
        (sharer, DRILL, "own:write"),
        (auditor, TURN, "catalogue:write"),
        (auditor, DRILL, "own:write"),
    ):
        answer = partner.request("PATCH", path, json={}, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["scope"]) == (403, scope)
    assert write_drill(editor, gym).status_code == 201
    for slug in ("gym--wall-drill", "gym--nothing"):  # whether there is one or not
        for method, body in (("PUT", {}), ("PATCH", {}), ("DELETE", None)):
            answer = editor.request(method, f"/v1/exercises/{slug}", json=body, headers={"If-Match": "*"})
            assert (answer.status_code, answer.json()["detail"]) == (
                404,
                f"There is no exercise {slug!r}. Your own begin with 'acme--'.",
            )
        assert editor.request("GET", f"/v1/entries/exercise/{slug}").status_code == 404
    assert gym.request("GET", "/v1/entries/exercise/gym--wall-drill").json()["entry"]["easier"] == ["seated-turn"]
    both = Partner(editor, "gym", ("own:write", "catalogue:write"))
    assert both.request("PUT", "/v1/guidelines/gym--rule", json={}, headers=NEW).status_code == 422


def test_an_own_exercise_is_renamed_deleted_and_restored_in_its_namespace(editor: EditorClient, gym: Partner) -> None:
    assert write_drill(editor, gym).status_code == 201
    any_version = {"If-Match": "*"}
    escape = gym.request("PATCH", DRILL, json={"slug": "wall-drill"}, headers=any_version)
    assert (escape.status_code, escape.json()["errors"][0]["pointer"]) == (422, "/slug")
    renamed = gym.request("PATCH", DRILL, json={"slug": "gym--corner-drill"}, headers=any_version)
    assert renamed.status_code == 200, renamed.text
    moved = gym.request("GET", DRILL)
    assert (moved.status_code, moved.headers["Location"]) == (308, "/v1/exercises/gym--corner-drill")
    path = "/v1/exercises/gym--corner-drill"
    assert gym.request("DELETE", path, headers=any_version).status_code == 200
    assert (gym.request("GET", path).status_code, editor.client.get(path).status_code) == (410, 404)
    edits = gym.request("GET", "/v1/audit").json()["items"]
    assert [(item["action"], item["status"]) for item in edits] == [
        ("put", 201),
        ("patch", 422),
        ("patch", 200),
        ("delete", 200),
    ]
    assert editor.audit() == []
    restore = f"/v1/audit/{edits[-1]['id']}/restore"
    assert editor.request("POST", restore, json={}, headers=NEW).status_code == 404
    assert gym.request("POST", restore, json={}, headers=NEW).status_code == 201
    assert gym.request("GET", path).status_code == 200


def test_names_and_numbers_are_bounded_for_each_partner(editor: EditorClient, gym: Partner) -> None:
    taken = write_drill(editor, gym, name="Standing turn")
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (422, "/name")
    editor.client.app.state.catalogue_editor.max_own_exercises = 1
    assert write_drill(editor, gym).status_code == 201
    full = write_drill(editor, gym, "gym--second", name="Second")
    assert (full.status_code, full.json()["title"]) == (409, "No more own exercises")
    beta = Partner(editor, "beta")
    assert write_drill(editor, beta, "beta--wall-drill").status_code == 201  # of the same name, which neither learns


def test_own_exercises_follow_the_shared_ones_and_stay_when_files_are_loaded(
    editor: EditorClient, gym: Partner, tmp_path: Path
) -> None:
    assert write_drill(editor, gym, harder=["band-turn"], level=1).status_code == 201
    renamed = editor.send("PATCH", TURN, {"slug": "chair-turn"})
    assert renamed.status_code == 200, renamed.text
    assert all("--" not in effect["slug"] for effect in renamed.json()["effects"])
    assert gym.request("GET", DRILL).json()["easier"] == ["chair-turn"]
    before = gym.request("GET", DRILL).json()
    database, shared = editor.database, tmp_path / "shared"
    assert not [path for path in export_seed(database, shared) if "gym" in path.read_text()]
    load_seed(database, shared, lambda _: None)
    exercises = load_served_catalogue(database).seen_by("gym").exercises.records
    assert exercises["gym--wall-drill"].model_dump(mode="json") == before
    (path,) = export_own(database, tmp_path / "own", "gym")
    assert path.name == "gym--wall-drill.yaml"
    assert "easier: [chair-turn]" in path.read_text()


def test_what_has_not_changed_is_not_made_again(editor: EditorClient, gym: Partner) -> None:
    assert write_drill(editor, gym).status_code == 201
    assert gym.request("GET", "/v1/exercises?q=quokka").json()["total"] == 1
    holder = editor.client.app.state.catalogue
    before = holder.served.seen_by("gym").exercises
    assert write_drill(editor, Partner(editor, "beta"), "beta--wall-drill").status_code == 201
    after = holder.served.seen_by("gym").exercises
    assert after is not before
    assert after.records["gym--wall-drill"] is before.records["gym--wall-drill"]
    assert after.search_index is before.search_index
    assert gym.request("PATCH", DRILL, json={"name": "Numbat"}, headers={"If-Match": "*"}).status_code == 200
    assert gym.request("GET", "/v1/exercises?q=quokka").json()["total"] == 0


def test_a_session_with_an_own_exercise_is_of_its_partner(editor: EditorClient, gym: Partner) -> None:
    assert write_drill(editor, gym).status_code == 201
    body = {"duration_s": 180, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"]}
    included = body | {"include": ["gym--wall-drill"]}
    assert editor.client.post("/v1/sessions", json=included).status_code == 422
    built = gym.request("POST", "/v1/sessions", json=included)
    assert built.status_code == 201, built.text
    path = f"/v1/sessions/{built.json()['id']}"
    assert gym.request("GET", path).json()["exercises"].keys() >= {"gym--wall-drill"}
    for who in (editor.client, editor):
        answers = [
            who.request("GET", path),
            who.request("GET", f"{path}/export?format=csv"),
            who.request("POST", f"{path}/swap", json={"position_in_session": 1}),
            who.request("POST", f"{path}/alternatives", json={"count": 1}),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
    prescribed = {"items": [{"slug": "gym--wall-drill"}]}
    assert editor.client.post("/v1/sessions", json=prescribed).json()["errors"][0]["pointer"] == "/items/0/slug"
    own = gym.request("POST", "/v1/sessions", json=prescribed)
    assert own.status_code == 201, own.text
    assert editor.client.get(f"/v1/sessions/{own.json()['id']}").status_code == 404
    others = gym.request("POST", f"{path}/alternatives", json={"count": 1})
    assert others.status_code == 201
    public = editor.client.post("/v1/sessions", json=body)
    assert public.status_code == 201
    assert "gym--" not in public.text
    assert gym.request("GET", f"/v1/sessions/{public.json()['id']}").status_code == 200
    place = [item["exercise"]["slug"] for phase in built.json()["phases"] for item in phase["items"]].index(
        "gym--wall-drill"
    )
    assert gym.request("DELETE", DRILL, headers={"If-Match": "*"}).status_code == 200
    swapped = gym.request("POST", f"{path}/swap", json={"position_in_session": place + 1})
    assert swapped.status_code == 201, swapped.text  # what is stored names the exercise that went
    assert editor.client.get(f"/v1/sessions/{swapped.json()['id']}").status_code == 404
    assert gym.request("GET", f"/v1/sessions/{swapped.json()['id']}").status_code == 200
