"""A bounded mapping in memory whose entries hold for one serial of the catalogue."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Entry = TypeVar("Entry")


class SerialCache(Generic[Key, Entry]):
    """Keeps entries until the serial changes, the most recently used ones within `max_bytes`."""

    def __init__(self, read_serial: Callable[[], int], max_bytes: int) -> None:
        """`read_serial` returns the serial that is served now."""
        self._read_serial, self.max_bytes = read_serial, max_bytes
        self._entries: OrderedDict[Key, tuple[Entry, int]] = OrderedDict()
        """Each with its size in bytes, the least recently used first."""
        self._serial, self._size_bytes = -1, 0

    @property
    def size_bytes(self) -> int:
        """The memory of all entries, as it was stated for each."""
        return self._size_bytes

    def __len__(self) -> int:
        return len(self._entries)

    def refresh(self) -> int:
        """Drop all entries where the serial has changed. Return the serial that is served now."""
        serial = self._read_serial()
        if serial != self._serial:
            self._entries.clear()
            self._serial, self._size_bytes = serial, 0
        return serial

    def get(self, key: Key) -> Entry | None:
        """Return the entry of the serial that is served now; it is then the most recently used one."""
        self.refresh()
        kept = self._entries.get(key)
        if kept is None:
            return None
        self._entries.move_to_end(key)
        return kept[0]

    def put(self, key: Key, entry: Entry, size_bytes: int, serial: int) -> None:
        """Keep an entry that was made at a serial, in place of an earlier one, and drop the least recently used ones.

        It is not kept where the serial has changed since, or where it alone is larger than `max_bytes`.
        """
        if self.refresh() != serial:
            return
        replaced = self._entries.pop(key, None)
        if replaced is not None:
            self._size_bytes -= replaced[1]
        if size_bytes > self.max_bytes:
            return
        self._entries[key] = entry, size_bytes
        self._size_bytes += size_bytes
        while self._size_bytes > self.max_bytes:
            _, (_, dropped_bytes) = self._entries.popitem(last=False)
            self._size_bytes -= dropped_bytes
