"""The health rules keep their promises: complete, without contradiction, and never milder for a harder exercise."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.closed_lists import list_words
from app.rules.conditions import (
    CONDITION_RULES,
    ConditionRule,
    Restriction,
    list_restrictions,
    load_condition_texts,
)
from app.rules.vocabulary import BlockingCondition, ConditionWithRules, Feature

FEATURES: tuple[Feature, ...] = list_words(Feature)
CONDITIONS: tuple[ConditionWithRules, ...] = list_words(ConditionWithRules)
CARE, BLOCKING = load_condition_texts().care, load_condition_texts().blocking
feature_sets = st.frozensets(st.sampled_from(FEATURES))
every_condition = pytest.mark.parametrize("condition", CONDITIONS)


def features_of(rule: ConditionRule) -> tuple[Feature, ...]:
    return rule.avoid + rule.caution


def test_every_condition_has_its_rule_in_order() -> None:
    assert tuple(CONDITION_RULES) == CONDITIONS


@every_condition
def test_a_rule_names_features_that_exist_and_each_once(condition: ConditionWithRules) -> None:
    rule = CONDITION_RULES[condition]
    assert set(features_of(rule)) <= set(FEATURES)
    assert len(set(features_of(rule))) == len(features_of(rule)) > 0, (
        "a feature is barred or allowed with care, never both"
    )


def test_every_feature_matters_to_some_condition() -> None:
    assert set(FEATURES) == set(chain.from_iterable(features_of(rule) for rule in CONDITION_RULES.values()))


def test_every_feature_has_advice_in_order() -> None:
    assert tuple(CARE) == FEATURES


def test_every_blocking_condition_says_what_to_do_instead() -> None:
    assert tuple(BLOCKING) == list_words(BlockingCondition)


@pytest.mark.parametrize("advice", [*CARE.values(), *BLOCKING.values()])
def test_advice_is_one_plain_sentence(advice: str) -> None:
    assert advice[0].isupper()
    assert advice.endswith(".")
    assert ". " not in advice
    assert len(advice) <= 130


def test_no_two_features_share_their_advice() -> None:
    assert len(set(CARE.values())) == len(CARE)


@pytest.mark.parametrize(
    ("condition", "feature"),
    [
        ("osteoporosis", "loaded_flexion"),
        ("osteoporosis", "end_range_flexion"),
        ("osteoporosis", "loaded_rotation"),
        ("osteoporosis", "chest_compression"),
        ("pregnancy_second_third_trimester", "prone"),
        ("pregnancy_second_third_trimester", "chest_compression"),
        ("pregnancy_second_third_trimester", "hanging"),
        ("shoulder_impingement", "hanging"),
        ("shoulder_instability", "shoulder_end_range"),
        ("wrist_pain", "wrist_weight_bearing"),
        ("glaucoma_or_retinal", "inverted"),
        ("vertigo", "inverted"),
        ("cervical_radiculopathy", "neck_end_range"),
        ("lumbar_extension_intolerance", "end_range_extension"),
        ("lumbar_flexion_intolerance", "loaded_flexion"),
        ("knee_pain", "deep_knee_flexion"),
        ("rib_injury", "chest_compression"),
        ("fall_risk", "hanging"),
    ],
)
def test_barred(condition: ConditionWithRules, feature: Feature) -> None:
    assert Restriction(condition, "avoid", feature) in list_restrictions(frozenset({feature}))


@pytest.mark.parametrize(
    ("condition", "feature"),
    [
        ("osteoporosis", "end_range_thoracic_extension"),
        ("pregnancy_second_third_trimester", "supine"),
        ("elbow_tendinopathy", "grip_demand"),
        ("hypertension", "isometric_hold_long"),
        ("hypertension", "inverted"),
        ("glaucoma_or_retinal", "inverted_mild"),
        ("lumbar_extension_intolerance", "end_range_thoracic_extension"),
        ("knee_pain", "kneeling"),
        ("reflux_hiatal_hernia", "supine"),
        ("fall_risk", "floor_transfer"),
        ("hypermobility", "end_range_rotation"),
    ],
)
def test_allowed_with_care(condition: ConditionWithRules, feature: Feature) -> None:
    assert Restriction(condition, "caution", feature) in list_restrictions(frozenset({feature}))


def test_a_recent_spinal_fracture_bars_every_end_range_of_the_trunk() -> None:
    trunk = {name for name in FEATURES if name.startswith("end_range")}
    assert trunk <= set(CONDITION_RULES["vertebral_fracture_recent"].avoid)


def test_a_recent_spinal_fracture_is_never_treated_more_mildly_than_osteoporosis() -> None:
    recent_fracture, osteoporosis = CONDITION_RULES["vertebral_fracture_recent"], CONDITION_RULES["osteoporosis"]
    assert set(osteoporosis.avoid) <= set(recent_fracture.avoid)
    assert set(osteoporosis.caution) <= set(features_of(recent_fracture))


def test_four_conditions_bar_nothing() -> None:
    mild = {condition for condition, rule in CONDITION_RULES.items() if not rule.avoid}
    assert mild == {"elbow_tendinopathy", "hypertension", "reflux_hiatal_hernia", "hypermobility"}


def test_an_exercise_without_features_is_open_to_everyone() -> None:
    assert list_restrictions(frozenset()) == []


def test_where_a_condition_bars_its_cautions_are_silent() -> None:
    restrictions = list_restrictions(frozenset({"wrist_weight_bearing", "grip_demand"}))
    assert [row for row in restrictions if row.condition == "wrist_pain"] == [
        Restriction("wrist_pain", "avoid", "wrist_weight_bearing")
    ]
    assert Restriction("elbow_tendinopathy", "caution", "grip_demand") in restrictions


def test_every_reason_has_a_row_in_the_order_of_the_rule() -> None:
    restrictions = list_restrictions(frozenset({"chest_compression", "loaded_flexion", "loaded_rotation"}))
    assert [row.feature for row in restrictions if row.condition == "osteoporosis"] == [
        "loaded_flexion",
        "loaded_rotation",
        "chest_compression",
    ]


@given(feature_sets)
def test_findings_speak_of_the_features_given_and_with_one_voice(features: frozenset[Feature]) -> None:
    restrictions = list_restrictions(features)
    assert len(set(restrictions)) == len(restrictions)
    assert {row.feature for row in restrictions} <= features
    for condition in {row.condition for row in restrictions}:
        assert len({row.verdict for row in restrictions if row.condition == condition}) == 1
    order = [CONDITIONS.index(row.condition) for row in restrictions]
    assert order == sorted(order)


@given(feature_sets, feature_sets)
def test_more_features_never_make_a_verdict_milder(some: frozenset[Feature], others: frozenset[Feature]) -> None:
    weight = {"caution": 1, "avoid": 2}
    before = {row.condition: weight[row.verdict] for row in list_restrictions(some)}
    after = {row.condition: weight[row.verdict] for row in list_restrictions(some | others)}
    assert {condition for condition, verdict in before.items() if after.get(condition, 0) < verdict} == set()


@given(feature_sets)
def test_a_condition_that_names_a_feature_always_speaks(features: frozenset[Feature]) -> None:
    spoken = {row.condition for row in list_restrictions(features)}
    assert spoken == {condition for condition, rule in CONDITION_RULES.items() if features & set(features_of(rule))}
