"""From the answers of the screening: stop, be careful or go on, how soon to see whom, and what to pass on.

The outcome and the urgency are each the gravest of all groups that fire: a group that stops never masks the urgency
of another. Nothing here is a medical clearance.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.rules.condition_rules import default_positions, first_level
from app.rules.vocabulary import BlockingCondition, Condition, ConditionWithRules, Position
from app.screening.questions import QUESTIONS, AdviceKey, ScreeningOutcome, SignGroup
from app.screening.red_flag_rules import RED_FLAG_RULES, RedFlagRule, Urgency

OUTCOMES: tuple[ScreeningOutcome, ...] = ("clear", "caution", "stop")
"""From mild to grave."""
URGENCIES: tuple[Urgency | None, ...] = (None, "routine", "within_days", "same_day", "emergency")
"""From none to most urgent."""
CAUTION_LEVEL = 2
"""Highest level to begin with after a caution that no condition makes stricter."""


class GroupResult(NamedTuple):
    """What one group of signs calls for, and which answers call for it."""

    group: SignGroup
    outcome: ScreeningOutcome
    urgency: Urgency | None
    reasons: tuple[str, ...]
    """Ids of the questions."""
    advice: tuple[AdviceKey, ...]


class EvaluatedAnswers(NamedTuple):
    """The gravest outcome and the highest urgency of all groups, and what to pass on to a session request."""

    outcome: ScreeningOutcome
    urgency: Urgency | None
    groups: tuple[GroupResult, ...]
    """Most urgent first."""
    conditions: tuple[Condition, ...]
    level_max: int | None
    positions: tuple[Position, ...] | None


def evaluate_answers(answers: Mapping[str, bool | None]) -> EvaluatedAnswers:
    """Return what `answers` call for (by question id; what is missing or null counts as no)."""
    present = frozenset(question_id for question_id, answer in answers.items() if answer)
    fired = [rule for rule in RED_FLAG_RULES if rule.fires(present)]
    groups = _evaluate_groups(fired, present)
    outcome, urgency = _find_gravest(groups)
    stated = tuple(question.condition for question in QUESTIONS if question.condition and question.id in present)
    return EvaluatedAnswers(
        outcome=outcome,
        urgency=urgency,
        groups=groups,
        conditions=(*_list_blocking_conditions(fired), *stated),
        level_max=_max_level(outcome, stated),
        positions=None if outcome == "stop" else default_positions(stated),
    )


def _evaluate_groups(fired: list[RedFlagRule], present: frozenset[str]) -> tuple[GroupResult, ...]:
    """Return the result of each group with a rule that fired, most urgent first."""
    rules_by_group: dict[SignGroup, list[RedFlagRule]] = {}
    for rule in fired:
        rules_by_group.setdefault(rule.group, []).append(rule)
    results = [_evaluate_group(group, rules, present) for group, rules in rules_by_group.items()]
    return tuple(sorted(results, key=_severity, reverse=True))


def _find_gravest(groups: tuple[GroupResult, ...]) -> tuple[ScreeningOutcome, Urgency | None]:
    """Return the gravest outcome and the highest urgency, each over all groups; `clear` and None where there is none.

    They may come from two groups: an operation stops, and pain on breathing beside it says how soon to be seen.
    """
    outcomes: list[ScreeningOutcome] = [group.outcome for group in groups]
    urgencies = [group.urgency for group in groups]
    return max(outcomes, key=OUTCOMES.index, default="clear"), max(urgencies, key=URGENCIES.index, default=None)


def _list_blocking_conditions(fired: list[RedFlagRule]) -> tuple[BlockingCondition, ...]:
    """Return each condition that blocks a session once, in the order of the rules."""
    return tuple(dict.fromkeys(rule.blocks for rule in fired if rule.outcome == "stop"))


def _severity(result: GroupResult | RedFlagRule) -> tuple[int, int]:
    """Return a key that sorts by urgency, then by outcome."""
    return URGENCIES.index(result.urgency), OUTCOMES.index(result.outcome)


def _evaluate_group(group: SignGroup, fired: list[RedFlagRule], present: frozenset[str]) -> GroupResult:
    """Return the result of a group: its gravest rules decide, and all signs of those rules count."""
    gravest = max(fired, key=_severity)
    outcome = max((rule.outcome for rule in fired), key=OUTCOMES.index)
    involved = {question_id for rule in fired for question_id in rule.signs} & present
    advice = (rule.advice for rule in fired if _severity(rule) == _severity(gravest))
    return GroupResult(
        group,
        outcome,
        gravest.urgency,
        tuple(question.id for question in QUESTIONS if question.id in involved),
        tuple(dict.fromkeys(advice)),
    )


def _max_level(outcome: ScreeningOutcome, stated: tuple[ConditionWithRules, ...]) -> int | None:
    """Return the highest level to begin with; None without a limit, or where no session is to be built."""
    if outcome != "caution":
        return None
    return first_level(stated) or CAUTION_LEVEL
