"""Webhooks of partners, and messages that have not arrived.

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

from app.kit.database import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
FAULTS = "'status', 'timeout', 'connection', 'certificate', 'invalid_answer', 'unknown_host', 'address_refused'"


def upgrade() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("disabled_because", sa.String(), nullable=True),
        sa.Column("secret_version", sa.Integer(), nullable=False),
        sa.Column("old_secret_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("queued_serial", sa.BigInteger(), nullable=False),
        sa.Column("failed_in_a_row", sa.Integer(), nullable=False),
        sa.Column("last_delivered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("lease_holder", sa.String(), nullable=True),
        sa.Column("lease_until", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "disabled_because IN ('partner', 'gone', 'failing', 'no_key')", name="disabled_because_known"
        ),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name="fk_webhook_endpoint_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_endpoint"),
    )
    op.create_index("ix_webhook_endpoint_partner", "webhook_endpoint", ["partner"])
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("webhook", sa.String(length=40), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_attempt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_fault", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'failed')", name="state_known"),
        sa.CheckConstraint(f"last_fault IN ({FAULTS})", name="last_fault_known"),
        sa.ForeignKeyConstraint(
            ["webhook"], ["webhook_endpoint.id"], name="fk_webhook_delivery_webhook", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
    )
    op.create_index("ix_webhook_delivery_webhook_state", "webhook_delivery", ["webhook", "state"])


def downgrade() -> None:
    op.drop_table("webhook_delivery")
    op.drop_table("webhook_endpoint")
