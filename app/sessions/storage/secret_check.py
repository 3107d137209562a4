"""Tells servers of one database whose secrets differ: each would give another id to the same session."""

import logging

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, col

from app.kit.database import Database
from app.sessions.storage.session_id import ID_LENGTH, make_session_id

log = logging.getLogger("thoracic.start")
DIGESTED = {"purpose": "which secret the servers of this database use"}
"""What is signed with the secret. No session looks like this, so the digest is the id of none."""
DIFFERENT_SECRET = (
    "the secret differs from that of the last start on this database: give all servers the same THORACIC_SECRET, or "
    "restore the file of the secret; stored sessions stay readable, but the same session gets another id"
)


class SecretCheck(SQLModel, table=True):
    """A digest of the secret that the last start used; one row."""

    __tablename__ = "secret_check"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(primary_key=True)
    digest: str = Field(max_length=ID_LENGTH)


def compare_secret(database: Database, secret: bytes) -> bool:
    """Return whether the last start on this database used the same secret, or was none. Another one is noted.

    Of servers that start at once on an empty database one makes the row, and the others compare theirs with it.
    """
    digest = make_session_id(DIGESTED, secret)
    with database.read_transaction() as session:
        stored = session.get(SecretCheck, 1)
        if stored is not None and stored.digest == digest:
            return True
    with database.transaction() as session:
        added = (
            database.insert_into(SecretCheck)
            .values(id=1, digest=digest)
            .on_conflict_do_nothing()
            .returning(col(SecretCheck.id))
        )
        if session.scalar(added):
            return True
        changed = sa.update(SecretCheck).where(col(SecretCheck.digest) != digest).values(digest=digest)
        if not session.scalar(changed.returning(col(SecretCheck.id))):
            return True
    log.warning(DIFFERENT_SECRET)
    return False
