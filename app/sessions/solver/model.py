"""The problem of a session in whole numbers: what may be chosen, what it is worth, what it takes."""

from typing import Final, NamedTuple

from app.rules.vocabulary import Goal
from app.sessions.shelf import Option

SPARE_S: Final = 5
"""Seconds that getting ready for an exercise can be stretched: so much idle time costs nothing."""
DRY_PHASE: Final = 40
VARIETY: Final = 600
"""Points lost for each second that a phase is short of its least, and for each family too like the last session."""
ASIDE_S: Final = 400
IDLER: Final = 2
"""What serves no goal may take so long, and as long again as what does; each further second is worth so many points
less than one that stays empty."""
SHARE_OFF: Final = 97
MOST_UNEVEN: Final = 300
"""Thousandths by which a goal's share may differ from what was asked, and the most points that more can cost. Bounded,
so that a share that is out of reach changes little else."""


class Line(NamedTuple):
    """An exercise in a stage, with its doses: a session takes one of its options, or none."""

    exercise: int
    stage: int
    options: tuple[Option, ...]
    value: int
    """Points beside its goals, before what its dose costs (`Option.distance`)."""
    serves: tuple[int, ...]
    """For each served goal, thousandths of its seconds of work that count."""
    family: int
    load: int
    place: int
    balance: int
    """Bits: turns, arches, strengthens."""
    known: int
    """1 where its family was in the last session."""

    @property
    def aside(self) -> bool:
        """True where it serves no goal."""
        return not any(self.serves)


class Problem(NamedTuple):
    """All that the search needs: lines to choose from, and what limits and rewards the choice."""

    lines: tuple[Line, ...]
    budget: int
    most: int
    """Exercises at most."""
    goals: tuple[Goal, ...]
    """Goals that something eligible serves."""
    worth: tuple[list[int], ...]
    """Of each goal, points for so many seconds."""
    low: tuple[int, ...]
    """Of each goal, thousandths of the served seconds that it should have at the least."""
    high: tuple[int, ...]
    """The same at the most."""
    uneven: int
    """Points lost for each second by which a goal is under or over its share; 0 where there is but one."""
    least: tuple[int, ...]
    """Seconds that each phase should have; each second short costs `DRY_PHASE`."""
    largest: tuple[int, ...]
    """Seconds that each phase may have."""
    cap: tuple[int, ...]
    """Seconds that each load may have."""
    idle: int
    """Points lost for a second not used."""
    travel: int
    """Points lost for a second of moving between positions."""
    balance_worth: int
    must: tuple[int, ...]
    """Exercises that are asked for by name."""
    last_families: int
    """Families in the last session; 0 where there was none."""
    excused: int
    """The load that may meet itself, because what is asked for by name leaves no other order; 0: none."""


class Choice(NamedTuple):
    """A line and which of its options."""

    line: int
    option: int
