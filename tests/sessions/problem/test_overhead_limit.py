"""Light movement overhead may take its share of a session; weights overhead keep their limit."""

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.problem.exercise_index import LOAD_GROUPS
from app.sessions.problem.overhead_limit import OVERHEAD
from app.sessions.problem.prepared_problem import PreparedProblem, prepare_problem
from benchmarks.catalogues import index_of


def request_overhead(weight: int, equipment: tuple[str, ...], **fields: object) -> SessionRequest:
    goals = [{"goal": "overhead", "weight": weight}, {"goal": "rotation", "weight": 1}]
    values = {"duration_s": 600, "goals": goals, "available_equipment": equipment, "level": 3, **fields}
    return SessionRequest.model_validate(values)


def limits_of(prepared: PreparedProblem, slug: str) -> set[int]:
    """The seconds of each limit to which an exercise counts."""
    problem = prepared.problem
    own = [one for one in problem.placements if prepared.index.exercises[one.exercise].slug == slug]
    strains = {problem.strain_max_s[limit] for one in own for limit in one.strain_limits}
    return strains | {problem.load_max_s[one.load] for one in own}


@pytest.mark.parametrize(("weight", "max_s"), [(1, 300), (2, 400), (3, 450)])
def test_light_movement_overhead_has_the_share_that_is_asked_for(
    exercises: tuple[Exercise, ...], weight: int, max_s: int
) -> None:
    request = request_overhead(weight, ("wall", "dumbbell", "bench"))
    prepared = prepare_problem(request, index_of(exercises))
    assert limits_of(prepared, "wall-slide") == {max_s}
    assert limits_of(prepared, "dumbbell-pullover") == {210, max_s}


def test_without_the_goal_the_limit_stays(exercises: tuple[Exercise, ...]) -> None:
    request = SessionRequest.model_validate({"duration_s": 600, "goals": [{"goal": "posture"}], "level": 3})
    assert LOAD_GROUPS[OVERHEAD] == "overhead"
    assert prepare_problem(request, index_of(exercises)).problem.load_max_s[OVERHEAD] == 210


@pytest.mark.parametrize("purpose", ["pre_training", "standalone"])
def test_most_of_a_session_for_reaching_overhead_reaches_overhead(
    exercises: tuple[Exercise, ...], purpose: str
) -> None:
    request = request_overhead(2, ("resistance_band", "wall"), duration_s=480, purpose=purpose)
    shares = {one.goal: one.actual_share for one in build_session(request, index_of(exercises)).coverage}
    assert shares["overhead"] > 0.5
