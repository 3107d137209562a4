"""Body positions as the numbers that the solver takes."""

from typing import Final, get_args

from app.rules.vocabulary import HEIGHTS, Height, Position
from app.sessions.ordering.transitions import TransitionTable

POSITIONS: Final[tuple[Position, ...]] = tuple(HEIGHTS)
"""Position by number."""
POSITION_ID: Final[dict[Position, int]] = {position: number for number, position in enumerate(POSITIONS)}
"""Number of each position."""
_HEIGHT_NAMES: Final[tuple[Height, ...]] = get_args(Height)
TRANSITIONS: Final = TransitionTable(
    heights=[_HEIGHT_NAMES.index(HEIGHTS[position]) for position in POSITIONS], floor=_HEIGHT_NAMES.index("floor")
)
"""Seconds from each position to each other, by number."""
