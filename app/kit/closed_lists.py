"""Closed lists of words: one name for a list, in the code and in the OpenAPI document."""

from typing import Any, get_args

from typing_extensions import TypeAliasType


def list_words(closed_list: Any) -> tuple[Any, ...]:
    """Return the words of a `Literal`, or of a named alias of one, in their order.

    A list that a request or an answer uses is a `TypeAliasType`, because Pydantic then describes it once, under this
    name, and refers to it wherever it is used. Clients made from the document thus have one type for one list.
    """
    if isinstance(closed_list, TypeAliasType):
        # What the alias stands for is `Annotated[Literal[...], Field(description=...)]`.
        return list_words(get_args(closed_list.__value__)[0])
    return get_args(closed_list)
