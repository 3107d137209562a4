"""The generic cell rate algorithm (GCRA) as pure functions: one number says how far a client has used its quota.

That number is the time at which the whole quota is there again. A request moves it on by the time in which its cost
grows back, and is admitted where it then is at most a window away. So a client may use its whole quota at once, and
after that as fast as it grows back; over any time it gets the quota and what grew back, and no request is counted twice
at the border of two windows.
"""

import math
from typing import Final, NamedTuple

WINDOW_S: Final = 60
ADDRESS_POLICY: Final = "address"
KEY_POLICY: Final = "key"
SECOND_NS: Final = 1_000_000_000
WINDOW_NS: Final = WINDOW_S * SECOND_NS


class Quota(NamedTuple):
    """How much one client may use in a window: `units`, of which a plain request takes one."""

    policy: str
    """Names it in `RateLimit-Policy`."""
    units: int

    def duration_of(self, cost: float) -> int:
        """Return the nanoseconds in which a cost grows back. What costs more than the quota takes all of it."""
        return min(round(cost * WINDOW_NS / self.units), WINDOW_NS)


class RateDecision(NamedTuple):
    """Whether a request is admitted, and what is left."""

    is_admitted: bool
    remaining: int
    """Whole units that are left."""
    wait_s: int
    """Whole seconds: until the same request is admitted, or else until the whole quota is there again."""


def decide(quota: Quota, full_at_ns: int, now_ns: int, duration_ns: int) -> tuple[RateDecision, int]:
    """Return whether a request of a duration is admitted, and when the whole quota is there again after that."""
    full_at_ns = max(full_at_ns, now_ns)
    is_admitted = full_at_ns + duration_ns <= now_ns + WINDOW_NS
    wait_ns = full_at_ns + duration_ns - now_ns - (0 if is_admitted else WINDOW_NS)
    if is_admitted:
        full_at_ns += duration_ns
    left_ns = max(now_ns + WINDOW_NS - full_at_ns, 0)
    remaining = left_ns * quota.units // WINDOW_NS
    return RateDecision(is_admitted, remaining, max(math.ceil(wait_ns / SECOND_NS), 1)), full_at_ns


class Reservation(NamedTuple):
    """A part of a quota that one process takes for a client, to admit requests from it without asking again."""

    debt_ns: int
    """Was used already, and is taken whatever is left."""
    need_ns: int
    """For a request that waits: taken whole or not at all."""
    spare_ns: int
    """For requests to come: taken whole or not at all, so that no process keeps what another one could use."""


def reserve(full_at_ns: int, now_ns: int, reservation: Reservation) -> tuple[int, int]:
    """Return what is taken of a quota, and when it is whole again after that."""
    full_at_ns = max(full_at_ns, now_ns) + reservation.debt_ns
    taken_ns = reservation.debt_ns
    for wish_ns in (reservation.need_ns, reservation.spare_ns):
        if full_at_ns + wish_ns <= now_ns + WINDOW_NS:
            full_at_ns += wish_ns
            taken_ns += wish_ns
    return taken_ns, full_at_ns
