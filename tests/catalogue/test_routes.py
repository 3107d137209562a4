"""Reading the catalogue over HTTP, against the seed files by brute force."""

from tests.app_client import Client


def test_every_exercise_is_listed_once_by_cursor(client: Client) -> None:
    seen: list[str] = []
    path = "/v1/exercises?limit=7&fields=slug"
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        seen += [one["slug"] for one in answer.json()["items"]]
        following = answer.json()["next_cursor"]
        path = f"/v1/exercises?limit=7&fields=slug&cursor={following}" if following else ""
    assert len(seen) == len(set(seen)) == answer.json()["total"]
