"""The application in the process of the test, without a network, and a blocking client of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import httpx

from app.kit.settings import Settings
from app.main import create_app
from app.service import Service
from app.webhooks.example_webhook import ExampleSender


class Client:
    """A blocking client of one started application, which is `app`."""

    def __init__(self, app: Service, runner: asyncio.Runner, async_client: httpx.AsyncClient) -> None:
        self.app, self.runner, self._async_client = app, runner, async_client

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.runner.run(self._async_client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def wait(self, seconds: float) -> None:
        """Wait, and let background tasks of the application run."""
        self.runner.run(asyncio.sleep(seconds))


@asynccontextmanager
async def open_async_client(app: Service) -> AsyncIterator[httpx.AsyncClient]:
    """Start the application for the block and yield a client. Its exceptions become a 500, as over HTTP."""
    if not app.state.settings.webhook_loopback:
        app.state.webhooks.sender = ExampleSender()  # no test asks a name server
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        yield await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://testserver"))


@contextmanager
def start_app(app: Service) -> Iterator[Client]:
    """Start an application for the block and yield its client."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        yield Client(app, runner, runner.run(stack.enter_async_context(open_async_client(app))))
        runner.run(stack.aclose())


def start_clients() -> Iterator[Callable[[Settings], Client]]:
    """Yield a function that starts an application over settings and returns its client.

    All of them stop when the generator is resumed: `yield from` it in a fixture.
    """
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        def start(settings: Settings) -> Client:
            app = create_app(settings)
            return Client(app, runner, runner.run(stack.enter_async_context(open_async_client(app))))

        yield start
        runner.run(stack.aclose())
