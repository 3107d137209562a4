"""A reader of PNG pictures as they are made here: eight bits a channel, not interlaced."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

CHANNEL_COUNTS = {2: 3, 6: 4}
"""Channels of a pixel by PNG colour type: RGB and RGBA."""
Pixel = tuple[int, int, int]


@dataclass
class Picture:
    """Red, green and blue of every pixel, row by row."""

    width: int
    height: int
    rows: list[list[Pixel]]

    def count_colours(self) -> Counter[Pixel]:
        """Return how many pixels there are of each colour."""
        return Counter(pixel for row in self.rows for pixel in row)

    def flipped(self) -> "Picture":
        """Return the picture with left and right exchanged."""
        return Picture(self.width, self.height, [row[::-1] for row in self.rows])

    def mean_difference(self, other: "Picture") -> float:
        """Return the mean difference of a channel, 0 to 255."""
        assert (self.width, self.height) == (other.width, other.height)
        rows = zip(self.rows, other.rows, strict=True)
        pairs = ((a, b) for row, other_row in rows for a, b in zip(row, other_row, strict=True))
        total = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2]) for a, b in pairs)
        return total / (3 * self.width * self.height)


def read_png(png: bytes) -> Picture:
    """Return the picture; what is transparent counts as white."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = list(_read_chunks(png))
    width, height, depth, colour_type, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    step = CHANNEL_COUNTS[colour_type]
    data = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    rows, above, size = [], bytearray(width * step), width * step
    for start in range(0, height * (size + 1), size + 1):
        line = bytearray(data[start + 1 : start + 1 + size])
        _undo_filter(data[start], line, above, step)
        rows.append([_over_white(line[i : i + step]) for i in range(0, size, step)])
        above = line
    return Picture(width, height, rows)


def _read_chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    while position < len(png):
        (size,) = struct.unpack(">I", png[position : position + 4])
        yield png[position + 4 : position + 8], png[position + 8 : position + 8 + size]
        position += 12 + size


def _undo_filter(filter_type: int, line: bytearray, above: bytearray, step: int) -> None:
    """Undo a line's filter in place."""
    if filter_type == 2:
        line[:] = bytes((value + up) & 255 for value, up in zip(line, above, strict=True))
    elif filter_type:
        for i, value in enumerate(line):
            left, corner = (line[i - step], above[i - step]) if i >= step else (0, 0)
            line[i] = (value + _predict(filter_type, left, above[i], corner)) & 255


def _predict(filter_type: int, left: int, up: int, corner: int) -> int:
    """Return what the filters Sub (1), Average (3) and Paeth (4) predict of a byte."""
    if filter_type == 1:
        return left
    if filter_type == 3:
        return (left + up) // 2
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))


def _over_white(pixel: bytearray) -> Pixel:
    if len(pixel) == 4 and pixel[3] < 255:
        white = 255 - pixel[3]
        red, green, blue = (channel * pixel[3] // 255 + white for channel in pixel[:3])
        return red, green, blue
    return pixel[0], pixel[1], pixel[2]
