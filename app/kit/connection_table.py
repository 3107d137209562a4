"""The open connections of a process: how many there may be, of one address too, and what their clients make it hold.

Where a limit is reached, the connection that has waited for its client the longest is closed for the new one.
"""

from collections.abc import Container
from typing import Protocol

from app.kit.client_address import TrustedProxies, name_network


class Connection(Protocol):
    """What the table needs of a connection."""

    def evict(self) -> None:
        """Close, because another connection needs the slot."""


class ConnectionTable:
    """Counts connections and the bytes of requests that are not whole yet.

    A connection waits for its client as long as it owes the service something: a request, the rest of one, or the
    reading of an answer. Only such a connection is evicted.
    """

    def __init__(self, max_connections: int, max_per_address: int, max_held_bytes: int, trusted_proxies: str) -> None:
        """Connections of `trusted_proxies` are counted together only: behind one address are many clients."""
        self.max_connections, self.max_per_address = max_connections, max_per_address
        self.max_held_bytes, self.held_bytes = max_held_bytes, 0
        self._trusted = TrustedProxies(trusted_proxies)
        self._addresses: dict[Connection, str] = {}
        self._waiting: dict[Connection, None] = {}
        """The one that waits the longest first."""
        self._of_address: dict[str, set[Connection]] = {}
        self._held: dict[Connection, int] = {}

    def __len__(self) -> int:
        return len(self._addresses)

    def admit(self, connection: Connection, address: str | None) -> bool:
        """Take a connection in. Return False where there is no slot, because every connection is being served."""
        key = self._address_key(address)
        siblings = self._of_address.get(key, set()) if key else set()
        if len(siblings) >= self.max_per_address and not self._evict_longest_waiting(siblings):
            return False
        if len(self._addresses) >= self.max_connections and not self._evict_longest_waiting(self._waiting):
            return False
        self._addresses[connection] = key
        if key:
            self._of_address.setdefault(key, set()).add(connection)
        self._waiting[connection] = None
        return True

    def discard(self, connection: Connection) -> None:
        """Forget a connection that is closed or was never admitted."""
        self.hold(connection, 0)
        self._waiting.pop(connection, None)
        key = self._addresses.pop(connection, "")
        if key:
            siblings = self._of_address[key]
            siblings.remove(connection)
            if not siblings:
                del self._of_address[key]

    def wait_for_client(self, connection: Connection) -> None:
        """Note that the client has the next step: of all that wait it is the last to be evicted."""
        if connection in self._addresses:
            self._waiting.pop(connection, None)  # a key that is there would keep its place in the order
            self._waiting[connection] = None

    def serve(self, connection: Connection) -> None:
        """Note that the service has the next step: the connection is not evicted."""
        self._waiting.pop(connection, None)

    def hold(self, connection: Connection, count: int) -> None:
        """Note how many bytes a connection makes the service keep. Others are evicted where it is too much in all."""
        self.held_bytes += count - self._held.pop(connection, 0)
        if not count:
            return
        self._held[connection] = count
        while self.held_bytes > self.max_held_bytes:
            others = self._held.keys() - {connection}
            if not self._evict_longest_waiting(others):
                return

    def _evict_longest_waiting(self, connections: Container[Connection]) -> bool:
        """Close that of these connections which waits for its client the longest. Return False where none does."""
        longest_waiting = next((connection for connection in self._waiting if connection in connections), None)
        if longest_waiting is None:
            return False
        self.discard(longest_waiting)
        longest_waiting.evict()
        return True

    def _address_key(self, address: str | None) -> str:
        """Return the name under which connections of one client are counted; empty where they are not."""
        if not address or address in self._trusted:
            return ""
        return name_network(address)
