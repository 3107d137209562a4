"""Lists read page by page, as a client does."""

from typing import Any
from urllib.parse import urlencode

from tests.app_client import Client

Query = list[tuple[str, str]]


def list_all_items(client: Client, path: str, query: Query, limit: int = 100) -> tuple[list[dict[str, Any]], set[int]]:
    """Return the items of all pages, and the distinct values of `total`."""
    items: list[dict[str, Any]] = []
    totals: set[int] = set()
    cursor: Query = []
    while True:
        answer = client.get(f"{path}?{urlencode([*query, ('limit', str(limit)), *cursor])}")
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) == limit or page["next_cursor"] is None
        items += page["items"]
        totals.add(page["total"])
        if page["next_cursor"] is None:
            return items, totals
        cursor = [("cursor", page["next_cursor"])]


def list_all_slugs(client: Client, path: str, query: Query, limit: int = 100) -> list[str]:
    """Return the slugs of all pages; asserts that `total` is right on each."""
    items, totals = list_all_items(client, path.replace("/v1/", "/v1/partial/"), [*query, ("fields", "slug")], limit)
    slugs = [item["slug"] for item in items]
    assert totals == {len(slugs)}
    return slugs
