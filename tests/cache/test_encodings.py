"""Which encoding a client gets, and that it says the same as the plain bytes."""

import gzip

import brotli
import pytest

from app.cache.encodings import ENCODERS, is_compressible, negotiate_encoding


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (b"", ""),
        (b"gzip", "gzip"),
        (b"br", "br"),
        (b"gzip, deflate, br", "br"),
        (b"GZIP", "gzip"),
        (b"gzip;q=1, br;q=0.5", "gzip"),
        (b"gzip;q=0.5, br;q=0", "gzip"),
        (b"br;q=0, gzip;q=0", ""),
        (b"*", "br"),
        (b"*;q=0", ""),
        (b"br;q=0, *", "gzip"),
        (b"identity", ""),
        (b"identity;q=1, gzip;q=0.5", ""),
        (b"identity;q=0.5, gzip;q=0.5", "gzip"),
        (b"deflate", ""),
        (b"zstd", ""),
        (b"gzip;q=much", ""),
        (b"gzip;q=nan", ""),
        (b"gzip;q=-1", ""),
        (b",,;,=;q", ""),
        (b"\xff\xfe", ""),
    ],
)
def test_choice(accepted: bytes, expected: str) -> None:
    assert negotiate_encoding(accepted) == expected


@pytest.mark.parametrize("content", [b"", b"a", b'{"name":"Open book"}' * 500])
def test_an_encoding_gives_back_the_bytes_and_is_the_same_each_time(content: bytes) -> None:
    assert gzip.decompress(ENCODERS["gzip"](content)) == content
    assert brotli.decompress(ENCODERS["br"](content)) == content
    assert all(encode(content) == encode(content) for encode in ENCODERS.values())


@pytest.mark.parametrize(
    ("kind", "length", "gains"),
    [
        (b"application/json", 500, True),
        (b"application/json", 499, False),
        (b"application/problem+json", 5000, True),
        (b"text/html; charset=utf-8", 5000, True),
        (b"image/svg+xml", 5000, True),
        (b"text/calendar; charset=utf-8", 5000, False),
        (b"image/png", 5000, False),
        (b"", 5000, False),
    ],
)
def test_what_gains_by_it(kind: bytes, length: int, gains: bool) -> None:
    assert is_compressible(kind, length) is gains
