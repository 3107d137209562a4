"""Seconds that an exercise takes beside its repetitions: getting ready, changing sides, letting go. Editorial."""

GET_READY_S = 5
"""Seconds to take the position before the first set."""
SWITCH_S = 5
"""Seconds to change sides. There is one change per set: the next set starts on the side where the last one ended."""
RELEASE_S = 2
"""Seconds of relaxing after each hold of an isometric set."""
