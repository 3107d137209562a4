"""What in a request excludes an exercise: the fields of the request that would have to change."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.condition_rules import first_level
from app.rules.dose_options import DosingContext
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
                fields.append(self._level_field(self.prepared.index.exercises[number].level))
            # Without positions in the request only the age keeps the floor out.
            elif step == "position" and self.request.positions is None:
                fields.append("age_band")
            # The person may name another position than those that follow from a condition.
            elif step == "conditions" and not self._is_barred(number):
                fields.append("positions")
            else:
                fields.append(FIELD_OF_FILTER[step])
        return sort_fields(fields)

    def _is_barred(self, number: int) -> bool:
        """True where a stated condition bars the exercise itself."""
        return not self.prepared.index.avoided_with[number].isdisjoint(self.request.conditions)

    def _level_field(self, level: int) -> str:
        """The field for which a level is too high."""
        if level > self.request.level:
            return "level"
        if not self.request.history and level > (first_level(self.request.conditions) or level):
            return "conditions"
        is_lowered = self.prepared.history.long_break and level >= self.request.level
        return "history" if is_lowered else "purpose"

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
