"""Fits a prescription to a time: its pauses grow, and nothing else."""

from typing import Final

from app.schemas.session import EventKind
from app.sessions.timeline.events import Pairs

PAUSES: Final[frozenset[EventKind]] = frozenset({"transition", "get_ready", "rest"})
"""The events that may be longer: rests between sets, and what is between exercises."""


def stretch_pauses(pairs: Pairs, budget_s: int) -> list[int]:
    """Return the seconds of each segment: pauses longer in proportion, at most doubled, to fill the budget.

    No pause is shorter than it was, also where the budget is exceeded. Work and changes of side keep their seconds.
    What a stated condition limits in time grows as well: else the stored timeline would tell of the condition.
    """
    seconds = [segment.duration_s for _, segment in pairs]
    pauses = [segment.duration_s if segment.kind in PAUSES else 0 for _, segment in pairs]
    total_s = sum(pauses)
    more_s = max(0, min(budget_s - sum(seconds), total_s))
    if not more_s:
        return seconds
    shares = [pause * more_s // total_s for pause in pauses]
    # The seconds that rounding leaves go to the pauses that lost most by it.
    remainders = sorted(range(len(pauses)), key=lambda number: (-(pauses[number] * more_s % total_s), number))
    for number in remainders[: more_s - sum(shares)]:
        shares[number] += 1
    return [own + share for own, share in zip(seconds, shares, strict=True)]
