"""From the answers of the screening: stop, be careful or go on, how soon to see whom, and what to pass on.

Combinations count: the signs are weak one by one (after the framework of Finucane 2020). Editorial, no clinician has
reviewed it. Nothing here is a medical clearance.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.rules.vocabulary import BlockingCondition, Condition, Position
from app.screening.questions import QUESTIONS, AdviceKey, Outcome, SignGroup

Urgency = Literal["emergency", "same_day", "within_days", "routine"]
OUTCOMES: tuple[Outcome, ...] = ("clear", "caution", "stop")
"""From mild to grave."""
URGENCIES: tuple[Urgency | None, ...] = (None, "routine", "within_days", "same_day", "emergency")
"""From none to most urgent."""


class RedFlagRule(NamedTuple):
    """Fires where all of `all_of` and at least `min_count` of `any_of` were answered with yes."""

    group: SignGroup
    outcome: Outcome
    urgency: Urgency | None
    any_of: tuple[str, ...]
    advice: AdviceKey
    min_count: int = 1
    all_of: tuple[str, ...] = ()
    blocks: BlockingCondition = "warning_signs"

    def fires(self, present: frozenset[str]) -> bool:
        """Return whether the rule applies where the signs of these questions are present."""
        return present.issuperset(self.all_of) and len(present.intersection(self.any_of)) >= self.min_count


def _ids_of_group(group: SignGroup) -> tuple[str, ...]:
    return tuple(question.id for question in QUESTIONS if question.group == group)


FRAGILE = ("aged_50_or_over", "brittle_bones", "long_term_steroids")
"""Signs that a small injury may break a vertebra."""
CORD, CAUDA = _ids_of_group("cord"), _ids_of_group("cauda_equina")
RED_FLAG_RULES: tuple[RedFlagRule, ...] = (
    RedFlagRule("emergency", "stop", "emergency", _ids_of_group("emergency"), "call_emergency"),
    RedFlagRule("cauda_equina", "stop", "same_day", CAUDA, "hospital_today"),
    # One of these signs is for the same day; two together are an emergency.
    RedFlagRule("cauda_equina", "stop", "emergency", CAUDA, "call_emergency", min_count=2),
    RedFlagRule("cord", "stop", "emergency", CORD, "call_emergency", min_count=2),
    RedFlagRule(
        "cord",
        "stop",
        "same_day",
        tuple(question_id for question_id in CORD if question_id != "heavy_legs"),
        "doctor_today",
    ),
    # Heavy legs alone are the weakest sign of this group, so they do not stop.
    RedFlagRule("cord", "caution", "within_days", ("heavy_legs",), "doctor_within_days_move_gently"),
    RedFlagRule("fracture", "stop", "same_day", ("major_injury", "sudden_severe_pain"), "doctor_today"),
    # A small injury counts where the bones may be weak.
    RedFlagRule("fracture", "stop", "same_day", FRAGILE, "doctor_today", all_of=("minor_injury",)),
    RedFlagRule(
        "fracture",
        "stop",
        "same_day",
        ("minor_injury", "brittle_bones", "long_term_steroids"),
        "doctor_today",
        all_of=("shorter_or_stooped",),
    ),
    RedFlagRule("fracture", "caution", "within_days", ("shorter_or_stooped",), "doctor_within_days_move_gently"),
    RedFlagRule(
        "cancer", "stop", "within_days", ("weight_loss",), "doctor_within_days", blocks="unexplained_weight_loss"
    ),
    RedFlagRule(
        "cancer",
        "stop",
        "within_days",
        ("new_back_pain", "night_pain", "no_relief_at_rest"),
        "doctor_within_days",
        all_of=("past_cancer",),
    ),
    RedFlagRule(
        "cancer",
        "stop",
        "within_days",
        ("no_relief_at_rest", "aged_under_20", "aged_over_55"),
        "doctor_within_days",
        all_of=("night_pain",),
    ),
    RedFlagRule("cancer", "caution", "within_days", ("night_pain",), "doctor_within_days_move_gently"),
    RedFlagRule(
        "cancer",
        "caution",
        "within_days",
        ("aged_under_20", "aged_over_55"),
        "doctor_within_days_move_gently",
        all_of=("new_back_pain",),
    ),
    # What makes an infection more likely counts only beside fever or new pain.
    RedFlagRule("infection", "stop", "same_day", ("fever_with_pain",), "doctor_today"),
    RedFlagRule(
        "infection",
        "stop",
        "same_day",
        ("weak_immune_system", "injected_drugs", "recent_infection"),
        "doctor_today",
        min_count=2,
        all_of=("new_back_pain",),
    ),
    RedFlagRule(
        "infection",
        "caution",
        "within_days",
        ("weak_immune_system", "injected_drugs", "recent_infection"),
        "doctor_within_days_move_gently",
        all_of=("new_back_pain",),
    ),
    RedFlagRule(
        "inflammatory",
        "caution",
        "routine",
        ("morning_stiffness", "better_moving", "eye_skin_bowel"),
        "routine_visit",
        all_of=("long_pain_when_young",),
    ),
    RedFlagRule("visceral", "stop", "same_day", ("pain_on_exertion",), "doctor_today"),
    RedFlagRule(
        "visceral", "stop", "within_days", ("pain_with_cough", "pain_with_meals"), "doctor_within_days", min_count=2
    ),
    RedFlagRule(
        "visceral", "caution", "within_days", ("pain_with_cough", "pain_with_meals"), "doctor_within_days_move_gently"
    ),
    RedFlagRule("pregnancy", "stop", "same_day", _ids_of_group("pregnancy"), "contact_maternity_unit"),
    RedFlagRule(
        "ask_first",
        "stop",
        "routine",
        ("broken_vertebra",),
        "fracture_plan",
        blocks="vertebral_fracture_recent",
    ),
    RedFlagRule(
        "ask_first",
        "stop",
        "routine",
        ("operation",),
        "surgical_team",
        blocks="recent_surgery",
    ),
    RedFlagRule("ask_first", "stop", "routine", ("cancer_now",), "cancer_team", blocks="active_cancer"),
    RedFlagRule("ask_first", "stop", "within_days", ("flare",), "rheumatology_team", blocks="inflammatory_flare"),
    RedFlagRule(
        "ask_first",
        "stop",
        "within_days",
        ("heart_or_lung",),
        "doctor_agrees_first",
        blocks="uncontrolled_heart_or_lung_disease",
    ),
    # No urgency: nobody has to be asked because of these answers alone.
    RedFlagRule("general", "caution", None, _ids_of_group("general"), "begin_easily"),
    RedFlagRule(
        "general",
        "caution",
        "routine",
        ("supervised_only",),
        "supervising_professional",
    ),
    RedFlagRule(
        "conditions",
        "caution",
        None,
        _ids_of_group("conditions"),
        "state_conditions",
    ),
)
UPRIGHT: tuple[Position, ...] = ("seated", "standing", "wall_standing")
POSITIONS_FOR: dict[Condition, tuple[Position, ...]] = {
    "fall_risk": ("seated", "wall_standing"),
    "vertigo": UPRIGHT,
    "knee_pain": (*UPRIGHT, "supine", "side_lying", "prone"),
    "pregnancy_second_third_trimester": (*UPRIGHT, "side_lying", "quadruped"),
}
"""Positions that a condition allows; where several are stated, those that all of them allow."""
LEVEL_ONE_CONDITIONS = frozenset({"fall_risk", "osteoporosis", "vertigo", "pregnancy_second_third_trimester"})
"""Conditions that begin at level 1; others with a caution begin at level 2."""


class GroupResult(NamedTuple):
    """What one group of signs calls for, and which answers call for it."""

    group: SignGroup
    outcome: Outcome
    urgency: Urgency | None
    reasons: tuple[str, ...]
    """Ids of the questions."""
    advice: tuple[AdviceKey, ...]


class ScreeningOutcome(NamedTuple):
    """The gravest result of all groups, and what to pass on to a session request."""

    outcome: Outcome
    urgency: Urgency | None
    groups: tuple[GroupResult, ...]
    """Gravest first."""
    conditions: tuple[Condition | BlockingCondition, ...]
    level_max: int | None
    positions: tuple[Position, ...] | None


def evaluate_answers(answers: Mapping[str, bool | None]) -> ScreeningOutcome:
    """Return what `answers` call for (by question id; what is missing or null counts as no)."""
    present = frozenset(question_id for question_id, answer in answers.items() if answer)
    fired = [rule for rule in RED_FLAG_RULES if rule.fires(present)]
    groups = _evaluate_groups(fired, present)
    outcome, urgency = _find_gravest(groups)
    stated = tuple(question.condition for question in QUESTIONS if question.condition and question.id in present)
    return ScreeningOutcome(
        outcome=outcome,
        urgency=urgency,
        groups=groups,
        conditions=(*_list_blocking_conditions(fired), *stated),
        level_max=_max_level(outcome, stated),
        positions=None if outcome == "stop" else _allowed_positions(stated),
    )


def _evaluate_groups(fired: list[RedFlagRule], present: frozenset[str]) -> tuple[GroupResult, ...]:
    """Return the result of each group with a rule that fired, gravest first."""
    rules_by_group: dict[SignGroup, list[RedFlagRule]] = {}
    for rule in fired:
        rules_by_group.setdefault(rule.group, []).append(rule)
    results = [_evaluate_group(group, rules, present) for group, rules in rules_by_group.items()]
    return tuple(sorted(results, key=_severity, reverse=True))


def _find_gravest(groups: tuple[GroupResult, ...]) -> tuple[Outcome, Urgency | None]:
    """Return outcome and urgency of the first group, because the groups are sorted; `clear` where there is none."""
    return (groups[0].outcome, groups[0].urgency) if groups else ("clear", None)


def _list_blocking_conditions(fired: list[RedFlagRule]) -> tuple[BlockingCondition, ...]:
    """Return each condition that blocks a session once, in the order of the rules."""
    return tuple(dict.fromkeys(rule.blocks for rule in fired if rule.outcome == "stop"))


def _severity(result: GroupResult | RedFlagRule) -> tuple[int, int]:
    """Return a key that sorts by outcome, then by urgency."""
    return OUTCOMES.index(result.outcome), URGENCIES.index(result.urgency)


def _evaluate_group(group: SignGroup, fired: list[RedFlagRule], present: frozenset[str]) -> GroupResult:
    """Return the result of a group: the gravest of its rules that fired decide, and all signs of those rules count."""
    gravest = max(fired, key=_severity)
    involved = {question_id for rule in fired for question_id in (*rule.all_of, *rule.any_of)} & present
    advice = (rule.advice for rule in fired if _severity(rule) == _severity(gravest))
    return GroupResult(
        group,
        gravest.outcome,
        gravest.urgency,
        tuple(question.id for question in QUESTIONS if question.id in involved),
        tuple(dict.fromkeys(advice)),
    )


def _max_level(outcome: Outcome, stated: tuple[Condition, ...]) -> int | None:
    """Return the highest level to begin with; None without a limit, or where no session is to be built."""
    if outcome != "caution":
        return None
    return 1 if LEVEL_ONE_CONDITIONS.intersection(stated) else 2


def _allowed_positions(stated: tuple[Condition, ...]) -> tuple[Position, ...] | None:
    """Return the positions that every stated condition allows; None where none of them limits the positions."""
    allowed = [POSITIONS_FOR[condition] for condition in stated if condition in POSITIONS_FOR]
    if not allowed:
        return None
    return tuple(position for position in allowed[0] if all(position in positions for positions in allowed))
