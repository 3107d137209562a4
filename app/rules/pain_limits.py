"""How much pain an exercise may cause: up to where it is safe, goes on with less, or stops.

After a pain monitoring model (0-3 safe, 4-5 watch, more is too much). Editorial; no clinician has reviewed it yet.
"""

from typing import Literal

PainZone = Literal["green", "unclear", "amber", "red"]
"""Green allows more, amber asks for less, red stops; unclear repeats, because the pain is not known."""
MAX_GREEN_PAIN = 3
"""Pain of ten up to which an exercise is safe."""
MAX_AMBER_PAIN = 5
"""Pain of ten up to which an exercise goes on with less; above it stops."""
PAIN_REST_DAYS = 7
"""Days for which what strains like an exercise that hurt rests (after red) or is halved (after amber)."""
PAIN_RETURN_DAYS = 14
"""Days after a red report within which what strains alike is halved, once the rest is over."""


def classify_pain(pain: int | None, settled: bool | None) -> PainZone:
    """Return the zone of a report: `pain` of ten at its worst, and whether it was gone within 24 hours.

    Without pain there is nothing to settle: 0 is green whatever `settled` says.
    """
    if pain == 0:
        return "green"
    # Pain that did not settle counts as amber even where its level was not reported.
    if pain is None:
        return "amber" if settled is False else "unclear"
    if pain > MAX_AMBER_PAIN:
        return "red"
    if pain > MAX_GREEN_PAIN or settled is False:
        return "amber"
    return "green" if settled else "unclear"
