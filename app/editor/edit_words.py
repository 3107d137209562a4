"""The closed lists of the editor's API."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

EditAction = TypeAliasType(
    "EditAction",
    Annotated[
        Literal["put", "patch", "delete", "restore", "put_picture", "delete_picture"],
        Field(description="What was asked for: PUT, PATCH, DELETE, an earlier version again, or a picture."),
    ],
)
EDIT_ACTIONS: tuple[EditAction, ...] = list_words(EditAction)
PICTURE_ACTIONS: frozenset[EditAction] = frozenset({"put_picture", "delete_picture"})
RestoredState = TypeAliasType(
    "RestoredState",
    Annotated[
        Literal["before", "after"],
        Field(description="The record as it was before that edit (the edit is undone), or as it was after it."),
    ],
)
RecordAction = TypeAliasType(
    "RecordAction",
    Annotated[
        Literal["created", "changed", "deleted"],
        Field(description="What an edit did to a record: to the edited one, or to another that holds or follows it."),
    ],
)
