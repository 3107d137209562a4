"""When a message that did not arrive is sent again: the schedule that Standard Webhooks recommends, with jitter."""

import random
from typing import Final

MINUTE_S: Final = 60
HOUR_S: Final = 3600
RETRY_DELAYS_S: Final = (
    5,
    5 * MINUTE_S,
    30 * MINUTE_S,
    2 * HOUR_S,
    5 * HOUR_S,
    10 * HOUR_S,
    14 * HOUR_S,
    20 * HOUR_S,
    24 * HOUR_S,
)
"""Seconds from each attempt to the next; after the last one, three days after the first, the message is given up."""
MAX_ATTEMPTS: Final = len(RETRY_DELAYS_S) + 1
MAX_JITTER: Final = 0.2
"""Share of a delay that is added by chance: what failed together is not sent again together."""
MAX_RETRY_AFTER_S: Final = 24 * HOUR_S


def choose_delay(attempts: int, retry_after_s: int | None = None) -> float | None:
    """Return the seconds until the next attempt after so many; None where there is none.

    A receiver that says `Retry-After` is not asked before that, or before a day has passed.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    delay_s = RETRY_DELAYS_S[attempts - 1] * (1 + random.uniform(0, MAX_JITTER))
    return max(delay_s, min(retry_after_s or 0, MAX_RETRY_AFTER_S))
