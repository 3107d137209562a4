"""Archives of moving pictures: made once, kept as files, and sent while they are being made."""

import asyncio
import contextlib
import logging
import os
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from app.catalogue.snapshot import Snapshot
from app.kit.logging import traceback_locations
from app.kit.work_limiter import WorkLimiter
from app.offline.figure_archive import FigureArchive, prepare_webp, render_vectors
from app.offline.zip_writer import ZipWriter

log = logging.getLogger("thoracic.archives")
CHUNK_BYTES = 262_144
PART = ".part"
MAX_PART_AGE_S = 3600
"""A part that is older was left behind by a process that was killed."""


class GrowingFile:
    """A file that is read while it is written."""

    def __init__(self, path: Path) -> None:
        self.path, self.size_bytes, self.is_complete = path, 0, False
        self._changed = asyncio.Condition()
        self._file = path.open("wb")

    async def append(self, piece: bytes) -> None:
        """Write a piece, and let readers read it."""
        await asyncio.to_thread(self._write, piece)
        self.size_bytes += len(piece)
        async with self._changed:
            self._changed.notify_all()

    def _write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._file.flush()

    async def finish(self, *, is_complete: bool) -> None:
        """Let readers come to the end; of an incomplete file that is an error."""
        self._file.close()
        self.is_complete = is_complete
        async with self._changed:
            self._changed.notify_all()

    def read(self) -> AsyncIterator[bytes]:
        """Return the pieces of the whole file. Raises `EOFError` at the end of one that is not completed."""
        return self._read(self.path.open("rb"))  # opened now: later it may have another name

    async def _read(self, file: BinaryIO) -> AsyncIterator[bytes]:
        with file:
            sent = 0
            # Pieces may come while a thread reads, and the end as well: both are looked at without an await between.
            while sent < self.size_bytes or not self._file.closed:
                if sent == self.size_bytes:
                    await self._wait_beyond(sent)
                    continue
                piece = await asyncio.to_thread(file.read, min(CHUNK_BYTES, self.size_bytes - sent))
                if not piece:
                    raise EOFError(self.path.name)
                sent += len(piece)
                yield piece
        if not self.is_complete:
            raise EOFError(self.path.name)

    async def _wait_beyond(self, size_bytes: int) -> None:
        """Wait until there is more than this, or the end."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.size_bytes > size_bytes or self._file.closed)


class ArchiveStore:
    """Keeps the archives of moving pictures as files; of one that was redrawn the last."""

    def __init__(self, folder: Path, limiter: WorkLimiter) -> None:
        """`folder` is made when it is first needed. Pictures of pixels wait for their turn in `limiter`."""
        self._folder, self._limiter = folder, limiter
        self._growing: dict[str, GrowingFile] = {}
        self._tasks = set[asyncio.Task[None]]()

    async def open(self, archive: FigureArchive, catalogue: Snapshot, digest: str) -> AsyncIterator[bytes] | Path:
        """Return the path of an archive, or where it is still being made what reads it meanwhile.

        Raises `ImportError` where this server cannot make it.
        """
        name = f"{'-'.join(archive)}-{digest}.zip"
        path = self._folder / name
        if name not in self._growing:
            if path.is_file():
                return path
            if archive.format == "webp":
                prepare_webp(archive, archive.list_pictures(catalogue)[0])
            self._growing[name] = GrowingFile(self._make_part(name))
            task = asyncio.create_task(self._make(archive, catalogue, path))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return self._growing[name].read()

    def _make_part(self, name: str) -> Path:
        """Return a new file to write into. Where the folder cannot be written, a temporary one takes its place."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=f"{name}.", suffix=PART, dir=self._folder)
        except OSError:
            self._folder = Path(tempfile.mkdtemp(prefix="thoracic-archives-"))
            handle, part = tempfile.mkstemp(prefix=f"{name}.", suffix=PART, dir=self._folder)
        os.close(handle)
        return Path(part)

    async def close(self) -> None:
        """Give up what is being made."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, archive: FigureArchive, catalogue: Snapshot, path: Path) -> None:
        growing = self._growing[path.name]
        is_complete = False
        try:
            writer = ZipWriter()
            for picture in archive.list_pictures(catalogue):
                if archive.format == "webp":
                    render = await asyncio.to_thread(prepare_webp, archive, picture)
                    content = await self._limiter.run_for_many(render)
                else:
                    content = await asyncio.to_thread(render_vectors, archive, picture)
                await growing.append(
                    await asyncio.to_thread(
                        writer.add, archive.name_file(picture.slug), content, is_deflated=archive.format != "webp"
                    )
                )
            await growing.append(writer.close())
            is_complete = True
        except Exception as error:  # of any kind: readers see the early end, the next one begins anew
            extra = {"error": type(error).__name__, "locations": traceback_locations(error)}
            log.error("an archive was not made", extra=extra)
        finally:
            del self._growing[path.name]
            # Readers that have begun go on with the file under its new name, or without a name.
            self._settle(growing.path, path, archive, is_complete=is_complete)
            await growing.finish(is_complete=is_complete)

    def _settle(self, part: Path, path: Path, archive: FigureArchive, *, is_complete: bool) -> None:
        """Give a complete archive its name, and delete what is out of date."""
        with contextlib.suppress(OSError):
            if not is_complete:
                part.unlink()
                return
            outdated = [other for other in self._folder.glob(f"{'-'.join(archive)}-*.zip") if other != path]
            abandoned = [
                other for other in self._folder.glob(f"*{PART}") if time.time() - other.stat().st_mtime > MAX_PART_AGE_S
            ]
            for other in (*outdated, *abandoned):
                other.unlink(missing_ok=True)
            part.replace(path)
