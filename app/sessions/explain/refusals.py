"""Why a request cannot be met: the smallest set of its requirements that contradict each other.

A condition, pain or level is never proposed for change; the level that would be needed is said.
"""

from collections.abc import Sequence
from itertools import combinations

from app.sessions.errors import InfeasibleRequestError
from app.sessions.explain.include_conflicts import find_include_conflict
from app.sessions.explain.min_duration import min_duration_s
from app.sessions.explain.obstacles import NON_NEGOTIABLE_FIELDS, InfeasibleRequest
from app.sessions.explain.proven_suggestions import IncludeConflict, suggest_changes
from app.sessions.explain.refusal_sentences import (
    Refusal,
    describe_change,
    describe_conflicting,
    describe_excluded,
    describe_nearest,
    describe_no_candidate,
)
from app.sessions.problem.prepared_problem import NO_VARIATION, PreparedProblem


def explain_infeasible(prepared: PreparedProblem) -> InfeasibleRequestError:
    """Return the error for a prepared problem without a solution.

    How to change the request is suggested where the problem is the request's own, not a variation's.
    """
    case = InfeasibleRequest.of(prepared)
    is_own = prepared.variation == NO_VARIATION
    conflict = find_include_conflict(prepared)
    # More time lets no excluded exercise in.
    min_s = min_duration_s(case.request, prepared.index) if is_own and not conflict.excluded else None
    # The request of a variation is made by the service: nobody can send it changed.
    changes = suggest_changes(case, min_s, conflict) if is_own else []
    refusal = _explain(case, conflict, min_s)
    if is_own and not changes and not case.request.include:
        refusal = _add_nearest(refusal, case)
    if "history" in refusal.requirements:
        # What rests after pain is refused with whom to ask.
        refusal = Refusal(" ".join((refusal.detail, *prepared.history.advice)), refusal.requirements)
    suggestions = [describe_change(change, case.request) for change in changes]
    return InfeasibleRequestError(refusal.detail, _name_causes(refusal.requirements, case), suggestions, min_s)


def _name_causes(requirements: Sequence[str], case: InfeasibleRequest) -> list[str]:
    """The requirements, with the conditions in place of positions that nobody named and that follow from them."""
    follows = case.effective.safe_positions is not None
    causes = ["conditions" if follows and field == "positions" else field for field in requirements]
    return list(dict.fromkeys(causes))


def _explain(case: InfeasibleRequest, conflict: IncludeConflict, min_s: int | None) -> Refusal:
    if conflict.excluded:
        return describe_excluded(conflict.excluded, case)
    if case.request.include:
        return describe_conflicting(conflict.conflicting, min_s, case)
    requirements = _fewest_blocking_fields(case)
    return Refusal(describe_no_candidate(requirements, case), requirements)


def _add_nearest(refusal: Refusal, case: InfeasibleRequest) -> Refusal:
    """The refusal with the exercise for the goals that the fewest fields exclude, where these are others."""
    serving = case.serving_exercises()
    if not serving:
        return refusal
    exercises = case.prepared.index.exercises
    fields_of = {number: case.excluding_fields(number) for number in serving}
    nearest = min(serving, key=lambda number: (len(fields_of[number]), exercises[number].level, number))
    fields = fields_of[nearest]
    if set(fields).issubset(refusal.requirements):
        return refusal
    detail = f"{refusal.detail} {describe_nearest(exercises[nearest], fields, case)}"
    return Refusal(detail, list(dict.fromkeys((*refusal.requirements, *fields))))


def _fewest_blocking_fields(case: InfeasibleRequest) -> list[str]:
    """The fewest requirements of which every exercise for the goals breaks one."""
    broken = {_broken_requirements(number, case) for number in case.serving_exercises()}
    if not broken:
        return ["goals"]
    # Of sets of one size, the first is taken: equipment and positions before what cannot be changed.
    last = (*NON_NEGOTIABLE_FIELDS, "duration_s")
    fields = sorted(
        frozenset[str]().union(*broken), key=lambda field: (field in last, field in NON_NEGOTIABLE_FIELDS, field)
    )
    for size in range(1, len(fields) + 1):
        for requirements in combinations(fields, size):
            if not any(own.isdisjoint(requirements) for own in broken):
                return list(requirements)
    return fields


def _broken_requirements(number: int, case: InfeasibleRequest) -> frozenset[str]:
    """The fields that keep an exercise out; `reason` is that of an exchange."""
    fields = case.excluding_fields(number)
    index = case.prepared.index
    if index.exercises[number].slug in case.prepared.variation.removed:
        fields.append("reason")
    if index.options(number, case.dosing_without(fields, number))[0].time_s > case.request.duration_s:
        fields.append("duration_s")
    return frozenset(fields or [case.fallback_field(number)])
