"""The doses of an exercise not reported yet: its own, and more sets where a session would else stay empty."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from app.rules.dose import Dose, set_work_s, total_duration_s, total_work_s
from app.schemas.exercise import Exercise
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S, max_exercises
from app.sessions.problem.utility import idle_points_per_second, points_per_second
from app.sessions.solver.model import DoseOption

EXTRA_SETS_COST_S: Final = 90
"""Seconds of a session whose points further sets cost where the own doses can fill it."""
FEWER_SETS_COST: Final = 300
"""Points that strength work with fewer sets than its own costs in a session of several phases."""
MAX_BREATHS_PERCENT: Final = 200
"""Hundredths of the own dose of a breathing exercise that it may have at once: calm breaths strain nothing."""
MAX_EXTRA_SETS: Final = 2
"""Most sets more than the own dose in a session of several phases: three rounds of an exercise that has one set."""
MAX_EXTRA_SETS_SHORT: Final = 1
"""The same in a short session, which has one phase."""


def extra_sets_points(exercises: Iterable[Exercise], budget_s: int) -> int:
    """Return the points that more than the own dose of an exercise costs the first time.

    `exercises` are those that serve a goal. Where their own doses can fill the time, one exercise of each family, more
    sets cost as much as 90 s of the session are worth. Where they fill only part of it, rounds are the way to fill it,
    and cost that part.
    """
    longest_s: dict[str, int] = {}
    for exercise in exercises:
        time_s = total_duration_s(exercise.dose, exercise.position)
        longest_s[exercise.family] = max(time_s, longest_s.get(exercise.family, 0))
    cost_s = EXTRA_SETS_COST_S * min(budget_s, sum(longest_s.values())) // budget_s
    return cost_s * (points_per_second(budget_s) + idle_points_per_second(budget_s))


class FirstDoseLimits(NamedTuple):
    """Up to where a dose is one for somebody who has not reported the exercise yet."""

    max_work_s: int
    """Seconds of work of its own dose: up to them it costs nothing more."""
    max_set_s: int
    max_sets: int
    max_breaths: int
    min_sets: int
    """Fewer sets leave a strength exercise a taste of itself."""

    def added_cost(self, dose: Dose, extra_points: int) -> int | None:
        """Return the points that a dose costs beside its distance; None where it is too much the first time."""
        if total_work_s(dose) <= self.max_work_s:
            return FEWER_SETS_COST if dose.sets < self.min_sets else 0
        if 0 < (dose.breaths or 0) <= self.max_breaths:
            return 0
        return extra_points if dose.sets <= self.max_sets and set_work_s(dose) <= self.max_set_s else None


def list_first_options(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], exercise: Exercise, budget_s: int, extra_points: int
) -> tuple[DoseOption, ...]:
    """Return the doses for somebody who has not reported the exercise yet: mostly its own at most.

    Room for progress remains so. What more is given is sets, not repetitions: a set of the size that the exercise is
    given in is known to be right, and rests between. A breathing exercise has one set, and takes more breaths at no
    cost. A single exercise may take what time there is.
    """
    if max_exercises(budget_s) == 1:
        return options
    limits = _first_dose_limits(exercise, doses, doses[options[0].dose_id], budget_s)
    costs = [limits.added_cost(doses[option.dose_id], extra_points) for option in options]
    return tuple(
        option._replace(distance=option.distance + cost)
        for option, cost in zip(options, costs, strict=True)
        if cost is not None
    )


def _first_dose_limits(exercise: Exercise, doses: Sequence[Dose], mildest: Dose, budget_s: int) -> FirstDoseLimits:
    own, is_long = exercise.dose, budget_s > SINGLE_PHASE_MAX_S
    return FirstDoseLimits(
        # Age and purpose may ask for more than its own dose.
        max_work_s=max(total_work_s(own), total_work_s(mildest)),
        max_set_s=max(set_work_s(own), min(set_work_s(dose) for dose in doses)),
        max_sets=own.sets + (MAX_EXTRA_SETS if is_long else MAX_EXTRA_SETS_SHORT),
        max_breaths=MAX_BREATHS_PERCENT * (own.breaths or 0) // 100,
        min_sets=own.sets if is_long and exercise.pattern == "strength" else 1,
    )
