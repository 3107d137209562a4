"""What is personal builds a session and is forgotten: nothing that is stored or answered tells what it was."""

import hashlib
import hmac
import itertools
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.kit.closed_lists import list_words
from app.kit.settings import Settings
from app.rules.vocabulary import AgeBand, BlockingCondition, Condition
from app.schemas.session_request import SessionRequest
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import NOT_IN_CONTENT, StoredSession, without_personal_fields
from app.sessions.storage.tables import SessionRow
from app.sessions.texts import SessionNoteTexts, load_texts
from tests.app_client import Client, start_clients

SECRET = "a secret of the tests"
CAUTIONS_NOT_KEPT = load_texts(SessionNoteTexts).cautions_not_kept
VICTIMS = 200
CONDITIONS = list_words(Condition)
STATED = tuple(condition for condition in list_words(Condition) if condition not in list_words(BlockingCondition))
AGES = (None, *list_words(AgeBand))
GUESSES = [{"conditions": [condition], "age_band": age} for condition in CONDITIONS for age in AGES]
CHEAP_GUESSES = 6
"""Guesses at each session that end before anything is built; together they cover all of `GUESSES` many times."""
COLUMNS = {"id", "catalogue_serial", "duration_s", "request", "content", "personal", "created_at", "expires_at"}


@pytest.fixture(scope="module")
def services(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Client]]:
    """The service, and one with the same catalogue and secret that was never told anything personal."""
    for start in start_clients():
        started = []
        for name in ("service", "twin"):
            folder = tmp_path_factory.mktemp(name)
            shutil.copy(seeded_database, folder / "thoracic.db")
            started.append(start(Settings(data_dir=folder, secret=SECRET)))
        yield started[0], started[1]


def victims() -> Iterator[dict[str, Any]]:
    """Requests with personal fields, without end."""
    rng = random.Random(3)
    goals = ["rotation", "extension", "strength", "posture", "breathing", "overhead"]
    for n in itertools.count():
        yield {
            "duration_s": rng.choice([120, 240, 300, 420]),
            "goals": [{"goal": goal} for goal in rng.sample(goals, 2)],
            "available_equipment": rng.sample(["chair", "wall", "resistance_band", "desk"], 2),
            "seed": n,
            "conditions": rng.sample(STATED, n % 3),
            "age_band": rng.choice(["18-39", "40-64", "65+"]),
        }


def personal(fields: dict[str, Any]) -> dict[str, Any]:
    return {"conditions": fields["conditions"], "age_band": fields["age_band"]}


def simulate(twin: Client, visible: dict[str, Any], plain: dict[str, Any]) -> str:
    """A row made from what anybody can see of a session, and from the fields of the request that are not personal."""
    notes = [note for note in visible["notes"] if note != CAUTIONS_NOT_KEPT]
    content = {**visible, "notes": notes}
    content = {name: value for name, value in content.items() if name not in NOT_IN_CONTENT}
    request = without_personal_fields(SessionRequest.model_validate(plain))
    store = store_of(twin)
    (session_id,) = store.save([StoredSession(content, request, CAUTIONS_NOT_KEPT in visible["notes"])])
    return session_id


def store_of(client: Client) -> SessionStore:

    return SessionStore(client.app.state.session_store.database, SECRET.encode(), 90)


