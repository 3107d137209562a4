"""Partners, the digests of their keys, a counter by which servers see that a key has changed, use and rates.

Revision 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

from app.kit.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partner",
        sa.Column("slug", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_partner"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rate >= 0", name="rate_not_negative"),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name="fk_api_key_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("digest", name="uq_api_key_digest"),
    )
    op.create_index("ix_api_key_partner", "api_key", ["partner"])
    op.create_table(
        "key_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_key_version"),
    )
    op.execute("INSERT INTO key_version (id, value) VALUES (1, 0)")
    op.create_table(
        "key_use",
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("requests >= 0", name="requests_not_negative"),
        sa.CheckConstraint("refused >= 0", name="refused_not_negative"),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name="fk_key_use_key_id"),
        sa.PrimaryKeyConstraint("key_id", "day", name="pk_key_use"),
    )
    op.create_table(
        "rate_account",
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("full_at_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("client", name="pk_rate_account"),
    )
    op.create_index("ix_rate_account_full_at_ns", "rate_account", ["full_at_ns"])


def downgrade() -> None:
    op.drop_table("rate_account")
    op.drop_table("key_use")
    op.drop_table("key_version")
    op.drop_table("api_key")
    op.drop_table("partner")
