"""Tells a layer outside of the cache whether an answer came from memory, which costs next to nothing."""

from typing import Final

from starlette.types import Scope

ORIGIN_STATE: Final = "answer_origin"
"""Where the state of a request holds its `AnswerOrigin`, if somebody wants to know."""


class AnswerOrigin:
    """Where the answer to one request came from."""

    __slots__ = ("is_memory",)

    def __init__(self) -> None:
        self.is_memory = False


def note_memory(scope: Scope) -> None:
    """Note that the answer to the request of a scope comes from memory."""
    origin: AnswerOrigin | None = scope.get("state", {}).get(ORIGIN_STATE)
    if origin is not None:
        origin.is_memory = True
