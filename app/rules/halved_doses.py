"""Doses of about half an exercise's own, for what strains like an exercise that hurt somewhat."""

from itertools import product

from app.rules.dose import Dose, total_work_s
from app.rules.vocabulary import Pattern

MIN_HALVED_REPS = 3
"""Repetitions of a set at least; of strength work on the floor or with a band, too, because it is for easing."""
MIN_HALVED_HOLD_S = 10
"""Seconds of a stretch at least: 10 to 30 s (Garber 2011)."""
MIN_HALVED_SQUEEZE_S = 5
"""Seconds of one hold of isometric work at least."""
MIN_HALVED_PERCENT, MAX_HALVED_PERCENT = 20, 60
"""Hundredths of the work of a dose that are about half of it, or less where that was given before."""

Amount = tuple[int, int | None, int | None, int | None]
"""Sets, repetitions, seconds of a hold, breaths. None: no meaning for the pattern."""


def list_halved_amounts(own_dose: Dose, pattern: Pattern, max_sets: int) -> list[Amount]:
    """Return the amounts of about half the work of an exercise's own dose, or the least where none is; never empty."""
    amounts = product(
        range(1, min(own_dose.sets, max_sets) + 1),
        _list_lower(own_dose.reps, MIN_HALVED_REPS),
        [own_dose.hold_s] if own_dose.tempo is not None else _list_hold_seconds(own_dose.hold_s, pattern),
        _list_lower(own_dose.breaths, MIN_HALVED_REPS),
    )
    own_work_s = total_work_s(own_dose)
    work_s = {amount: 100 * total_work_s(apply_amount(own_dose, amount)) for amount in amounts}
    halved = [
        amount
        for amount, work in work_s.items()
        if MIN_HALVED_PERCENT * own_work_s <= work <= MAX_HALVED_PERCENT * own_work_s
    ]
    return halved or [min(work_s, key=lambda amount: work_s[amount])]


def apply_amount(dose: Dose, amount: Amount) -> Dose:
    """Return the dose with other sets, repetitions, hold and breaths."""
    sets, reps, hold_s, breaths = amount
    return dose.model_copy(update={"sets": sets, "reps": reps, "hold_s": hold_s, "breaths": breaths})


def _list_lower(count: int | None, min_count: int) -> list[int | None]:
    """Return the counts up to one; just that one where it is the least, or has no meaning."""
    return [count] if count is None or count <= min_count else list(range(min_count, count + 1))


def _list_hold_seconds(hold_s: int | None, pattern: Pattern) -> list[int | None]:
    """Return the seconds of a hold and about half of them, in steps of 5 s."""
    if hold_s is None:
        return [None]
    min_hold_s = MIN_HALVED_SQUEEZE_S if pattern == "isometric" else MIN_HALVED_HOLD_S
    return list(dict.fromkeys((max(min_hold_s, hold_s // 10 * 5), hold_s)))
