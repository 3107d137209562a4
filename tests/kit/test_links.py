"""Links: made from paths of the service, right in JSON, in headers and on pages."""

import json

import pytest

from app.kit.links import PublicAddress, link_header, link_json_paths, relative_link


@pytest.mark.parametrize(
    ("link_base", "link", "absolute_link", "server_url"),
    [
        ("", "/v1/x", "http://host/v1/x", "/"),
        ("/pub", "/pub/v1/x", "http://host/pub/v1/x", "/pub"),
        ("https://p.example/a", "https://p.example/a/v1/x", "https://p.example/a/v1/x", "https://p.example/a"),
    ],
)
def test_a_link_begins_with_the_public_address(link_base: str, link: str, absolute_link: str, server_url: str) -> None:
    address = PublicAddress(link_base, "http://host")
    assert (address.link("/v1/x"), address.absolute_link("/v1/x")) == (link, absolute_link)
    assert (address.server_url, address.is_configured) == (server_url, "://" in link_base)


def test_in_json_just_the_strings_that_are_paths_become_links() -> None:
    content = {"svg": "/v1/x.svg", "path": ["/v1/y"], "text": "GET /v1/x lists them", "other": "/goals/0", "n": None}
    linked = json.loads(link_json_paths(json.dumps(content).encode(), "/pub"))
    assert linked == {**content, "svg": "/pub/v1/x.svg", "path": ["/pub/v1/y"]}


def test_a_quoted_path_inside_a_text_leaves_the_json_valid() -> None:
    linked = json.loads(link_json_paths(json.dumps({"text": 'see "/v1/x"'}).encode(), "https://p.example"))
    assert linked == {"text": 'see "https://p.example/v1/x"'}


def test_in_headers_the_path_becomes_a_link_and_a_query_stays() -> None:
    assert link_header("/v1/x?a=/v1/", "/pub") == "/pub/v1/x?a=/v1/"
    assert link_header('</v1/x?cursor=b>; rel="next"', "https://p.example") == (
        '<https://p.example/v1/x?cursor=b>; rel="next"'
    )


@pytest.mark.parametrize(
    ("path", "page", "expected"),
    [
        ("/v1/exercises", "/gallery", "v1/exercises"),
        ("/docs", "/", "docs"),
        ("/routines", "/routines/desk-reset", "../routines"),
        ("/", "/routines/desk-reset", "../"),
        ("/", "/gallery", "./"),
        ("/v1/exercises/open-book", "/v1/routines/desk", "../exercises/open-book"),
    ],
)
def test_a_relative_link_leads_from_the_page_to_the_path(path: str, page: str, expected: str) -> None:
    assert relative_link(path, page) == expected
