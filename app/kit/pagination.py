"""Keyset cursors: opaque, tied to the filters they were made for, going on by key when the catalogue moves."""

import base64
import binascii
import hashlib
import json
from typing import NamedTuple

from app.kit.errors import InvalidRequest

NO_CURSOR = "This is no cursor of ours: take next_cursor from the page before, or leave it out."


class Cursor(NamedTuple):
    """Where a list goes on: after `key`, at place `rank` where the order is a ranking."""

    serial: int
    key: str
    rank: int


def digest_of(filters: dict[str, object]) -> str:
    """Names the filters of a list; the same for the same filters in any order."""
    return hashlib.sha256(json.dumps(filters, sort_keys=True, default=sorted).encode()).hexdigest()[:16]


def write_cursor(cursor: Cursor, digest: str) -> str:
    said = json.dumps([cursor.serial, cursor.key, cursor.rank, digest], separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str, digest: str) -> Cursor:
    """The cursor in `text`; 422 where it is none of ours, or was made for other filters."""
    try:
        serial, key, rank, made_for = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(_whole(serial), str(key), _whole(rank))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _refused(NO_CURSOR) from None
    if made_for != digest:
        raise _refused("This cursor was made for other filters: repeat them, or start anew without it.")
    if text != write_cursor(cursor, digest):
        raise _refused(NO_CURSOR)
    return cursor


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _refused(detail: str) -> InvalidRequest:
    return InvalidRequest(f"cursor: {detail}", errors=[{"in": "query", "name": "cursor", "detail": detail}])
