"""What the tests of partners share: an application over a database of its own, and keys in it."""

from collections.abc import Collection, Iterator
from datetime import timedelta

import pytest

from app.kit.database import Database
from app.partners.key_ring import load_key_ring
from app.partners.key_store import KeyGrant, NewKey, create_key
from app.partners.scopes import KeyScope
from tests.app_client import Client

FOLLOW_TRIES = 200


def bearer(key: str) -> dict[str, str]:
    """The headers of a request with a key."""
    return {"Authorization": f"Bearer {key}"}


def make_key(
    database: Database,
    partner: str = "acme",
    scopes: Collection[KeyScope] = (),
    rate: int | None = None,
    lifetime: timedelta | None = timedelta(days=1),
) -> NewKey:
    return create_key(database, KeyGrant(partner, f"{partner.title()} Ltd", scopes, rate, lifetime))


def follow_keys(client: Client, database: Database) -> None:
    """Let the application read the keys as they are in the database now."""
    version = load_key_ring(database).version
    for _ in range(FOLLOW_TRIES):
        if client.app.state.partners.keys.ring.version == version:
            return
        client.wait(0.02)
    raise AssertionError("the application does not follow the keys")


@pytest.fixture(scope="module")
def key_database(client: Client) -> Iterator[Database]:
    """The database of the application, as the command line opens it."""
    opened = Database(client.app.state.settings.database)
    yield opened
    opened.close()
