"""How the exercises of a request are dosed: by purpose and age, and by what its conditions allow."""

from app.rules.dose_options import DosingContext
from app.rules.strain_limits import find_max_hold_s, list_strain_limits
from app.schemas.session_request import SessionRequest
from app.sessions.problem.exercise_index import ExerciseIndex


def dosing_context(request: SessionRequest) -> DosingContext:
    """Return how exercises are dosed for the purpose and the age of a request, and whether they are introduced."""
    return DosingContext(
        desk_break=request.purpose == "desk_break",
        aged_65_plus=request.age_band == "65+",
        pre_training=request.purpose == "pre_training",
        introduction=request.intro,
    )


def exercise_dosing(number: int, request: SessionRequest, index: ExerciseIndex) -> DosingContext:
    """Return how one exercise is dosed: as all are, but for what a condition shortens or a stiffer side adds."""
    dosing, limits = dosing_context(request), list_strain_limits(request.conditions)
    if limits:
        dosing = dosing._replace(max_hold_s=find_max_hold_s(limits, index.strains[number]))
    return dosing._replace(extra_set=True) if _has_extra_set(number, request, index) else dosing


def _has_extra_set(number: int, request: SessionRequest, index: ExerciseIndex) -> bool:
    """True where the stiffer side does a set more: for a requested goal in which one side may be stiffer."""
    if request.stiffer_side is None:
        return False
    return not index.favoured_goals[number].isdisjoint(request.weight_by_goal)
