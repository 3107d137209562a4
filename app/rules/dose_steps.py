"""Which of the dose options are higher, lower or near a dose."""

from collections.abc import Sequence

from app.rules.dose import Dose, total_work_s

AMOUNTS = ("reps", "breaths", "sets", "hold_s")
"""The fields of a dose in the order in which they are raised."""
MIN_NEAR_PERCENT = 80
"""Hundredths of the work of a dose from which an option is near it: less is no repetition of the dose."""


def raise_one_amount(dose: Dose, options: Sequence[Dose]) -> tuple[str, Dose] | None:
    """Return the amount that is raised first, and the option that is the least step up; None where none is higher.

    No other amount rises. Where another set comes, the repetitions or seconds of a set may fall, so that the work does
    not double.
    """
    for name in AMOUNTS:
        higher = [option for option in options if _is_step_up(option, dose, name)]
        if higher:
            return name, min(higher, key=lambda option: (total_work_s(option), _amount_of(option, name)))
    return None


def _is_step_up(option: Dose, dose: Dose, name: str) -> bool:
    others = [(_amount_of(option, other), _amount_of(dose, other)) for other in AMOUNTS if other != name]
    if _amount_of(option, name) <= _amount_of(dose, name) or total_work_s(option) <= total_work_s(dose):
        return False
    if name == "sets":
        return option.sets == dose.sets + 1 and all(amount <= before for amount, before in others)
    return all(amount == before for amount, before in others)


def _amount_of(dose: Dose, name: str) -> int:
    """Return an amount of a dose; 0 where it has no meaning."""
    return getattr(dose, name) or 0


def list_doses_by_share(dose: Dose, options: Sequence[Dose], min_percent: int, max_percent: int) -> tuple[Dose, ...]:
    """Return the options whose work is so many hundredths of the work of `dose`."""
    work_s = total_work_s(dose)
    return tuple(
        option for option in options if min_percent * work_s <= 100 * total_work_s(option) <= max_percent * work_s
    )


def find_nearest_dose(options: Sequence[Dose], dose: Dose, percent: int) -> Dose:
    """Return the option whose work is nearest to so many hundredths of the work of `dose`; the shorter of two."""
    target = percent * total_work_s(dose)
    return min(options, key=lambda option: (abs(100 * total_work_s(option) - target), total_work_s(option)))


def list_doses_up_to(dose: Dose, options: Sequence[Dose]) -> tuple[Dose, ...]:
    """Return the options of which no amount is higher than in `dose`; the shortest option where there is none."""
    within = tuple(
        option for option in options if all(_amount_of(option, name) <= _amount_of(dose, name) for name in AMOUNTS)
    )
    return within or tuple(options[:1])


def list_doses_near(dose: Dose, options: Sequence[Dose]) -> tuple[Dose, ...]:
    """Return those options up to `dose` that are about as much; the most of the others where none is."""
    within = list_doses_up_to(dose, options)
    min_work_s = MIN_NEAR_PERCENT * total_work_s(dose)
    near = tuple(option for option in within if 100 * total_work_s(option) >= min_work_s)
    return near or (max(within, key=total_work_s),)
