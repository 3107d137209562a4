"""Exercises that were renamed or deleted since: followed, ignored, or named; never an error of the service."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.served_catalogue import ServedCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.settings import Settings
from app.schemas.session_request import SessionRequest
from app.sessions.errors import UnknownExerciseError
from app.sessions.problem.slug_resolver import SlugResolver
from tests.app_client import Client

PLAIN: dict[str, Any] = {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "extension"}], "level": 3}
RESOLVER = SlugResolver(
    {"open-book", "cat-cow"},
    {"book": "old-book", "old-book": "open-book", "cat": "cow", "cow": None, "dog": None, "a": "b", "b": "a"},
)


def change(client: Client, renamed: Mapping[str, str] | None = None, deleted: tuple[str, ...] = ()) -> None:
    """Serve the catalogue with exercises renamed and deleted, as it is after another seed."""
    renamed = renamed or {}
    before: Snapshot = client.app.state.catalogue.served.shared
    exercises = {
        renamed.get(slug, slug): exercise.model_copy(update={"slug": renamed.get(slug, slug)})
        for slug, exercise in before.exercises.records.items()
        if slug not in deleted
    }
    tombstones = {("exercise", slug): other for slug, other in {**dict.fromkeys(deleted), **renamed}.items()}
    stored = StoredCatalogue.empty()._replace(
        exercises=exercises,
        guidelines=before.guidelines.records,
        references=before.references.records,
        routines=before.routines.records,
    )
    client.app.state.catalogue.served = ServedCatalogue(Snapshot(before.serial, stored, tombstones), {})


@pytest.fixture
def changeable(start_client: Callable[[Settings], Client], settings: Settings) -> Client:
    """An application whose catalogue the test may change."""
    return start_client(settings)


def slugs(session: dict[str, Any]) -> list[str]:
    return [item["exercise"]["slug"] for phase in session["phases"] for item in phase["items"]]


def history(*names: str) -> list[dict[str, Any]]:
    return [{"days_ago": 2, "items": [{"slug": name, "effort": 3, "pain": 0} for name in names]}]


def variations(client: Client, session_id: str, **fields: Any) -> list[tuple[int, dict[str, Any]]]:
    """Status and body of every way to vary a session."""
    address = f"/v1/sessions/{session_id}"
    count = len(slugs(client.get(address).json()))
    answers = [
        client.post(f"{address}/swap", json={"position_in_session": position, "reason": reason, **fields})
        for position in range(1, count + 1)
        for reason in ("dislike", "pain", "too_hard", "no_equipment")
    ]
    answers.append(client.post(f"{address}/alternatives", json={"count": 2, **fields}))
    return [(answer.status_code, answer.json()) for answer in answers]


@pytest.mark.parametrize(
    ("slug", "current"),
    [("open-book", "open-book"), ("book", "open-book"), ("cat", None), ("dog", None), ("never", None), ("a", None)],
)
def test_a_chain_of_renames_is_followed_to_its_end(slug: str, current: str | None) -> None:
    assert RESOLVER.current_slug(slug) == current


def test_what_was_renamed_twice_into_one_stands_once() -> None:
    request = SessionRequest.model_validate({**PLAIN, "include": ["book", "open-book"], "exclude": ["cat", "cat-cow"]})
    resolved = RESOLVER.resolve_request(request)
    assert (resolved.include, resolved.exclude) == (("open-book",), ("cat-cow",))


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("dog", "The exercise 'dog' was deleted."),
        ("cat", "The exercise 'cat' became 'cow', which was deleted. Did you mean cat-cow?"),
        ("opn-book", "There is no exercise 'opn-book'. Did you mean open-book?"),
    ],
)
def test_what_became_of_an_exercise_that_is_asked_for_is_said(slug: str, text: str) -> None:
    request = SessionRequest.model_validate({**PLAIN, "include": ["cat-cow", slug]})
    with pytest.raises(UnknownExerciseError) as caught:
        RESOLVER.resolve_request(request)
    assert str(caught.value) == text
    assert caught.value.pointer == "/include/1"


@pytest.mark.parametrize("operation", ["swap", "alternatives"])
@pytest.mark.parametrize("session_id", ["example", "routine-desk-break-5-min-chair"])
def test_a_slug_that_never_was_is_refused_where_it_stands(client: Client, operation: str, session_id: str) -> None:
    body = {"history": history("open-book", "nope")}
    if operation == "swap":
        body |= {"position_in_session": 1, "reason": "dislike"}  # type: ignore[dict-item]
    answer = client.post(f"/v1/sessions/{session_id}/{operation}", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/history/0/items/1/slug"
    assert "There is no exercise 'nope'" in answer.json()["detail"]


def test_a_request_may_name_exercises_as_they_were_called_once(changeable: Client) -> None:
    change(changeable, renamed={"open-book": "book-opening"}, deleted=("cat-cow",))
    for fields in (
        {"history": history("open-book", "cat-cow")},
        {"history": history("cat-cow")},
        {"exclude": ["open-book", "cat-cow"]},
        {"include": ["open-book"]},
    ):
        response = changeable.post("/v1/sessions", json={**PLAIN, **fields})
        assert response.status_code == 201, response.text
        assert "cat-cow" not in response.json()["exercises"]
        if "include" in fields or "exclude" in fields:
            assert ("book-opening" in response.json()["exercises"]) == ("include" in fields)
    histories = [{"history": history(slug)} for slug in ("open-book", "book-opening")]
    answers = [changeable.post("/v1/sessions", json={**PLAIN, **fields}) for fields in histories]
    assert answers[0].content == answers[1].content


def test_a_deleted_exercise_cannot_be_asked_for(changeable: Client) -> None:
    change(changeable, deleted=("cat-cow",))
    answer = changeable.post("/v1/sessions", json={**PLAIN, "include": ["open-book", "cat-cow"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/include/1"
    assert "'cat-cow' was deleted" in answer.json()["detail"]


def test_a_session_is_varied_after_what_it_holds_was_renamed(changeable: Client) -> None:
    fields_sent = {**PLAIN, "include": ["open-book"], "exclude": ["thread-the-needle"]}
    built = changeable.post("/v1/sessions", json=fields_sent).json()
    slugs_before = slugs(built)
    change(changeable, renamed={slug: f"{slug}-renamed" for slug in (*slugs_before, "thread-the-needle")})
    assert slugs(changeable.get(f"/v1/sessions/{built['id']}").json()) == slugs_before
    for status, body in variations(changeable, built["id"]):
        assert status in (201, 422), body
        for session in body.get("items", [body]) if status == 201 else ():
            assert {"thread-the-needle", "thread-the-needle-renamed"}.isdisjoint(slugs(session))
    old_slug = f"{slugs_before[0]}-renamed"
    body = {"position_in_session": 1, "reason": "dislike"}
    swapped = changeable.post(f"/v1/sessions/{built['id']}/swap", json=body).json()
    assert old_slug not in slugs(swapped)
    assert {f"{slug}-renamed" for slug in slugs_before} - set(slugs(swapped)) == {old_slug}


def test_what_was_exchanged_stays_away_when_it_is_renamed(changeable: Client) -> None:
    built = changeable.post("/v1/sessions", json=PLAIN).json()
    old_slug = slugs(built)[0]
    body = {"position_in_session": 1, "reason": "dislike"}
    swapped = changeable.post(f"/v1/sessions/{built['id']}/swap", json=body).json()
    change(changeable, renamed={old_slug: "another-name"})
    for status, response_body in variations(changeable, swapped["id"]):
        assert status in (201, 422), response_body
        for session in response_body.get("items", [response_body]) if status == 201 else ():
            assert "another-name" not in slugs(session)


def test_a_session_is_varied_after_what_it_holds_was_deleted(changeable: Client) -> None:
    built = changeable.post("/v1/sessions", json=PLAIN).json()
    slugs_before = slugs(built)
    change(changeable, deleted=(slugs_before[0], slugs_before[-1]))
    assert slugs(changeable.get(f"/v1/sessions/{built['id']}").json()) == slugs_before
    answers = variations(changeable, built["id"])
    assert {status for status, _ in answers} <= {201, 422}
    assert answers[0][0] == answers[-1][0] == 201
    assert {slugs_before[0], slugs_before[-1]}.isdisjoint(slugs(answers[0][1]))


def test_a_session_that_asks_for_a_deleted_exercise_says_so_until_it_is_exchanged(changeable: Client) -> None:
    built = changeable.post("/v1/sessions", json={**PLAIN, "include": ["open-book"]}).json()
    position = 1 + slugs(built).index("open-book")
    change(changeable, deleted=("open-book",))
    address = f"/v1/sessions/{built['id']}"
    elsewhere = {"position_in_session": 1 if position > 1 else 2, "reason": "dislike"}
    for operation, body in (("swap", elsewhere), ("alternatives", {"count": 1})):
        refused = changeable.post(f"{address}/{operation}", json=body)
        assert refused.status_code == 422
        assert "'open-book' was deleted" in refused.json()["detail"]
    swapped = changeable.post(f"{address}/swap", json={"position_in_session": position, "reason": "dislike"})
    assert swapped.status_code == 201, swapped.text
    assert changeable.post(f"/v1/sessions/{swapped.json()['id']}/alternatives", json={"count": 1}).status_code == 201


def test_the_history_of_a_variation_may_hold_what_was_renamed_or_deleted(changeable: Client) -> None:
    built = changeable.post("/v1/sessions", json={**PLAIN, "history": history("open-book", "cat-cow")}).json()
    change(changeable, renamed={"open-book": "book-opening"}, deleted=("cat-cow",))
    personal_fields = {"conditions": [], "history": history("open-book", "cat-cow")}
    answers = variations(changeable, built["id"], **personal_fields)
    assert {status for status, _ in answers} <= {201, 422}
    assert answers[-1][0] == 201
