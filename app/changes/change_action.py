"""What a change does to a record."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

ChangeAction = TypeAliasType(
    "ChangeAction",
    Annotated[Literal["upsert", "delete"], Field(description="`upsert`: the record is new or changed.")],
)
