"""What a warm-up before training leaves out where there is no mat: nobody lies down on a court or beside a pool."""

from collections.abc import Sequence

from app.rules.vocabulary import Goal
from app.sessions.problem.eligibility import Eligibility


def find_bare_ground(eligibility: Eligibility, goals: Sequence[Goal], retained: Sequence[str]) -> frozenset[int]:
    """Return the exercises that lie or kneel, before training without a mat, by number.

    None where a goal is served in no other way, or where positions are named: then the ground is a choice. A hand on
    the ground, as in a lunge, is no reason.
    """
    effective = eligibility.effective
    request, index = effective.request, effective.index
    if request.purpose != "pre_training" or request.positions is not None or "mat" in request.available_equipment:
        return frozenset()
    required = {*request.include, *retained}
    low = frozenset(
        number
        for number in eligibility.exercises
        if index.heights[number] in ("floor", "low") and index.exercises[number].slug not in required
    )
    upright = [index.exercises[number] for number in eligibility.exercises if number not in low]
    return low if all(any(goal in exercise.goal_weights for exercise in upright) for goal in goals) else frozenset()
