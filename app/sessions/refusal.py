"""Why no session is built, as plain exceptions; the HTTP side turns them into problems."""

from collections.abc import Sequence


class Blocked(Exception):
    """A stated condition or age asks for a professional first."""

    def __init__(self, reason: str, instead: Sequence[str]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.instead = tuple(instead)


class UnknownExercise(Exception):
    """A slug that the catalogue does not hold, and where in the request it stands; slugs that are near it."""

    def __init__(self, slug: str, pointer: str, near: Sequence[str] = ()) -> None:
        super().__init__(f"there is no exercise {slug!r}")
        self.slug = slug
        self.near = tuple(near)
        self.pointer = pointer


class CannotBuild(Exception):
    """Requirements that contradict each other, the single changes that would do, and for time the seconds needed."""

    def __init__(
        self, detail: str, conflict: Sequence[str], suggestions: Sequence[str] = (), needed_s: int | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.conflict = tuple(conflict)
        self.suggestions = tuple(suggestions)
        self.needed_s = needed_s
