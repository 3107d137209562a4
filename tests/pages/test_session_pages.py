"""The page of a routine: whole, escaped, within its policy, right under any address, shared with a picture."""

import re
from typing import Any
from urllib.parse import urljoin

from app.kit.links import PublicAddress
from app.kit.settings import Settings
from app.pages.exercise_parts import describe_equipment
from app.pages.session_pages import render_routine_page
from app.rules.equipment import EquipmentGroup
from app.rules.vocabulary import Equipment
from app.schemas.routine import Routine
from tests.app_client import Client
from tests.kit.test_edge import assert_problem
from tests.pages.reader import PageReader

PATH = "/v1/routines/desk-break-3-min-chair.html"


def test_the_page_holds_all_that_one_needs_to_do_the_routine(client: Client) -> None:
    answer = client.get(PATH)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    text = PageReader(answer.text).sentences()
    routine = client.get(PATH.removesuffix(".html")).json()
    session = routine["session"]
    needed = [routine["name"], routine["summary"], routine["when_to_use"], session["disclaimer"]["text"]]
    needed += session["stop_rules"] + [event["say"][0]["text"] for event in session["timeline"]]
    for exercise in session["exercises"].values():
        needed += [exercise["name"], *exercise["steps"], exercise["breathing"]]
    assert [sentence for sentence in needed if sentence not in text] == []
    assert "3 minutes in all" in text
    assert "You need: chair" in text
    assert "Leave it out with: osteoporosis" in text
    for rule in (rule for exercise in session["exercises"].values() for rule in exercise["contraindications"]):
        # Each advice is told, and for whom.
        assert rule["verdict"] == "avoid" or rule["advice"] in text


def test_a_piece_that_is_needed_anyway_is_named_once() -> None:
    groups: list[tuple[Equipment, ...]] = [("chair", "bench"), ("chair",), ("mat",), ("chair",)]
    assert describe_equipment(EquipmentGroup(any_of=pieces) for pieces in groups) == "chair and mat"


def test_it_loads_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get(PATH)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; img-src 'self' blob:; style-src 'self'; script-src 'self';")
    reader = PageReader(answer.text)
    assert all((attrs.get("src") or "../").startswith("../") for tag, attrs in reader.tags if tag == "script")
    assert not any(tag in ("style", "iframe") for tag, _ in reader.tags)
    assert not any(name == "style" or name.startswith("on") for _, attrs in reader.tags for name in attrs)


def test_it_leads_to_other_formats_and_its_form_to_an_appointment(client: Client) -> None:
    for path in ("/routines/desk-break-1-min", "/sessions/example"):
        tags = PageReader(client.get(path).text).tags
        linked = {attrs["href"] or "" for tag, attrs in tags if tag == "a" and "/export?" in (attrs["href"] or "")}
        assert {link.rpartition("=")[2] for link in linked} == {"html", "pdf", "vtt", "csv", "fit", "fhir"}
        assert {urljoin(path, link.partition("?")[0]) for link in linked} == {f"/v1{path}/export"}
        (form,) = (attrs for tag, attrs in tags if tag == "form")
        names = {attrs["name"]: attrs.get("value") for tag, attrs in tags if tag == "input" and attrs.get("name")}
        # As browsers send what one picks in a field for a day and a time.
        query = {name: value or "2026-12-01T09:30" for name, value in names.items()}
        answer = client.get(urljoin(path, form["action"]), params=query)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")


def test_every_picture_has_words_a_size_and_dark_colours(client: Client) -> None:
    tags = PageReader(client.get(PATH).text).tags
    images = [attrs for tag, attrs in tags if tag == "img" and attrs["alt"]]
    assert len(images) == 3
    for image in images:
        assert len(image["alt"] or "") > 40
        assert (image["width"], image["height"]) == ("400", "300")
    dark = [attrs["srcset"] for tag, attrs in tags if tag == "source"]
    assert dark == [(image["src"] or "").replace("light", "dark") for image in images]


def test_its_links_lead_somewhere_also_under_a_prefix(client: Client) -> None:
    for link in PageReader(client.get(PATH).text).links():
        if "creativecommons" not in link and not link.startswith("http://testserver"):
            assert not link.startswith("/")
            assert client.get(urljoin(PATH, link)).status_code == 200, link


def test_other_sites_show_it_with_a_picture(client: Client, settings: Settings, start_client: Any) -> None:
    assert "private" in client.get(PATH).headers["cache-control"]
    public = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"})).get(PATH)
    assert "public" in public.headers["cache-control"]
    metadata = PageReader(public.text).metadata()
    assert metadata["og:title"] == "Three-minute break in the chair"
    assert metadata["og:url"] == "https://thoracic.example/api/routines/desk-break-3-min-chair"
    image = (metadata["og:image"] or "").removeprefix("https://thoracic.example/api")
    assert re.fullmatch(r"/v1/exercises/[a-z-]+/figure\.png\?width=1024", image)
    assert client.get(image).headers["content-type"] == metadata["og:image:type"]


def test_texts_are_escaped(client: Client) -> None:
    record = client.get(PATH.removesuffix(".html")).json()
    routine = Routine.model_validate(record | {"name": '<b>Tom & "Jerry"</b>'})
    page = render_routine_page(routine, PATH, PublicAddress("https://example.org"))
    assert "<b>" not in page
    assert PageReader(page).metadata()["og:title"] == routine.name


def test_every_desk_break_has_a_page(client: Client) -> None:
    routines = client.get("/v1/routines?suits=desk_break&limit=100").json()["items"]
    assert len(routines) >= 16
    for routine in routines:
        assert client.get(f"/v1/routines/{routine['slug']}.html").status_code == 200


def test_an_unknown_routine_is_a_404_and_a_parameter_a_422(client: Client) -> None:
    assert_problem(client.get("/v1/routines/no-such-break.html"), 404)
    assert_problem(client.get(f"{PATH}?theme=dark"), 422)
