"""Bytes of a FIT file: header, definition messages, data messages, checksum.

After the published description of the protocol ("FIT protocol", Garmin). Numbers are little-endian. A field without a
value holds the invalid value of its type, and readers leave it out.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

HEADER_SIZE: Final = 14
PROTOCOL_VERSION: Final = 0x10
PROFILE_VERSION: Final = 2132
"""21.32: every type and field written here is in it."""
DEFINITION_FLAG: Final = 0x40
CRC_TABLE: Final = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)
"""The checksum of each half byte."""


class BaseType(NamedTuple):
    """A type of field: its number in the protocol, its form for `struct`, and the value that means none."""

    number: int
    form: str
    invalid: int


ENUM: Final = BaseType(0x00, "B", 0xFF)
UINT16: Final = BaseType(0x84, "H", 0xFFFF)
UINT32: Final = BaseType(0x86, "I", 0xFFFF_FFFF)
UINT32Z: Final = BaseType(0x8C, "I", 0)
STRING: Final = BaseType(0x07, "s", 0)
MAX_STRING_SIZE: Final = 255
"""Bytes of a text, its closing zero included."""


class Field(NamedTuple):
    """A field of a message: its number, and its type."""

    number: int
    base_type: BaseType


class Message(NamedTuple):
    """A message of the profile: its global number, and its fields by name."""

    number: int
    fields: Mapping[str, Field]


Values = Mapping[str, int | str | None]
"""The values of a message by the names of its fields. A name that is absent has no value."""


def write_fit_file(groups: Iterable[tuple[Message, Sequence[Values]]]) -> bytes:
    """Return a FIT file with the messages of each group, in order. At most 16 groups, one for each local type."""
    data = b"".join(_write_group(number, message, rows) for number, (message, rows) in enumerate(groups))
    header = struct.pack("<BBHI4s", HEADER_SIZE, PROTOCOL_VERSION, PROFILE_VERSION, len(data), b".FIT")
    content = header + struct.pack("<H", compute_crc(header)) + data
    return content + struct.pack("<H", compute_crc(content))


def compute_crc(content: bytes) -> int:
    """Return the checksum of the protocol (CRC-16, of half a byte at a time)."""
    crc = 0
    for byte in content:
        for half in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) ^ CRC_TABLE[crc & 0xF] ^ CRC_TABLE[half]
    return crc


def cut_text(text: str, max_bytes: int) -> str:
    """Return the beginning of a text that has at most so many bytes in UTF-8, without half a character."""
    return text.encode()[:max_bytes].decode(errors="ignore")


def _write_group(local_number: int, message: Message, rows: Sequence[Values]) -> bytes:
    """Return the definition of a message, and a data message for each row. Texts are as wide as the longest one."""
    sizes = {name: _field_size(name, field.base_type, rows) for name, field in message.fields.items()}
    definition = struct.pack("<BBBHB", DEFINITION_FLAG | local_number, 0, 0, message.number, len(sizes))
    for name, field in message.fields.items():
        definition += struct.pack("<BBB", field.number, sizes[name], field.base_type.number)
    return definition + b"".join(_write_row(local_number, message, row, sizes) for row in rows)


def _field_size(name: str, base_type: BaseType, rows: Sequence[Values]) -> int:
    if base_type is not STRING:
        return struct.calcsize(f"<{base_type.form}")
    return 1 + max(len(_encode_text(row.get(name))) for row in rows)


def _write_row(local_number: int, message: Message, row: Values, sizes: Mapping[str, int]) -> bytes:
    content = struct.pack("<B", local_number)
    for name, field in message.fields.items():
        value = row.get(name)
        if field.base_type is STRING:
            content += _encode_text(value).ljust(sizes[name], b"\0")
        else:
            content += struct.pack(f"<{field.base_type.form}", field.base_type.invalid if value is None else value)
    return content


def _encode_text(value: int | str | None) -> bytes:
    """Return a text in UTF-8, cut to what a field can hold. A zero would end it early."""
    return cut_text(str(value or "").replace("\0", ""), MAX_STRING_SIZE - 1).encode()
