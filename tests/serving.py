"""An application that runs in the test's own process, and a blocking client of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from app.kit.settings import Settings
from app.main import create_app


class Client:
    """A blocking client of one running application; `.app` is the application."""

    def __init__(self, app: FastAPI, loop: asyncio.Runner, http: httpx.AsyncClient) -> None:
        self.app, self._loop, self._http = app, loop, http

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._loop.run(self._http.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def wait(self, seconds: float) -> None:
        """Let the application's own tasks run."""
        self._loop.run(asyncio.sleep(seconds))


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The application with its lifespan entered, and a client that raises nothing of the inside."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        yield await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://testserver"))


def clients() -> Iterator[Callable[[Settings], Client]]:
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()

        def start(settings: Settings) -> Client:
            app = create_app(settings)
            return Client(app, loop, loop.run(stack.enter_async_context(running(app))))

        yield start
        loop.run(stack.aclose())
