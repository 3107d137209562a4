"""What a key may allow, beside reading."""

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

KeyScope = TypeAliasType(
    "KeyScope",
    Annotated[
        Literal["catalogue:write", "audit:read", "own:write", "prescribe", "webhooks:write"],
        Field(description="What a key allows, beside reading."),
    ],
)
KEY_SCOPES: Final[tuple[KeyScope, ...]] = list_words(KeyScope)
