"""Stored keys: made, listed, replaced and revoked. Every change raises the version that servers poll."""

import contextlib
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.kit.database import Database
from app.partners.key_format import digest_key, make_key
from app.partners.scopes import KeyScope
from app.partners.tables import KEY_ID_LENGTH, ApiKey, KeyVersion, Partner


class KeyRecord(NamedTuple):
    """A stored key, without anything from which it could be made again."""

    id: str
    partner: str
    name: str
    """Of the partner."""
    scopes: tuple[str, ...]
    rate: int | None
    """Requests a minute; None: as the settings say; 0: no limit."""
    created_at: datetime
    expires_at: datetime | None
    """None: never."""
    revoked_at: datetime | None


class NewKey(NamedTuple):
    """A key that was made now. This is the only time that it can be read."""

    key: str
    record: KeyRecord


class KeyGrant(NamedTuple):
    """What a new key is for."""

    partner: str
    name: str | None
    """None: the partner is known, and keeps its name."""
    scopes: Collection[KeyScope]
    rate: int | None
    lifetime: timedelta | None
    """None: it does not expire."""


class UnknownKey(LookupError):
    """No key that is still good has this id."""


class UnknownPartner(LookupError):
    """No partner has this slug yet, and a new one needs a name."""


def create_key(database: Database, grant: KeyGrant, key: str = "", key_id: str = "") -> NewKey:
    """Store a new key, and its partner where that is new. Raises `UnknownPartner` for a new one without a name.

    Key and id are random unless they are given.
    """
    with _changing_keys(database) as (transaction, now):
        partner = transaction.get(Partner, grant.partner)
        if partner is None:
            if grant.name is None:
                raise UnknownPartner(grant.partner)
            partner = Partner(slug=grant.partner, name=grant.name, created_at=now)
        elif grant.name is not None:
            partner.name = grant.name
        transaction.add(partner)
        transaction.flush()
        expires_at = now + grant.lifetime if grant.lifetime is not None else None
        record = KeyRecord(
            key_id or _new_id(),
            partner.slug,
            partner.name,
            tuple(sorted(grant.scopes)),
            grant.rate,
            now,
            expires_at,
            None,
        )
        return _add_key(transaction, record, key or make_key())


def list_keys(database: Database) -> list[KeyRecord]:
    """Return every key, by partner and age."""
    with database.read_transaction() as transaction:
        query = select(ApiKey, Partner).join(Partner).order_by(col(ApiKey.partner), col(ApiKey.created_at))
        return [_to_record(key, partner) for key, partner in transaction.exec(query)]


def rotate_key(database: Database, key_id: str, lifetime: timedelta | None, overlap: timedelta) -> NewKey:
    """Store a new key with what an old one allows, which goes on for the time of `overlap`. Raises `UnknownKey`."""
    with _changing_keys(database) as (transaction, now):
        old = _find_good_key(transaction, key_id, now)
        partner = transaction.get_one(Partner, old.partner)
        ends_at = now + overlap
        old.expires_at = ends_at if old.expires_at is None else min(old.expires_at, ends_at)
        expires_at = now + lifetime if lifetime is not None else None
        record = _to_record(old, partner)._replace(id=_new_id(), created_at=now, expires_at=expires_at)
        return _add_key(transaction, record, make_key())


def revoke_key(database: Database, key_id: str) -> KeyRecord:
    """End a key at once, for good. Raises `UnknownKey`."""
    with _changing_keys(database) as (transaction, now):
        key = _find_good_key(transaction, key_id, now)
        key.revoked_at = now
        return _to_record(key, transaction.get_one(Partner, key.partner))


def has_key_with_scope(session: Session, partner: str, scope: KeyScope, now: datetime) -> bool:
    """Return whether a partner has a key that is good now and allows what the scope says."""
    is_good = col(ApiKey.revoked_at).is_(None) & (col(ApiKey.expires_at).is_(None) | (col(ApiKey.expires_at) > now))
    keys = session.exec(select(ApiKey).where(col(ApiKey.partner) == partner, is_good))
    return any(scope in key.scopes for key in keys)


@contextlib.contextmanager
def _changing_keys(database: Database) -> Iterator[tuple[Session, datetime]]:
    """Yield a transaction that changes keys, and the time. At its end every server reads the keys again."""
    with database.transaction() as transaction:
        # First: it locks the row, so that of two changes at once the later version holds both.
        transaction.exec(sa.update(KeyVersion).values(value=KeyVersion.value + 1))
        yield transaction, database.current_time(transaction)


def _new_id() -> str:
    return secrets.token_hex(KEY_ID_LENGTH // 2)


def _add_key(transaction: Session, record: KeyRecord, key: str) -> NewKey:
    values = {name: value for name, value in record._asdict().items() if name != "name"}
    transaction.add(ApiKey(**values | {"scopes": list(record.scopes), "digest": digest_key(key)}))
    return NewKey(key, record)


def _find_good_key(transaction: Session, key_id: str, now: datetime) -> ApiKey:
    key = transaction.get(ApiKey, key_id)
    if key is None or key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        raise UnknownKey(key_id)
    return key


def _to_record(key: ApiKey, partner: Partner) -> KeyRecord:
    times = key.created_at, key.expires_at, key.revoked_at
    return KeyRecord(key.id, key.partner, partner.name, tuple(key.scopes), key.rate, *times)
