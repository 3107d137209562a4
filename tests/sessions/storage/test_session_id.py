"""The id of a stored session: made from the content and the secret, and from nothing else."""

from typing import Any

import pytest

from app.sessions.storage.session_id import ID_LENGTH, make_session_id

STORED: dict[str, Any] = {"content": {"title": "A session"}, "request": {"duration_s": 300}, "personal": False}


def test_the_same_content_has_the_same_id_whatever_the_order_of_its_fields() -> None:
    backwards = dict(reversed(STORED.items()))
    assert make_session_id(STORED, b"a secret of the tests") == make_session_id(backwards, b"a secret of the tests")


@pytest.mark.parametrize("changed", [{"personal": True}, {"request": {"duration_s": 301}}, {"content": {}}])
def test_other_content_or_another_secret_has_another_id(changed: dict[str, Any]) -> None:
    session_id = make_session_id(STORED, b"a secret of the tests")
    assert make_session_id({**STORED, **changed}, b"a secret of the tests") != session_id
    assert make_session_id(STORED, b"another secret") != session_id
    assert len(session_id) == ID_LENGTH
    assert session_id.isalnum()
    assert session_id == session_id.lower()
