"""The next level is proposed after weeks of easy reports, and only then."""

from typing import Any

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from benchmarks.catalogues import index_of

EASY_DAYS = (1, 4, 8, 11, 15, 18)
PROPOSAL = "ask for level 3"


def notes_of(exercises: tuple[Exercise, ...], history: list[dict[str, Any]], **fields: Any) -> str:
    request = {"duration_s": 300, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"], "level": 2}
    session = build_session(
        SessionRequest.model_validate({**request, "history": history, **fields}), index_of(exercises)
    )
    return " ".join(session.notes)


def history_on(days: tuple[int, ...], **report: Any) -> list[dict[str, Any]]:
    item = {"slug": "seated-thoracic-rotation", "effort": 3, "pain": 0, **report}
    return [{"days_ago": day, "items": [item]} for day in days]


@pytest.mark.parametrize("days", [EASY_DAYS, (0, 3, 5, 7, 10, 14), tuple(range(0, 28, 2))])
def test_weeks_of_easy_reports_propose_the_next_level(exercises: tuple[Exercise, ...], days: tuple[int, ...]) -> None:
    assert PROPOSAL in notes_of(exercises, history_on(days))


@pytest.mark.parametrize(
    ("history", "fields"),
    [
        (history_on((1, 2, 3, 4, 5, 6)), {}),
        (history_on((1, 8, 15)), {}),
        (history_on((30, 33, 37, 40, 44, 50)), {}),
        (history_on(EASY_DAYS, effort=5), {}),
        (history_on(EASY_DAYS, pain=3), {}),
        (history_on(EASY_DAYS, completed=False), {}),
        (history_on(EASY_DAYS, effort=None), {}),
        (history_on(EASY_DAYS), {"level": 5}),
        (history_on(EASY_DAYS), {"purpose": "recovery"}),
    ],
)
def test_a_level_is_not_proposed_too_early(
    exercises: tuple[Exercise, ...], history: list[dict[str, Any]], fields: dict[str, Any]
) -> None:
    assert "ask for level" not in notes_of(exercises, history, **fields)
