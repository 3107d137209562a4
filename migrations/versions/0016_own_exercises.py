"""Own exercises of partners: names are unique among the shared exercises alone.

Revision 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
IS_SHARED = sa.text("slug = replace(slug, '--', '-')")


def upgrade() -> None:
    with op.batch_alter_table("exercise") as batch_op:
        batch_op.drop_constraint("uq_exercise_name", type_="unique")
    op.create_index(
        "uq_exercise_shared_name", "exercise", ["name"], unique=True, sqlite_where=IS_SHARED, postgresql_where=IS_SHARED
    )


def downgrade() -> None:
    # Earlier versions show every exercise to everybody, so none of a partner may stay.
    # SQLite's foreign keys are off meanwhile: what belongs to them goes first.
    for table in ("exercise_goal", "exercise_evidence"):
        op.execute(f"DELETE FROM {table} WHERE exercise LIKE '%--%'")
    op.execute("DELETE FROM exercise_link WHERE easier LIKE '%--%' OR harder LIKE '%--%'")
    for table in ("exercise", "change", "tombstone", "audit_entry"):
        op.execute(f"DELETE FROM {table} WHERE slug LIKE '%--%'")
    op.execute("DELETE FROM session WHERE CAST(request AS TEXT) LIKE '%\"partner\":%'")
    op.drop_index("uq_exercise_shared_name", "exercise")
    with op.batch_alter_table("exercise") as batch_op:
        batch_op.create_unique_constraint("uq_exercise_name", ["name"])
