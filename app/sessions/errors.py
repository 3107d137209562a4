"""Why no session is built, as plain exceptions; `app.sessions.responses` turns them into answers."""

from collections.abc import Sequence
from typing import Any


class SessionBlockedError(Exception):
    """A stated condition or the age band asks for a professional first."""

    def __init__(self, reason: str, instead: Sequence[str]) -> None:
        """`instead` are sentences that say what to do instead."""
        super().__init__(reason)
        self.reason = reason
        self.instead = tuple(instead)

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make it again in another process."""
        return type(self), (self.reason, self.instead)


class UnknownExerciseError(Exception):
    """A slug for which the catalogue has no exercise; its text says so, and what may be meant instead."""

    def __init__(self, detail: str, slug: str, pointer: str | None) -> None:
        """`pointer` is its JSON pointer in the body that was sent; None where it is in a stored request."""
        super().__init__(detail)
        self.slug = slug
        self.pointer = pointer

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make it again in another process."""
        return type(self), (str(self), self.slug, self.pointer)


class InfeasibleRequestError(Exception):
    """Requirements that contradict each other, changes that would each do, and the seconds that would do."""

    def __init__(
        self, detail: str, conflict: Sequence[str], suggestions: Sequence[str] = (), needed_s: int | None = None
    ) -> None:
        """`conflict` are fields of the request, and `include:` with a slug for an included exercise."""
        super().__init__(detail)
        self.detail = detail
        self.conflict = tuple(conflict)
        self.suggestions = tuple(suggestions)
        self.needed_s = needed_s

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make it again in another process."""
        return type(self), (self.detail, self.conflict, self.suggestions, self.needed_s)
