"""Utilities: points for seconds of a goal, and points of an exercise beside its goals."""

from typing import Final

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.eligibility import Eligibility
from app.sessions.solver.random_source import mix_bits

FULL_COVERAGE_POINTS: Final = 10_000
"""Points for giving every goal all that the time allows."""
WORK_SHARE_PER_MILLE: Final = 620
"""Thousandths of a session that can be work for its goals; the rest is getting ready,
transitions and rests."""
UTILITY_CURVE: Final = ((250, 16), (500, 12), (750, 8), (1000, 4), (2000, 1))
"""Diminishing returns: (thousandths of a goal's target up to which, tenths of the full rate at
which) seconds count."""
SHARE_TOLERANCE_PER_MILLE: Final = 97
"""Thousandths by which a goal's share may differ from the requested share before it costs
points."""
ITEM_POINTS: Final = -60
"""Points of each exercise: few exercises done well are better than many."""
CAUTION_POINTS: Final = -240
"""Points of each strain of an exercise with which a stated condition asks care."""
OFF_GOAL_POINTS: Final = -300
"""Points of an exercise that serves none of the goals."""
LIGHT_GOAL_POINTS: Final = -150
"""Points of an exercise that serves each of the goals only lightly, with the weight 1."""
TIRING_OFF_GOAL_POINTS: Final = -200
"""Further points of an exercise that serves none of the goals where it is strength or isometric work."""
LEVEL_POINTS: Final = -12
"""Points of each level that an exercise is below the person's own."""
EASY_STRENGTH_POINTS: Final = -60
"""Further points of strength work for each level beyond the first: what is far too easy makes nobody stronger."""
BAR_PULL_POINTS: Final = 500
"""Points of strength work that hangs the body from a bar, where strength is a quarter of the goals or more: a
strength session of the upper back is built around a pull."""
PULL_POINTS: Final = 400
"""The same for other pulls: rows and what is like them."""
PUSH_POINTS: Final = 150
"""The same for pushes, which balance them."""
NO_MAT_POINTS: Final = -200
"""Points of an exercise on the floor where the person has no mat."""
SUITABLE_POINTS: Final = 30
"""Points of an exercise that suits the purpose, where that is not a standalone session."""
FLOOR_CHANGE_PENALTY: Final = 300
"""Points that each change between the floor and other heights costs after the first one: who goes down stays down."""
RECOVERY_FLOOR_CHANGE_PENALTY: Final = 1500
"""The same in a recovery session."""
JITTER_RANGE: Final = 31
"""The jitter is 0 to 30 points."""


def points_per_second(budget_s: int) -> int:
    """Points of a second of goal work at the full rate: `10_000 / (0.62 * budget)`, at least 1."""
    return max(1, FULL_COVERAGE_POINTS * 1000 // (WORK_SHARE_PER_MILLE * budget_s))


def idle_points_per_second(budget_s: int) -> int:
    """Points that an empty second costs: `6_000 / budget`, at least 2."""
    return max(2, 6_000 // budget_s)


def utility_curve(share: tuple[int, int], budget_s: int, rate: int) -> list[int]:
    """Points for 0, 1, ... `budget_s` seconds of a goal with share `share[0] / share[1]`.

    The target is `0.62 * budget * share`. Points rise by whole points a second, ever more slowly:
    by `1.6 * rate` for the first quarter of the target, then 1.2, 0.8 and 0.4, by `0.1 * rate` up
    to twice the target, and no further.
    """
    target = max(1, share[0] * budget_s * WORK_SHARE_PER_MILLE // (share[1] * 1000))
    points = [0]
    for upto_per_mille, tenths in UTILITY_CURVE:
        count = target * upto_per_mille // 1000 - len(points) + 1
        slope = rate * tenths // 10
        last = points[-1]
        points.extend(range(last + slope, last + slope * count + 1, slope) if slope else [last] * count)
    points.extend([points[-1]] * (budget_s + 1 - len(points)))
    return points


def wants_strength(request: SessionRequest) -> bool:
    """Return whether strength is a quarter of the goals or more."""
    weights = request.weight_by_goal
    return weights.get("strength", 0) * 4 >= sum(weights.values())


def floor_change_penalty(request: SessionRequest) -> int:
    """Points lost for each change between the floor and other heights after the first one.

    None in a session for strength: pulls on a bar and work on the floor come in the order that suits strength.
    """
    if request.purpose == "recovery":
        return RECOVERY_FLOOR_CHANGE_PENALTY
    return 0 if wants_strength(request) else FLOOR_CHANGE_PENALTY


def level_points(exercise: Exercise, level: int) -> int:
    """Points of an exercise for the levels that it is below the person's own."""
    levels_below = level - exercise.level
    too_easy = max(0, levels_below - 1) if exercise.pattern == "strength" else 0
    return LEVEL_POINTS * levels_below + EASY_STRENGTH_POINTS * too_easy


def exercise_points(number: int, eligibility: Eligibility, goal_weight: int) -> int:
    """Points of an exercise beside its goals; `goal_weight` is the highest of its weights for the requested goals."""
    request, index = eligibility.effective.request, eligibility.effective.index
    exercise = index.exercises[number]
    points = ITEM_POINTS + index.evidence_bonus[number] + level_points(exercise, eligibility.effective.level)
    if request.purpose != "standalone" and request.purpose in exercise.suits:
        points += SUITABLE_POINTS
    points += _pull_points(exercise, request)
    if index.heights[number] == "floor" and "mat" not in request.available_equipment:
        points += NO_MAT_POINTS
    if goal_weight == 1:
        points += LIGHT_GOAL_POINTS
    if not goal_weight:
        points += OFF_GOAL_POINTS + TIRING_OFF_GOAL_POINTS * (exercise.pattern in ("strength", "isometric"))
    if number in eligibility.cautions:
        points += CAUTION_POINTS * _count_cautions(number, eligibility)
    return points + jitter(index.slug_hash[number], request.seed)


def _pull_points(exercise: Exercise, request: SessionRequest) -> int:
    """Points of a pull or a push where strength is a quarter of the goals or more."""
    if exercise.pattern != "strength" or not wants_strength(request):
        return 0
    return {"grip": BAR_PULL_POINTS, "pull": PULL_POINTS, "push": PUSH_POINTS}.get(exercise.load_group, 0)


def _count_cautions(number: int, eligibility: Eligibility) -> int:
    """The strains that ask care and cost points: who asks for strength asks for resistance, and is told how."""
    asked = {"resistance"} if wants_strength(eligibility.effective.request) else set[str]()
    return len(eligibility.cautioned_strains(number) - asked)


def jitter(slug_hash: int, seed: int) -> int:
    """0 to 30 points by exercise and seed: another seed, another selection among near equals."""
    return (mix_bits(slug_hash, seed) >> 33) % JITTER_RANGE
