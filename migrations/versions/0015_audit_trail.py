"""The audit trail of edits over the API.

Revision 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

from app.kit.database import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("serial", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("kind IN ('exercise', 'guideline', 'routine', 'reference')", name="kind_known"),
        sa.CheckConstraint("action IN ('put', 'patch', 'delete', 'restore')", name="action_known"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_kind_slug", "audit_entry", ["kind", "slug"])


def downgrade() -> None:
    op.drop_table("audit_entry")
