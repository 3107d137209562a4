"""Partial answers: the selected fields in the selected order, of the same records as the whole answers."""

import pytest

from app.catalogue.partial_routes import KINDS
from tests.app_client import Client
from tests.kit.test_edge import assert_problem

KIND_NAMES = ["exercises", "guidelines", "references", "routines"]
FIELDS = [["slug"], ["slug", "name"], ["name", "slug", "goals"], ["slug", "slug"]]


@pytest.mark.parametrize("fields", FIELDS, ids=str)
def test_fields_are_the_selected_ones_in_the_selected_order(client: Client, fields: list[str]) -> None:
    names = list(dict.fromkeys(fields))
    expected = client.get("/v1/exercises/open-book").json()
    answer = client.get("/v1/partial/exercises/open-book", params={"fields": fields})
    assert list(answer.json().items()) == [(name, expected[name]) for name in names]
    items = client.get("/v1/partial/exercises", params={"fields": fields, "limit": 3}).json()["items"]
    assert [list(item) for item in items] == [names] * 3


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_field_can_be_selected_alone(client: Client, kind: str) -> None:
    page = client.get(f"/v1/{kind}?limit=1").json()
    for name, value in page["items"][0].items():
        partial = client.get(f"/v1/partial/{kind}?limit=1&fields={name}").json()
        assert partial == {**page, "items": [{name: value}]}


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_partial_shapes_have_the_fields_of_the_whole_ones_and_require_none(client: Client, kind: str) -> None:
    document = client.get("/openapi.json").json()
    name = kind.removesuffix("s").capitalize()
    whole, partial = (document["components"]["schemas"][schema] for schema in (name, f"Partial{name}"))
    assert list(partial["properties"]) == list(whole["properties"]) == whole["required"]
    assert "required" not in partial
    assert document["components"]["schemas"][f"{name}Field"]["enum"] == list(whole["properties"])


def test_the_table_has_every_kind() -> None:
    assert sorted(routes.kind.plural for routes in KINDS) == KIND_NAMES


@pytest.mark.parametrize("field", ["", "nonsense", "slug,name", "SLUG", "__class__", "steps.0"])
def test_an_unknown_field_is_refused_with_the_known_ones(client: Client, field: str) -> None:
    for path in ("/v1/partial/exercises", "/v1/partial/exercises/open-book"):
        [fault] = assert_problem(client.get(path, params={"fields": field}), 422)["errors"]
        assert fault["name"] == "fields"
        assert "steps" in fault["allowed"]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_fields_are_required_here_and_refused_where_answers_are_whole(client: Client, kind: str) -> None:
    [fault] = assert_problem(client.get(f"/v1/partial/{kind}"), 422)["errors"]
    assert fault["name"] == "fields"
    assert "slug" in fault["allowed"]
    for path in (f"/{kind}", f"/{kind}/some-slug"):
        [fault] = assert_problem(client.get(f"/v1{path}?fields=slug"), 422)["errors"]
        assert fault == {
            "in": "query",
            "name": "fields",
            "detail": f"This is a parameter of another path: /v1/partial{path}.",
        }


@pytest.mark.parametrize("path", ["/v1/vocabulary", "/v1/exercises/open-book/alternatives", "/v1/sessions/example"])
def test_no_partial_path_is_named_where_there_is_none(client: Client, path: str) -> None:
    [fault] = assert_problem(client.get(f"{path}?fields=slug"), 422)["errors"]
    assert "partial" not in fault["detail"]


def test_partial_answers_are_cached_and_revalidated_as_whole_ones_are(client: Client) -> None:
    answer = client.get("/v1/partial/exercises/open-book?fields=slug")
    whole = client.get("/v1/exercises/open-book")
    for name in ("cache-control", "x-catalogue-serial", "content-type"):
        assert answer.headers[name] == whole.headers[name]
    assert answer.headers["etag"] != whole.headers["etag"]
    revalidated = client.get(str(answer.request.url), headers={"If-None-Match": answer.headers["etag"]})
    assert revalidated.status_code == 304
    head = client.request("HEAD", str(answer.request.url))
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])


def test_unknown_records_are_a_404(client: Client) -> None:
    assert_problem(client.get("/v1/partial/exercises/no-such?fields=slug"), 404)


def test_a_page_names_no_partial_path(client: Client) -> None:
    [error] = client.get("/v1/routines/desk-break-1-min.html?fields=name").json()["errors"]
    assert "another path" not in error["detail"]
