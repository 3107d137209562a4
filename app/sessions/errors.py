"""Why no session is built, as plain exceptions; the HTTP side turns them into problems."""

from collections.abc import Sequence


class Blocked(Exception):
    """A stated condition or age asks for a professional first."""

    def __init__(self, reason: str, instead: Sequence[str]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.instead = tuple(instead)


class UnknownExercise(Exception):
    """An exercise that the catalogue does not hold; its text says so, and what may be meant instead.

    `pointer` is where it stands in the body that was sent; None where it stands in a stored request. `renamed_to` holds
    the slugs that it was given one after the other before it was deleted.
    """

    def __init__(
        self,
        slug: str,
        pointer: str | None,
        near: Sequence[str] = (),
        deleted: bool = False,
        renamed_to: Sequence[str] = (),
    ) -> None:
        self.slug = slug
        self.pointer = pointer
        text = f"There is no exercise {slug!r}."
        if deleted:
            chain = f"became {' and then '.join(map(repr, renamed_to))}, which " if renamed_to else ""
            text = f"The exercise {slug!r} {chain}was deleted."
        if near:
            text += f" Did you mean {' or '.join(near)}?"
        super().__init__(text)


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
