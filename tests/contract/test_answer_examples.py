"""Every successful answer has an example: what the service answers, shortened."""

import json
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, Registry

from app.contract.answer_examples import DocumentedAnswer, list_documented_answers, shorten_answer
from app.contract.application_call import call_application
from app.contract.shortening import AnswerShortener
from app.contract.text_examples import shorten_text
from tests.app_client import Client
from tests.contract.conftest import DOCUMENT
from tests.contract.document import list_operations

ANSWERS = list(list_documented_answers(DOCUMENT))
SHORTENER = AnswerShortener(DOCUMENT["components"]["schemas"])
REGISTRY = Registry([("urn:document", DOCUMENT)])
RESPONSES = {operation.id: operation.spec["responses"] for operation in list_operations(DOCUMENT)}
MAX_DOCUMENT_BYTES = 700_000


GROWING_LISTS = {"get_partner/use"}
"""Lists that the requests of other tests make longer."""


def find_content(answer: DocumentedAnswer) -> Any:
    """Return what the document says of an answer: schema, and example or link."""
    return RESPONSES[answer.operation_id][answer.status]["content"][answer.media_type]


def assert_same_shape(example: Any, answer: Any, place: str) -> None:
    """Assert that two values have the same fields and as many entries; texts, numbers and null may differ."""
    if isinstance(example, dict) and isinstance(answer, dict):
        assert example.keys() == answer.keys(), place
        for name, value in example.items():
            assert_same_shape(value, answer[name], f"{place}/{name}")
    elif isinstance(example, list) and isinstance(answer, list):
        assert len(example) == len(answer) or place in GROWING_LISTS, place
        for index, value in enumerate(example):
            assert_same_shape(value, answer[index], f"{place}/{index}")
    elif example is not None and answer is not None:
        assert type(example) is type(answer), place


EXAMPLES = [answer for answer in ANSWERS if "example" in find_content(answer)]
LINKS = [answer for answer in ANSWERS if "x-linked-example" in find_content(answer)]


def test_every_successful_answer_has_an_example_or_a_link_to_one() -> None:
    assert [answer for answer in ANSWERS if answer not in EXAMPLES and answer not in LINKS] == []
    assert len(EXAMPLES) > 45
    assert len(json.dumps(DOCUMENT, separators=(",", ":"))) < MAX_DOCUMENT_BYTES


@pytest.mark.parametrize("documented", EXAMPLES, ids=lambda answer: f"{answer.operation_id}-{answer.media_type}")
def test_an_example_is_what_the_service_answers(client: Client, documented: DocumentedAnswer) -> None:
    answer = client.runner.run(call_application(client.app, documented.request))
    assert answer.media_type == documented.media_type
    assert 200 <= answer.status < 300
    example, content = find_content(documented)["example"], shorten_answer(answer, documented.schema, SHORTENER)
    assert_same_shape(example, content, documented.operation_id)
    if "$ref" in documented.schema:
        schema = {"$ref": f"urn:document{documented.schema['$ref']}"}
        Draft202012Validator(schema, registry=REGISTRY).validate(example)


def test_a_link_is_the_address_of_the_first_click() -> None:
    """`test_examples.py` asks for these addresses."""
    addresses = {operation.id: operation.example_address() for operation in list_operations(DOCUMENT)}
    assert {answer.media_type for answer in LINKS} >= {"image/png", "application/zip", "text/html"}
    for answer in LINKS:
        path, _, query = ("/" + find_content(answer)["x-linked-example"]).partition("?")
        assert path == addresses[answer.operation_id]
        assert query == answer.request.query


def test_a_shortened_answer_keeps_its_shape() -> None:
    shortener = AnswerShortener(
        {"Page": {"properties": {"items": {"items": {}}, "table": {"additionalProperties": {"type": "integer"}}}}}
    )
    page = {"items": [{"a": [{"b": 1}, {"b": 2}]}, {"a": []}, {"a": []}], "table": {"x": 1, "y": 2, "z": 3}}
    short = shortener.shorten(page, {"anyOf": [{"$ref": "#/components/schemas/Page"}, {"type": "null"}]})
    assert short == {"items": [{"a": [{"b": 1}]}, {"a": []}], "table": {"x": 1, "y": 2}}


@pytest.mark.parametrize(
    ("media_type", "text", "short"),
    [
        ("text/csv", 'a,b\r\n1,"x\ny"\r\n2,3\r\n4,5\r\n', 'a,b\r\n1,"x\ny"\r\n2,3\r\n'),
        ("application/x-ndjson", '{"a":1}\n{"a":2}\n', '{"a":1}\n'),
        (
            "text/calendar",
            "A\r\nEND:VEVENT\r\nB\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            "A\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ),
        ("text/vtt", "WEBVTT\n", "WEBVTT\n"),
    ],
)
def test_a_shortened_text_is_still_one_of_its_type(media_type: str, text: str, short: str) -> None:
    assert shorten_text(text, media_type) == short
