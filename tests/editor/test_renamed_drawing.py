"""An exercise that is renamed keeps its pictures wherever they are shown."""

import io
import zipfile
from collections.abc import Callable

import pytest

from app.kit.database import Database
from app.kit.settings import Settings
from tests.app_client import Client
from tests.editor.conftest import EditorClient

OLD, NEW = "cat-cow", "cat-and-cow"
ROUTINE = "/v1/routines/morning-10-min"


@pytest.fixture
def renamed(settings: Settings, start_client: Callable[[Settings], Client]) -> Client:
    editor = EditorClient(start_client(settings), Database(settings.database))
    answer = editor.send("PATCH", f"/v1/exercises/{OLD}", {"slug": NEW})
    assert answer.status_code == 200, answer.text
    return editor.client


def test_a_renamed_exercise_keeps_its_pictures(renamed: Client, client: Client) -> None:
    before, after = (each.get(f"/v1/exercises/{slug}").json() for each, slug in ((client, OLD), (renamed, NEW)))
    assert after["figure"]["hash"] == before["figure"]["hash"]
    for picture in ("figure.svg", "figure.svg?spine=true&phase=start", "figure.png?width=64", "figure.json"):
        old, new = client.get(f"/v1/exercises/{OLD}/{picture}"), renamed.get(f"/v1/exercises/{NEW}/{picture}")
        assert new.status_code == 200
        assert new.content == old.content
    versioned = renamed.get(f"/v1/exercises/{NEW}/figure.svg?v={after['figure']['hash']}")
    assert "immutable" in versioned.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(renamed.get("/v1/figures.zip").content))
    assert f"{NEW}.svg" in archive.namelist()
    assert len(archive.namelist()) == len(zipfile.ZipFile(io.BytesIO(client.get("/v1/figures.zip").content)).namelist())


def test_what_is_made_of_a_renamed_exercise_shows_it(renamed: Client, client: Client) -> None:
    routine = renamed.get(ROUTINE).json()
    assert NEW in routine["session"]["exercises"]
    for address in (f"/exercises/{NEW}", f"/embed/exercises/{NEW}", "/gallery", "/routines/morning-10-min"):
        page = renamed.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert f"{NEW}/figure" in page.text
    for exported in (f"{ROUTINE}/export?format=html", f"/v1/exercises/{NEW}/export"):
        assert renamed.get(exported).status_code == 200
    printed, before = (each.get(f"{ROUTINE}/export?format=html").text for each in (renamed, client))
    assert printed.count("data:image/svg") == before.count("data:image/svg")
