"""A name given twice in a body is refused: of two answers none is silently the right one."""

import pytest

from app.kit.duplicate_keys import first_duplicate_key
from tests.app_client import Client
from tests.kit.test_edge import JSON, assert_problem


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'{"a": 1, "b": 2}', None),
        (b'{"a": 1, "a": 1}', "a"),
        (b'[{"a": 1}, {"a": 2}]', None),
        (b'{"a": {"b": 1, "c": 2, "b": 3}}', "b"),
        (b'{"a": 1, "\\u0061": 2}', "a"),
        (b"", None),
        (b'{"a": 1, "a"', None),
        (b"\xff", None),
        (b"[" * 100_000, None),
    ],
    ids=str,
)
def test_a_repeated_name_is_found_in_any_object(body: bytes, name: str | None) -> None:
    assert first_duplicate_key(body) == name


def test_two_answers_to_one_question_are_refused(client: Client) -> None:
    body = b'{"answers": {"chest_pain": true, "chest_pain": false}}'
    problem = assert_problem(client.post("/v1/screening", content=body, headers=JSON), 422)
    assert problem["detail"] == "The name 'chest_pain' is given more than once in one object of the body."
    once = b'{"answers": {"chest_pain": true}}'
    assert client.post("/v1/screening", content=once, headers=JSON).json()["outcome"] == "stop"
