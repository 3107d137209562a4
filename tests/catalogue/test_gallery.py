"""The gallery: every exercise once, filtered by goal, in a theme, with links that work."""

import re

from app.figures import assets
from tests.app_client import Client
from tests.catalogue.seed_files import read_records
from tests.kit.test_edge import assert_problem


def test_the_gallery_shows_every_exercise_once_and_lazily(client: Client) -> None:
    answer = client.get("/gallery")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script" not in answer.text
    assert "style=" not in answer.text
    images = re.findall(r"<img [^>]+>", answer.text)
    assert len(images) == len(assets.list_drawn_slugs())
    assert all('loading="lazy"' in image and 'width="400"' in image and 'height="300"' in image for image in images)
    sources = [re.search(r'src="v1/exercises/([\w-]+)/figure\.svg\?theme=auto"', image) for image in images]
    assert sorted(source[1] for source in sources if source) == list(assets.list_drawn_slugs())
    assert all(len(re.findall(r'alt="([^"]{40,})"', image)) == 1 for image in images)


def test_the_gallery_shows_one_goal_in_one_theme(client: Client) -> None:
    page = client.get("/gallery", params={"goal": "breathing", "theme": "dark"}).text
    shown_slugs = set(re.findall(r"v1/exercises/([\w-]+)/figure\.svg\?theme=dark\"", page))
    assert shown_slugs == {
        slug for slug, exercise in read_records("exercises").items() if "breathing" in exercise["goals"]
    }
    assert 0 < len(shown_slugs) < len(assets.list_drawn_slugs())
    assert_problem(client.get("/gallery?goal=nonsense"), 422)
    assert_problem(client.get("/gallery?colour=dark"), 422)


def test_links_of_the_gallery_lead_somewhere(client: Client) -> None:
    page = client.get("/gallery?goal=overhead").text.replace("&amp;", "&")
    links = set(re.findall(r'(?:href|src)="([^"#]+)"', page)) - {"https://creativecommons.org/licenses/by/4.0/"}
    assert len(links) > 10
    for link in links:
        assert client.get(f"/{link.removeprefix('/')}").status_code == 200, link
    anchors = re.findall(r'href="#([\w-]+)"', page)
    assert anchors
    assert all(f'<section id="{anchor}">' in page for anchor in anchors)
