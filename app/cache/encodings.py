"""Encodings of an answer: which one a client gets, and making it."""

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache

try:
    import brotli
except ImportError:  # an extra; gzip serves without it
    brotli = None

MIN_COMPRESSIBLE_BYTES = 500
"""Bytes below which an encoding gains nothing."""
COMPRESSIBLE_TYPES = (
    *(b"application/json", b"application/problem+json", b"application/x-ndjson"),
    *(b"image/svg+xml", b"text/"),
)
"""Beginnings of the media types that are text inside."""

UNDECODABLE_TYPES = (b"text/calendar",)
"""Beginnings of the media types of which some readers ask for an encoding that they cannot read: Outlook does."""


def _gzip(content: bytes, level: int = 6) -> bytes:
    """Return gzip without a time in its header, so that the same bytes give the same answer."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)  # 16: a gzip header, with the time 0
    return compressor.compress(content) + compressor.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    **({"br": lambda content: bytes(brotli.compress(content, quality=5))} if brotli is not None else {}),
    "gzip": _gzip,
}
"""Encoders by their name in `Accept-Encoding`, best first."""
BEST_BROTLI_QUALITY = 11
"""A megabyte takes about a second, and is a sixth smaller than with the best quality that is quick."""


@lru_cache(maxsize=4)
def encode_small(content: bytes) -> Mapping[str, bytes]:
    """Return the content in every encoding, smaller than `ENCODERS` make it: for what is made once and sent often.

    Takes up to seconds: call it in a thread.
    """
    br = {"br": bytes(brotli.compress(content, quality=BEST_BROTLI_QUALITY))} if brotli is not None else {}
    return {**br, "gzip": _gzip(content, 9)}


def decode(encoding: str, content: bytes) -> bytes:
    """Return what was encoded."""
    if encoding == "gzip":
        return zlib.decompress(content, zlib.MAX_WBITS | 16)
    return bytes(brotli.decompress(content))


@lru_cache(maxsize=512)
def negotiate_encoding(accept_encoding: bytes) -> str:
    """Return the best encoding that an `Accept-Encoding` header allows; empty: as it is."""
    if not accept_encoding:
        return ""
    weights: dict[str, float] = {}
    for part in accept_encoding.decode("latin-1").lower().split(","):
        name, _, parameter = part.strip().partition(";")
        try:
            weights[name.strip()] = float(parameter.partition("=")[2]) if parameter.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    default_weight = weights.get("*", 0.0)
    # Among equal weights the first encoder wins: its rank, negated, is the largest.
    offers = [(weights.get(name, default_weight), -rank, name) for rank, name in enumerate(ENCODERS)]
    weight, _, name = max(offers)
    return name if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def is_compressible(content_type: bytes, length: int) -> bool:
    """Whether content of this type and length, in bytes, is encoded: it gets smaller, and its readers can decode it."""
    if content_type.startswith(UNDECODABLE_TYPES):
        return False
    return length >= MIN_COMPRESSIBLE_BYTES and content_type.startswith(COMPRESSIBLE_TYPES)
