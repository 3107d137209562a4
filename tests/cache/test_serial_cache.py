"""The mapping under both caches: what is kept, how much of it, and for how long."""

from app.cache.serial_cache import SerialCache


class Source:
    """A serial that moves when a test says so."""

    def __init__(self) -> None:
        self.serial = 1

    def make_cache(self, max_bytes: int) -> SerialCache[str, str]:
        return SerialCache(lambda: self.serial, max_bytes)


def test_the_least_recently_used_entries_go_first_and_sizes_add_up() -> None:
    cache = Source().make_cache(100)
    for key in "abc":
        cache.put(key, key.upper(), 30, serial=1)
    assert cache.get("a") == "A"
    cache.put("d", "D", 30, serial=1)
    assert [cache.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    cache.put("c", "grown", 50, serial=1)
    assert ([cache.get(key) for key in "acd"], cache.size_bytes, len(cache)) == ([None, "grown", "D"], 80, 2)


def test_an_entry_that_is_too_large_is_left_out_and_drops_no_other() -> None:
    cache = Source().make_cache(100)
    cache.put("a", "A", 60, serial=1)
    cache.put("b", "B", 101, serial=1)
    assert (cache.get("a"), cache.get("b"), cache.size_bytes) == ("A", None, 60)
    cache.put("a", "grown", 101, serial=1)
    assert (cache.get("a"), cache.size_bytes) == (None, 0)


def test_all_goes_when_the_serial_moves_and_what_was_made_before_is_not_kept() -> None:
    source = Source()
    cache = source.make_cache(100)
    cache.put("a", "A", 60, serial=1)
    source.serial = 2
    assert (cache.get("a"), cache.size_bytes, cache.refresh()) == (None, 0, 2)
    cache.put("a", "late", 60, serial=1)
    assert cache.get("a") is None
    cache.put("a", "new", 60, serial=2)
    assert cache.get("a") == "new"
