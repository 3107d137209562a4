"""Which of the exercises that a request includes do not go together, and which do."""

from collections.abc import Callable, Collection, Mapping, Sequence

from app.schemas.session_request import SessionRequest
from app.sessions.explain.proven_suggestions import IncludeConflict
from app.sessions.problem.dosing import exercise_dosing
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.prepared_problem import NO_VARIATION, PreparedProblem, prepare_problem
from app.sessions.solve import is_solvable


def find_include_conflict(prepared: PreparedProblem) -> IncludeConflict:
    """Return what is wrong with the included exercises of a problem without a solution."""
    request, index = prepared.request, prepared.index
    eligible = prepared.eligibility.exercises
    excluded = [slug for slug in request.include if index.number_of[slug] not in eligible]
    conflicting = [] if excluded else _minimal_conflict(request, index)
    compatible = _largest_compatible(request, index, excluded) if prepared.variation == NO_VARIATION else ()
    return IncludeConflict(excluded, conflicting, compatible)


def _minimal_conflict(request: SessionRequest, index: ExerciseIndex) -> list[str]:
    """Included exercises of which none can be left out of the conflict; the short ones are tried first."""
    first_of_family: dict[str, str] = {}
    for slug in request.include:
        other = first_of_family.setdefault(index.by_slug(slug).family, slug)
        if other != slug:
            return [other, slug]
    seconds = _shortest_seconds(request, index)

    def still_conflicts_without(removed: tuple[str, ...]) -> bool:
        remaining = tuple(slug for slug in request.include if slug not in removed)
        if not remaining:
            return False
        # Adding up seconds is quick and often decides.
        is_too_long = sum(seconds[slug] for slug in remaining) > request.duration_s
        return is_too_long or not _is_solvable_with(remaining, request, index)

    removed = _greedy_subset(request.include, seconds, still_conflicts_without)
    return [slug for slug in request.include if slug not in removed]


def _largest_compatible(request: SessionRequest, index: ExerciseIndex, excluded: Sequence[str]) -> tuple[str, ...]:
    """Included exercises that go together in the time there is; the short ones are tried first."""
    seconds = _shortest_seconds(request, index)

    def are_compatible(slugs: tuple[str, ...]) -> bool:
        is_in_time = sum(seconds[slug] for slug in slugs) <= request.duration_s
        return is_in_time and _is_solvable_with(slugs, request, index)

    return _greedy_subset(set(request.include).difference(excluded), seconds, are_compatible)


def _is_solvable_with(include: tuple[str, ...], request: SessionRequest, index: ExerciseIndex) -> bool:
    return is_solvable(prepare_problem(request.model_copy(update={"include": include}), index))


def _shortest_seconds(request: SessionRequest, index: ExerciseIndex) -> dict[str, int]:
    numbers = {slug: index.number_of[slug] for slug in request.include}
    return {
        slug: index.options(number, exercise_dosing(number, request, index))[0].time_s
        for slug, number in numbers.items()
    }


def _greedy_subset(
    slugs: Collection[str], seconds: Mapping[str, int], holds: Callable[[tuple[str, ...]], bool]
) -> tuple[str, ...]:
    """Slugs, the short exercises first, each of which is taken where the condition still holds with it.

    Many are tried at once: with the half of them, the quarter, and so on, where all are too many.
    """
    remaining = sorted(slugs, key=lambda slug: (seconds[slug], slug))
    subset: tuple[str, ...] = ()
    size = len(remaining)
    while remaining:
        if holds((*subset, *remaining[:size])):
            subset, remaining = (*subset, *remaining[:size]), remaining[size:]
        elif size == 1:
            remaining = remaining[1:]
            size = 2 * len(remaining)
        size = size // 2 or 1
    return subset
