"""The feed of changes: a copy and what changed since is a fresh bundle, byte for byte, whatever was edited."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings, strategies
from jsonschema_rs import Draft202012Validator

from app.catalogue.served_catalogue import load_served_catalogue
from app.changes.history import read_history
from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import Settings
from app.offline.bundle import write_bundle
from app.offline.feed import write_feed
from tests.app_client import Client
from tests.editing.conftest import SMALL
from tests.offline.catalogue_copy import apply_changes, write_json
from tests.offline.random_edits import SeedEditor
from tests.offline.test_bundle import SCHEMA
from tests.reminders.workdays import FIGURE

EDITS = 6
LIMITS = strategies.sampled_from([1, 3, 100])


def load(database: Database, folder: Path, now: datetime | None = None) -> int:
    return load_seed(database, folder, lambda _: None, now).written.serial


def read_feed(database: Database, since: int, limit: int = 100) -> Any:
    return json.loads(write_feed(read_history(database, since, limit, None)))


def list_pages(database: Database, since: int, limit: int) -> Iterator[Any]:
    """Yield the pages of the feed after a serial."""
    while True:
        feed = read_feed(database, since, limit)
        yield feed
        since = feed["next_since"]
        if since == feed["serial"]:
            return


@settings(max_examples=2, phases=[Phase.generate])  # a smaller seed is no smaller case, so there is no shrinking
@given(seed=strategies.integers(0, 10**6), limit=LIMITS)
def test_a_copy_with_the_changes_is_a_fresh_bundle(seed: int, limit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(shutil.copytree(SMALL, Path(folder) / "seed"))
        with closing(Database(f"sqlite:///{folder}/thoracic.db")) as database:
            load(database, files)
            editor, copies, done = (
                SeedEditor(files, seed),
                [write_bundle(load_served_catalogue(database).shared)],
                list[str](),
            )
            for _ in range(EDITS):
                done.append(editor.edit())
                load(database, files)
                copies.append(write_bundle(load_served_catalogue(database).shared))
            for step, content in enumerate(copies[:-1]):
                copy = json.loads(content)
                for feed in list_pages(database, copy["serial"], limit):
                    apply_changes(copy, feed)
                assert write_json(copy) == copies[-1], done[step:]


def test_every_change_comes_once_in_order_with_what_follows_from_it(database: Database, tmp_path: Path) -> None:
    files = Path(shutil.copytree(SMALL, tmp_path / "seed"))
    first = load(database, files)
    whole = read_feed(database, 0)
    assert [(item["kind"], item["action"]) for item in whole["items"]].count(("exercise", "upsert")) == 5
    serials = [item["serial"] for item in whole["items"]]
    assert serials == sorted(set(serials))
    path = files / "exercises" / "seated-turn.yaml"
    path.write_text(path.read_text().replace("level: 1", "level: 2", 1))
    load(database, files)
    changed = {(item["kind"], item["slug"]) for item in read_feed(database, first)["items"]}
    assert ("exercise", "seated-turn") in changed
    assert ("routine", "a-minute-of-turning") in changed  # its session holds the exercise
    pages = list(list_pages(database, 0, 4))
    items = [item for page in pages for item in page["items"]]
    assert items == [*whole["items"], *read_feed(database, first)["items"]]
    assert [len(page["items"]) for page in pages[:-1]] == [4] * (len(pages) - 1)


def test_a_redrawn_picture_moves_its_record(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = {"seated-turn": FIGURE}
    monkeypatch.setattr("app.editing.derive.derive_figure", lambda slugs, *_: figures.get(slugs[0]))
    since = load(database, SMALL)
    assert load(database, SMALL) == since
    figures["seated-turn"] = FIGURE.model_copy(update={"hash": "ba9876543210"})
    load(database, SMALL)
    changed = {(item["kind"], item["slug"]): item["record"] for item in read_feed(database, since)["items"]}
    assert changed["exercise", "seated-turn"]["figure"]["hash"] == "ba9876543210"
    assert ("routine", "a-minute-of-turning") in changed


@pytest.fixture
def served(tmp_path: Path, start_client: Callable[[Settings], Client]) -> Client:
    """A service over the small catalogue, which stands in the folder of the test."""
    with closing(Database(f"sqlite:///{tmp_path}/thoracic.db")) as database:
        load(database, SMALL)
    return start_client(Settings(data_dir=tmp_path, secret="a secret of the tests"))


def test_records_are_those_of_the_bundle(client: Client) -> None:
    bundle, since = client.get("/v1/catalogue").json(), 0
    records = {kind: {record["slug"]: record for record in bundle[f"{kind}s"]} for kind in ("exercise", "routine")}
    validator = Draft202012Validator({"$ref": "#/$defs/BundledRoutine", "$defs": SCHEMA["$defs"]})
    while since < bundle["serial"]:
        feed = client.get(f"/v1/changes?since={since}").json()
        since = feed["next_since"]
        for item in feed["items"]:
            if item["kind"] in records:
                assert item["record"] == records[item["kind"]].pop(item["slug"])
            if item["kind"] == "routine":
                validator.validate(item["record"])
    assert records == {"exercise": {}, "routine": {}}
    assert feed["static_hash"] == bundle["static_hash"]


def test_nothing_new_is_an_empty_page_and_a_304(served: Client) -> None:
    serial = served.get("/v1/catalogue").json()["serial"]
    answer = served.get(f"/v1/changes?since={serial}")
    feed = answer.json()
    assert (feed["items"], feed["next_since"], feed["serial"]) == ([], serial, serial)
    assert answer.headers["x-catalogue-serial"] == str(serial)
    again = served.get(f"/v1/changes?since={serial}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_nothing_new_is_known_without_the_database(served: Client, tmp_path: Path) -> None:
    serial = served.get("/v1/catalogue").json()["serial"]
    shutil.move(tmp_path / "thoracic.db", tmp_path / "away.db")
    assert served.get(f"/v1/changes?since={serial}").json()["items"] == []
    answer = served.get("/v1/changes?since=0")
    assert (answer.status_code, answer.json()["fault"]) == (503, "file_missing")


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("since=9999", "since: The catalogue is at serial {serial}, so nothing has changed since 9999."),
        ("since=-1", "since: This should be 0 or more."),
        ("since=1.5", "since: This should be a whole number."),
        ("since=99999999999999999999", "since: This should be 9007199254740991 or less."),
        ("since=0&limit=101", "limit: This should be 100 or less."),
        ("", "since: "),
    ],
)
def test_a_wrong_query_is_told_what_is_right(client: Client, query: str, detail: str) -> None:
    answer = client.get(f"/v1/changes?{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(detail.format(serial=answer.headers["x-catalogue-serial"]))
    assert answer.json()["errors"][0]["name"] == detail.partition(":")[0]


def test_what_is_not_kept_any_more_is_gone_and_says_what_to_do(
    database: Database, tmp_path: Path, start_client: Callable[[Settings], Client]
) -> None:
    files, now = Path(shutil.copytree(SMALL, tmp_path / "seed")), datetime.now(UTC)
    old = load(database, files, now - timedelta(days=91))
    editor = SeedEditor(files, 1)
    editor.edit()
    recent = load(database, files, now - timedelta(days=89))
    client = start_client(
        Settings(database_url=str(database.engine.url), data_dir=tmp_path, secret="a secret of the tests")
    )
    assert [item["serial"] for item in client.get(f"/v1/changes?since={old}").json()["items"]][-1] == recent
    last_change = old - 1  # the serial after it is that of the synonyms
    assert client.get(f"/v1/changes?since={last_change}").status_code == 200
    answer = client.get(f"/v1/changes?since={last_change - 1}")
    assert answer.status_code == 410
    assert answer.json()["oldest_since"] == last_change
    assert "fetch /v1/catalogue anew" in answer.json()["detail"]
