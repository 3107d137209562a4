"""Builds that come too many at a time: who is refused, and who does not notice."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.requests import Request

from app.kit.settings import Settings
from app.kit.work_limiter import WorkLimiter
from app.main import create_app
from tests.app_client import open_async_client

BUILD = ("/v1/sessions", {"duration_s": 300, "goals": [{"goal": "rotation"}]})
SWAP = ("/v1/sessions/example/swap", {"position_in_session": 1, "reason": "dislike"})
ALTERNATIVES = ("/v1/sessions/example/alternatives", {"count": 1})
READS = (
    "/",
    "/healthz",
    "/readyz",
    "/docs",
    "/openapi.json",
    "/v1/exercises?goal=rotation",
    "/v1/exercises/open-book/figure.svg",
    "/v1/exercises/open-book/figure.png",
    "/v1/sessions/example",
    "/v1/routines",
    "/v1/screening",
)


async def _receive_nothing() -> dict[str, str]:
    await asyncio.Event().wait()
    return {}


@asynccontextmanager
async def busy_service(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A service whose places for builds are all taken."""
    app = create_app(settings.model_copy(update={"max_waiting_builds": 2}))
    limiter: WorkLimiter = app.state.session_builder.limiter
    opened = threading.Event()
    async with open_async_client(app) as http:
        request = Request({"type": "http", "method": "POST", "headers": []}, _receive_nothing)
        builds = [asyncio.create_task(limiter.run(request, lambda: opened.wait(60))) for _ in range(3)]
        await asyncio.sleep(0)
        try:
            yield http
        finally:
            opened.set()
            await asyncio.gather(*builds)


@pytest.mark.parametrize(("path", "body"), [BUILD, SWAP, ALTERNATIVES])
def test_beyond_the_queue_the_answer_is_503_in_the_one_shape(
    settings: Settings, path: str, body: dict[str, object]
) -> None:
    async def run() -> httpx.Response:
        async with busy_service(settings) as http:
            return await http.post(path, json=body)

    answer = asyncio.run(run())
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.json()["type"] == "urn:thoracic-mobility:problem:service-busy"
    assert int(answer.headers["X-Catalogue-Serial"]) > 0


def test_reads_wait_for_no_build(settings: Settings) -> None:
    async def run() -> list[int]:
        async with busy_service(settings) as http:
            fit = await http.post("/v1/workstation/fit", json={"stature_cm": 170})
            return [fit.status_code, *[(await http.get(path)).status_code for path in READS]]

    assert set(asyncio.run(run())) == {200}


def test_when_the_queue_is_empty_again_sessions_are_built_again(settings: Settings) -> None:
    async def run() -> tuple[int, int]:
        app = create_app(settings.model_copy(update={"max_waiting_builds": 0}))
        async with open_async_client(app) as http:
            answers = await asyncio.gather(*[http.post(BUILD[0], json=BUILD[1]) for _ in range(6)])
            later = await http.post(BUILD[0], json=BUILD[1])
            return sorted(answer.status_code for answer in answers)[0], later.status_code

    assert asyncio.run(run()) == (201, 201)
