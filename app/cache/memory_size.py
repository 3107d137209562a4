"""The memory that an entry of a cache takes, in bytes: its key and its objects counted, too."""

import sys
from collections.abc import Iterable

from app.kit.response_headers import Header

ENTRY_BYTES = 400
"""Of the objects of an entry themselves, and of its place in the mapping."""
BYTES_OBJECT_BYTES = sys.getsizeof(b"")
EMPTY_HEADER_BYTES = sys.getsizeof((b"", b"")) + 8 + 2 * BYTES_OBJECT_BYTES
"""Of a header beside its letters: a pair, its place in a list, and two byte strings."""


def measure_bytes(content: bytes) -> int:
    """Return the bytes of memory of a byte string."""
    return BYTES_OBJECT_BYTES + len(content)


def measure_headers(headers: Iterable[Header]) -> int:
    """Return the bytes of memory of a list of headers."""
    return sum([EMPTY_HEADER_BYTES + len(name) + len(value) for name, value in headers])


def measure_key(key: tuple[object, ...]) -> int:
    """Return the bytes of memory of an entry without its content: its key with all that it holds, its own objects."""
    return ENTRY_BYTES + sys.getsizeof(key) + sum(map(sys.getsizeof, key))
