"""The bits of packed sums: what a selection adds up to, in five whole numbers.

Every candidate has the same five numbers; those of a selection are the sums over its candidates.
Each number holds several counters side by side (low bits on the right), so that one addition
changes them all, and one test of the overflow bits tells whether any limit is broken.

    times   | o  restore  | o strengthen | o  prepare   | o  session   |  seconds
            +------ 15 ---+------ 15 ----+------ 15 ----+------ 15 ----+

    loads   | o  4th load | o  3rd load  | o  2nd load  | o  1st load  |  seconds of limited loads
            +------ 15 ---+------ 15 ----+------ 15 ----+------ 15 ----+

    Where conditions limit the seconds of strains, a counter of each stands to the left of the loads.

    values  | value, signed | wishes 4 x 5 | off-goal s 13 | repeats 5 | exercises 5 |
            +-- unbounded --+------ 20 ----+------ 13 -----+---- 5 ----+----- 5 -----+

    served  | ... | goal 2 | goal 1 | goal 0 |  seconds of work that count for each goal
            +-----+-- 12 --+-- 12 --+-- 12 --+

    kinds   | ... | kind 2 | kind 1 | kind 0 |  exercises of each kind (stage, position, load)
            +-----+-- 5 ---+-- 5 ---+-- 5 ---+

`o` is the overflow bit of a counter, its highest. A counter of `times` and `loads` begins at
`COUNTER_MAX - limit`: it passes `COUNTER_MAX`, and so sets its overflow bit, exactly when its limit
is passed. A move overshoots a limit by one dose at most, so a counter stays below 2^15 and never
spills into the next. The other counts can spill only in selections far beyond the budget, which
the overflow bits reject; as all is addition, a later subtraction leaves no trace of it. The four
counters of one number fit into a machine word of the compiled solver (62 bits), and so do values,
and served for up to five goals.

Only `packed_candidate` and `packed_sums` read these bits. `objective` computes the same from plain
counts, and tests compare the two.
"""

from typing import Final

COUNTER_BITS: Final = 15
"""Bits of a counter with a limit, its overflow bit included."""
COUNTER_MASK: Final = (1 << COUNTER_BITS) - 1
"""All bits of one counter."""
COUNTER_MAX: Final = (1 << COUNTER_BITS - 1) - 1
"""Seconds at which such a counter is full."""
COUNTERS: Final = 4
"""Counters with a limit in one number; only strain limits add further ones."""
LIMITED_PHASES: Final = (0, 2, 3)
"""Phases with a counter of their own; phase 1 (mobilise) has no limit but the budget."""

COUNT_BITS: Final = 5
"""Bits of a count of exercises: 31 at most."""
COUNT_MASK: Final = (1 << COUNT_BITS) - 1
"""All bits of one count: also the most exercises that can be counted."""
OFF_GOAL_BITS: Final = 13
"""Bits for the seconds of exercises that serve no goal: 8,191 at most."""
OFF_GOAL_MASK: Final = (1 << OFF_GOAL_BITS) - 1
"""All bits of those seconds."""
REPEATS_SHIFT: Final = COUNT_BITS
"""Position of the count of exercises whose family was in the last session."""
OFF_GOAL_SHIFT: Final = REPEATS_SHIFT + COUNT_BITS
"""Position of the seconds of exercises that serve no goal."""
WISH_SHIFT: Final = OFF_GOAL_SHIFT + OFF_GOAL_BITS
"""Position of the counts of wishes."""
WISH_BITS: Final = 4
"""Bits of `Placement.wishes`, each with a count of its own."""
WISH_MASKS: Final = tuple([COUNT_MASK << WISH_SHIFT + COUNT_BITS * bit for bit in range(WISH_BITS)])
"""The bits of the count of each wish."""
VALUE_SHIFT: Final = WISH_SHIFT + WISH_BITS * COUNT_BITS
"""Position of the value: points beside goals."""

GOAL_BITS: Final = 12
"""Bits for the seconds of one goal: 4,095 at most."""
GOAL_MASK: Final = (1 << GOAL_BITS) - 1
"""All bits of the seconds of one goal."""


def overflow_bits(counters: int) -> int:
    """The overflow bits of so many counters: any is set where a limit is broken."""
    return sum([1 << COUNTER_BITS * n + COUNTER_BITS - 1 for n in range(counters)])


OVERFLOW_BITS: Final = overflow_bits(COUNTERS)
"""The overflow bits of the counters of time."""
