"""Pictures that partners upload for exercises of their own, and edits of them in the audit trail.

Revision 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
ACTIONS = "'put', 'patch', 'delete', 'restore'"
PICTURE_ACTIONS = "'put_picture', 'delete_picture'"


def upgrade() -> None:
    op.create_table(
        "exercise_picture",
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("drawing", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("license", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise"], ["exercise.slug"], name=op.f("fk_exercise_picture_exercise_exercise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("exercise", "phase", name=op.f("pk_exercise_picture")),
        sa.CheckConstraint("phase IN ('start', 'end')", name=op.f("ck_exercise_picture_phase_known")),
        sa.CheckConstraint("alt <> '' AND license <> ''", name=op.f("ck_exercise_picture_has_texts")),
    )
    _replace_action_check(f"{ACTIONS}, {PICTURE_ACTIONS}")


def downgrade() -> None:
    op.execute(f"DELETE FROM audit_entry WHERE action IN ({PICTURE_ACTIONS})")
    _replace_action_check(ACTIONS)
    op.drop_table("exercise_picture")
    # Earlier versions expect of every figure that it has each format.
    op.execute("UPDATE exercise SET figure = NULL WHERE slug LIKE '%--%'")
    op.execute("DELETE FROM change WHERE slug LIKE '%--%'")


def _replace_action_check(words: str) -> None:
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.drop_constraint(op.f("ck_audit_entry_action_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_audit_entry_action_known"), f"action IN ({words})")
