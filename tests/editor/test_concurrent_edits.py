"""Twenty editors of one record at once: of edits of one version one wins, and the audit trail tells of each."""

import asyncio
from pathlib import Path

import httpx
from sqlmodel import select

from app.editing.seed import load_seed
from app.editor.tables import AuditEntry
from app.kit.database import Database
from app.kit.settings import Settings
from app.main import create_app
from tests.app_client import open_async_client
from tests.editor.conftest import GUIDE, SMALL
from tests.partners.conftest import bearer, make_key

EDITORS = 20
ROUNDS = 3


async def edit_round(clients: list[httpx.AsyncClient], key: str, number: int) -> list[int]:
    """Let every editor write the version that all of them have read. Return the statuses."""
    headers = bearer(key) | {"Accept-Encoding": "identity"}
    etag = (await clients[0].get(GUIDE, headers=headers)).headers["ETag"]

    async def edit(editor: int) -> int:
        answer = await clients[editor % len(clients)].patch(
            GUIDE, json={"why": f"Round {number}, editor {editor}."}, headers=headers | {"If-Match": etag}
        )
        return answer.status_code

    return list(await asyncio.gather(*(edit(editor) for editor in range(EDITORS))))


def test_one_of_twenty_wins_in_two_processes(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    load_seed(database, SMALL, lambda _: None)
    key = make_key(database, scopes=["catalogue:write"]).key
    settings = Settings(
        data_dir=tmp_path,
        secret="a secret of the tests",
        database_url=database_url,
        build_workers=0,
        database_timeout_s=20,
        public_rate=0,
    )

    async def run() -> list[list[int]]:
        # Two applications over one database are as two processes: they share no lock.
        async with open_async_client(create_app(settings)) as one, open_async_client(create_app(settings)) as other:
            await asyncio.sleep(0.5)  # both read the key
            return [await edit_round([one, other], key, number) for number in range(ROUNDS)]

    rounds = asyncio.run(run())
    for statuses in rounds:
        assert sorted(statuses) == [200] + [412] * (EDITORS - 1)
    with database.read_transaction() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert sorted(entry.status for entry in entries) == sorted(status for statuses in rounds for status in statuses)
    winners = [entry for entry in entries if entry.status == 200]
    assert [later.before for later in winners[1:]] == [earlier.after for earlier in winners[:-1]]
    database.close()
