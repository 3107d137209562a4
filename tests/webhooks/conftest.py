"""An application over the small catalogue whose partner has webhooks, and receivers on loopback."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.kit.database import Database
from app.kit.settings import Settings
from tests.app_client import Client
from tests.editor.conftest import EditorClient, small_file  # noqa: F401
from tests.partners.conftest import bearer, follow_keys, make_key
from tests.webhooks.receiver import Received, Receiver

PATIENCE_STEPS = 1500
STEP_S = 0.02


class WebhookClient(EditorClient):
    """A client with a key that may edit and keep webhooks."""

    def __init__(self, client: Client, database: Database) -> None:
        super().__init__(client, database)
        self.key = make_key(database, scopes=("webhooks:write", "catalogue:write", "audit:read"))
        self.headers = bearer(self.key.key)
        follow_keys(client, database)

    def hook(self, method: str, path: str = "", **options: Any) -> httpx.Response:
        return self.request(method, f"/v1/webhooks{path}", **options)

    def add(self, url: str, **fields: Any) -> dict[str, Any]:
        answer = self.hook("POST", json={"url": url, **fields})
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()
        return created

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        """Let the application work until something holds."""
        for _ in range(PATIENCE_STEPS):
            if is_true():
                return
            self.client.wait(STEP_S)
        raise AssertionError("it did not happen")

    def wait_for(self, receiver: Receiver, count: int) -> list[Received]:
        """Let the application work until a receiver has so many requests, and they are noted."""
        self.wait_until(lambda: len(receiver.received) >= count)
        self.wait_until(lambda: not self.client.app.state.webhooks.dispatcher._running)
        return list(receiver.received)


@pytest.fixture
def webhooks(
    small_file: Path,  # noqa: F811
    tmp_path: Path,
    start_client: Callable[[Settings], Client],
) -> WebhookClient:
    shutil.copy(small_file, tmp_path / "thoracic.db")
    settings = Settings(data_dir=tmp_path, build_workers=0, webhook_loopback=True)
    return WebhookClient(start_client(settings), Database(settings.database))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    opened = Receiver()
    yield opened
    opened.close()
