"""Which connections are admitted, and which are evicted."""

import pytest

from app.kit.connection_table import ConnectionTable


class FakeConnection:
    """A connection that notes whether it was evicted."""

    def __init__(self, table: ConnectionTable, address: str | None = "192.0.2.1") -> None:
        self.table, self.was_evicted = table, False
        self.is_admitted = table.admit(self, address)

    def evict(self) -> None:
        self.was_evicted = True


@pytest.fixture
def table() -> ConnectionTable:
    return ConnectionTable(max_connections=4, max_per_address=2, max_held_bytes=100, trusted_proxies="10.0.0.0/8,::1")


def test_the_connection_that_waited_longest_is_evicted(table: ConnectionTable) -> None:
    first, second, third, fourth = (FakeConnection(table, f"192.0.2.{number}") for number in range(4))
    table.serve(first)
    table.serve(third)
    table.wait_for_client(first)
    assert FakeConnection(table, "192.0.2.9").is_admitted
    assert [one.was_evicted for one in (first, second, third, fourth)] == [False, True, False, False]
    assert len(table) == 4


def test_no_connection_is_evicted_that_the_service_works_for(table: ConnectionTable) -> None:
    served = [FakeConnection(table, f"192.0.2.{number}") for number in range(4)]
    for connection in served:
        table.serve(connection)
    refused = FakeConnection(table, "192.0.2.9")
    assert not refused.is_admitted
    table.discard(refused)
    table.wait_for_client(refused)
    table.discard(served[0])
    assert FakeConnection(table, "192.0.2.9").is_admitted
    assert not any(connection.was_evicted for connection in served)


def test_one_address_displaces_its_own_connections_only(table: ConnectionTable) -> None:
    other, *own = FakeConnection(table, "192.0.2.9"), FakeConnection(table), FakeConnection(table)
    assert FakeConnection(table, "::ffff:192.0.2.1").is_admitted
    assert (other.was_evicted, own[0].was_evicted, own[1].was_evicted) == (False, True, False)
    subscriber = [FakeConnection(table, f"2001:db8::{number}") for number in range(1, 4)]
    assert [connection.was_evicted for connection in subscriber] == [True, False, False]
    newest = FakeConnection(table, "2001:db8::4")
    assert [connection.was_evicted for connection in subscriber] == [True, True, False]
    table.serve(subscriber[2])
    table.wait_for_client(subscriber[2])  # older than the newest one, but its client was answered after that came
    assert FakeConnection(table, "2001:db8::5").is_admitted
    assert (subscriber[2].was_evicted, newest.was_evicted) == (False, True)


@pytest.mark.parametrize("address", ["10.1.2.3", "::1", None])
def test_a_proxy_and_a_local_socket_are_limited_in_all_only(table: ConnectionTable, address: str | None) -> None:
    connections = [FakeConnection(table, address) for _ in range(5)]
    assert [connection.was_evicted for connection in connections] == [True, False, False, False, False]


def test_what_unfinished_requests_hold_is_limited_together(table: ConnectionTable) -> None:
    first, second, third = (FakeConnection(table, f"192.0.2.{number}") for number in range(3))
    table.hold(first, 60)
    table.hold(second, 40)
    assert table.held_bytes == 100
    table.hold(third, 30)
    assert (first.was_evicted, second.was_evicted, table.held_bytes) == (True, False, 70)
    table.serve(second)
    table.hold(third, 90)
    assert (second.was_evicted, table.held_bytes) == (False, 130)
    table.wait_for_client(second)
    third.was_evicted = False
    fourth = FakeConnection(table, "192.0.2.9")
    table.hold(fourth, 10)
    assert (second.was_evicted, third.was_evicted, table.held_bytes) == (False, True, 50)  # the third has waited longer
    table.hold(fourth, 0)
    table.discard(second)
    assert table.held_bytes == 0
