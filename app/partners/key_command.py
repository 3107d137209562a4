"""The command `keys`: makes, lists, replaces and revokes the keys of partners."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from typing import Final

from app.kit.database import Database
from app.kit.timestamps import format_timestamp
from app.partners.key_store import (
    KeyGrant,
    KeyRecord,
    NewKey,
    UnknownKey,
    UnknownPartner,
    create_key,
    list_keys,
    revoke_key,
    rotate_key,
)

HEADINGS: Final = ("ID", "PARTNER", "SCOPES", "RATE", "CREATED", "EXPIRES", "STATE")


def run(arguments: argparse.Namespace, database: Database) -> int:
    """Do what the arguments say. Return the exit status: 1 where a key or a partner is not there."""
    try:
        if arguments.action == "list":
            _print_table(list_keys(database))
        elif arguments.action == "revoke":
            record = revoke_key(database, arguments.id)
            print(f"key {record.id} of {record.partner} is revoked", file=sys.stderr)
        else:
            _print_new_key(_make_key(arguments, database))
    except UnknownKey:
        print(f"no key that is still good has the id {arguments.id}: `keys list` shows all", file=sys.stderr)
        return 1
    except UnknownPartner:
        print(f"{arguments.partner} is new: give its name with --name", file=sys.stderr)
        return 1
    return 0


def _make_key(arguments: argparse.Namespace, database: Database) -> NewKey:
    lifetime = timedelta(days=arguments.days) if arguments.days else None
    if arguments.action == "rotate":
        return rotate_key(database, arguments.id, lifetime, timedelta(hours=arguments.overlap_hours))
    partner, name, scopes = arguments.partner, arguments.name, frozenset(arguments.scope)
    return create_key(database, KeyGrant(partner, name, scopes, arguments.rate, lifetime))


def _print_new_key(new_key: NewKey) -> None:
    """Print the key alone on standard output, for a script, and what to know of it beside that."""
    record = new_key.record
    expires = f"expires {format_timestamp(record.expires_at)}" if record.expires_at else "never expires"
    print(f"key {record.id} of {record.partner} ({record.name}), {expires}; it is not shown again:", file=sys.stderr)
    print(new_key.key)


def _print_table(records: list[KeyRecord]) -> None:
    now = datetime.now(UTC)
    rows = [HEADINGS, *(_to_cells(record, now) for record in records)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _to_cells(record: KeyRecord, now: datetime) -> tuple[str, ...]:
    is_expired = record.expires_at is not None and record.expires_at <= now
    return (
        record.id,
        record.partner,
        ",".join(record.scopes) or "-",
        "-" if record.rate is None else str(record.rate),
        format_timestamp(record.created_at),
        format_timestamp(record.expires_at) if record.expires_at else "-",
        "revoked" if record.revoked_at else "expired" if is_expired else "good",
    )
