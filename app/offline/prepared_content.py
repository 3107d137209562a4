"""Documents that are made once for each snapshot, off the event loop, whoever asks for them."""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple

from app.cache.encodings import encode_small
from app.catalogue.snapshot import Snapshot

MAX_KEPT = 4
"""Documents that are kept here: the cache keeps what is sent. Enough for those that are asked for at one time."""


class PreparedContent(NamedTuple):
    """A document as it is, and in every encoding."""

    content: bytes
    encodings: Mapping[str, bytes]


class ContentPreparation:
    """Prepares documents of the snapshot that is served; requests that come meanwhile wait for the same one."""

    def __init__(self) -> None:
        self._serial = -1
        self._prepared: dict[Hashable, asyncio.Future[PreparedContent]] = {}

    async def prepare(self, catalogue: Snapshot, key: Hashable, write: Callable[[], bytes]) -> PreparedContent:
        """Return the document that `write` writes from a catalogue; equal keys stand for equal documents of it."""
        if catalogue.serial != self._serial:
            self._serial, self._prepared = catalogue.serial, {}
        key = catalogue.partner, key
        prepared = self._prepared.get(key)
        if prepared is None or _has_failed(prepared):
            if len(self._prepared) >= MAX_KEPT:
                self._prepared.clear()
            prepared = asyncio.ensure_future(asyncio.to_thread(_prepare, write))
            self._prepared[key] = prepared
        return await asyncio.shield(prepared)  # a client that leaves does not stop what others wait for


def _has_failed(prepared: asyncio.Future[PreparedContent]) -> bool:
    return prepared.done() and (prepared.cancelled() or prepared.exception() is not None)


def _prepare(write: Callable[[], bytes]) -> PreparedContent:
    content = write()
    return PreparedContent(content, encode_small(content))
