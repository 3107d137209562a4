"""The start page: what can be chosen builds a session, and each sample sends the request of the sentence."""

import ast
import html
import json
import re
from typing import Any

import pytest

from app.pages.home_page import ChoiceList, first_request, list_choices
from app.pages.home_texts import HomeTexts
from app.texts.loader import load_texts
from tests.app_client import Client
from tests.pages.reader import PageReader

BROWSER = {"Accept": "text/html"}
CHOICES = {choice.name: choice for choice in list_choices(load_texts(HomeTexts))}
FIRST = first_request(list(CHOICES.values()))


def part_of(choice: ChoiceList, value: str) -> dict[str, Any]:
    return dict(next(option.part for option in choice.options if option.value == value))


def test_the_lists_of_the_page_are_those_of_the_sentence(client: Client) -> None:
    page = client.get("/", headers=BROWSER).text
    parts = [json.loads(html.unescape(part)) for part in re.findall(r'data-part="([^"]*)"', page)]
    assert parts == [option.part for choice in CHOICES.values() for option in choice.options]
    assert PageReader(page).find("link", rel="canonical") == {"rel": "canonical", "href": "http://testserver/"}


@pytest.mark.parametrize("place", [option.value for option in CHOICES["place"].options])
def test_what_can_be_chosen_at_a_place_builds_a_session(client: Client, place: str) -> None:
    """Each goal, and each condition, with the shortest time: less gives the builder less to choose from."""
    shortest = FIRST | {"duration_s": 180, "conditions": []} | part_of(CHOICES["place"], place)
    requests = [shortest | dict(option.part) for name in ("goal", "condition") for option in CHOICES[name].options]
    for request in requests:
        answer = client.post("/v1/sessions", json=request)
        problem = answer.json() if answer.status_code == 422 else {}
        # Not every wish can be met everywhere; then the answer must say what would be possible.
        assert answer.status_code == 201 or problem["suggestions"], request


def test_samples_send_the_request_of_the_sentence(client: Client) -> None:
    page = client.get("/", headers=BROWSER).text
    samples = [
        html.unescape(text) for text in re.findall(r"<code data-sample=\"[^\"]*\">(.*?)</code>", page, re.DOTALL)
    ]
    assert len(samples) == 5
    for sample in samples:
        assert "http://testserver/v1/sessions" in sample
        body = sample[sample.index('{\n  "duration_s"') :]
        assert json.loads(body[: body.index("\n}") + 2]) == FIRST
    python = next(sample for sample in samples if "import httpx" in sample)
    call = next(node for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Call) and node.keywords)
    assert ast.literal_eval(call.keywords[0].value) == FIRST
