"""Many writers, killed at any moment, and one reader that polls: the feed has every change once, and in order.

`make faults` runs the long form with ten writers; `make test` a short one with two.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.catalogue.served_catalogue import load_served_catalogue
from app.changes.tables import Change
from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT, Settings
from app.offline.bundle import write_bundle
from tests.app_client import Client
from tests.editing.conftest import SMALL
from tests.faults.catalogue_writer import HAS_WRITTEN
from tests.offline.catalogue_copy import apply_changes, write_json

SECONDS = float(os.environ.get("FAULT_SECONDS", "20"))
MAX_LIFE_S = 2.0
"""Of a writer, from its first write."""
LIMIT = 7
"""Changes of a page: fewer than most writes make."""


class Writer:
    """A process that writes, and dies some seconds after its first write."""

    def __init__(self, process: "subprocess.Popen[bytes]", files: Path, life_s: float) -> None:
        self.process, self.mark, self.life_s = process, files / HAS_WRITTEN, life_s

    def has_lived(self) -> bool:
        assert self.process.poll() is None, "a writer ended by itself"
        return self.mark.exists() and time.time() - self.mark.stat().st_ctime > self.life_s

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class KilledWriters:
    """Processes that write; each is killed after a random time, and another takes its place."""

    def __init__(self, address: str, folder: Path, count: int) -> None:
        self.address, self.folder, self.random, self.kills = address, folder, random.Random(count), 0
        self.started = 0
        self.writers = [self._start() for _ in range(count)]

    def _start(self) -> "Writer":
        self.started += 1
        files = shutil.copytree(SMALL, self.folder / f"seed-{self.started}")
        command = [sys.executable, "-m", "tests.faults.catalogue_writer", self.address, str(files), str(self.started)]
        process = subprocess.Popen(command, cwd=PROJECT_ROOT)
        return Writer(process, files, self.random.uniform(0, MAX_LIFE_S))

    def kill_some(self) -> None:
        """Kill those whose time has come, and start others."""
        for index, writer in enumerate(self.writers):
            if writer.has_lived():
                writer.kill()
                self.kills += 1
                self.writers[index] = self._start()

    def stop(self) -> None:
        for writer in self.writers:
            writer.kill()


def poll(client: Client, copy: dict[str, Any], seen: list[int]) -> bool:
    """Apply one page of the feed to a copy. Return whether that was all."""
    answer = client.get(f"/v1/changes?since={copy['serial']}&limit={LIMIT}")
    if answer.status_code == 503:  # another writer holds SQLite
        return False
    feed = answer.json()
    seen += [item["serial"] for item in feed["items"]]
    apply_changes(copy, feed)
    return bool(feed["next_since"] == feed["serial"])


def follow_writers(
    database: Database, folder: Path, client: Client, writers: int, seconds: float, min_kills: int
) -> tuple[KilledWriters, list[int]]:
    """Follow the feed while writers write and are killed. Return them and the serials of the feed."""
    copy, seen = client.get("/v1/catalogue").json(), list[int]()
    first, address = copy["serial"], database.engine.url.render_as_string(hide_password=False)
    killed = KilledWriters(address, folder, writers)
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline or killed.kills < min_kills or not seen:
            killed.kill_some()
            poll(client, copy, seen)
            client.wait(0.02)
    finally:
        killed.stop()
    last = load_served_catalogue(database).shared.serial
    while not (poll(client, copy, seen) and copy["serial"] == last):
        client.wait(0.02)
    with database.read_transaction() as session:
        stored = session.exec(select(Change.serial).where(Change.serial > first).order_by("serial")).all()
    assert seen == list(stored)
    assert write_json(copy) == write_bundle(load_served_catalogue(database).shared)
    return killed, seen


@pytest.mark.faults
def test_every_change_comes_once_in_order_while_ten_writers_are_killed(
    database: Database, tmp_path: Path, start_client: Callable[[Settings], Client]
) -> None:
    load_seed(database, SMALL, lambda _: None)
    address = database.engine.url.render_as_string(hide_password=False)
    client = start_client(Settings(database_url=address, data_dir=tmp_path, secret="a secret of the tests"))
    killed, seen = follow_writers(database, tmp_path, client, 10, SECONDS, min_kills=10)
    print(f"\n{database.engine.name}: {killed.kills} writers killed, {len(seen)} changes, each once and in order")


def test_every_change_comes_once_in_order(tmp_path: Path, start_client: Callable[[Settings], Client]) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'thoracic.db'}")) as database:
        load_seed(database, SMALL, lambda _: None)
        client = start_client(Settings(data_dir=tmp_path, secret="a secret of the tests"))
        assert follow_writers(database, tmp_path, client, 2, 0, min_kills=1)[1]
