"""The bundle as it is sent: made once for each snapshot and each public address, off the event loop."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from app.cache.encodings import encode_best
from app.catalogue.snapshot import Snapshot
from app.kit.links import link_json_paths
from app.offline.bundle import write_bundle

MAX_KEPT_ADDRESSES = 4
"""Public addresses whose bundles are kept: most services have one."""


class PreparedBundle(NamedTuple):
    """A bundle as it is, and in every encoding."""

    content: bytes
    encodings: Mapping[str, bytes]


class BundlePreparation:
    """Prepares the bundle of the snapshot that is served; requests that come meanwhile wait for the same one."""

    def __init__(self) -> None:
        self._serial = -1
        self._prepared: dict[str, asyncio.Future[PreparedBundle]] = {}

    async def prepare(self, catalogue: Snapshot, link_base: str) -> PreparedBundle:
        """Return the bundle of a catalogue, with `link_base` before each path."""
        if catalogue.serial != self._serial:
            self._serial, self._prepared = catalogue.serial, {}
        prepared = self._prepared.get(link_base)
        if prepared is None or _has_failed(prepared):
            if len(self._prepared) >= MAX_KEPT_ADDRESSES:
                self._prepared.clear()
            prepared = asyncio.ensure_future(asyncio.to_thread(_prepare, catalogue, link_base))
            self._prepared[link_base] = prepared
        return await asyncio.shield(prepared)  # a client that leaves does not stop what others wait for


def _has_failed(prepared: asyncio.Future[PreparedBundle]) -> bool:
    return prepared.done() and (prepared.cancelled() or prepared.exception() is not None)


def _prepare(catalogue: Snapshot, link_base: str) -> PreparedBundle:
    content = link_json_paths(write_bundle(catalogue), link_base)
    return PreparedBundle(content, encode_best(content))
