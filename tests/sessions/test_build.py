"""A built session keeps its promises for a plain request."""

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from benchmarks.catalogues import index_of

PLAIN = SessionRequest.model_validate(
    {
        "duration_s": 600,
        "goals": [{"goal": "rotation", "weight": 2}, {"goal": "strength"}],
        "available_equipment": ["chair", "resistance_band"],
    }
)


def test_a_plain_request_fills_its_time(exercises: tuple[Exercise, ...]) -> None:
    plan = build_session(PLAIN, index_of(exercises))
    assert 588 <= plan.duration_s <= 600


def test_the_timeline_has_no_gap_and_adds_up(exercises: tuple[Exercise, ...]) -> None:
    plan = build_session(PLAIN, index_of(exercises))
    at = 0
    for event in plan.timeline:
        assert event.at_s == at
        at += event.duration_s
    assert at == plan.duration_s == sum(block.duration_s for block in plan.phases)


def test_the_order_of_rows_does_not_matter(exercises: tuple[Exercise, ...]) -> None:
    assert build_session(PLAIN, index_of(exercises)) == build_session(PLAIN, index_of(exercises[::-1]))
