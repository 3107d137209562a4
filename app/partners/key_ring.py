"""The keys in memory: whose a key is, and what it allows. Read whole, and replaced when one has changed."""

import hmac
import time
from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlmodel import col, select

from app.kit.database import Database
from app.partners.errors import invalid_key, keys_unavailable
from app.partners.key_format import digest_key, is_well_formed
from app.partners.scopes import KEY_SCOPES, KeyScope
from app.partners.tables import ApiKey, KeyVersion, Partner
from app.partners.texts import PartnerTexts
from app.texts.loader import load_texts

INDEX_LENGTH: Final = 16
"""Digits of a digest by which an entry is found; the others are compared in constant time."""


class Caller(NamedTuple):
    """Who makes a request: the partner whose key it has."""

    key_id: str
    partner: str
    """The slug of the partner, which is its namespace."""
    name: str
    scopes: frozenset[KeyScope]
    rate: int | None
    """Requests a minute; None: as the settings say; 0: no limit."""
    expires_at: float | None
    """Seconds since 1970; None: never."""


class RingEntry(NamedTuple):
    """A key as the ring holds it."""

    digest: str
    is_revoked: bool
    caller: Caller


class KeyRing:
    """The keys of one version. `version` is -1 where none was read yet."""

    def __init__(self, version: int = -1, entries: Iterable[RingEntry] = ()) -> None:
        self.version = version
        self._entries = {entry.digest[:INDEX_LENGTH]: entry for entry in entries}

    def identify(self, key: str) -> Caller:
        """Return whose key this is. Raises `InvalidKey`, or `KeysUnavailable` where no keys were read yet."""
        texts = load_texts(PartnerTexts).problems
        if not is_well_formed(key):
            raise invalid_key(texts.key_malformed)
        if self.version < 0:
            raise keys_unavailable()
        digest = digest_key(key)
        entry = self._entries.get(digest[:INDEX_LENGTH])
        if entry is None or not hmac.compare_digest(entry.digest, digest):
            raise invalid_key(texts.key_unknown)
        if entry.is_revoked:
            raise invalid_key(texts.key_revoked)
        if entry.caller.expires_at is not None and entry.caller.expires_at <= time.time():
            raise invalid_key(texts.key_expired)
        return entry.caller


def load_key_ring(database: Database) -> KeyRing:
    """Return the keys of the database."""
    with database.read_transaction() as transaction:
        version = transaction.exec(select(KeyVersion.value).where(col(KeyVersion.id) == 1)).one()
        rows = transaction.exec(select(ApiKey, Partner.name).join(Partner)).all()
    return KeyRing(version, [_to_entry(key, name) for key, name in rows])


def _to_entry(key: ApiKey, name: str) -> RingEntry:
    expires_at = key.expires_at.timestamp() if key.expires_at is not None else None
    # A scope that this version does not know was stored by another one, and allows nothing here.
    scopes = frozenset(scope for scope in KEY_SCOPES if scope in key.scopes)
    caller = Caller(key.id, key.partner, name, scopes, key.rate, expires_at)
    return RingEntry(key.digest, key.revoked_at is not None, caller)
