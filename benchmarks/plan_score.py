"""The points of a plan, computed a second time from its public fields: an independent check of the builder.

Only the points of each thing are shared with the builder, not how they add up.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.rules.condition_rules import first_level
from app.rules.dose import Dose, total_work_s
from app.rules.vocabulary import HEIGHT_OF_POSITION, Goal, Phase
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.plan import Plan
from app.sessions.problem.dosing import exercise_dosing
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.session_shape import BALANCE_POINTS, SHAPE_POINTS
from app.sessions.problem.stage_places import StagePlace
from app.sessions.problem.utility import (
    CAUTION_POINTS,
    FULL_COVERAGE_POINTS,
    ITEM_POINTS,
    LIGHT_GOAL_POINTS,
    OFF_GOAL_POINTS,
    SHARE_TOLERANCE_PER_MILLE,
    TIRING_OFF_GOAL_POINTS,
    UTILITY_CURVE,
    WORK_SHARE_PER_MILLE,
    floor_change_penalty,
    jitter,
)
from app.sessions.solver.objective import (
    FREE_IDLE_S,
    MAX_IMBALANCE_PENALTY,
    OFF_GOAL_ALLOWANCE_S,
    OFF_GOAL_PENALTY_PER_S,
    PHASE_SHORTFALL_PENALTY_PER_S,
)
from benchmarks.plan_seconds import credited_rests_s, extra_work_s, item_s, transitions_s

TWO_EXERCISES_FROM_S = 90
"""Seconds from which a session may have two exercises."""


def fnv1a_64(text: str) -> int:
    """The FNV-1a hash of 64 bits."""
    state = 14695981039346656037
    for byte in text.encode("ascii"):
        state = ((state ^ byte) * 1099511628211) % 2**64
    return state


def goal_points(seconds: int, target_s: int, points_per_s: int) -> int:
    """Points for the seconds of a goal that should have `target_s`."""
    points, counted_s = 0, 0
    for upto_per_mille, tenths in UTILITY_CURVE:
        end_s = target_s * upto_per_mille // 1000
        points += max(0, min(seconds, end_s) - counted_s) * (points_per_s * tenths // 10)
        counted_s = max(counted_s, min(seconds, end_s))
    return points


class PlannedItem(NamedTuple):
    """An exercise of a plan with its seconds."""

    exercise: Exercise
    dose: Dose
    phase: Phase
    seconds: int
    credit_s: int


class PlanScore:
    """The points of a plan for a request without history, part by part.

    `phase_min_s` holds the seconds that each phase should have, `eligible` all exercises that may be in it, and
    `places` what each of them, by slug, does for the shape of the session in each phase.
    """

    def __init__(
        self,
        request: SessionRequest,
        plan: Plan,
        exercises: Mapping[str, Exercise],
        phase_min_s: Mapping[Phase, int],
        eligible: Sequence[Exercise],
        places: Mapping[tuple[str, Phase], StagePlace],
    ) -> None:
        self.places = places
        self.request, self.phase_min_s, self.budget_s = request, phase_min_s, request.duration_s
        self.items = [
            PlannedItem(
                exercise,
                item.dose,
                block.phase,
                item_s(exercise, item.dose, item.extra_set),
                total_work_s(item.dose)
                + credited_rests_s(exercise, item.dose)
                + extra_work_s(item.dose, item.extra_set),
            )
            for block in plan.phases
            for item in block.items
            for exercise in [exercises[item.exercise.slug]]
        ]
        goals = {goal for exercise in eligible for goal in exercise.goal_weights}
        self.weights = {wanted.goal: wanted.weight for wanted in request.goals if wanted.goal in goals}
        self.goal_s = self._goal_seconds()
        self.points_per_s = max(1, FULL_COVERAGE_POINTS * 1000 // (WORK_SHARE_PER_MILLE * self.budget_s))
        self.idle_penalty_per_s = max(2, 6000 // self.budget_s)
        self.extra_sets_points = self._extra_sets_points(eligible)

    def total(self) -> int:
        """All points."""
        return (
            sum(self._item_points(item) for item in self.items)
            + self._goal_points()
            + self._wish_points()
            - self._phase_penalty()
            - self._imbalance_penalty()
            - self._off_goal_penalty()
            - self._time_penalty()
            - self._floor_penalty()
        )

    def _goal_seconds(self) -> dict[Goal, int]:
        """Seconds of work that count for each goal, shared by the weights of each exercise."""
        seconds = dict.fromkeys(self.weights, 0)
        for item in self.items:
            weights = {goal: item.exercise.goal_weights.get(goal, 0) for goal in self.weights}
            for goal, weight in weights.items():
                share_per_mille = 1000 * weight // max(3, sum(weights.values()))
                seconds[goal] += item.credit_s * share_per_mille // 1000
        return seconds

    def _extra_sets_points(self, eligible: Iterable[Exercise]) -> int:
        """What more than an own dose costs: the part of 90 s that the own doses can fill of the session."""
        if self.budget_s < TWO_EXERCISES_FROM_S:
            return 0
        serving = [exercise for exercise in eligible if self._serves_goal(exercise)]
        families = {exercise.family for exercise in serving}
        own_s = sum(max(one.est_duration_s for one in serving if one.family == family) for family in families)
        return 90 * min(self.budget_s, own_s) // self.budget_s * (self.points_per_s + self.idle_penalty_per_s)

    def _goal_points(self) -> int:
        points = 0
        for goal, weight in self.weights.items():
            target_s = weight * self.budget_s * WORK_SHARE_PER_MILLE // (sum(self.weights.values()) * 1000)
            points += goal_points(self.goal_s[goal], max(1, target_s), self.points_per_s)
        return points

    def _wish_points(self) -> int:
        wishes = {bit for item in self.items for bit in (1, 2, 4, 8) if self._place(item).wishes & bit}
        is_standalone = self.request.purpose == "standalone"
        points = SHAPE_POINTS * len(wishes & ({8} if is_standalone else {1, 8})) if self.budget_s >= 120 else 0
        if self.budget_s >= 600 and is_standalone:
            goals = {goal for item in self.items for goal in item.exercise.goal_weights}
            kinds = [{"rotation"}, {"extension"}, {"strength", "posture"}]
            points += BALANCE_POINTS * sum(bool(kind & goals) for kind in kinds)
        return points

    def _phase_penalty(self) -> int:
        penalty = 0
        for phase, min_s in self.phase_min_s.items():
            seconds = sum(item.seconds for item in self.items if item.phase == phase)
            penalty += PHASE_SHORTFALL_PENALTY_PER_S * max(0, min_s - seconds)
        return penalty

    def _imbalance_penalty(self) -> int:
        """Points lost because goals have less or more than their share, in thousandths, of all goal seconds."""
        if len(self.weights) < 2:
            return 0
        total_s, outside = sum(self.goal_s.values()), 0
        for goal, weight in self.weights.items():
            share_per_mille = int(weight / sum(self.weights.values()) * 1000 + 1e-9)
            low = total_s * (share_per_mille - SHARE_TOLERANCE_PER_MILLE)
            high = total_s * (share_per_mille + SHARE_TOLERANCE_PER_MILLE)
            outside += max(0, low - self.goal_s[goal] * 1000) + max(0, self.goal_s[goal] * 1000 - high)
        return min(MAX_IMBALANCE_PENALTY, outside * self.points_per_s // 1000)

    def _off_goal_penalty(self) -> int:
        used_s = sum(item.seconds for item in self.items)
        off_goal_s = sum(item.seconds for item in self.items if not self._serves_goal(item.exercise))
        excess_s = max(0, off_goal_s - (used_s - off_goal_s) - OFF_GOAL_ALLOWANCE_S)
        return excess_s * (self.idle_penalty_per_s + OFF_GOAL_PENALTY_PER_S)

    def _time_penalty(self) -> int:
        moving_s = transitions_s([item.exercise for item in self.items])
        used_s = sum(item.seconds for item in self.items) + moving_s
        idle_s = max(0, self.budget_s - used_s - FREE_IDLE_S * len(self.items))
        return (idle_s + moving_s) * self.idle_penalty_per_s

    def _floor_penalty(self) -> int:
        """Points lost for getting up from the floor or down to it once more than once."""
        on_floor = [HEIGHT_OF_POSITION[item.exercise.position] == "floor" for item in self.items]
        changes = sum(before != after for before, after in itertools.pairwise(on_floor))
        return floor_change_penalty(self.request) * max(0, changes - 1)

    def _serves_goal(self, exercise: Exercise) -> bool:
        return not self.weights.keys().isdisjoint(exercise.goal_weights)

    def _item_points(self, item: PlannedItem) -> int:
        """What an exercise counts beside its goals."""
        return (
            ITEM_POINTS
            + self._exercise_points(item.exercise)
            + self._caution_points(item.exercise)
            + self._place(item).points
            - dose_penalty(item.dose, item.exercise.dose)
            - self._first_dose_penalty(item)
            + jitter(fnv1a_64(item.exercise.slug), self.request.seed)
        )

    def _exercise_points(self, exercise: Exercise) -> int:
        request = self.request
        level = min(request.level, 2 if request.purpose == "recovery" else 5, first_level(request.conditions) or 5)
        points = -12 * (level - exercise.level)
        points -= 60 * max(0, level - exercise.level - 1) if exercise.pattern == "strength" else 0
        points += 10 * (bool(exercise.evidence) + (exercise.provenance.source == "article"))
        points += 30 if request.purpose != "standalone" and request.purpose in exercise.suits else 0
        points += self._pull_points(exercise)
        has_mat = "mat" in request.available_equipment
        points -= 200 if HEIGHT_OF_POSITION[exercise.position] == "floor" and not has_mat else 0
        if max((exercise.goal_weights.get(goal, 0) for goal in self.weights), default=0) == 1:
            points += LIGHT_GOAL_POINTS
        return points if self._serves_goal(exercise) else points + self._off_goal_points(exercise)

    def _off_goal_points(self, exercise: Exercise) -> int:
        return OFF_GOAL_POINTS + (TIRING_OFF_GOAL_POINTS if exercise.pattern in ("strength", "isometric") else 0)

    def _pull_points(self, exercise: Exercise) -> int:
        """What a pull counts where a quarter of the goals or more is strength: on the bar most."""
        if exercise.pattern != "strength" or not self._asks_strength():
            return 0
        return {"grip": 500, "pull": 400, "push": 150}.get(exercise.load_group, 0)

    def _asks_strength(self) -> bool:
        asked = {wanted.goal: wanted.weight for wanted in self.request.goals}
        return 4 * asked.get("strength", 0) >= sum(asked.values())

    def _caution_points(self, exercise: Exercise) -> int:
        strains = {
            strain
            for row in exercise.contraindications
            for strain in row.strains
            if row.verdict == "caution" and row.condition in self.request.conditions
        }
        # Who asks for strength asks for resistance.
        return CAUTION_POINTS * len(strains - {"resistance"} if self._asks_strength() else strains)

    def _place(self, item: PlannedItem) -> StagePlace:
        return self.places[item.exercise.slug, item.phase]

    def _first_dose_penalty(self, item: PlannedItem) -> int:
        """What a dose costs that is not the exercise's own: more of it, but for breaths, and fewer sets of strength."""
        if self._has_more_than_own_dose(item):
            return 0 if item.dose.breaths else self.extra_sets_points
        builds_strength = item.exercise.pattern == "strength" and self.budget_s > 300
        return 300 if builds_strength and item.dose.sets < item.exercise.dose.sets else 0

    def _has_more_than_own_dose(self, item: PlannedItem) -> bool:
        """True for more work than the exercise's own dose and than the least that purpose and age allow."""
        index = ExerciseIndex((item.exercise,))
        shortest = index.doses(0, exercise_dosing(0, self.request, index))[0]
        return total_work_s(item.dose) > max(total_work_s(item.exercise.dose), total_work_s(shortest))


def dose_penalty(dose: Dose, preferred: Dose) -> int:
    """Points lost for the distance of a dose from the preferred one."""
    return (
        30 * abs(dose.sets - preferred.sets)
        + 5 * abs((dose.reps or 0) - (preferred.reps or 0))
        + abs((dose.hold_s or 0) - (preferred.hold_s or 0))
        + 4 * abs((dose.breaths or 0) - (preferred.breaths or 0))
    )
