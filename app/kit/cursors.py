"""Keyset cursors: opaque, bound to the filters of their list, valid also after the catalogue has changed."""

import base64
import binascii
import hashlib
import json
from typing import NamedTuple

from app.kit.errors import InvalidRequest

INVALID_CURSOR_DETAIL = "This is no cursor of ours: take next_cursor from the page before, or leave it out."
FILTERS_ENCODER = json.JSONEncoder(sort_keys=True, default=sorted)
CURSOR_ENCODER = json.JSONEncoder(separators=(",", ":"))
"""Made once: `json.dumps` makes one at each call with options."""
DIGEST_LENGTH = 16
"""Hexadecimal digits of a filters digest: enough to tell filters apart, short in an address."""


class Cursor(NamedTuple):
    """Where a list goes on: after the record `key`; in a ranked list also after `rank`."""

    serial: int
    key: str
    rank: int


def filters_digest(filters: dict[str, object]) -> str:
    """Return a digest of the filters of a list: the same for the same filters in any order."""
    return hashlib.sha256(FILTERS_ENCODER.encode(filters).encode()).hexdigest()[:DIGEST_LENGTH]


def encode_cursor(cursor: Cursor, digest: str) -> str:
    """Return the text of a cursor for a list with these filters."""
    content = CURSOR_ENCODER.encode([cursor.serial, cursor.key, cursor.rank, digest])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def decode_cursor(text: str, digest: str) -> Cursor:
    """Return the cursor in `text`. Raises `InvalidRequest` when it is malformed or of other filters."""
    try:
        padding = "=" * (-len(text) % 4)
        serial, key, rank, cursor_digest = json.loads(base64.urlsafe_b64decode(text + padding))
        cursor = Cursor(_require_int(serial), str(key), _require_int(rank))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _cursor_error(INVALID_CURSOR_DETAIL) from None
    if cursor_digest != digest:
        raise _cursor_error("This cursor was made for other filters: repeat them, or start anew without it.")
    if text != encode_cursor(cursor, digest):  # base64 has several texts for the same bytes; one is ours
        raise _cursor_error(INVALID_CURSOR_DETAIL)
    return cursor


def _require_int(value: object) -> int:
    """Return `value`. Raises `TypeError` when it is no integer; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _cursor_error(detail: str) -> InvalidRequest:
    return InvalidRequest(f"cursor: {detail}", errors=[{"in": "query", "name": "cursor", "detail": detail}])
