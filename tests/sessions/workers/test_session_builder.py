"""Sessions built in worker processes: as in a thread, also when a process dies."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from app.kit.settings import Settings
from app.kit.work_limiter import ClientDisconnected
from app.main import create_app
from app.sessions.workers.jobs import ExampleSession
from app.sessions.workers.session_builder import SessionBuilder
from tests.app_client import Client, start_clients
from tests.conftest import copy_database

DESK = {"duration_s": 300, "goals": [{"goal": "rotation"}], "conditions": ["wrist_pain"]}
REFUSED = (
    {"duration_s": 60, "goals": [{"goal": "rotation"}], "include": ["open-book", "cat-cow"]},
    {"duration_s": 300, "goals": [{"goal": "rotation"}], "include": ["no-such-exercise"]},
    {"duration_s": 300, "goals": [{"goal": "rotation"}], "age_band": "under-18"},
    {"items": [{"slug": "cat-cow", "side": "left"}]},
    {"items": [{"slug": "wall-angel"}], "conditions": ["shoulder_impingement"]},
)


@pytest.fixture(scope="module")
def services(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Client]]:
    """A service with worker processes, and one that builds in a thread."""
    for start in start_clients():
        folders = [copy_database(seeded_database, tmp_path_factory.mktemp("workers")) for _ in range(2)]
        started = [
            start(Settings(data_dir=folder, secret="a secret of the tests", build_workers=workers))
            for folder, workers in zip(folders, (2, 0), strict=True)
        ]
        yield started[0], started[1]


def builder_of(client: Client) -> SessionBuilder:
    builder: SessionBuilder = client.app.state.session_builder
    return builder


def process_ids(builder: SessionBuilder) -> list[int]:
    assert builder.pool is not None
    return [worker.process_id for worker in builder.pool._workers]


def without_request_id(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "request_id"}


def test_a_worker_answers_what_a_thread_answers(services: tuple[Client, Client]) -> None:
    for path, body in [
        ("/v1/sessions", DESK),
        ("/v1/sessions", {"items": [{"slug": "cat-cow", "note": "Slowly."}]}),
        ("/v1/sessions/example/swap", {"position_in_session": 1, "reason": "pain"}),
        ("/v1/sessions/routine-desk-break-5-min-chair/alternatives", {"count": 2}),
        *[("/v1/sessions", body) for body in REFUSED],
    ]:
        by_worker, by_thread = (service.post(path, json=body) for service in services)
        assert by_worker.status_code == by_thread.status_code, by_worker.text
        assert without_request_id(by_worker.json()) == without_request_id(by_thread.json())
    assert services[0].get("/v1/sessions/example").content == services[1].get("/v1/sessions/example").content


def test_a_worker_that_was_killed_is_replaced_and_its_build_is_done_again(services: tuple[Client, Client]) -> None:
    service = services[0]
    before = process_ids(builder_of(service))
    for process_id in before:
        os.kill(process_id, signal.SIGKILL)
    answers = [service.post("/v1/sessions", json=DESK | {"seed": seed}).status_code for seed in range(3)]
    assert answers == [201] * 3
    assert set(process_ids(builder_of(service))).isdisjoint(before)


def test_a_build_that_takes_too_long_is_ended_and_answered_503(
    services: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = services[0]
    monkeypatch.setattr("app.sessions.workers.session_builder.MAX_BUILD_S", 0.0001)
    answer = service.post("/v1/sessions", json=DESK)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:thoracic-mobility:problem:worker-unavailable")
    assert int(answer.headers["Retry-After"]) >= 1
    monkeypatch.undo()
    assert service.post("/v1/sessions", json=DESK).status_code == 201


def test_a_build_whose_client_left_is_not_begun(services: tuple[Client, Client]) -> None:
    service = services[0]

    async def disconnect() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    left = Request({"type": "http", "method": "POST", "headers": []}, disconnect)
    catalogue = service.app.state.catalogue.served.shared
    with pytest.raises(ClientDisconnected):
        service.runner.run(builder_of(service).build(left, ExampleSession(), catalogue))


def test_the_workers_end_with_the_service(settings: Settings) -> None:
    async def run() -> list[int]:
        app = create_app(settings.model_copy(update={"build_workers": 1}))
        builder: SessionBuilder = app.state.session_builder
        async with app.router.lifespan_context(app):
            await builder.warm(app.state.catalogue.served.shared)
            return process_ids(builder)

    for process_id in asyncio.run(run()):
        with pytest.raises(ProcessLookupError):
            os.kill(process_id, 0)
