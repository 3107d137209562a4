"""The pages of the site: records whole, known to search engines, errors as pages, sessions kept by nobody."""

import re
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from app.kit.settings import Settings
from tests.app_client import Client
from tests.kit.test_edge import assert_problem
from tests.pages.reader import PageReader

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
EXERCISE = "/exercises/open-book"
ROUTINE = "/routines/desk-break-3-min-chair"
PAGES = [EXERCISE, "/routines", ROUTINE, "/sessions/example"]


def test_the_page_of_an_exercise_holds_the_record(client: Client) -> None:
    answer = client.get(EXERCISE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    record = client.get(f"/v1{EXERCISE}").json()
    text = PageReader(answer.text).sentences()
    needed = [record["name"], record["summary"], record["breathing"], record["disclaimer"]["text"], *record["steps"]]
    needed += [*record["stop_rules"], *(cue["text"] for cue in record["cues"])]
    needed += [part for mistake in record["mistakes"] for part in mistake.values()]
    needed += [rule["advice"] for rule in record["contraindications"] if rule["verdict"] == "caution"]
    needed += [source["supports"] for source in record["evidence"]]
    for slug in record["easier"] + record["harder"]:
        needed.append(client.get(f"/v1/exercises/{slug}").json()["name"])
    assert [sentence for sentence in needed if sentence not in text] == []
    assert "phase=animated" in answer.text
    assert answer.text.count("&amp;muscles=true") == 2  # light and dark, shown on demand without a script
    assert "<summary>Show the muscles</summary>" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_links_of_a_page_lead_somewhere_under_any_prefix(client: Client, path: str) -> None:
    reader = PageReader(client.get(path).text)
    links = {link for link in reader.links() if "://" not in link}
    assert len(links) > 8
    for link in links:
        assert not link.startswith("/")
        target = urljoin(path, link).partition("#")[0]
        if "/figure." not in target:  # each is drawn anew here, and the tests of the figures ask for all
            assert client.get(target).status_code == 200, link


def test_programs_read_what_a_page_holds(settings: Settings, start_client: Any) -> None:
    client = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"}))
    for path in (EXERCISE, ROUTINE):
        reader = PageReader(client.get(path).text)
        url = f"https://thoracic.example/api{path}"
        assert reader.find("link", rel="canonical") == {"rel": "canonical", "href": url}
        assert reader.metadata()["og:url"] == url
        graph = {node["@type"]: node for node in reader.blocks["application/ld+json"]["@graph"]}
        assert set(graph) == {"ExercisePlan", "HowTo", "ImageObject", "BreadcrumbList"}
        assert graph["HowTo"]["url"] == graph["ExercisePlan"]["url"] == url
        image = graph["ImageObject"]
        assert graph["HowTo"]["image"]["@id"] == image["@id"]
        assert image["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert image["contentUrl"] == reader.metadata()["og:image"]
    record = client.get("/v1/exercises/open-book").json()
    graph = {n["@type"]: n for n in PageReader(client.get(EXERCISE).text).blocks["application/ld+json"]["@graph"]}
    assert [step["text"] for step in graph["HowTo"]["step"]] == record["steps"]
    assert graph["ExercisePlan"]["activityDuration"] == f"PT{record['est_duration_s']}S"

    listed = [each.text for each in ElementTree.fromstring(client.get("/sitemap.xml").text).iter() if "loc" in each.tag]
    slugs = [(kind, slug) for kind in ("exercises", "routines") for slug in _list_slugs(client, kind)]
    assert {f"https://thoracic.example/api/{kind}/{slug}" for kind, slug in slugs} <= set(listed)
    assert "Sitemap: https://thoracic.example/api/sitemap.xml" in client.get("/robots.txt").text
    assert client.get("/sitemap.xml").headers["cache-control"].startswith("public")


def _list_slugs(client: Client, kind: str) -> list[str]:
    items = client.get(f"/v1/partial/{kind}?fields=slug&limit=100").json()["items"]
    return [item["slug"] for item in items]


def test_a_session_is_kept_by_no_search_engine(client: Client) -> None:
    answer = client.get("/sessions/example")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["cache-control"].startswith("private")
    assert PageReader(answer.text).find("link", rel="canonical") is None
    session = client.get("/v1/sessions/example").json()
    text = PageReader(answer.text).sentences()
    needed = [session["title"], *session["stop_rules"], *(event["say"][0]["text"] for event in session["timeline"])]
    assert [sentence for sentence in needed if sentence not in text] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/exercises/no-such-one", 404), ("/routines/nothing", 404), ("/sessions/none", 404), ("/a/b/c", 404),
     ("/exercises/UPPER", 422), ("/pages/nothing.js", 404)],
)  # fmt: skip
def test_a_browser_gets_an_error_as_a_page_and_a_program_as_a_problem(client: Client, path: str, status: int) -> None:
    page = client.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert (page.headers["cache-control"], page.headers["vary"].split(", ")[0]) == ("no-store", "Accept")
    reader = PageReader(page.text)
    assert reader.metadata()["robots"] == "noindex"
    for link in (link for link in reader.links() if "://" not in link):
        assert client.get(urljoin(path, link).partition("#")[0], headers=BROWSER).status_code in (200, 307, status), (
            link
        )
    assert_problem(client.get(path), status)


def test_scripts_and_styles_are_kept_for_good_under_their_version(client: Client) -> None:
    """Servers of two versions may answer for one page: then a browser gets what there is, and does not keep it."""
    link = PageReader(client.get(ROUTINE).text).find("link", rel="stylesheet")
    assert link
    path = urljoin(ROUTINE, link["href"] or "")
    current, other = client.get(path), client.get(re.sub("[0-9a-f]{16}", "0" * 16, path))
    assert current.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert other.headers["cache-control"] == "no-store"
    assert current.content == other.content == client.get("/pages/style.css").content
    worker = client.get("/service-worker.js")
    assert (worker.headers["cache-control"], worker.headers["content-type"].split(";")[0]) == (
        "no-cache",
        "text/javascript",
    )


def test_the_api_answers_json_to_a_browser(client: Client) -> None:
    assert client.get("/v1/exercises/open-book", headers=BROWSER).headers["content-type"] == "application/json"
    assert_problem(client.get("/v1/exercises/no-such-one", headers=BROWSER), 404)
    assert_problem(client.get("/v1/nothing", headers=BROWSER), 404)


def test_parameters_of_others_do_not_matter(client: Client) -> None:
    assert client.get(f"{EXERCISE}?utm_source=mail&utm_source=letter").status_code == 200
