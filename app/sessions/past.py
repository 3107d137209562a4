"""What earlier sessions mean for this one."""

from typing import NamedTuple

from app.rules.dose import Dose


class Past(NamedTuple):
    """What the history asks of a session."""

    painful: frozenset[str] = frozenset()
    """Exercises to leave out: they hurt too much or for too long."""
    families: frozenset[str] = frozenset()
    """Families of the last session."""
    wanted: dict[str, Dose] = {}
    """The dose that each exercise of the past should have now."""
    bonus: dict[str, int] = {}
    """Points for or against an exercise of the past."""
