"""Sessions keep nothing that is made from age, conditions or history.

The digest of these fields goes: there are so few of them that anybody with the secret, or with a way to have a guess
compared, finds out what was digested. One bit comes for it: whether such fields were used.

The sessions that stand are deleted, because their ids were made from the whole request and tell a right guess from a
wrong one to whoever has a copy of the data folder. The same request builds the same session again, under its new id.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("TRUNCATE TABLE session")  # deleted rows would stay in the file until it is vacuumed
    else:
        op.execute("DELETE FROM session")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("personal", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.drop_column("personal_hmac")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.alter_column("personal", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("personal_hmac", sa.String(), nullable=False, server_default=""))
        batch_op.drop_column("personal")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.alter_column("personal_hmac", server_default=None)
