"""An address that names the hash of its picture may be kept for good; any other hash shows the same picture."""

import pytest

from app.catalogue import figure_responses
from app.figures.figure_hash import hash_figure
from app.rules.muscles import ExerciseMuscles
from tests.app_client import Client

FORMATS = ["svg?phase=end", "svg?phase=animated&side=right", "png?width=64", "webp?width=64", "gif?width=64", "json?"]
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400, stale-while-revalidate=604800"


@pytest.mark.parametrize("address", FORMATS)
def test_with_its_hash_a_picture_is_kept_for_good(client: Client, address: str) -> None:
    figure = client.get("/v1/exercises/open-book").json()["figure"]
    path = f"/v1/exercises/open-book/figure.{address}"
    right, wrong, without = (client.get(path + version) for version in (f"&v={figure['hash']}", "&v=0123abcd", ""))
    assert [answer.headers["cache-control"] for answer in (right, wrong, without)] == [FOR_GOOD, FOR_A_DAY, FOR_A_DAY]
    assert right.content == wrong.content == without.content
    known = {"If-None-Match": right.headers["etag"]}
    assert client.get(f"{path}&v={figure['hash']}", headers=known).headers["cache-control"] == FOR_GOOD


def test_every_record_names_the_hash_of_its_pictures(client: Client) -> None:
    records = client.get("/v1/exercises?limit=100").json()["items"]
    for record in records:
        tempo = figure_responses.find_tempo(client.app.state.catalogue.served.shared, record["slug"])
        muscles = figure_responses.to_shown_muscles(ExerciseMuscles.model_validate(record["muscles"]))
        assert record["figure"]["hash"] == hash_figure(record["slug"], tempo, muscles)
    bundled = client.get("/v1/catalogue").json()["exercises"]
    assert [record["figure"]["hash"] for record in bundled] == [record["figure"]["hash"] for record in records]


def test_a_server_that_draws_something_else_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an update, before the catalogue is seeded."""
    figure = client.get("/v1/exercises/cat-cow").json()["figure"]
    monkeypatch.setattr(figure_responses, "hash_figure", lambda *_: "fedcba987654")
    answer = client.get(f"/v1/exercises/cat-cow/figure.svg?phase=end&v={figure['hash']}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, FOR_A_DAY)


@pytest.mark.parametrize("version", ["", "not-a-hash", "A0"])
def test_what_is_no_hash_is_refused(client: Client, version: str) -> None:
    answer = client.get(f"/v1/exercises/open-book/figure.svg?v={version}")
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (422, "v")
