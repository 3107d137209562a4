"""A file that is read while it grows comes whole to every reader, or with an error."""

import asyncio
from pathlib import Path

import pytest

from app.offline.archive_store import GrowingFile

PIECES = [bytes([number]) * 1000 for number in range(20)]


async def read_while_written(path: Path, *, is_complete: bool) -> list[bytes]:
    """What several readers get that begin before, between and after the pieces."""
    growing = GrowingFile(path)

    async def read() -> bytes:
        return b"".join([piece async for piece in growing.read()])

    readers = []
    for piece in PIECES:
        readers.append(asyncio.create_task(read()))
        await growing.append(piece)
    await growing.finish(is_complete=is_complete)
    readers.append(asyncio.create_task(read()))
    return await asyncio.gather(*readers)


def test_every_reader_gets_all_of_it(tmp_path: Path) -> None:
    for number in range(20):
        contents = asyncio.run(read_while_written(tmp_path / str(number), is_complete=True))
        assert set(contents) == {b"".join(PIECES)}


def test_the_end_of_an_incomplete_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EOFError):
        asyncio.run(read_while_written(tmp_path / "part", is_complete=False))
