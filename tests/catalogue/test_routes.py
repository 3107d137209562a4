"""The list of exercises over HTTP, read to its end."""

from tests.app_client import Client


def test_every_exercise_is_listed_once_by_cursor(client: Client) -> None:
    slugs: list[str] = []
    path = "/v1/partial/exercises?limit=7&fields=slug"
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        slugs += [item["slug"] for item in answer.json()["items"]]
        next_cursor = answer.json()["next_cursor"]
        path = f"/v1/partial/exercises?limit=7&fields=slug&cursor={next_cursor}" if next_cursor else ""
    assert len(slugs) == len(set(slugs)) == answer.json()["total"]
