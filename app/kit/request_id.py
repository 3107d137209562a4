"""The id of a request: the client's own, or a new one."""

import random
import re
from collections.abc import Iterable

REQUEST_ID_HEADER = b"x-request-id"
WELL_FORMED_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def read_request_id(value: bytes) -> bytes:
    """Return the value of an `X-Request-ID` header where it is well formed, else nothing."""
    return value if WELL_FORMED_ID.fullmatch(value) else b""


def new_request_id() -> bytes:
    """Return a new id of 16 hexadecimal digits. It guards nothing, so it need not be hard to guess."""
    return b"%016x" % random.getrandbits(64)


def request_id_for(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return the first well-formed `X-Request-ID` of a request, else a new id."""
    for name, value in headers:
        if name == REQUEST_ID_HEADER and read_request_id(value):
            return value.decode()
    return new_request_id().decode()
