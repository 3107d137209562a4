"""What every process knows of the use of rates: the table that they share, one row for each client."""

import hmac
from collections.abc import Mapping
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.kit.database import Database
from app.partners.gcra import Reservation, reserve
from app.partners.tables import MAX_CLIENT_LENGTH, RateAccount

MICROSECOND_NS: Final = 1000
MAX_DELETED: Final = 100
"""Rows without meaning that a write deletes beyond as many as it has clients."""


class Grant(NamedTuple):
    """What was taken of the quota of a client."""

    taken_ns: int
    full_in_ns: int
    """From now until the whole quota is there again."""


class RateStore:
    """Takes parts of quotas, in one transaction for many clients."""

    def __init__(self, database: Database, secret: bytes) -> None:
        """Names of clients are stored as digests with `secret`: no address can be read from the table."""
        self.database, self.secret = database, secret

    def reserve(self, reservations: Mapping[str, Reservation]) -> dict[str, Grant]:
        """Take what is wished for of the quota of each client, as far as it is there."""
        by_digest = {self._digest(client): reservation for client, reservation in reservations.items()}
        grants = self._reserve(by_digest)
        return dict(zip(reservations, grants.values(), strict=True))

    def _digest(self, client: str) -> str:
        return hmac.new(self.secret, b"rate " + client.encode(), "sha256").hexdigest()[:MAX_CLIENT_LENGTH]

    def _reserve(self, reservations: Mapping[str, Reservation]) -> dict[str, Grant]:
        with self.database.transaction() as transaction:
            if not self.database.is_sqlite:
                # A crash of the server may lose the last moment of the rates; to wait for its disk costs more.
                transaction.execute(sa.text("SET LOCAL synchronous_commit = off"))
            known = self._lock_rows(transaction, sorted(reservations))
            now_ns = self._read_clock(transaction)
            grants, rows = {}, []
            for client, reservation in reservations.items():
                taken_ns, full_at_ns = reserve(known.get(client, 0), now_ns, reservation)
                grants[client] = Grant(taken_ns, full_at_ns - now_ns)
                rows.append({"client": client, "full_at_ns": full_at_ns})
            self._write_rows(transaction, rows)
            self._delete_outdated(transaction, now_ns, MAX_DELETED + 2 * len(rows))
        return grants

    def _lock_rows(self, transaction: Session, clients: list[str]) -> dict[str, int]:
        """Return the rows of clients, locked until the end of the transaction; missing ones are made.

        All processes lock in the same order, so that they never wait for each other in a circle.
        """
        if not self.database.is_sqlite:  # SQLite's only writer needs no locks
            rows = [{"client": client, "full_at_ns": 0} for client in clients]
            transaction.execute(self.database.insert_into(RateAccount).on_conflict_do_nothing(), rows)
        query = sa.select(col(RateAccount.client), col(RateAccount.full_at_ns))
        query = query.where(col(RateAccount.client).in_(clients)).order_by(col(RateAccount.client)).with_for_update()
        return {str(client): int(full_at_ns) for client, full_at_ns in transaction.execute(query)}

    def _read_clock(self, transaction: Session) -> int:
        """Return nanoseconds since 1970 by the clock of the database, read after the locks were waited for."""
        if self.database.is_sqlite:
            return round(self.database.current_time(transaction).timestamp() * 1e6) * MICROSECOND_NS
        microseconds = sa.text("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint")
        return int(transaction.execute(microseconds).scalar_one()) * MICROSECOND_NS

    def _write_rows(self, transaction: Session, rows: list[dict[str, object]]) -> None:
        statement = self.database.insert_into(RateAccount)
        later = {"full_at_ns": statement.excluded.full_at_ns}
        transaction.execute(statement.on_conflict_do_update(index_elements=["client"], set_=later), rows)

    def _delete_outdated(self, transaction: Session, now_ns: int, limit: int) -> None:
        outdated = sa.select(col(RateAccount.client)).where(col(RateAccount.full_at_ns) < now_ns).limit(limit)
        chosen = outdated.with_for_update(skip_locked=True)
        transaction.execute(sa.delete(RateAccount).where(col(RateAccount.client).in_(chosen)))
