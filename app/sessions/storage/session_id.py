"""Makes the id of a stored session from what is stored, so that it tells nothing else."""

import base64
import hashlib
import hmac
import json
from typing import Any, Final

ID_LENGTH: Final = 26
"""Characters of an id: 130 bits. The column that holds it has the same length; a migration changes it."""


def make_session_id(stored: dict[str, Any], secret: bytes) -> str:
    """Return the id of a session: the same content has the same id.

    `stored` is everything that is stored of it, in JSON. Nothing personal is in it, so a guess of what is personal has
    nothing to be compared with.
    """
    # Sorted and without spaces: the same content must give the same bytes.
    text = json.dumps(stored, sort_keys=True, separators=(",", ":"))
    digest = hmac.digest(secret, text.encode(), hashlib.sha256)
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]
