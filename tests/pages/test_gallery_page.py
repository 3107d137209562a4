"""The gallery: every exercise once, the filters of the API combined in one address, links to the pages."""

import re

import pytest

from app.figures import assets
from app.figures.persons import PersonChoice
from tests.app_client import Client
from tests.pages.reader import PageReader


def read_slugs(page: str) -> list[str]:
    return re.findall(r'<li class="card" id="([\w-]+)">', page)


def test_the_gallery_shows_every_exercise_once_and_lazily(client: Client) -> None:
    reader = PageReader(page := client.get("/gallery").text)
    images = [attrs for tag, attrs in reader.tags if tag == "img" and "figure.svg" in (attrs["src"] or "")]
    assert sorted(read_slugs(page)) == list(assets.list_drawn_slugs())
    assert len(images) == len(assets.list_drawn_slugs())
    assert sum(image.get("loading") == "lazy" for image in images) == len(images) - 4
    assert all(len(image["alt"] or "") >= 40 and image["width"] == "400" for image in images)
    assert {f"exercises/{slug}" for slug in read_slugs(page)} <= reader.links()


def test_the_person_that_is_asked_for_is_on_every_card_that_they_show(client: Client) -> None:
    choices: tuple[PersonChoice, ...] = ("varied", "man", "wheelchair_user")
    for person in choices:
        page = client.get(f"/gallery?person={person}").text
        shown = re.findall(rf"/exercises/([\w-]+)/figure\.svg\?phase=both&amp;theme=light&amp;person={person}&", page)
        expected = assets.list_drawn_slugs("woman" if person == "varied" else person)
        assert sorted(shown) == list(expected), person
        assert f'<option value="{person}" selected>' in page
    assert "person=" not in "".join(re.findall("<img[^>]+>", client.get("/gallery").text))
    assert client.get("/gallery?person=nobody").status_code == 422


@pytest.mark.parametrize(
    ("shown", "listed"),
    [
        ("goal=breathing", "goal=breathing"),
        ("q=thorasic+rotaion", "q=thorasic+rotaion"),
        (
            "goal=rotation&position=seated&equipment=chair&level=1&utm_source=x",
            "goal=rotation&position=seated&available_equipment=chair&level_max=1",
        ),
        ("q=&goal=&position=&equipment=none&level=", "available_equipment=none"),
        ("goal=decompression&position=side_plank", "goal=decompression&position=side_plank"),
    ],
)
def test_it_shows_what_the_api_lists(client: Client, shown: str, listed: str) -> None:
    page = client.get(f"/gallery?{shown}")
    items = client.get(f"/v1/exercises?limit=100&{listed}").json()["items"]
    assert read_slugs(page.text) == [item["slug"] for item in items]
    assert "Show all" in page.text
    assert "Show all" not in client.get("/gallery?q=&goal=&level=").text
    assert client.get("/gallery?goal=nonsense").status_code == 422
