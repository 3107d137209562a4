"""Which goals a prescription serves, and with how many seconds: it asks for none, so all of its exercises' count."""

from collections.abc import Sequence

from app.kit.closed_lists import list_words
from app.rules.dose import credited_work_s
from app.rules.vocabulary import Goal
from app.schemas.session import Coverage, GoalSeconds, SessionItem
from app.sessions.prescription.dosed_items import DosedItem
from app.sessions.problem.formulate import MIN_RELEVANCE


def list_served_goals(item: DosedItem) -> tuple[GoalSeconds, ...]:
    """Return the seconds of an item's work that count for each goal of its exercise, as in sessions that are built."""
    exercise = item.exercise
    credit_s = credited_work_s(item.dose, exercise.pattern, exercise.load_group)
    total = max(MIN_RELEVANCE, sum(exercise.goal_weights.values()))
    shares = [(goal, 1000 * exercise.goal_weights[goal] // total) for goal in exercise.goals]
    seconds = [(goal, credit_s * share // 1000) for goal, share in shares]
    return tuple(GoalSeconds(goal=goal, seconds=goal_s) for goal, goal_s in seconds if goal_s)


def cover_goals(items: Sequence[SessionItem]) -> tuple[Coverage, ...]:
    """Return what each goal gets, most first."""
    seconds: dict[Goal, int] = {}
    for share in (share for item in items for share in item.serves):
        seconds[share.goal] = seconds.get(share.goal, 0) + share.seconds
    total_s, goals = sum(seconds.values()), list_words(Goal)
    return tuple(
        Coverage(
            goal=goal,
            requested_share=0.0,
            actual_share=round(seconds[goal] / total_s, 2),
            seconds=seconds[goal],
            reason=None,
        )
        for goal in sorted(seconds, key=lambda goal: (-seconds[goal], goals.index(goal)))
    )
