"""Encodings of an answer: which one a client gets, and making it."""

import zlib
from collections.abc import Callable

try:
    import brotli
except ImportError:  # an extra; gzip serves without it
    brotli = None

SMALLEST = 500
"""Bytes below which an encoding gains nothing."""
COMPRESSIBLE = (b"application/json", b"application/problem+json", b"image/svg+xml", b"text/")


def _gzip(content: bytes) -> bytes:
    """Gzip without a time in its header, so that the same bytes give the same answer."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(content) + packer.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    **({"br": lambda content: bytes(brotli.compress(content, quality=5))} if brotli is not None else {}),
    "gzip": _gzip,
}
"""Best first."""


def choose(accepted: bytes) -> str:
    """The best encoding that `Accept-Encoding` allows; empty: as it is."""
    if not accepted:
        return ""
    weights: dict[str, float] = {}
    for part in accepted.decode("latin-1").lower().split(","):
        name, _, rest = part.strip().partition(";")
        try:
            weights[name.strip()] = float(rest.partition("=")[2]) if rest.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    other = weights.get("*", 0.0)
    offered = [(weights.get(name, other), -place, name) for place, name in enumerate(ENCODERS)]
    weight, _, name = max(offered)
    return name if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def compressible(content_type: bytes, length: int) -> bool:
    return length >= SMALLEST and content_type.startswith(COMPRESSIBLE)
