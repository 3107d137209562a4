"""Writes ZIP archives piece by piece; the same entries give the same bytes."""

import io
import zipfile

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that the format knows: the time of the writing would make every archive another one."""
UNIX, READABLE_FILE = 3, 0o100644
"""The system that made an entry, whatever it runs on, and the rights of its file."""


class ZipWriter:
    """Writes an archive into memory and gives away what was written: of an archive of any size one entry is held."""

    def __init__(self) -> None:
        self._output = _Drain()
        self._archive = zipfile.ZipFile(self._output, "w")

    def add(self, name: str, content: bytes, *, is_deflated: bool) -> bytes:
        """Return the bytes of the archive that one more file adds."""
        entry = zipfile.ZipInfo(name, FIXED_DATE)
        entry.create_system, entry.external_attr = UNIX, READABLE_FILE << 16
        method = zipfile.ZIP_DEFLATED if is_deflated else zipfile.ZIP_STORED
        self._archive.writestr(entry, content, method, 9)
        return self._output.take()

    def close(self) -> bytes:
        """Return the end of the archive, which lists its files."""
        self._archive.close()
        return self._output.take()


class _Drain(io.RawIOBase):
    """A file that cannot be read or rewound: what is written to it is taken out."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: object) -> int:
        """Take bytes, and return how many."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
