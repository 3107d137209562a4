"""The bundle is made once for each snapshot and address, whoever asks, and made again after a failure."""

import asyncio
from collections import Counter

import pytest

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.snapshot import Snapshot
from app.offline import prepared_bundle
from app.offline.prepared_bundle import MAX_KEPT_ADDRESSES, BundlePreparation


def make_snapshot(serial: int) -> Snapshot:
    return Snapshot(serial, StoredCatalogue.empty(), {})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often the bundle of each serial was made; that of serial 13 fails the first time."""
    counts = Counter[int]()

    def write_bundle(catalogue: Snapshot) -> bytes:
        counts[catalogue.serial] += 1
        if catalogue.serial == 13 and counts[13] == 1:
            raise MemoryError
        return b'{"serial":%d,"path":"/v1/x"}' % catalogue.serial

    monkeypatch.setattr(prepared_bundle, "write_bundle", write_bundle)
    return counts


def test_all_who_ask_at_once_get_the_same_one(made: Counter[int]) -> None:
    async def ask() -> None:
        preparation, snapshot = BundlePreparation(), make_snapshot(7)
        bundles = await asyncio.gather(*(preparation.prepare(snapshot, "") for _ in range(5)))
        assert len({id(bundle) for bundle in bundles}) == 1
        await preparation.prepare(make_snapshot(8), "")

    asyncio.run(ask())
    assert made == {7: 1, 8: 1}


def test_each_address_has_its_own_and_few_are_kept(made: Counter[int]) -> None:
    async def ask() -> None:
        preparation, snapshot = BundlePreparation(), make_snapshot(7)
        bases = [f"/prefix{number}" for number in range(MAX_KEPT_ADDRESSES + 1)]
        for base in [*bases, bases[-1]]:
            assert (
                await preparation.prepare(snapshot, base)
            ).content == b'{"serial":7,"path":"%s/v1/x"}' % base.encode()

    asyncio.run(ask())
    assert made == {7: MAX_KEPT_ADDRESSES + 1}


def test_one_who_leaves_stops_nothing_and_a_failure_is_not_kept(made: Counter[int]) -> None:
    async def ask() -> None:
        preparation, snapshot = BundlePreparation(), make_snapshot(7)
        impatient = asyncio.create_task(preparation.prepare(snapshot, ""))
        await asyncio.sleep(0)
        impatient.cancel()
        await preparation.prepare(snapshot, "")
        with pytest.raises(MemoryError):
            await preparation.prepare(make_snapshot(13), "")
        await preparation.prepare(make_snapshot(13), "")

    asyncio.run(ask())
    assert made == {7: 1, 13: 2}
