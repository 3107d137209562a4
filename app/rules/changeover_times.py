"""Seconds that an exercise takes beside its repetitions: getting ready, changing sides, letting go. Editorial."""

from app.rules.vocabulary import HEIGHT_OF_POSITION, Position

GET_READY_S = 5
"""Seconds to take the position before the first set, where one sits, stands, kneels or hangs."""
GET_READY_ON_FLOOR_S = 8
"""Seconds to take a position on the floor before the first set."""
SWITCH_S = 5
"""Seconds to change sides where the other arm or leg takes over. There is one change per set: the next set starts on
the side where the last one ended.
"""
TURN_ROUND_S: dict[Position, int] = {"side_lying": 10, "side_plank": 10, "half_kneeling": 8, "split_stance": 8}
"""Seconds to change sides where the whole body turns: rolling over, or changing the leg in front."""
RELEASE_S = 2
"""Seconds of relaxing after each hold of an isometric set."""


def get_ready_s(position: Position) -> int:
    """Return the seconds to take the position before the first set."""
    return GET_READY_ON_FLOOR_S if HEIGHT_OF_POSITION[position] == "floor" else GET_READY_S


def switch_s(position: Position) -> int:
    """Return the seconds to change sides in the position."""
    return TURN_ROUND_S.get(position, SWITCH_S)
