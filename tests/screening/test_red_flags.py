"""Every group of signs gets the right outcome and urgency, harmless answers stay clear, and stop can be passed on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.closed_lists import list_words
from app.rules.vocabulary import BlockingCondition, Condition, ConditionWithRules
from app.screening.questions import QUESTION_IDS, QUESTIONS, SignGroup
from app.screening.red_flag_rules import RED_FLAG_RULES
from app.screening.red_flags import OUTCOMES, URGENCIES, evaluate_answers
from tests.screening.test_worked_cases import CASES

SIGNS: tuple[tuple[str, str, str, str | None], ...] = (
    ("emergency", "chest_pain", "stop", "emergency"),
    ("emergency", "breathless_at_rest", "stop", "emergency"),
    ("emergency", "fainted", "stop", "emergency"),
    ("emergency", "tearing_pain", "stop", "emergency"),
    ("emergency", "worst_headache", "stop", "emergency"),
    ("emergency", "face_arm_speech", "stop", "emergency"),
    ("cauda_equina", "saddle_numbness", "stop", "same_day"),
    ("cauda_equina", "bladder_or_bowel_change", "stop", "same_day"),
    ("cauda_equina", "both_legs", "stop", "same_day"),
    ("cauda_equina", "both_legs saddle_numbness", "stop", "emergency"),
    ("cord", "clumsy_hands", "stop", "same_day"),
    ("cord", "unsteady_walking", "stop", "same_day"),
    ("cord", "electric_shocks", "stop", "same_day"),
    ("cord", "band_around_trunk", "stop", "same_day"),
    ("cord", "heavy_legs", "caution", "within_days"),
    ("cord", "heavy_legs unsteady_walking", "stop", "emergency"),
    ("fracture", "major_injury", "stop", "same_day"),
    ("fracture", "sudden_severe_pain", "stop", "same_day"),
    ("fracture", "minor_injury aged_50_or_over", "stop", "same_day"),
    ("fracture", "minor_injury long_term_steroids", "stop", "same_day"),
    ("fracture", "minor_injury brittle_bones", "stop", "same_day"),
    ("fracture", "shorter_or_stooped", "caution", "within_days"),
    ("fracture", "shorter_or_stooped brittle_bones", "stop", "same_day"),
    ("cancer", "weight_loss", "stop", "within_days"),
    ("cancer", "past_cancer new_back_pain", "stop", "within_days"),
    ("cancer", "past_cancer night_pain", "stop", "within_days"),
    ("cancer", "night_pain", "caution", "within_days"),
    ("cancer", "night_pain no_relief_at_rest", "stop", "within_days"),
    ("cancer", "new_back_pain aged_over_55", "caution", "within_days"),
    ("cancer", "new_back_pain aged_under_20", "caution", "within_days"),
    ("infection", "fever_with_pain", "stop", "same_day"),
    ("infection", "new_back_pain recent_infection", "caution", "within_days"),
    ("infection", "new_back_pain recent_infection weak_immune_system", "stop", "same_day"),
    ("inflammatory", "long_pain_when_young morning_stiffness", "caution", "routine"),
    ("inflammatory", "long_pain_when_young eye_skin_bowel", "caution", "routine"),
    ("visceral", "pain_on_exertion", "stop", "same_day"),
    ("visceral", "pain_with_cough", "caution", "within_days"),
    ("visceral", "pain_with_cough pain_with_meals", "stop", "within_days"),
    ("visceral", "burning_band_with_rash", "caution", "within_days"),
    ("circulation", "swollen_calf", "stop", "same_day"),
    ("circulation", "swollen_calf coughed_blood", "stop", "emergency"),
    ("circulation", "very_high_blood_pressure", "stop", "same_day"),
    ("circulation", "very_high_blood_pressure pregnancy_dizzy", "stop", "emergency"),
    ("pregnancy", "pregnancy_bleeding", "stop", "same_day"),
    ("pregnancy", "pregnancy_dizzy", "stop", "same_day"),
    ("pregnancy", "pregnancy_calf", "stop", "same_day"),
    ("pregnancy", "pregnancy_breathless", "stop", "same_day"),
    ("ask_first", "broken_vertebra", "stop", "routine"),
    ("ask_first", "operation", "stop", "routine"),
    ("ask_first", "cancer_now", "stop", "routine"),
    ("ask_first", "flare", "stop", "within_days"),
    ("ask_first", "heart_or_lung", "stop", "within_days"),
    ("general", "heart_known", "caution", None),
    ("general", "medicines", "caution", None),
    ("general", "supervised_only", "caution", "routine"),
    ("conditions", "sore_wrist", "caution", None),
)
HARMLESS = (
    "",
    "morning_stiffness",
    "better_moving",
    "morning_stiffness better_moving",
    "eye_skin_bowel",
    "eye_skin_bowel morning_stiffness",
    "long_pain_when_young",
    "past_cancer",
    "past_cancer aged_50_or_over",
    "no_relief_at_rest",
    "recent_infection",
    "weak_immune_system",
    "injected_drugs",
    "minor_injury",
    "minor_injury aged_under_20",
    "new_back_pain",
    "new_back_pain minor_injury",
    "new_back_pain morning_stiffness",
    "aged_50_or_over aged_over_55",
    "aged_under_20 recent_infection",
    "long_term_steroids aged_50_or_over",
    "long_pain_when_young recent_infection aged_under_20",
)
any_answers = st.dictionaries(st.sampled_from(QUESTION_IDS), st.sampled_from([True, False, None]))


IDS = [f"{group}: {signs}" for group, signs, *_ in SIGNS]


def say_yes(signs: str) -> dict[str, bool | None]:
    return dict.fromkeys(signs.split(), True)


@pytest.mark.parametrize(
    ("group", "signs", "outcome", "urgency"), SIGNS, ids=[f"{group}: {signs}" for group, signs, *_ in SIGNS]
)
def test_a_sign_gets_its_outcome_and_urgency(group: str, signs: str, outcome: str, urgency: str | None) -> None:
    result = evaluate_answers(say_yes(signs))
    assert (result.outcome, result.urgency) == (outcome, urgency)
    (group_result,) = [each for each in result.groups if each.group == group]
    assert (group_result.outcome, group_result.urgency) == (outcome, urgency)
    assert set(group_result.reasons) <= set(signs.split())
    assert group_result.reasons
    assert group_result.advice


def test_every_group_of_signs_is_tried() -> None:
    assert {group for group, *_ in SIGNS} == set(list_words(SignGroup)) - {"about_you"}


def test_every_rule_fires_for_some_sign_above() -> None:
    answers = [*(signs for _, signs, *_ in SIGNS), *(case.answers for case in CASES)]
    tried = [frozenset(signs.split()) for signs in answers]
    fired = {rule for signs in tried for rule in RED_FLAG_RULES if rule.fires(signs)}
    assert fired == set(RED_FLAG_RULES)


@pytest.mark.parametrize("signs", HARMLESS)
def test_harmless_answers_are_clear(signs: str) -> None:
    result = evaluate_answers(say_yes(signs))
    assert (result.outcome, result.urgency, result.groups, result.conditions) == ("clear", None, (), ())
    assert (result.level_max, result.positions) == (None, None)


def test_there_are_twenty_harmless_sets() -> None:
    assert len(set(HARMLESS)) >= 20


@given(any_answers, st.sampled_from([question.id for question in QUESTIONS if question.group == "emergency"]))
def test_an_emergency_sign_always_stops(answers: dict[str, bool | None], sign: str) -> None:
    result = evaluate_answers({**answers, sign: True})
    assert (result.outcome, result.urgency) == ("stop", "emergency")
    assert result.groups[0].urgency == "emergency"


@given(any_answers, st.sampled_from(QUESTION_IDS))
def test_one_more_yes_never_makes_it_milder(answers: dict[str, bool | None], sign: str) -> None:
    before, after = evaluate_answers({**answers, sign: False}), evaluate_answers({**answers, sign: True})
    assert OUTCOMES.index(before.outcome) <= OUTCOMES.index(after.outcome)
    assert URGENCIES.index(before.urgency) <= URGENCIES.index(after.urgency)


@given(any_answers)
def test_what_is_passed_on_is_known_and_named_once_and_blocks_exactly_after_stop(
    answers: dict[str, bool | None],
) -> None:
    result = evaluate_answers(answers)
    assert set(result.conditions) <= set(list_words(Condition))
    assert len(set(result.conditions)) == len(result.conditions)
    assert bool(set(result.conditions) & set(list_words(BlockingCondition))) == (result.outcome == "stop")


@given(any_answers)
def test_no_and_unanswered_count_alike(answers: dict[str, bool | None]) -> None:
    assert evaluate_answers(answers) == evaluate_answers({name: True for name, answer in answers.items() if answer})


@pytest.mark.parametrize(
    ("signs", "condition"),
    [
        ("broken_vertebra", "vertebral_fracture_recent"),
        ("operation", "recent_surgery"),
        ("cancer_now", "active_cancer"),
        ("flare", "inflammatory_flare"),
        ("weight_loss", "unexplained_weight_loss"),
        ("heart_or_lung", "uncontrolled_heart_or_lung_disease"),
        ("saddle_numbness", "warning_signs"),
    ],
)
def test_a_stop_passes_on_the_condition_that_says_why(signs: str, condition: str) -> None:
    assert evaluate_answers(say_yes(signs)).conditions == (condition,)


def test_every_condition_can_be_stated() -> None:
    stated = {question.condition for question in QUESTIONS if question.condition}
    assert stated == set(list_words(ConditionWithRules)) - {"vertebral_fracture_recent"}


def test_stated_conditions_bring_an_easier_level_and_fewer_positions() -> None:
    careful = evaluate_answers(say_yes("falls sore_knee"))
    assert careful.conditions == ("knee_pain", "fall_risk")
    assert careful.level_max == 1
    assert careful.positions is not None
    assert set(careful.positions) == {"seated", "wall_standing"}
    assert evaluate_answers(say_yes("sore_wrist")).level_max == 2
    assert evaluate_answers(say_yes("sore_wrist")).positions is None
