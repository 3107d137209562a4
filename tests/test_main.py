"""The application put together: nothing is opened early, and what is served is what stands."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import Settings
from app.main import create_app
from tests.app_client import Client
from tests.editing.conftest import SMALL


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    """Settings over a database with the small catalogue."""
    database = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    load_seed(database, SMALL, lambda _: None)
    database.close()
    return Settings(data_dir=tmp_path, secret="a secret of the tests")


def test_making_an_application_opens_nothing(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path / "none"))
    assert "/v1/exercises" in app.openapi()["paths"]
    assert not (tmp_path / "none").exists()


def test_every_link_of_the_index_exists(small: Settings, start_client: Callable[[Settings], Client]) -> None:
    client = start_client(small)
    index = client.get("/").json()
    assert index["links"]
    assert [link for link in index["links"].values() if client.get(link).status_code == 404] == []
    assert client.get(index["documentation"]).status_code == 200
    assert client.get(index["openapi"]).json() == client.app.openapi()


def test_what_is_served_follows_the_database(
    small: Settings, start_client: Callable[[Settings], Client], tmp_path: Path
) -> None:
    client = start_client(small)
    before = client.get("/v1/exercises?q=plainer").headers["X-Catalogue-Serial"]
    folder = Path(shutil.copytree(SMALL, tmp_path / "changed"))
    path = folder / "exercises" / "band-turn.yaml"
    path.write_text(path.read_text().replace("name: Band turn", "name: Strap turn"))
    database = Database(small.database)
    after = load_seed(database, folder, lambda _: None).written.serial
    database.close()
    for _ in range(200):
        client.wait(0.02)
        if client.get("/readyz").json()["serial"] == after:
            break
    assert int(before) == after - 1
    assert client.get("/v1/exercises/band-turn").json()["name"] == "Strap turn"
    assert client.get("/v1/exercises?q=strap").json()["items"][0]["slug"] == "band-turn"


def test_two_applications_over_one_database_answer_alike(
    small: Settings, start_client: Callable[[Settings], Client]
) -> None:
    first, second = start_client(small), start_client(small)
    for path in ("/v1/exercises", "/v1/routines/a-minute-of-turning", "/v1/guidelines?q=turn"):
        answer, other = first.get(path), second.get(path)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (
            200,
            other.content,
            other.headers["ETag"],
        )


def test_a_document_that_was_written_before_is_served(tmp_path: Path) -> None:
    (tmp_path / "written.json").write_text('{"openapi": "3.1.0"}')
    assert create_app(Settings(), tmp_path / "written.json").openapi() == {"openapi": "3.1.0"}
    assert create_app(Settings(), tmp_path / "none.json").openapi()["paths"]
