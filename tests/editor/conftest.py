"""An application over the small catalogue, and an editor with a key."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import Settings
from tests.app_client import Client
from tests.partners.conftest import bearer, follow_keys, make_key

SMALL = Path(__file__).parents[1] / "editing" / "seed"
TURN, GUIDE = "/v1/exercises/seated-turn", "/v1/guidelines/breathe-slowly"


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the small catalogue; to be copied, not opened."""
    path = tmp_path_factory.mktemp("small") / "thoracic.db"
    database = Database(f"sqlite:///{path}")
    load_seed(database, SMALL, lambda _: None)
    database.close()
    return path


class EditorClient:
    """A client of the application with a key that may edit and read the audit trail."""

    def __init__(self, client: Client, database: Database) -> None:
        self.client, self.database = client, database
        key = make_key(database, scopes=("catalogue:write", "audit:read"))
        self.key_id = key.record.id
        self.headers = bearer(key.key)
        follow_keys(client, database)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = self.headers | options.pop("headers", {})
        return self.client.request(method, path, headers=headers, **options)

    def etag(self, path: str) -> str:
        return self.client.get(path, headers={"Accept-Encoding": "identity"}).headers["ETag"]

    def entry(self, path: str) -> dict[str, Any]:
        plural, slug = path.removeprefix("/v1/").split("/")
        entry: dict[str, Any] = self.request("GET", f"/v1/entries/{plural.removesuffix('s')}/{slug}").json()["entry"]
        return entry

    def send(self, method: str, path: str, body: Any = None, etag: str | None = None) -> httpx.Response:
        """Edit a record as it is now, or as it was at `etag`."""
        headers = {"If-Match": etag or self.etag(path.partition("?")[0])}
        return (
            self.request(method, path, json=body, headers=headers)
            if body is not None
            else self.request(method, path, headers=headers)
        )

    def audit(self, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.request("GET", "/v1/audit", params=query).json()["items"]
        return items


@pytest.fixture
def editor(small_file: Path, tmp_path: Path, start_client: Callable[[Settings], Client]) -> EditorClient:
    shutil.copy(small_file, tmp_path / "thoracic.db")
    settings = Settings(data_dir=tmp_path, build_workers=0)
    return EditorClient(start_client(settings), Database(settings.database))
