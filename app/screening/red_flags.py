"""Answers to the screening -> whether to stop, be careful or go on, how soon to see whom, and what to pass on.

Combinations count: the signs are weak one by one (after the framework of Finucane 2020). Editorial, no clinician has
reviewed it. Nothing here is a medical clearance.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.rules.vocabulary import BlockingCondition, Condition, Position
from app.screening.questions import QUESTIONS, Group

Outcome = Literal["clear", "caution", "stop"]
Urgency = Literal["emergency", "same_day", "within_days", "routine"]
OUTCOMES: tuple[Outcome, ...] = ("clear", "caution", "stop")
URGENCIES: tuple[Urgency | None, ...] = (None, "routine", "within_days", "same_day", "emergency")

AMBULANCE = "Call your local emergency number now. Do not drive yourself, and do not exercise."
HOSPITAL_TODAY = "Go to an emergency department today. Do not exercise before you have been seen."
SAME_DAY = "See or call a doctor today. Do not exercise before you have been seen."
IN_DAYS = "See a doctor within the next days. Do not exercise before you have been seen."
IN_DAYS_GENTLY = "Tell a doctor about it within the next days. Until then keep to easy movement that does not hurt."
SOMETIME = "Mention it to your doctor at the next visit. Easy movement is fine if it does not hurt."
CONTACT_MIDWIFE = "Stop exercising and call your midwife, obstetrician or maternity unit today."


class Rule(NamedTuple):
    """Fires where all of `all_of` and at least `least` of `any_of` were answered with yes."""

    group: Group
    outcome: Outcome
    urgency: Urgency | None
    any_of: tuple[str, ...]
    advice: str
    least: int = 1
    all_of: tuple[str, ...] = ()
    blocks: BlockingCondition = "warning_signs"


def _ids(group: Group) -> tuple[str, ...]:
    return tuple(one.id for one in QUESTIONS if one.group == group)


FRAGILE = ("aged_50_or_over", "brittle_bones", "long_term_steroids")
CORD, CAUDA = _ids("cord"), _ids("cauda_equina")
RULES: tuple[Rule, ...] = (
    Rule("emergency", "stop", "emergency", _ids("emergency"), AMBULANCE),
    Rule("cauda_equina", "stop", "same_day", CAUDA, HOSPITAL_TODAY),
    Rule("cauda_equina", "stop", "emergency", CAUDA, AMBULANCE, least=2),
    Rule("cord", "stop", "emergency", CORD, AMBULANCE, least=2),
    Rule("cord", "stop", "same_day", tuple(one for one in CORD if one != "heavy_legs"), SAME_DAY),
    Rule("cord", "caution", "within_days", ("heavy_legs",), IN_DAYS_GENTLY),
    Rule("fracture", "stop", "same_day", ("major_injury", "sudden_severe_pain"), SAME_DAY),
    Rule("fracture", "stop", "same_day", FRAGILE, SAME_DAY, all_of=("minor_injury",)),
    Rule(
        "fracture",
        "stop",
        "same_day",
        ("minor_injury", "brittle_bones", "long_term_steroids"),
        SAME_DAY,
        all_of=("shorter_or_stooped",),
    ),
    Rule("fracture", "caution", "within_days", ("shorter_or_stooped",), IN_DAYS_GENTLY),
    Rule("cancer", "stop", "within_days", ("weight_loss",), IN_DAYS, blocks="unexplained_weight_loss"),
    Rule(
        "cancer",
        "stop",
        "within_days",
        ("new_back_pain", "night_pain", "no_relief_at_rest"),
        IN_DAYS,
        all_of=("past_cancer",),
    ),
    Rule(
        "cancer",
        "stop",
        "within_days",
        ("no_relief_at_rest", "aged_under_20", "aged_over_55"),
        IN_DAYS,
        all_of=("night_pain",),
    ),
    Rule("cancer", "caution", "within_days", ("night_pain",), IN_DAYS_GENTLY),
    Rule(
        "cancer",
        "caution",
        "within_days",
        ("aged_under_20", "aged_over_55"),
        IN_DAYS_GENTLY,
        all_of=("new_back_pain",),
    ),
    Rule("infection", "stop", "same_day", ("fever_with_pain",), SAME_DAY),
    Rule(
        "infection",
        "stop",
        "same_day",
        ("weak_immune_system", "injected_drugs", "recent_infection"),
        SAME_DAY,
        least=2,
        all_of=("new_back_pain",),
    ),
    Rule(
        "infection",
        "caution",
        "within_days",
        ("weak_immune_system", "injected_drugs", "recent_infection"),
        IN_DAYS_GENTLY,
        all_of=("new_back_pain",),
    ),
    Rule(
        "inflammatory",
        "caution",
        "routine",
        ("morning_stiffness", "better_moving", "eye_skin_bowel"),
        SOMETIME,
        all_of=("long_pain_when_young",),
    ),
    Rule("visceral", "stop", "same_day", ("pain_on_exertion",), SAME_DAY),
    Rule("visceral", "stop", "within_days", ("pain_with_cough", "pain_with_meals"), IN_DAYS, least=2),
    Rule("visceral", "caution", "within_days", ("pain_with_cough", "pain_with_meals"), IN_DAYS_GENTLY),
    Rule("pregnancy", "stop", "same_day", _ids("pregnancy"), CONTACT_MIDWIFE),
    Rule(
        "ask_first",
        "stop",
        "routine",
        ("broken_vertebra",),
        "Ask the clinician who treats the break for a plan of your own.",
        blocks="vertebral_fracture_recent",
    ),
    Rule(
        "ask_first",
        "stop",
        "routine",
        ("operation",),
        "Ask the surgical team which movements are open to you.",
        blocks="recent_surgery",
    ),
    Rule("ask_first", "stop", "routine", ("cancer_now",), "Ask your treating team first.", blocks="active_cancer"),
    Rule("ask_first", "stop", "within_days", ("flare",), "Ask your rheumatology team.", blocks="inflammatory_flare"),
    Rule(
        "ask_first",
        "stop",
        "within_days",
        ("heart_or_lung",),
        "A doctor should agree before you exercise.",
        blocks="uncontrolled_heart_or_lung_disease",
    ),
    Rule("general", "caution", None, _ids("general"), "Ask your doctor when unsure. Begin with easy sessions."),
    Rule(
        "general",
        "caution",
        "routine",
        ("supervised_only",),
        "You were told to exercise under supervision: ask that professional before you train alone.",
    ),
    Rule(
        "conditions",
        "caution",
        None,
        _ids("conditions"),
        "Pass the conditions on with the session request: exercises that do not suit them are left out.",
    ),
)
UPRIGHT: tuple[Position, ...] = ("seated", "standing", "wall_standing")
POSITIONS: dict[Condition, tuple[Position, ...]] = {
    "fall_risk": ("seated", "wall_standing"),
    "vertigo": UPRIGHT,
    "knee_pain": (*UPRIGHT, "supine", "side_lying", "prone"),
    "pregnancy_second_third_trimester": (*UPRIGHT, "side_lying", "quadruped"),
}
"""Positions that a condition leaves; where several are stated, those that all of them leave."""
EASIEST_FOR = frozenset({"fall_risk", "osteoporosis", "vertigo", "pregnancy_second_third_trimester"})
SUMMARY: dict[Outcome, str] = {
    "clear": "Nothing in your answers speaks against an easy start. This is no medical clearance.",
    "caution": "Go carefully: see what each point below asks for, and begin with easy sessions.",
    "stop": "Please do not start a session now. See below whom to ask, and how soon.",
}


class Called(NamedTuple):
    """What one group of signs calls for, and which answers call for it."""

    group: Group
    outcome: Outcome
    urgency: Urgency | None
    because: tuple[str, ...]
    advice: tuple[str, ...]


class Screened(NamedTuple):
    """The result: the gravest of all groups, and what to pass on to a session request."""

    outcome: Outcome
    urgency: Urgency | None
    groups: tuple[Called, ...]
    conditions: tuple[Condition | BlockingCondition, ...]
    level_max: int | None
    positions: tuple[Position, ...] | None


def screen(answers: Mapping[str, bool | None]) -> Screened:
    """Judge `answers` (by question id; what is missing or null counts as no)."""
    yes = frozenset(name for name, answer in answers.items() if answer)
    fired = [rule for rule in RULES if yes.issuperset(rule.all_of) and len(yes & set(rule.any_of)) >= rule.least]
    groups = tuple(
        _called(group, [rule for rule in fired if rule.group == group], yes)
        for group in dict.fromkeys(rule.group for rule in fired)
    )
    groups = tuple(sorted(groups, key=_gravity, reverse=True))
    blocking = tuple(dict.fromkeys(rule.blocks for rule in fired if rule.outcome == "stop"))
    stated = tuple(one.condition for one in QUESTIONS if one.condition is not None and one.id in yes)
    outcome: Outcome = max((one.outcome for one in groups), key=OUTCOMES.index, default=OUTCOMES[0])
    if outcome == "stop":
        groups = tuple(one if one.outcome == "stop" else _without_encouragement(one) for one in groups)
    return Screened(
        outcome=outcome,
        urgency=max((one.urgency for one in groups if one.outcome == outcome), key=URGENCIES.index, default=None),
        groups=groups,
        conditions=(*blocking, *stated),
        level_max=_level(outcome, stated),
        positions=None if outcome == "stop" else _positions(stated),
    )


def _without_encouragement(called: Called) -> Called:
    """Whom to ask, without the sentence on easy movement: something else in the answers speaks against it."""
    return called._replace(advice=tuple(advice.split(". ")[0].removesuffix(".") + "." for advice in called.advice))


def _gravity(called: Called) -> tuple[int, int]:
    return OUTCOMES.index(called.outcome), URGENCIES.index(called.urgency)


def _called(group: Group, fired: list[Rule], yes: frozenset[str]) -> Called:
    """The gravest rules of a group decide; every answer that fired any of its rules is named."""

    def gravity(rule: Rule) -> tuple[int, int]:
        return OUTCOMES.index(rule.outcome), URGENCIES.index(rule.urgency)

    gravest = max(fired, key=gravity)
    involved = {one for rule in fired for one in (*rule.all_of, *rule.any_of)} & yes
    advice = (rule.advice for rule in fired if rule.outcome == gravest.outcome and rule.urgency == gravest.urgency)
    return Called(
        group,
        gravest.outcome,
        gravest.urgency,
        tuple(one.id for one in QUESTIONS if one.id in involved),
        tuple(dict.fromkeys(advice)),
    )


def _level(outcome: Outcome, stated: tuple[Condition, ...]) -> int | None:
    if outcome != "caution":
        return None
    return 1 if EASIEST_FOR.intersection(stated) else 2


def _positions(stated: tuple[Condition, ...]) -> tuple[Position, ...] | None:
    left = [POSITIONS[one] for one in stated if one in POSITIONS]
    return tuple(one for one in left[0] if all(one in other for other in left)) if left else None
