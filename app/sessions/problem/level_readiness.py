"""Whether the reports of some weeks show that a person's level is too low. Editorial; no clinician has reviewed it."""

from collections.abc import Sequence
from typing import Final

from app.schemas.session_request import PerformedExercise, PerformedSession

MAX_EASY_EFFORT: Final = 4
"""The highest effort, of 10, of an exercise that felt easy."""
MAX_EASY_PAIN: Final = 2
"""The highest pain, of 10, beside which an exercise still felt easy."""
EASY_WINDOW_DAYS: Final = 28
"""Days back to which reports count."""
MIN_EASY_DAYS: Final = 6
"""Fewest training days with reports: two a week for three weeks."""
MIN_EASY_SPAN_DAYS: Final = 14
"""Fewest days from the first of these reports to the last: the body needs weeks to adapt, not days."""


def is_level_outgrown(sessions: Sequence[PerformedSession]) -> bool:
    """Return whether all that was reported in the last four weeks was easy, over enough days and weeks."""
    recent = [session for session in sessions if session.days_ago <= EASY_WINDOW_DAYS]
    days = {session.days_ago for session in recent if any(item.effort is not None for item in session.items)}
    if len(days) < MIN_EASY_DAYS or max(days) - min(days) < MIN_EASY_SPAN_DAYS:
        return False
    return all(_was_easy(item) for session in recent for item in session.items)


def _was_easy(item: PerformedExercise) -> bool:
    """True for an exercise that was completed without effort or pain to speak of."""
    return item.completed and (item.effort or 0) <= MAX_EASY_EFFORT and (item.pain or 0) <= MAX_EASY_PAIN
