"""With `exercise_records=false` a session is the same, but for its exercise records; so is the session of a routine."""

from typing import Any

import pytest

from tests.app_client import Client

REQUEST = {"duration_s": 300, "goals": [{"goal": "rotation"}], "conditions": ["wrist_pain"]}
ROUTINE = "desk-break-5-min-chair"
SHORT = "exercise_records=false"


def emptied(session: dict[str, Any]) -> dict[str, Any]:
    """The session as it should be without its records, of which there were some."""
    assert session["exercises"]
    return {**session, "exercises": {}}


def test_a_built_session_can_do_without_records(client: Client) -> None:
    whole = client.post("/v1/sessions", json=REQUEST)
    short = client.post(f"/v1/sessions?{SHORT}", json=REQUEST)
    assert short.json() == emptied(whole.json())
    assert short.headers["location"] == whole.headers["location"]
    assert len(short.content) < len(whole.content) / 2
    stored = client.get(whole.headers["location"])
    assert client.get(f"{whole.headers['location']}?{SHORT}").json() == emptied(stored.json())
    for action, body in (("swap", {"position_in_session": 1}), ("alternatives", {"count": 2})):
        address, sent = f"{whole.headers['location']}/{action}", {**body, "conditions": []}
        varied, shorter = (client.post(f"{address}{query}", json=sent).json() for query in ("", f"?{SHORT}"))
        pairs = zip(varied.get("items", [varied]), shorter.get("items", [shorter]), strict=True)
        assert all(short_one == emptied(one) for one, short_one in pairs)


@pytest.mark.parametrize("session_id", ["example", f"routine-{ROUTINE}"])
def test_a_standing_session_can_do_without_records(client: Client, session_id: str) -> None:
    address = f"/v1/sessions/{session_id}"
    assert client.get(f"{address}?{SHORT}").json() == emptied(client.get(address).json())


def test_routines_can_do_without_records(client: Client) -> None:
    whole, short = (client.get(f"/v1/routines/{ROUTINE}{query}") for query in ("", f"?{SHORT}"))
    assert short.json() == {**whole.json(), "session": emptied(whole.json()["session"])}
    assert short.headers["etag"] != whole.headers["etag"]
    pages = [client.get(f"/v1/routines?goal=rotation&limit=2{query}") for query in ("", f"&{SHORT}")]
    expected, listed = (page.json()["items"] for page in pages)
    assert listed == [{**routine, "session": emptied(routine["session"])} for routine in expected]
    assert pages[0].headers["etag"] != pages[1].headers["etag"]
    following = pages[1].headers["link"].split(">")[0].removeprefix("<")
    assert SHORT in following
    assert all(routine["session"]["exercises"] == {} for routine in client.get(following).json()["items"])


@pytest.mark.parametrize("query", ["exercise_records=", "exercise_records=2", "exercise_record=false"])
def test_a_wrong_value_or_name_is_told(client: Client, query: str) -> None:
    for answer in (
        client.get(f"/v1/sessions/example?{query}"),
        client.get(f"/v1/routines?{query}"),
        client.post(f"/v1/sessions?{query}", json=REQUEST),
    ):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["name"] == query.split("=", maxsplit=1)[0]
