"""How many restarts and random moves a search makes, by the size of the session."""

from typing import Final, NamedTuple


class Effort(NamedTuple):
    """How much work a search does: by the size of the session alone, never by a clock."""

    max_exercises: int
    """Sessions of so many exercises at most."""
    restarts: int
    wide_moves: int
    """Moves of each restart among all of the shortlist."""
    narrow_moves: int
    """Moves of each restart among what then promises most."""


SEARCH_EFFORT: Final = (
    Effort(1, 1, 60, 40),
    Effort(2, 4, 500, 300),
    Effort(4, 6, 700, 600),
    Effort(10, 3, 600, 1100),
    Effort(99, 2, 700, 1200),
)
"""Effort by the most exercises of a session: long sessions cost more per move and gain less from
a restart."""


def choose_effort(max_exercises: int, move_count: int) -> Effort:
    """Return the effort for a session of so many exercises; `move_count` limits it to one restart of so many moves."""
    if move_count:
        return Effort(max_exercises, 1, move_count // 2, move_count - move_count // 2)
    return next(effort for effort in SEARCH_EFFORT if max_exercises <= effort.max_exercises)
