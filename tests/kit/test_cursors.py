"""Cursors: opaque, tied to their filters, and whatever else is sent in their place a plain 422."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.cursors import Cursor, decode_cursor, encode_cursor, filters_digest
from app.kit.errors import InvalidRequest

DIGEST = filters_digest({"kind": "exercise", "goal": ["rotation"]})
keys = st.text(max_size=80)
cursors = st.builds(Cursor, st.integers(0, 10**12), keys, st.integers(0, 10**6))


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


@given(cursors)
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert decode_cursor(encode_cursor(cursor, DIGEST), DIGEST) == cursor


@given(cursors)
def test_a_cursor_of_other_filters_is_refused(cursor: Cursor) -> None:
    with pytest.raises(InvalidRequest, match="other filters"):
        decode_cursor(encode_cursor(cursor, filters_digest({"kind": "exercise"})), DIGEST)


@given(
    st.text(max_size=200)
    | st.text("abcABC012-_=+/", max_size=60)
    | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decode_cursor(text, DIGEST)
    assert [fault["name"] for fault in refused.value.errors] == ["cursor"]


@given(cursors, st.data())
def test_a_cursor_with_a_letter_changed_is_refused_or_names_another_place(cursor: Cursor, data: st.DataObject) -> None:
    """Only what is written by us is read: no second spelling of the same cursor."""
    text = encode_cursor(cursor, DIGEST)
    position = data.draw(st.integers(0, len(text)))
    letter = data.draw(st.sampled_from("!=. \n%é"))
    with pytest.raises(InvalidRequest):
        decode_cursor(text[:position] + letter + text[position:], DIGEST)


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "abcd",
        [],
        {},
        [1, "a", 0],
        [1, "a", 0, DIGEST, 1],
        [1.0, "a", 0, DIGEST],
        ["1", "a", 0, DIGEST],
        [True, "a", 0, DIGEST],
        [1, "a", None, DIGEST],
        [1, ["a"], 0, DIGEST],
        [1, 5, 0, DIGEST],
        {"a": 1, "b": 2, "c": 3, "d": 4},
        [[[[[[]]]]]],
    ],
)
def test_json_that_is_no_cursor_is_refused(value: object) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(packed(value), DIGEST)


@pytest.mark.parametrize("raw", [b"[" * 700, b"9" * 5000, b'{"a":' * 100, b"NaN", b"\xff\xfe", b"[1,"])
def test_bytes_that_are_no_cursor_are_refused(raw: bytes) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(base64.urlsafe_b64encode(raw).decode(), DIGEST)


def test_a_digest_does_not_depend_on_order_but_on_names_and_values() -> None:
    digest = filters_digest({"goal": ["rotation"], "q": "desk"})
    assert digest == filters_digest({"q": "desk", "goal": ["rotation"]})
    assert (
        len({digest, filters_digest({"goal": ["rotation"]}), filters_digest({"suits": ["rotation"], "q": "desk"})}) == 3
    )
