"""A reader of PNG pictures as they are made here: eight bits a channel, not interlaced."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

CHANNELS = {2: 3, 6: 4}
Pixel = tuple[int, int, int]


@dataclass
class Picture:
    """Red, green and blue of every pixel, row by row."""

    width: int
    height: int
    rows: list[list[Pixel]]

    def counts(self) -> Counter[Pixel]:
        """How many pixels there are of each colour."""
        return Counter(pixel for row in self.rows for pixel in row)

    def flipped(self) -> "Picture":
        return Picture(self.width, self.height, [row[::-1] for row in self.rows])

    def difference(self, other: "Picture") -> float:
        """Mean difference of a channel, 0 to 255."""
        assert (self.width, self.height) == (other.width, other.height)
        pairs = ((a, b) for one, two in zip(self.rows, other.rows, strict=True) for a, b in zip(one, two, strict=True))
        total = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2]) for a, b in pairs)
        return total / (3 * self.width * self.height)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _unfiltered(kind: int, line: bytearray, above: bytearray, step: int) -> None:
    """Undo a line's filter in place."""
    if kind == 2:
        line[:] = bytes((value + up) & 255 for value, up in zip(line, above, strict=True))
    elif kind:
        for i, value in enumerate(line):
            left, corner = (line[i - step], above[i - step]) if i >= step else (0, 0)
            line[i] = (value + _guess(kind, left, above[i], corner)) & 255


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    middle = left + up - corner
    return min((left, up, corner), key=lambda value: abs(middle - value))


def read(png: bytes) -> Picture:
    """The picture; what is transparent counts as white."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = list(_chunks(png))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    step = CHANNELS[kind]
    data = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    rows, above, size = [], bytearray(width * step), width * step
    for start in range(0, height * (size + 1), size + 1):
        line = bytearray(data[start + 1 : start + 1 + size])
        _unfiltered(data[start], line, above, step)
        rows.append([_opaque(line[i : i + step]) for i in range(0, size, step)])
        above = line
    return Picture(width, height, rows)


def _opaque(pixel: bytearray) -> Pixel:
    if len(pixel) == 4 and pixel[3] < 255:
        rest = 255 - pixel[3]
        red, green, blue = (channel * pixel[3] // 255 + rest for channel in pixel[:3])
        return red, green, blue
    return pixel[0], pixel[1], pixel[2]
