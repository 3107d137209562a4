"""Runs the migrations on the connection that the application hands over."""

from contextlib import closing

from alembic import context
from sqlmodel import SQLModel

import app.catalogue.tables
import app.changes.tables
import app.editor.tables
import app.partners.tables
import app.sessions.storage.secret_check
import app.sessions.storage.tables  # noqa: F401
from app.kit.database import Database
from app.kit.migration import locked_connection
from app.kit.settings import Settings


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:  # the alembic command line: the database of the settings
        with closing(Database(Settings().database)) as database, locked_connection(database, context.config) as own:
            context.config.attributes["connection"] = own
            run()
        return
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


run()
