"""Rates of several processes, which share a table: exact together, and alive without it."""

import asyncio
import random
from collections.abc import Mapping
from typing import NoReturn

import pytest
import sqlalchemy as sa

from app.kit.database import Database
from app.kit.database_health import DatabaseHealth
from app.kit.request_database import RequestDatabase
from app.partners.gcra import SECOND_NS, WINDOW_NS, Quota, Reservation
from app.partners.rate_store import Grant, RateStore
from app.partners.shared_limiter import SharedLimiter

QUOTA = Quota("address", 600)
CLIENT = "address:192.0.2.1"


@pytest.fixture
def migrated(database: Database) -> Database:
    database.migrate()
    return database


def share_rates(database: Database) -> tuple[SharedLimiter, RequestDatabase]:
    """A limiter as each of several processes has it."""
    request_database = RequestDatabase(4, 30, DatabaseHealth("primary"))
    return SharedLimiter(RateStore(database, b"a secret").reserve, request_database), request_database


def test_four_processes_share_a_quota(migrated: Database) -> None:
    """Each has its own memory and connections; together they admit what one would, within 2 %."""
    count = 10_000 if migrated.is_sqlite else 3000  # PostgreSQL is slower, and the sum the same

    async def flood() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        limiters = [share_rates(migrated)[0] for _ in range(4)]
        begun_at, admitted, choose = loop.time(), 0, random.Random(1)
        for number in range(count):
            admitted += (await choose.choice(limiters).charge("address:192.0.2.1", QUOTA, 1)).is_admitted
            if number % 50 == 0:
                await asyncio.sleep(0)
        ended_at = loop.time()
        for limiter in limiters:
            await limiter.aclose()
        return admitted, 600 + (ended_at - begun_at) * 10

    admitted, right = asyncio.run(flood())
    assert abs(admitted - right) <= 0.02 * right


def test_the_table_holds_no_address_and_forgets_who_owes_nothing(migrated: Database) -> None:
    store = RateStore(migrated, b"a secret")
    grant = store.reserve({CLIENT: Reservation(0, SECOND_NS, WINDOW_NS)})[CLIENT]
    assert grant.taken_ns == SECOND_NS  # no room for the second wish beside the first
    assert abs(grant.full_in_ns - SECOND_NS) < SECOND_NS // 10
    again = RateStore(migrated, b"a secret").reserve({CLIENT: Reservation(SECOND_NS, 0, 0)})[CLIENT]
    assert again.full_in_ns > SECOND_NS
    other = RateStore(migrated, b"another secret").reserve({CLIENT: Reservation(1, 0, 0)})[CLIENT]
    assert other.full_in_ns < SECOND_NS  # another name in the table
    with migrated.transaction() as transaction:
        stored = transaction.execute(sa.text("SELECT client FROM rate_account")).scalars().all()
        assert len(stored) == 2
        assert not any("192" in client for client in stored)
        transaction.execute(sa.text("UPDATE rate_account SET full_at_ns = 1"))
    store.reserve({"address:192.0.2.2": Reservation(0, SECOND_NS, 0)})
    with migrated.read_transaction() as transaction:
        assert transaction.execute(sa.text("SELECT count(*) FROM rate_account")).scalar_one() == 1


def test_without_the_database_each_process_goes_on_alone() -> None:
    calls = []

    def fail(reservations: Mapping[str, Reservation]) -> NoReturn:
        calls.append(len(reservations))
        raise TimeoutError

    async def ask() -> tuple[int, int]:
        limiter = SharedLimiter(fail, RequestDatabase(4, 30, DatabaseHealth("primary")))
        reads = sum([(await limiter.charge(CLIENT, QUOTA, 1)).is_admitted for _ in range(2000)])
        builds = sum([(await limiter.charge("key:1", QUOTA, 10)).is_admitted for _ in range(100)])
        await limiter.aclose()
        return reads, builds

    reads, builds = asyncio.run(ask())
    assert 600 <= reads <= 640
    assert 60 <= builds <= 62
    assert len(calls) <= 2  # it does not wait for the database again and again


def test_a_request_waits_only_for_more_than_may_be_lent() -> None:
    """Reads never wait for the database, also those of a client that nobody knows yet."""
    asked: list[Mapping[str, Reservation]] = []

    def note(wishes: Mapping[str, Reservation]) -> dict[str, Grant]:
        asked.append(wishes)
        return {}

    async def ask() -> None:
        limiter = SharedLimiter(note, RequestDatabase(4, 30, DatabaseHealth("primary")))
        assert limiter.admit_now(CLIENT, QUOTA.duration_of(0.1))
        assert limiter.admit_now(CLIENT, QUOTA.duration_of(1))
        assert not limiter.admit_now(CLIENT, QUOTA.duration_of(10))
        assert asked == []
        assert (await limiter.charge(CLIENT, QUOTA, 10)).is_admitted
        await limiter.aclose()

    asyncio.run(ask())
    [wishes] = asked[:1]
    assert wishes[CLIENT].debt_ns == QUOTA.duration_of(1.1)
