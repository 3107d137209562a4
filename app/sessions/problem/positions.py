"""Body positions as the numbers that the solver takes."""

from typing import Final

from app.kit.closed_lists import list_words
from app.rules.vocabulary import HEIGHT_OF_POSITION, Position, PostureHeight
from app.sessions.ordering.transitions import TransitionTable

POSITIONS: Final[tuple[Position, ...]] = tuple(HEIGHT_OF_POSITION)
"""Position by number."""
POSITION_ID: Final[dict[Position, int]] = {position: number for number, position in enumerate(POSITIONS)}
"""Number of each position."""
_HEIGHT_NAMES: Final[tuple[PostureHeight, ...]] = list_words(PostureHeight)
TRANSITIONS: Final = TransitionTable(
    heights=[_HEIGHT_NAMES.index(HEIGHT_OF_POSITION[position]) for position in POSITIONS],
    floor=_HEIGHT_NAMES.index("floor"),
)
"""Seconds from each position to each other, by number."""
