"""Why no session is built, as plain exceptions; `app.sessions.responses` turns them into answers."""

from collections.abc import Sequence
from typing import Any, NamedTuple


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


class FaultyItem(NamedTuple):
    """What is wrong with an item of a prescription, where, and what would be right."""

    pointer: str
    detail: str


class FaultyItemsError(Exception):
    """Items of a prescription that cannot be done as they are written."""

    def __init__(self, items: Sequence[FaultyItem]) -> None:
        """`items` are the faults, in the order of the prescription."""
        super().__init__(items[0].detail)
        self.items = tuple(items)

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make it again in another process."""
        return type(self), (self.items,)


class BarredItem(NamedTuple):
    """An item of a prescription that a stated condition bars."""

    pointer: str
    detail: str
    slug: str
    condition: str
    strains: tuple[str, ...]
    alternative: str | None
    """The slug of an exercise for the same goal that asks for no care; None where the dose is at fault."""
    max_s: int | None = None
    """Most seconds of a hold, or of all such exercises; None where the exercise itself is barred."""


class BarredItemsError(Exception):
    """Items of a prescription that stated conditions bar."""

    def __init__(self, items: Sequence[BarredItem]) -> None:
        """`items` are all of them, in the order of the prescription."""
        super().__init__(items[0].detail)
        self.items = tuple(items)

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make it again in another process."""
        return type(self), (self.items,)
