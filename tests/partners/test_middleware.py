"""Keys over HTTP: who gets in, who does not, and what a wrong key is told before anything else."""

from collections.abc import Callable
from datetime import timedelta

from fastapi import APIRouter, Body

from app.kit.database import Database
from app.kit.settings import Settings
from app.main import create_app
from app.partners.dependencies import require_scope
from app.partners.key_store import revoke_key, rotate_key
from tests.app_client import Client, start_app
from tests.partners.conftest import bearer, follow_keys, make_key


def test_a_key_says_whose_it_is_until_it_is_revoked(client: Client, key_database: Database) -> None:
    first = make_key(key_database, scopes=["own:write", "catalogue:write"])
    follow_keys(client, key_database)
    answer = client.get("/v1/partner", headers=bearer(first.key))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert {name: answer.json()[name] for name in ("partner", "name", "key_id", "scopes")} == {
        "partner": "acme",
        "name": "Acme Ltd",
        "key_id": first.record.id,
        "scopes": ["catalogue:write", "own:write"],
    }
    second = rotate_key(key_database, first.record.id, None, timedelta(hours=1))
    follow_keys(client, key_database)
    scopes = [client.get("/v1/partner", headers=bearer(key)).json()["scopes"] for key in (first.key, second.key)]
    assert scopes == [["catalogue:write", "own:write"]] * 2
    revoke_key(key_database, first.record.id)
    follow_keys(client, key_database)
    refused = client.get("/v1/exercises", headers=bearer(first.key))
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:thoracic-mobility:problem:invalid-key")
    assert "revoked" in refused.json()["detail"]
    assert client.get("/v1/partner", headers=bearer(second.key)).json()["expires_at"] is None


def test_a_wrong_key_is_refused_before_all_else_and_never_taken_for_none(
    client: Client, key_database: Database
) -> None:
    expired = make_key(key_database, lifetime=timedelta(seconds=-1)).key
    unknown = make_key(key_database).key  # the application has not read it yet
    swapped = expired[:-1] + ("a" if expired[-1] != "a" else "b")
    for key, word in ((expired, "expired"), (swapped, "whole"), ("secret", "whole"), ("", "whole")):
        if key == expired:
            follow_keys(client, key_database)
        for method, path, body in (
            ("GET", "/v1/exercises", b""),
            ("GET", "/v1/exercises?limit=0&limit=1&nonsense=1", b""),
            ("HEAD", "/v1/exercises/nothing-of-this-name", b""),
            ("POST", "/v1/sessions", b"{not json"),
            ("GET", "/nowhere", b""),
        ):
            answer = client.request(method, path, headers=bearer(key), content=body)
            assert answer.status_code == 401, (key, path)
            assert answer.headers["www-authenticate"] == 'Bearer realm="thoracic", error="invalid_token"'
            assert method == "HEAD" or word in answer.json()["detail"]
    assert client.get("/v1/partner", headers=bearer(unknown)).status_code == 200
    assert client.get("/v1/exercises", headers={"Authorization": "Basic YTpi"}).status_code == 200
    assert client.get("/v1/exercises", headers={"Authorization": unknown}).status_code == 401
    assert client.request("OPTIONS", "/v1/exercises", headers=bearer(swapped)).status_code == 204


def test_an_operation_names_the_scope_that_is_missing(client: Client, key_database: Database) -> None:
    """401 and 403 come before what is wrong with the body: who may not write is not told how to."""
    app = create_app(client.app.state.settings)
    router = APIRouter()

    @router.post("/v1/probe/{slug}", dependencies=[require_scope("catalogue:write")])
    async def probe(slug: str, body: dict[str, int] = Body()) -> dict[str, int]:  # noqa: B008 - FastAPI's form
        return body

    app.include_router(router)
    reader, writer = make_key(key_database).key, make_key(key_database, scopes=["catalogue:write"]).key
    with start_app(app) as other:
        for body, right in ((b'{"a": 1}', 200), (b'{"a": "x"}', 422), (b"{", 400)):
            content = {"content": body}
            anonymous = other.post("/v1/probe/x", **content)
            assert (anonymous.status_code, anonymous.headers["www-authenticate"]) == (401, 'Bearer realm="thoracic"')
            refused = other.post("/v1/probe/x", headers=bearer(reader), **content)
            assert (refused.status_code, refused.json()["scope"]) == (403, "catalogue:write")
            assert 'scope="catalogue:write"' in refused.headers["www-authenticate"]
            headers = bearer(writer) | {"Content-Type": "application/json"}
            assert other.post("/v1/probe/x", headers=headers, **content).status_code == right
        assert other.app.openapi()["paths"]["/v1/probe/{slug}"]["post"]["security"] == [{"bearer": []}]


def test_a_key_in_an_address_is_refused_and_not_repeated(client: Client, key_database: Database) -> None:
    key = make_key(key_database).key
    follow_keys(client, key_database)
    for path in (
        f"/v1/exercises?access_token={key}",
        f"/v1/exercises?q={key[:40]}",
        f"/v1/exercises/{key}",
        f"/gallery?key={key.replace('_', '%5F')}",
    ):
        for headers in ({}, bearer(key)):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 400
            assert key[9:40] not in answer.text
    assert client.get("/v1/exercises?q=thoracic").status_code == 200


def test_caches_keep_keyed_and_public_answers_apart(client: Client, key_database: Database) -> None:
    key = make_key(key_database).key
    follow_keys(client, key_database)
    for path in ("/v1/exercises", "/v1/exercises/open-book", "/v1/exercises/open-book/figure.svg", "/v1/vocabulary"):
        for _ in range(2):  # the second time from memory
            public, keyed = client.get(path), client.get(path, headers=bearer(key))
            assert keyed.content == public.content
            assert keyed.headers["etag"] == public.headers["etag"]
            assert public.headers["cache-control"].startswith("public")
            assert keyed.headers["cache-control"] == public.headers["cache-control"].replace("public", "private")
            for answer in (public, keyed):
                assert "Authorization" in answer.headers["vary"].split(", ")
        known = client.get(path, headers=bearer(key) | {"If-None-Match": keyed.headers["etag"]})
        assert (known.status_code, known.headers["vary"]) == (304, keyed.headers["vary"])
        assert known.headers["cache-control"] == keyed.headers["cache-control"]


def test_keys_are_followed_while_the_service_runs(
    client: Client, start_client: Callable[[Settings], Client], key_database: Database
) -> None:
    """Two applications over one database see a key that a third process makes, and its end."""
    clients = [client, start_client(client.app.state.settings)]
    new_key = make_key(key_database)
    for one in clients:
        follow_keys(one, key_database)
        assert one.get("/v1/partner", headers=bearer(new_key.key)).status_code == 200
    revoke_key(key_database, new_key.record.id)
    for one in clients:
        follow_keys(one, key_database)
        assert one.get("/v1/exercises", headers=bearer(new_key.key)).status_code == 401
