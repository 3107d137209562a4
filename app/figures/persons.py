"""The persons who show the exercises. Needs no drawing library."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

Person = TypeAliasType(
    "Person",
    Annotated[
        Literal["woman", "man", "older_person", "larger_person", "wheelchair_user"],
        Field(description="Who shows an exercise; `wheelchair_user` shows exercises for the seat only."),
    ],
)
PERSONS: tuple[Person, ...] = list_words(Person)
"""Every person; the first one shows every exercise unless another is asked for."""
DEFAULT_PERSON: Person = "woman"
