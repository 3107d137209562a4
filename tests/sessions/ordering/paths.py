"""What a path of positions comes to, counted step by step."""

from collections.abc import Sequence
from itertools import pairwise

from app.sessions.ordering.transitions import TransitionTable


def count_floor_changes(table: TransitionTable, positions: Sequence[int]) -> int:
    """How often the positions, in this order, change between the floor and any other height."""
    return sum(table.on_floor[a] != table.on_floor[b] for a, b in pairwise(positions))
