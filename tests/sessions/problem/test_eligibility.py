"""What a purpose keeps out: nothing that tires before training, nothing that strains on a day of recovery."""

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.eligibility import effective_request, filter_exercises
from app.sessions.problem.history_points import NO_HISTORY
from benchmarks.catalogues import index_of

KIT = ["chair", "wall", "bench", "pullup_bar", "dumbbell", "resistance_band"]


def eligible(exercises: tuple[Exercise, ...], purpose: str, **changes: object) -> set[str]:
    fields = {"duration_s": 900, "goals": [{"goal": "strength"}], "level": 5, "available_equipment": KIT, **changes}
    request = SessionRequest.model_validate({**fields, "purpose": purpose})
    index = index_of(exercises)
    eligibility = filter_exercises(effective_request(request, index, NO_HISTORY))
    return {index.exercises[number].slug for number in eligibility.exercises}


@pytest.mark.parametrize("slug", ["chin-up", "prone-w-raise", "dumbbell-pullover", "band-row", "superman-hold"])
def test_strength_work_that_tires_is_left_to_the_training_itself(exercises: tuple[Exercise, ...], slug: str) -> None:
    assert slug not in eligible(exercises, "pre_training")
    assert slug in eligible(exercises, "pre_training", include=[slug])
    assert slug in eligible(exercises, "standalone")


@pytest.mark.parametrize("slug", ["band-external-rotation", "scapular-push-up", "wall-push-up-plus", "bird-dog"])
def test_strength_work_that_also_warms_up_stays(exercises: tuple[Exercise, ...], slug: str) -> None:
    assert slug in eligible(exercises, "pre_training")


def test_a_recovery_session_holds_no_strength_work_and_no_bracing(exercises: tuple[Exercise, ...]) -> None:
    slugs = eligible(exercises, "recovery")
    by_slug = {exercise.slug: exercise for exercise in exercises}
    assert {"scapular-squeeze", "chin-tuck", "dead-hang"} <= slugs
    assert not {"bird-dog", "wall-push-up-plus", "hip-hinge-t-raise"} & slugs
    assert "strength" not in {by_slug[slug].pattern for slug in slugs}
