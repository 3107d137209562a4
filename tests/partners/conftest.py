"""What the tests of partners share: an application over a database of its own, and keys in it."""

from collections.abc import Callable, Collection
from datetime import timedelta

import pytest

from app.kit.database import Database
from app.kit.settings import Settings
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
        if client.app.state.key_ring_holder.ring.version == version:
            return
        client.wait(0.02)
    raise AssertionError("the application does not follow the keys")


@pytest.fixture
def served(settings: Settings, start_client: Callable[[Settings], Client]) -> Client:
    """An application over a database that the test may change."""
    return start_client(settings)