def answer(client: Client, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Status, body and headers, with a request id of our own."""
    headers = {"X-Request-ID": "the-same-for-both"}
    response = client.get(path, headers=headers) if body is None else client.post(path, json=body, headers=headers)
    return response.status_code, response.content, sorted(response.headers.multi_items())


@pytest.mark.sweep
def test_no_answer_tells_whether_a_guess_is_right(services: tuple[Client, Client]) -> None:
    """All that a service answers about a session can be answered by one that knows only what the session shows."""
    service, twin = services
    guesses = itertools.cycle(GUESSES)
    statuses = set()
    answers = ((fields, service.post("/v1/sessions", json=fields)) for fields in victims())
    sessions = ((fields, built.json()["id"]) for fields, built in answers if built.status_code == 201)
    for n, (fields, session_id) in enumerate(itertools.islice(sessions, VICTIMS)):
        address = f"/v1/sessions/{session_id}"
        plain = {name: value for name, value in fields.items() if name not in personal(fields)}
        assert simulate(twin, service.get(address).json(), plain) == session_id
        right_guess = personal(fields)
        requests: list[tuple[str, dict[str, Any] | None]] = [(address, None)]
        cheap_guesses = (right_guess, {}, *itertools.islice(guesses, CHEAP_GUESSES))
        for guess in cheap_guesses:
            requests += [(f"{address}/swap", {"position_in_session": 40, "reason": "pain", **guess})]
        costly_guess = right_guess if n % 10 == 0 else GUESSES[n * 7 % len(GUESSES)] if n % 10 == 5 else None
        if costly_guess is not None:
            requests.append(("/v1/sessions", {**plain, **costly_guess}))
            requests.append((f"{address}/swap", {"position_in_session": 1, "reason": "dislike", **costly_guess}))
            requests.append((f"{address}/alternatives", {"count": 1, **costly_guess}))
        for path, body in requests:
            response = answer(service, path, body)
            assert response == answer(twin, path, body), (path, body)
            statuses.add(response[0])
    assert statuses == {200, 201, 422}


def test_a_guess_at_a_position_that_is_not_there_gets_one_answer_whatever_is_guessed(
    services: tuple[Client, Client],
) -> None:
    service, _ = services
    fields = {**next(victims()), "conditions": ["osteoporosis", "glaucoma_or_retinal"], "age_band": "65+"}
    address = f"/v1/sessions/{service.post('/v1/sessions', json=fields).json()['id']}/swap"
    requests = [{"position_in_session": 40, "reason": "pain", **guess} for guess in (*GUESSES, personal(fields))]
    assert len({answer(service, address, body)[:2] for body in requests}) == 1


def test_what_is_personal_makes_no_difference_to_what_is_stored(services: tuple[Client, Client]) -> None:
    """Of requests that differ in nothing but what is personal, those with the same session have the same row."""
    service, _ = services
    fields = {"duration_s": 180, "goals": [{"goal": "breathing"}], "positions": ["seated", "supine"]}
    rows: dict[str, list[str]] = {}
    for condition, age in itertools.product(STATED, ("18-39", "40-64")):
        for history in ([], [{"days_ago": 300, "items": [{"slug": "dead-hang", "pain": 9}]}]):
            body = {**fields, "conditions": [condition], "age_band": age, "history": history}
            session_id = service.post("/v1/sessions", json=body).json()["id"]
            rows.setdefault(session_id, []).append(row_of(service, session_id))
    assert max(map(len, rows.values())) > 10
    for same_session in rows.values():
        assert len(set(same_session)) == 1


def row_of(client: Client, session_id: str) -> str:
    with client.app.state.session_store.database.read_transaction() as transaction:
        table = sa.inspect(SessionRow).local_table
        row = transaction.execute(sa.select(table).where(table.c.id == session_id)).mappings().one()
    assert set(row) == COLUMNS
    return json.dumps({name: row[name] for name in COLUMNS - {"created_at", "expires_at"}}, sort_keys=True)


@pytest.mark.parametrize("name", ["available_equipment", "positions", "conditions", "include", "exclude"])
def test_the_order_of_what_is_a_set_does_not_matter(client: Client, name: str) -> None:
    values = {
        "available_equipment": ["chair", "wall", "desk"],
        "positions": ["standing", "seated", "quadruped"],
        "conditions": ["wrist_pain", "osteoporosis", "glaucoma_or_retinal"],
        "include": ["cat-cow", "open-book"],
        "exclude": ["thread-the-needle", "dead-hang", "childs-pose"],
    }[name]
    fields = {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "extension"}]}
    first, second = (client.post("/v1/sessions", json={**fields, name: order}) for order in (values, values[::-1]))
    assert first.status_code == 201, first.text
    assert first.content == second.content


def test_the_order_of_the_conditions_does_not_matter_to_a_swap(client: Client) -> None:
    conditions = ["wrist_pain", "osteoporosis"]
    fields = {**next(victims()), "conditions": conditions}
    address = f"/v1/sessions/{client.post('/v1/sessions', json=fields).json()['id']}/swap"
    orders = (conditions, conditions[::-1])
    bodies = [{"position_in_session": 1, "reason": "dislike", "conditions": order} for order in orders]
    first, second = (client.post(address, json=body) for body in bodies)
    assert first.status_code == 201
    assert first.content == second.content


@pytest.mark.parametrize(
    "personal_fields",
    [
        {"conditions": ["wrist_pain"]},
        {"age_band": "40-64"},
        {"history": [{"days_ago": 3, "items": [{"slug": "open-book", "pain": 1}]}]},
    ],
)
def test_that_something_personal_was_used_is_kept_and_said_and_nothing_more(
    client: Client, personal_fields: dict[str, Any]
) -> None:
    fields = {"duration_s": 600, "goals": [{"goal": "rotation"}]}
    plain, careful_session = (
        client.post("/v1/sessions", json={**fields, **more}).json() for more in ({}, personal_fields)
    )
    assert CAUTIONS_NOT_KEPT not in client.get(f"/v1/sessions/{plain['id']}").json()["notes"]
    assert CAUTIONS_NOT_KEPT not in careful_session["notes"]
    read_again = client.get(f"/v1/sessions/{careful_session['id']}").json()
    assert read_again["notes"][-1] == CAUTIONS_NOT_KEPT
    for condition in CONDITIONS:
        assert condition not in json.dumps({**read_again, "exercises": {}})


@pytest.mark.parametrize(
    ("operation", "body"), [("swap", {"position_in_session": 2, "reason": "pain"}), ("alternatives", {})]
)
def test_a_session_for_stated_conditions_is_varied_only_with_conditions(
    client: Client, operation: str, body: dict[str, Any]
) -> None:
    fields = {"duration_s": 600, "goals": [{"goal": "rotation"}]}
    careful_session = client.post("/v1/sessions", json={**fields, "age_band": "65+"}).json()["id"]
    refused = client.post(f"/v1/sessions/{careful_session}/{operation}", json={**body, "age_band": "65+"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/conditions"
    assert "an empty list says that there are no conditions" in refused.json()["detail"]
    assert (
        client.post(f"/v1/sessions/{careful_session}/{operation}", json={**body, "conditions": []}).status_code == 201
    )
    plain = client.post("/v1/sessions", json=fields).json()["id"]
    assert client.post(f"/v1/sessions/{plain}/{operation}", json=body).status_code == 201


def test_a_session_is_varied_with_what_is_stated_now(client: Client) -> None:
    fields = {"duration_s": 900, "goals": [{"goal": "extension"}, {"goal": "strength"}], "level": 3}
    plain = client.post("/v1/sessions", json=fields).json()
    count = sum(len(phase["items"]) for phase in plain["phases"])
    conditions = ["osteoporosis", "wrist_pain", "shoulder_impingement"]
    for position in range(1, count + 1):
        body = {"position_in_session": position, "reason": "dislike", "conditions": conditions}
        response = client.post(f"/v1/sessions/{plain['id']}/swap", json=body)
        assert response.status_code == 201, response.text
        for exercise in response.json()["exercises"].values():
            barred = {rule["condition"] for rule in exercise["contraindications"] if rule["verdict"] == "avoid"}
            assert barred.isdisjoint(conditions)


def test_the_files_hold_no_digest_of_what_is_personal(services: tuple[Client, Client]) -> None:
    service, _ = services
    fields = next(victims())
    service.post("/v1/sessions", json=fields)
    texts = [
        json.dumps(content, sort_keys=True, separators=separators)
        for content in (personal(fields), {"personal": {**personal(fields), "history": []}})
        for separators in ((",", ":"), (", ", ": "))
    ]
    digests = [hmac.digest(SECRET.encode(), text.encode(), hashlib.sha256) for text in texts]
    folder = Path(service.app.state.settings.data_dir)
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    for digest in digests:
        assert digest not in stored
        assert digest.hex().encode() not in stored


@pytest.mark.parametrize(
    ("conditions", "slug"),
    [
        (["vertigo"], "standing-wall-rotation"),
        (["cervical_radiculopathy"], "seated-open-book"),
        (["osteoporosis"], "supine-spinal-twist"),
        (["hypertension"], "seated-open-book"),
    ],
)
def test_the_stored_cues_do_not_tell_which_conditions_were_stated(
    client: Client, conditions: list[str], slug: str
) -> None:
    """The same exercise has the same stored cues for every stated condition: those that ask for no strain."""
    fields = {
        "duration_s": 600,
        "goals": [{"goal": "rotation"}],
        "available_equipment": ["chair", "mat", "wall"],
        "positions": ["seated", "standing", "wall_standing", "supine"],
        "include": [slug],
    }
    built = client.post("/v1/sessions", json={**fields, "conditions": conditions}).json()
    stored = client.get(f"/v1/sessions/{built['id']}").json()
    cues = built["exercises"][slug]["cues"]
    marked = [cue["text"] for cue in cues if cue["strain"] is not None]
    said = [
        event["say"][0]["text"] for event in stored["timeline"] if event["slug"] == slug and event["kind"] == "work"
    ]
    assert marked
    assert said
    assert not any(cue in line for cue in marked for line in said)
    plain = client.post("/v1/sessions", json=fields).json()
    assert client.get(f"/v1/sessions/{plain['id']}").json()["timeline"] == plain["timeline"]
