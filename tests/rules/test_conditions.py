"""The health rules keep their promises: complete, without contradiction, and never milder for a harder exercise."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.entry_fields import ExerciseEntry
from app.editing.seed_files import read_seed
from app.kit.closed_lists import list_words
from app.kit.settings import PROJECT_ROOT
from app.rules.condition_rules import load_condition_rules
from app.rules.conditions import Restriction, list_restrictions, load_condition_texts, write_advice, write_care
from app.rules.strains import STRAIN_DEGREES, STRAINS, Strain, StrainDegree, StrainDegrees
from app.rules.vocabulary import BlockingCondition, ConditionWithRules

CONDITIONS: tuple[ConditionWithRules, ...] = list_words(ConditionWithRules)
RULES = load_condition_rules()
OWN_CARE = load_condition_texts().care_with_condition
CARE, BLOCKING = load_condition_texts().care, load_condition_texts().blocking
SEVERITY = {None: 0, "caution": 1, "avoid": 2}
strain_sets = st.dictionaries(st.sampled_from(STRAINS), st.sampled_from(STRAIN_DEGREES))
every_condition = pytest.mark.parametrize("condition", CONDITIONS)
HARDER_STRAINS: tuple[tuple[Strain, Strain], ...] = (
    ("trunk_rotation", "loaded_rotation"),
    ("trunk_flexion", "loaded_flexion"),
    ("thoracic_extension", "lumbar_extension"),
)
"""Pairs of strains of which the second is the harder form of the first."""

WORDS_OF_POSTURES: dict[str, set[str]] = {
    r"^Stand beside": {"standing"},
    r"\bbackrest\b": {"sitting_balance"},
    r"\b[Kk]neel\b|\bthe knees carry\b": {"kneeling", "floor_transfer"},
    r"\bGet (down|up)\b": {"floor_transfer"},
    r"^Lie\b|^Lay the legs": {"side_lying", "supine", "prone", "floor_transfer"},
    r"^Let the feet carry": {"hanging"},
    r"\bforehead\b|\bunder the belly\b": {"prone"},
    r"\bfists\b": {"wrist_weight_bearing"},
}
"""Words of a care that only make sense with one of these strains."""


@pytest.fixture(scope="module")
def written() -> list[ExerciseEntry]:
    return list(read_seed(PROJECT_ROOT / "seed")[0].exercises.values())


def severity(condition: ConditionWithRules, degrees: StrainDegrees) -> int:
    found = {row.condition: row.verdict for row in list_restrictions(degrees)}
    return SEVERITY[found.get(condition)]


def test_every_condition_has_its_rule_in_order() -> None:
    assert tuple(RULES) == CONDITIONS


def test_every_strain_matters_to_some_condition() -> None:
    assert set(STRAINS) == {strain for rule in RULES.values() for strain in rule.strains}


def test_every_strain_has_advice_in_order() -> None:
    assert tuple(CARE) == STRAINS


def test_every_blocking_condition_says_what_to_do_instead() -> None:
    assert tuple(BLOCKING) == list_words(BlockingCondition)


@pytest.mark.parametrize(
    "advice", [*CARE.values(), *BLOCKING.values(), *(text for own in OWN_CARE.values() for text in own.values())]
)
def test_advice_is_one_plain_sentence(advice: str) -> None:
    assert advice[0].isupper()
    assert advice.endswith(".")
    assert ". " not in advice
    assert len(advice) <= 130


def test_no_two_strains_share_their_advice() -> None:
    assert len(set(CARE.values())) == len(CARE)


def test_a_harder_degree_is_never_judged_milder() -> None:
    for condition, strain in product(CONDITIONS, STRAINS):
        by_degree = [severity(condition, {strain: degree}) for degree in STRAIN_DEGREES]
        assert by_degree == sorted(by_degree), (condition, strain)


@every_condition
def test_the_harder_form_of_a_strain_is_never_judged_milder(condition: ConditionWithRules) -> None:
    milder = [
        (easy, hard, degree)
        for (easy, hard), degree in product(HARDER_STRAINS, STRAIN_DEGREES)
        if severity(condition, {hard: degree}) < severity(condition, {easy: degree})
    ]
    assert milder == []


@given(strain_sets, strain_sets)
def test_more_strain_never_makes_a_verdict_milder(
    some: dict[Strain, StrainDegree], others: dict[Strain, StrainDegree]
) -> None:
    hardest: dict[Strain, StrainDegree] = {
        strain: "full" if "full" in (some.get(strain), others.get(strain)) else "mild" for strain in {**some, **others}
    }
    assert [c for c in CONDITIONS if severity(c, hardest) < severity(c, some)] == []


@pytest.mark.parametrize(
    ("condition", "degrees", "verdict"),
    [
        ("osteoporosis", {"trunk_flexion": "full"}, "avoid"),
        ("osteoporosis", {"loaded_rotation": "mild"}, "avoid"),
        ("osteoporosis", {"trunk_rotation": "full"}, "caution"),
        ("pregnancy_second_third_trimester", {"prone": "mild"}, "avoid"),
        ("pregnancy_second_third_trimester", {"belly_compression": "full"}, "avoid"),
        ("pregnancy_second_third_trimester", {"supine": "full"}, "caution"),
        ("shoulder_impingement", {"overhead": "full"}, "caution"),
        ("shoulder_impingement", {"shoulder_end_range": "full"}, "caution"),
        ("shoulder_impingement", {"overhead": "full", "shoulder_end_range": "full"}, "avoid"),
        ("shoulder_impingement", {"overhead": "full", "shoulder_end_range": "mild"}, "caution"),
        ("shoulder_instability", {"shoulder_end_range": "mild"}, "caution"),
        ("shoulder_instability", {"shoulder_end_range": "full"}, "avoid"),
        ("wrist_pain", {"wrist_weight_bearing": "mild"}, "caution"),
        ("wrist_pain", {"wrist_weight_bearing": "full"}, "avoid"),
        ("elbow_tendinopathy", {"grip": "full", "resistance": "full"}, "avoid"),
        ("elbow_tendinopathy", {"grip": "full"}, "caution"),
        ("glaucoma_or_retinal", {"inversion": "full"}, "avoid"),
        ("vertigo", {"hanging": "mild"}, "avoid"),
        ("vertigo", {"loaded_flexion": "mild"}, "caution"),
        ("cervical_radiculopathy", {"inversion": "full"}, "caution"),
        ("cervical_radiculopathy", {"neck_rotation": "mild"}, "caution"),
        ("cervical_radiculopathy", {"neck_bend": "full"}, "avoid"),
        ("lumbar_extension_intolerance", {"lumbar_extension": "full"}, "avoid"),
        ("lumbar_flexion_intolerance", {"trunk_flexion": "full"}, "avoid"),
        ("lumbar_flexion_intolerance", {"trunk_flexion": "mild", "trunk_rotation": "full"}, "avoid"),
        ("knee_pain", {"deep_knee_bend": "full"}, "avoid"),
        ("rib_injury", {"side_lying": "full"}, "caution"),
        ("rib_injury", {"loaded_rotation": "mild"}, "avoid"),
        ("rib_injury", {"resistance": "full"}, "avoid"),
        ("fall_risk", {"balance": "full"}, "avoid"),
        ("fall_risk", {"balance": "mild"}, "caution"),
        ("hypermobility", {"hanging": "mild"}, "avoid"),
        ("hypertension", {"resistance": "mild"}, "caution"),
        ("glaucoma_or_retinal", {"resistance": "mild"}, "caution"),
        ("cervical_radiculopathy", {"shoulder_end_range": "mild"}, "caution"),
        ("lumbar_flexion_intolerance", {"trunk_rotation": "full", "sustained_end_range": "full"}, "avoid"),
        ("knee_pain", {"floor_transfer": "mild"}, "caution"),
        ("shoulder_instability", {"shoulder_weight_bearing": "full"}, "caution"),
        ("shoulder_instability", {"shoulder_weight_bearing": "full", "side_lying": "mild"}, "avoid"),
        ("hypermobility", {"shoulder_end_range": "full"}, "avoid"),
        ("anticoagulants", {"chest_compression": "full"}, "avoid"),
        ("anticoagulants", {"chest_compression": "mild"}, "caution"),
        ("abdominal_hernia_or_diastasis", {"abdominal_pressure": "full"}, "avoid"),
        ("orthostatic_hypotension", {"inversion": "full"}, "avoid"),
        ("orthostatic_hypotension", {"supine": "full"}, "caution"),
        ("hip_replacement", {"hip_end_range": "full"}, "avoid"),
        ("hip_replacement", {"overhead": "full"}, None),
        ("shoulder_replacement", {"arm_behind_body": "full"}, "avoid"),
        ("migraine", {"inversion": "mild"}, "caution"),
        ("pregnancy_first_trimester", {"supine": "full"}, None),
        ("postpartum", {"loaded_flexion": "mild"}, "avoid"),
    ],
)
def test_a_verdict(condition: ConditionWithRules, degrees: StrainDegrees, verdict: str | None) -> None:
    assert severity(condition, degrees) == SEVERITY[verdict]


def test_a_recent_spinal_fracture_is_never_treated_more_mildly_than_osteoporosis() -> None:
    milder = [
        (strain, degree)
        for strain, degree in product(STRAINS, STRAIN_DEGREES)
        if severity("vertebral_fracture_recent", {strain: degree}) < severity("osteoporosis", {strain: degree})
    ]
    assert milder == []


def test_early_pregnancy_is_never_treated_more_strictly_than_late() -> None:
    stricter = [
        (strain, degree)
        for strain, degree in product(STRAINS, STRAIN_DEGREES)
        if severity("pregnancy_first_trimester", {strain: degree})
        > severity("pregnancy_second_third_trimester", {strain: degree})
    ]
    assert stricter == []


def test_an_exercise_without_strains_is_open_to_everyone() -> None:
    assert list_restrictions({}) == []


def test_where_a_condition_bars_its_cautions_are_silent() -> None:
    restrictions = list_restrictions({"grip": "mild", "wrist_weight_bearing": "full"})
    assert Restriction("wrist_pain", "avoid", ("wrist_weight_bearing",)) in restrictions
    assert Restriction("elbow_tendinopathy", "caution", ("grip",)) in restrictions


def test_what_bars_only_together_is_named_together() -> None:
    restrictions = list_restrictions({"resistance": "full", "grip": "full", "balance": "mild"})
    assert Restriction("elbow_tendinopathy", "avoid", ("grip", "resistance")) in restrictions


@given(strain_sets)
def test_a_condition_has_one_verdict_on_strains_that_are_asked_for(degrees: dict[Strain, StrainDegree]) -> None:
    restrictions = list_restrictions(degrees)
    conditions = [row.condition for row in restrictions]
    assert conditions == [condition for condition in CONDITIONS if condition in conditions]
    for row in restrictions:
        assert row.strains == tuple(strain for strain in STRAINS if strain in row.strains)
        assert row.strains
        assert set(row.strains) <= set(degrees)


def test_the_care_of_a_condition_is_for_a_strain_with_which_it_asks_for_care() -> None:
    careful = {(one, strain) for one in CONDITIONS for strain, rule in RULES[one].strains.items() if rule.caution}
    idle = [(one, strain) for one, own in OWN_CARE.items() for strain in own if (one, strain) not in careful]
    assert idle == []


def test_the_care_fits_the_complaint_and_is_said_once() -> None:
    advice = write_advice(Restriction("hypertension", "caution", ("resistance", "loaded_extension")))
    assert advice == "Breathe out with the effort, never hold your breath, and get up slowly afterwards."
    assert "forehead" in write_advice(Restriction("cervical_radiculopathy", "caution", ("prone",)))
    assert "belly" in write_advice(Restriction("lumbar_extension_intolerance", "caution", ("prone",)))


def test_care_that_speaks_of_a_posture_is_for_exercises_in_it(written: list[ExerciseEntry]) -> None:
    cared = [
        (exercise, strain, load_condition_texts().care_for(row.condition, strain))
        for exercise in written
        for row in list_restrictions(exercise.strains)
        if row.verdict == "caution"
        for strain in row.strains
    ]
    for words, strains in WORDS_OF_POSTURES.items():
        told = [(exercise, strain) for exercise, strain, care in cared if re.search(words, care)]
        assert told, words
        unfit = {(exercise.slug, strain) for exercise, strain in told if not exercise.strains.keys() & strains}
        assert unfit == set(), words


def test_care_that_no_other_position_can_follow_bars_the_exercise(written: list[ExerciseEntry]) -> None:
    barred: dict[ConditionWithRules, str] = {
        "shoulder_impingement": "downward-dog foam-roller-lat-roll",
        "cervical_radiculopathy": "dead-hang chin-up scapular-pull-up",
        "vertigo": "levator-scapulae-stretch",
    }
    for condition, slugs in barred.items():
        judged = {one.slug: severity(condition, one.strains) for one in written if one.slug in slugs.split()}
        assert set(judged.values()) == {SEVERITY["avoid"]}, judged


def test_who_cannot_hold_the_trunk_up_or_stand_is_given_nothing_that_asks_for_it(written: list[ExerciseEntry]) -> None:
    held = {"seated", "supine", "prone", "side_lying", "bench"}
    for condition in ("limited_trunk_control", "wheelchair_user"):
        open_to = [one for one in written if severity(condition, one.strains) < SEVERITY["avoid"]]
        assert len(open_to) > 20
        assert {one.position for one in open_to} <= held
        assert not any(one.strains.get("leg_support") == "full" for one in open_to)
    unsteady = {one.slug for one in written if severity("fall_risk", one.strains) == 0 and one.position == "standing"}
    assert all(one.strains["standing"] == "mild" for one in written if one.slug in unsteady)


def test_legs_that_do_not_carry_are_not_told_to_get_down_by_a_chair() -> None:
    for condition in ("limited_trunk_control", "wheelchair_user"):
        advice = write_advice(Restriction(condition, "caution", ("floor_transfer",)))
        assert "help" in advice
        for other in ("fall_risk", "knee_pain", "orthostatic_hypotension"):
            assert write_care(other, ["floor_transfer"], [other, condition]) == advice


def test_care_with_the_seat_leaves_both_hands_free_and_no_step_forbids_the_backrest(
    written: list[ExerciseEntry],
) -> None:
    assert "hand" not in CARE["sitting_balance"]
    supported = [one for one in written if one.strains.get("sitting_balance") == "mild"]
    unsupported = re.compile(r"away from the backrest|(edge|front) of the (seat|chair)")
    assert [one.slug for one in supported if unsupported.search(" ".join(one.steps))] == []


def test_advice_says_how_to_take_care_or_why_to_leave_it() -> None:
    care = write_advice(Restriction("vertigo", "caution", ("neck_rotation", "balance")))
    assert care == f"{CARE['neck_rotation']} {CARE['balance']}"
    left_out = write_advice(Restriction("osteoporosis", "avoid", ("trunk_flexion", "loaded_rotation")))
    assert left_out == "Leave this exercise out because of rounding, loaded twist."
