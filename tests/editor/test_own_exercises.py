"""Own exercises of partners: written with a key, seen with a key of the same partner and nowhere else."""

from typing import Any

import httpx
import pytest

from app.partners.scopes import KeyScope
from tests.editor.conftest import EditorClient
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


def write_drill(editor: EditorClient, partner: Partner, **changes: Any) -> httpx.Response:
    entry = editor.entry("/v1/exercises/seated-turn") | {
        "slug": "gym--wall-drill",
        "name": "Quokka drill",
        "aliases": [],
        "harder": ["standing-turn"],
        "easier": ["seated-turn"],
        "formerly": [],
        **changes,
    }
    return partner.request("PUT", f"/v1/exercises/{entry['slug']}", json=entry, headers=NEW)


def test_an_own_exercise_is_seen_with_a_key_of_its_partner_alone(editor: EditorClient, gym: Partner) -> None:
    shared = {path: editor.client.get(f"/v1/exercises/{path}").json() for path in ("seated-turn", "standing-turn")}
    since = editor.client.get("/v1/vocabulary").json()["serial"]
    answer = write_drill(editor, gym)
    assert answer.status_code == 201, answer.text
    assert [effect["slug"] for effect in answer.json()["effects"]] == ["gym--wall-drill"]
    other = Partner(editor, "beta", ("own:write", "catalogue:write", "audit:read"))
    for _ in range(2):  # the second time from the cache
        read = gym.request("GET", DRILL)
        assert (read.status_code, read.json()["easier"], read.json()["harder"]) == (
            200,
            ["seated-turn"],
            ["standing-turn"],
        )
        assert read.headers["Cache-Control"].startswith("private")
        assert [item["slug"] for item in gym.request("GET", "/v1/exercises?q=quokka").json()["items"]] == [
            "gym--wall-drill"
        ]
        for who in (editor.client, editor, other):
            assert who.request("GET", DRILL).status_code == 404
            assert who.request("GET", "/v1/exercises?q=quokka").json()["total"] == 0
    for slug, before in shared.items():
        assert editor.client.get(f"/v1/exercises/{slug}").json() == before
    feed = f"/v1/changes?since={since}"
    assert [item["slug"] for item in gym.request("GET", feed).json()["items"]] == ["gym--wall-drill"]
    assert editor.client.get(feed).json()["items"] == other.request("GET", feed).json()["items"] == []
