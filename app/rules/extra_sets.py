"""The set that a stiffer side does more than the other one. Editorial: no clinician has reviewed it yet.

After one or two sets it is half as much again, so that the stiffer side gets about 60 parts in a hundred of the
one-sided work.
"""

from typing import Final

from app.rules.changeover_times import switch_s
from app.rules.dose import Dose, set_work_s
from app.rules.vocabulary import Goal, Pattern, Position

FAVOURED_GOALS: Final[frozenset[Goal]] = frozenset({"rotation", "lateral_flexion", "overhead"})
"""Goals of movement in which one side may be stiffer than the other."""
FAVOURED_PATTERNS: Final[frozenset[Pattern]] = frozenset({"dynamic", "static_hold", "breathing"})
"""Patterns that ease a stiff side; strength and isometric work do the same on both sides."""
HOLD_STEP_S: Final = 5
"""Half of a hold is rounded up to a multiple of this many seconds."""


def make_extra_set(dose: Dose) -> Dose:
    """Return the set that the stiffer side does after a dose: one of its sets, or half of a single one."""
    amounts: dict[str, object] = {"sets": 1, "rest_s": 0, "per_side": False}
    if dose.sets == 1:
        amounts["reps"] = _halve(dose.reps, 1)
        amounts["breaths"] = _halve(dose.breaths, 1)
        # With a tempo the hold is a part of each repetition.
        amounts["hold_s"] = dose.hold_s if dose.tempo is not None else _halve(dose.hold_s, HOLD_STEP_S)
    return dose.model_copy(update=amounts)


def _halve(amount: int | None, step: int) -> int | None:
    """Half of an amount, rounded up to a multiple of `step`."""
    return None if amount is None else -(-amount // (2 * step)) * step


def begins_on_last_side(dose: Dose) -> bool:
    """Return whether a dose ends on the side where it began, so that the extra set needs a rest and no change of sides.

    Each set begins on the side where the one before ended.
    """
    return dose.sets % 2 == 0


def extra_set_duration_s(dose: Dose, position: Position) -> int:
    """Return the seconds of the extra set and of the rest or change of sides before it."""
    before_s = dose.rest_s if begins_on_last_side(dose) else switch_s(position)
    return before_s + set_work_s(make_extra_set(dose))
