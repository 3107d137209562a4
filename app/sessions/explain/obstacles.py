"""What in a request excludes an exercise: the fields of the request that would have to change."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.condition_rules import first_level
from app.rules.dose_options import DosingContext
from app.rules.vocabulary import Condition
from app.schemas.session_request import SessionRequest
from app.sessions.problem.dosing import exercise_dosing
from app.sessions.problem.eligibility import (
    EffectiveRequest,
    ExclusionTest,
    FilterStep,
    effective_request,
    exclusion_tests,
)
from app.sessions.problem.prepared_problem import PreparedProblem
from app.sessions.problem.strain_order import count_limits, limit_field, strain_max_seconds

FIELD_OF_FILTER: Final[dict[FilterStep, str]] = {
    "equipment": "available_equipment",
    "position": "positions",
    "level": "level",
    "purpose": "purpose",
    "excluded": "exclude",
    "history": "history",
    "conditions": "conditions",
}
"""The field of the request that each filter reads first."""
MAX_LEVEL: Final = 5
"""The highest level of a request."""
NON_NEGOTIABLE_FIELDS: Final = ("conditions", "history", "level", "age_band")
"""Fields that no suggestion ever changes; named first where several fields exclude an exercise."""


def sort_fields(fields: Sequence[str]) -> list[str]:
    """Return the fields without repetition, those first that are not negotiable."""
    distinct = list(dict.fromkeys(fields))
    return sorted(distinct, key=lambda field: field not in NON_NEGOTIABLE_FIELDS)


class InfeasibleRequest(NamedTuple):
    """A request that cannot be met, with the tests that exclude exercises."""

    prepared: PreparedProblem
    effective: EffectiveRequest
    tests: dict[FilterStep, ExclusionTest | None]

    @classmethod
    def of(cls, prepared: PreparedProblem) -> "InfeasibleRequest":
        """The case of a prepared problem for which nothing was found."""
        effective = prepared.eligibility.effective
        return cls(prepared, effective, exclusion_tests(effective))

    def with_request(self, request: SessionRequest) -> "InfeasibleRequest":
        """The case of a changed request; what is known of the catalogue and the history stays."""
        effective = effective_request(request, self.prepared.index, self.prepared.history)
        return self._replace(effective=effective, tests=exclusion_tests(effective))

    @property
    def request(self) -> SessionRequest:
        """The request, as it is or as it was changed."""
        return self.effective.request

    def excluding_fields(self, number: int) -> list[str]:
        """Return the fields of the request that exclude an exercise, those first that are not negotiable."""
        fields = []
        for step, is_excluded in self.tests.items():
            if is_excluded is None or not is_excluded(number):
                continue
            if step == "level":
                fields += self._level_fields(number)
            # Without positions in the request only the age keeps the floor out.
            elif step == "position" and self.request.positions is None:
                fields.append("age_band")
            # The person may name another position than those that follow from a condition.
            elif step == "conditions" and not self.barring_conditions(number):
                fields.append("positions")
            else:
                fields.append(FIELD_OF_FILTER[step])
        return sort_fields(fields)

    def barring_conditions(self, number: int) -> list[Condition]:
        """Return the stated conditions that bar the exercise itself."""
        avoided_with = self.prepared.index.avoided_with[number]
        return [condition for condition in self.request.conditions if condition in avoided_with]

    def first_level_conditions(self, number: int) -> list[Condition]:
        """Return the stated conditions with which the exercise is too hard for a first session."""
        if self.request.history:
            return []
        level = self.prepared.index.exercises[number].level
        return [condition for condition in self.request.conditions if level > (first_level([condition]) or level)]

    def needed_level(self, number: int) -> int | None:
        """Return the lowest `level` of the request for which the exercise is not too hard; None where none would do."""
        for level in range(self.request.level + 1, MAX_LEVEL + 1):
            is_too_hard = self.with_request(self.request.model_copy(update={"level": level})).tests["level"]
            if is_too_hard is None or not is_too_hard(number):
                return level
        return None

    def _level_fields(self, number: int) -> list[str]:
        """The fields for which the level of an exercise is too high."""
        exercise = self.prepared.index.exercises[number]
        fields = ["level"] if exercise.level > self.request.level + (exercise.slug in self.request.include) else []
        if self.first_level_conditions(number):
            fields.append("conditions")
        is_lowered = self.prepared.history.long_break and exercise.level >= self.request.level
        return fields or ["history" if is_lowered else "purpose"]

    def dosing_without(self, fields: Sequence[str], number: int) -> DosingContext:
        """Return how an exercise would be dosed without these fields."""
        defaults = {"purpose": "standalone", "age_band": None, "conditions": ()}
        changes = {field: defaults[field] for field in fields if field in defaults}
        return exercise_dosing(number, self.request.model_copy(update=changes), self.prepared.index)

    def fallback_field(self, number: int) -> str:
        """Return the field that keeps out an exercise that no test excludes: it has no dose that is allowed or fits."""
        if any(placement.exercise == number for placement in self.prepared.problem.placements):
            return "duration_s"
        exceeded = self._exceeded_limit(number)
        if exceeded is not None:
            return limit_field(exceeded, self.prepared.eligibility)
        slug = self.prepared.index.exercises[number].slug
        return "history" if slug in self.prepared.history.progressions else "purpose"

    def _exceeded_limit(self, number: int) -> int | None:
        """The first limit of strains than which even the shortest dose takes longer; None where there is none."""
        eligibility = self.prepared.eligibility
        max_s = strain_max_seconds(eligibility)
        shortest_s = self.prepared.index.options(number, eligibility.effective.dosing_of(number))[0].time_s
        return next((limit for limit in count_limits(number, eligibility) if shortest_s > max_s[limit]), None)

    def serving_exercises(self) -> list[int]:
        """Return the exercises of the catalogue that serve a requested goal."""
        goals = self.request.weight_by_goal.keys()
        exercises = enumerate(self.prepared.index.exercises)
        return [number for number, exercise in exercises if not goals.isdisjoint(exercise.goal_weights)]
