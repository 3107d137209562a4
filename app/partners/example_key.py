"""A key that anybody can work out, for the examples of the OpenAPI document. No service has it."""

from typing import Final

from app.kit.database import Database
from app.partners.key_format import format_key
from app.partners.key_store import KeyGrant, create_key
from app.partners.scopes import KEY_SCOPES

EXAMPLE_KEY: Final = format_key(0)
EXAMPLE_KEY_ID: Final = "00000000"


def add_example_key(database: Database) -> None:
    """Store the key with every scope."""
    create_key(database, KeyGrant("acme", "Acme Ltd", KEY_SCOPES, None, None), key=EXAMPLE_KEY, key_id=EXAMPLE_KEY_ID)
