"""The points of a session worked out a second time, from what is public: an independent check of the builder's own.

Only the tariff (how much a thing counts) is shared with the builder; nothing of how it adds up.
"""

import itertools
from collections.abc import Mapping

from app.rules.dose import Dose, total_work_s
from app.rules.vocabulary import HEIGHT_OF_POSITION, Goal, Phase
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.plan import Plan
from app.sessions.problem.exercise_index import FURNITURE
from app.sessions.problem.formulate import OPENING
from app.sessions.problem.limits import BREAK_S
from app.sessions.problem.utility import (
    CAUTION_POINTS,
    FULL_COVERAGE_POINTS,
    ITEM_POINTS,
    OFF_GOAL_POINTS,
    SHARE_TOLERANCE_PER_MILLE,
    TIRING_OFF_GOAL_POINTS,
    UTILITY_CURVE,
    WORK_SHARE_PER_MILLE,
    jitter,
)
from app.sessions.solver.objective import (
    FREE_IDLE_S,
    FREE_OFF_GOAL_S,
    MAX_IMBALANCE_PENALTY,
    OFF_GOAL_PENALTY_PER_S,
    PHASE_SHORTFALL_PENALTY_PER_S,
)

CAPS = {"40-64": 3, "65+": 2}


def seconds_of(exercise: Exercise, dose: Dose) -> int:
    """Get ready, fetch kit, every set with its change of side, every rest."""
    fetched = any(not FURNITURE & set(group) for group in exercise.equipment if "mat" not in group)
    sides = 2 if dose.per_side else 1
    one = total_work_s(dose) // (dose.sets * sides)
    seconds = 5 + (5 if fetched else 0)
    for number in range(dose.sets):
        seconds += sides * one + (5 if sides == 2 else 0) + (dose.rest_s if number else 0)
    return seconds


def moving_of(order: list[Exercise]) -> int:
    """Seconds between the positions of this order."""
    total = 0
    for a, b in itertools.pairwise(order):
        if a.position != b.position:
            total += 5 if HEIGHT_OF_POSITION[a.position] == HEIGHT_OF_POSITION[b.position] else 10
    return total


def salt(slug: str) -> int:
    """FNV-1a of 64 bits."""
    state = 14695981039346656037
    for byte in slug.encode("ascii"):
        state = ((state ^ byte) * 1099511628211) % 2**64
    return state


def worth(seconds: int, wanted: int, per_second: int) -> int:
    """Points for so many seconds of a goal that should have `wanted`."""
    points, done = 0, 0
    for upto, tenths in UTILITY_CURVE:
        end = wanted * upto // 1000
        points += max(0, min(seconds, end) - done) * (per_second * tenths // 10)
        done = max(done, min(seconds, end))
    return points


def score(
    request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise], least: Mapping[Phase, int], goals: set[str]
) -> int:
    """The points of a plan for a request without history; `goals` are those that something eligible serves."""
    budget = request.duration_s
    items = [(block.phase, item) for block in plan.phases for item in block.items]
    order = [exercises[item.exercise.slug] for _, item in items]
    wishes = [wish for wish in request.goals if wish.goal in goals]
    points = used = beside = 0
    served = {wish.goal: 0 for wish in wishes}
    kinds: set[str] = set()
    by_phase: dict[str, int] = {}
    for (phase, item), exercise in zip(items, order, strict=True):
        seconds = seconds_of(exercise, item.dose)
        used += seconds
        beside += 0 if set(served) & set(exercise.goal_weights) else seconds
        by_phase[phase] = by_phase.get(phase, 0) + seconds
        points += _one(request, exercise, item.dose, phase, set(served))
        weights = {wish.goal: exercise.goal_weights.get(wish.goal, 0) for wish in wishes}
        for goal, weight in weights.items():
            served[goal] += total_work_s(item.dose) * (1000 * weight // max(3, sum(weights.values()))) // 1000
        kinds |= {"turn"} if "rotation" in exercise.goal_weights else set()
        kinds |= {"arch"} if "extension" in exercise.goal_weights else set()
        kinds |= {"strength"} if {"strength", "posture"} & set(exercise.goal_weights) else set()
    whole = sum(wish.weight for wish in wishes)
    per_second = max(1, FULL_COVERAGE_POINTS * 1000 // (WORK_SHARE_PER_MILLE * budget))
    for wish in wishes:
        wanted = max(1, wish.weight * budget * WORK_SHARE_PER_MILLE // (whole * 1000))
        points += worth(served[wish.goal], wanted, per_second)
    points -= sum(
        PHASE_SHORTFALL_PENALTY_PER_S * max(0, seconds - by_phase.get(phase, 0)) for phase, seconds in least.items()
    )
    if budget >= 600 and request.purpose == "standalone":
        points += 150 * len(kinds)
    if len(wishes) > 1:
        points -= _uneven({wish.goal: wish.weight / whole for wish in wishes}, served, per_second)
    points -= max(0, beside - (used - beside) - FREE_OFF_GOAL_S) * (max(2, 6000 // budget) + OFF_GOAL_PENALTY_PER_S)
    moving = moving_of(order)
    points -= max(0, budget - used - moving - FREE_IDLE_S * len(items)) * max(2, 6000 // budget)
    return points - moving * max(2, 6000 // budget)


def _uneven(shares: Mapping[Goal, float], served: Mapping[Goal, int], per_second: int) -> int:
    """Points lost because goals have less or more than their share, in thousandths, of the seconds served."""
    off = 0
    for goal, share in shares.items():
        asked = int(share * 1000 + 1e-9)
        least, most = (
            sum(served.values()) * (asked - SHARE_TOLERANCE_PER_MILLE),
            sum(served.values()) * (asked + SHARE_TOLERANCE_PER_MILLE),
        )
        off += max(0, least - served[goal] * 1000) + max(0, served[goal] * 1000 - most)
    return min(MAX_IMBALANCE_PENALTY, off * per_second // 1000)


def _one(request: SessionRequest, exercise: Exercise, dose: Dose, phase: Phase, goals: set[str]) -> int:
    """What an exercise counts beside its goals."""
    level = min(request.level, CAPS.get(request.age_band or "", 5), 2 if request.purpose == "recovery" else 5)
    points = ITEM_POINTS - 12 * (level - exercise.level)
    points += 10 if exercise.evidence else 0
    points += 10 if exercise.provenance.source == "article" else 0
    points += 30 if request.purpose != "standalone" and request.purpose in exercise.suits else 0
    if not goals & set(exercise.goal_weights):
        points += OFF_GOAL_POINTS + (TIRING_OFF_GOAL_POINTS if exercise.pattern in ("strength", "isometric") else 0)
    cautions = [found for found in exercise.contraindications if found.verdict == "caution"]
    points += CAUTION_POINTS * len({found.feature for found in cautions if found.condition in request.conditions})
    points += jitter(salt(exercise.slug), request.seed)
    own = exercise.dose
    points -= 30 * abs(dose.sets - own.sets) + 5 * abs((dose.reps or 0) - (own.reps or 0))
    points -= abs((dose.hold_s or 0) - (own.hold_s or 0)) + 4 * abs((dose.breaths or 0) - (own.breaths or 0))
    if request.duration_s > BREAK_S and phase == "prepare":
        points += OPENING[exercise.pattern]
    if request.duration_s > BREAK_S and phase == "restore":
        points += 20 if exercise.pattern in ("static_hold", "breathing") else 0
    return points
