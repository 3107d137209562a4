"""The page of a list that a query asks for: how many records, and from where."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.kit.query import QueryModel, require_integer


class PageQuery(QueryModel):
    """For lists."""

    limit: Annotated[
        int,
        Field(ge=1, le=100, description="Records of a page.", json_schema_extra={"example": 3}),
        BeforeValidator(require_integer),
    ] = 20
    cursor: Annotated[
        str | None, Field(description="`next_cursor` of the page before.", min_length=1, max_length=1000)
    ] = None
