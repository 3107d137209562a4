"""A document is made once for each snapshot and key, whoever asks, and made again after a failure."""

import asyncio
from collections import Counter

import pytest

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.snapshot import Snapshot
from app.offline.prepared_content import MAX_KEPT, ContentPreparation, PreparedContent


class Writer:
    """Asks for documents and counts how often each was written; that of serial 13 fails the first time."""

    def __init__(self) -> None:
        self.preparation, self.counts = ContentPreparation(), Counter[tuple[int, str]]()

    async def ask(self, serial: int, key: str = "") -> PreparedContent:
        def write() -> bytes:
            self.counts[serial, key] += 1
            if serial == 13 and self.counts[serial, key] == 1:
                raise MemoryError
            return f"{serial} {key}".encode()

        return await self.preparation.prepare(Snapshot(serial, StoredCatalogue.empty(), {}), key, write)


def test_all_who_ask_at_once_get_the_same_one() -> None:
    async def ask() -> Counter[tuple[int, str]]:
        writer = Writer()
        contents = await asyncio.gather(*(writer.ask(7) for _ in range(5)))
        assert len({id(content) for content in contents}) == 1
        assert set(contents[0].encodings) >= {"gzip"}
        await writer.ask(8)
        return writer.counts

    assert asyncio.run(ask()) == {(7, ""): 1, (8, ""): 1}


def test_each_key_has_its_own_and_few_are_kept() -> None:
    async def ask() -> Counter[tuple[int, str]]:
        writer, keys = Writer(), [str(number) for number in range(MAX_KEPT + 1)]
        for key in [*keys, keys[-1], keys[0]]:
            assert (await writer.ask(7, key)).content == f"7 {key}".encode()
        return writer.counts

    counts = asyncio.run(ask())
    assert (counts[7, "0"], counts[7, str(MAX_KEPT)]) == (2, 1)


def test_one_who_leaves_stops_nothing_and_a_failure_is_not_kept() -> None:
    async def ask() -> Counter[tuple[int, str]]:
        writer = Writer()
        impatient = asyncio.create_task(writer.ask(7))
        await asyncio.sleep(0)
        impatient.cancel()
        await writer.ask(7)
        with pytest.raises(MemoryError):
            await writer.ask(13)
        await writer.ask(13)
        return writer.counts

    assert asyncio.run(ask()) == {(7, ""): 1, (13, ""): 2}
