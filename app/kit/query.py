"""Query parameters as frozen models that refuse what they do not know."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def no_bool(value: Any) -> Any:
    """`true` is not 1, though Pydantic would take it."""
    if isinstance(value, bool) or (isinstance(value, str) and not value.lstrip("+-").isdigit()):
        raise ValueError("Input should be a whole number")
    return value


class Parameters(BaseModel):
    """Base of every query model."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParameters(Parameters):
    """For routes that take none: an unknown parameter is an error, never ignored."""


class FieldsOnly(Parameters):
    """For routes that answer one record."""

    fields: Annotated[
        str | None,
        Field(description="Top-level fields to send, comma-separated: `slug,name,goals`. Absent: all.", min_length=1),
    ] = None


class Page(FieldsOnly):
    """For lists."""

    limit: Annotated[int, Field(ge=1, le=100, description="Records of a page."), BeforeValidator(no_bool)] = 20
    cursor: Annotated[
        str | None, Field(description="`next_cursor` of the page before.", min_length=1, max_length=1000)
    ] = None
