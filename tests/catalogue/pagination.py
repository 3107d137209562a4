"""Going through a list page by page, as a client would."""

from typing import Any
from urllib.parse import urlencode

from tests.app_client import Client

Query = list[tuple[str, str]]


def walk(client: Client, path: str, query: Query, limit: int = 100) -> tuple[list[dict[str, Any]], set[int]]:
    """The items of all pages, and every `total` that was said."""
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


def slugs(client: Client, path: str, query: Query, limit: int = 100) -> list[str]:
    """The slugs of all pages; the total is right on each."""
    items, totals = walk(client, path, [*query, ("fields", "slug")], limit)
    found = [one["slug"] for one in items]
    assert totals == {len(found)}
    return found
