"""Conditions on the slugs of rows: whose record they are of."""

from typing import Any

import sqlalchemy as sa

from app.changes.ownership import OWNER_SEPARATOR


def is_shared(column: Any) -> sa.ColumnElement[bool]:
    """Return the condition that the slug in a column names a shared record."""
    condition: sa.ColumnElement[bool] = ~column.contains(OWNER_SEPARATOR)
    return condition


def is_owned_by(column: Any, partner: str) -> sa.ColumnElement[bool]:
    """Return the condition that the slug in a column names a record of this partner."""
    condition: sa.ColumnElement[bool] = column.startswith(f"{partner}{OWNER_SEPARATOR}", autoescape=True)
    return condition


def is_visible_to(column: Any, partner: str | None) -> sa.ColumnElement[bool]:
    """Return the condition that a partner sees the record whose slug is in a column."""
    return is_shared(column) if partner is None else is_shared(column) | is_owned_by(column, partner)
