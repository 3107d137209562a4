"""The form of a key: a prefix by which programs recognise it, 256 random bits, and a checksum for typing faults."""

import hashlib
import re
import secrets
import string
import zlib
from typing import Final
from urllib.parse import unquote_to_bytes

KEY_PREFIX: Final = "thoracic_"
KEY_BITS: Final = 256
ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
SECRET_LENGTH: Final = 43
"""Digits of `ALPHABET` that hold 256 bits."""
CHECKSUM_LENGTH: Final = 6
"""Digits of `ALPHABET` that hold the 32 bits of a CRC."""
KEY_PATTERN: Final = re.compile(f"{KEY_PREFIX}[0-9A-Za-z]{{{SECRET_LENGTH + CHECKSUM_LENGTH}}}")
KEY_IN_TEXT: Final = re.compile(rb"thoracic_[0-9A-Za-z]{20}")
"""The beginning of a key, whole or cut off. No word of an address looks like it."""


def make_key() -> str:
    """Return a new key. It is shown once and never stored."""
    return format_key(secrets.randbits(KEY_BITS))


def format_key(number: int) -> str:
    """Return the key of a number below 2 to the power of 256."""
    secret = _to_digits(number, SECRET_LENGTH)
    return f"{KEY_PREFIX}{secret}{_checksum(secret)}"


def is_well_formed(key: str) -> bool:
    """Whether a text is a whole key without a typing fault. Nothing is said about whether it was ever given out."""
    if not KEY_PATTERN.fullmatch(key):
        return False
    secret = key[len(KEY_PREFIX) : -CHECKSUM_LENGTH]
    return _checksum(secret) == key[-CHECKSUM_LENGTH:]


def digest_key(key: str) -> str:
    """Return what is stored of a key: its SHA-256 in hexadecimal digits.

    A slow hash is for passwords, which can be guessed; 256 random bits cannot.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def holds_key(path: str, query: bytes) -> bool:
    """Whether an address holds a key, or the greater part of one, in whatever encoding."""
    address = path.encode() + b"?" + query
    return bool(KEY_IN_TEXT.search(unquote_to_bytes(address) if b"%" in address else address))


def _checksum(secret: str) -> str:
    return _to_digits(zlib.crc32(secret.encode()), CHECKSUM_LENGTH)


def _to_digits(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
