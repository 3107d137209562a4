"""Health conditions: which features of an exercise each one bars or asks care with, and which ones block a session.

The rules are editorial, drawn from the literature named in the references; no clinician has reviewed them yet.
"""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.rules.vocabulary import BlockingCondition, ConditionWithRules, Feature
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Text

Verdict = TypeAliasType(
    "Verdict",
    Annotated[
        Literal["avoid", "caution"],
        Field(description="`avoid`: the exercise is left out. `caution`: it is allowed, with advice."),
    ],
)


class ConditionRule(NamedTuple):
    """The features that a condition bars, and those that it allows with care."""

    avoid: tuple[Feature, ...]
    caution: tuple[Feature, ...]


class Restriction(NamedTuple):
    """One condition's verdict on one exercise, and the feature that decides it."""

    condition: ConditionWithRules
    verdict: Verdict
    feature: Feature


CONDITION_RULES: dict[ConditionWithRules, ConditionRule] = {
    "osteoporosis": ConditionRule(
        ("loaded_flexion", "end_range_flexion", "loaded_rotation", "chest_compression"),
        (
            "end_range_rotation",
            "end_range_extension",
            "end_range_thoracic_extension",
            "end_range_side_bend",
            "balance_demand",
            "floor_transfer",
            "loaded_extension",
            "hanging",
            "heavy_resistance",
        ),
    ),
    "vertebral_fracture_recent": ConditionRule(
        (
            "loaded_flexion",
            "end_range_flexion",
            "end_range_rotation",
            "loaded_rotation",
            "end_range_extension",
            "end_range_thoracic_extension",
            "end_range_side_bend",
            "loaded_extension",
            "hanging",
            "chest_compression",
            "heavy_resistance",
            "inverted",
        ),
        (
            "prone",
            "resistance",
            "overhead",
            "floor_transfer",
            "balance_demand",
            "isometric_hold_long",
            "shoulder_weight_bearing",
            "inverted_mild",
            "shoulder_end_range",
        ),
    ),
    "pregnancy_second_third_trimester": ConditionRule(
        ("prone", "chest_compression", "hanging"),
        (
            "supine",
            "inverted",
            "end_range_rotation",
            "loaded_rotation",
            "end_range_extension",
            "end_range_thoracic_extension",
            "heavy_resistance",
            "isometric_hold_long",
            "balance_demand",
            "end_range_flexion",
        ),
    ),
    "shoulder_impingement": ConditionRule(
        ("hanging",),
        ("overhead", "shoulder_weight_bearing", "shoulder_end_range", "heavy_resistance"),
    ),
    "shoulder_instability": ConditionRule(
        ("hanging", "shoulder_end_range"),
        ("overhead", "shoulder_weight_bearing", "heavy_resistance"),
    ),
    "wrist_pain": ConditionRule(
        ("wrist_weight_bearing",),
        ("grip_demand",),
    ),
    "elbow_tendinopathy": ConditionRule(
        (),
        ("grip_demand", "hanging", "heavy_resistance"),
    ),
    "hypertension": ConditionRule(
        (),
        ("inverted", "isometric_hold_long", "heavy_resistance", "hanging"),
    ),
    "glaucoma_or_retinal": ConditionRule(
        ("inverted",),
        ("inverted_mild", "prone", "heavy_resistance", "isometric_hold_long"),
    ),
    "vertigo": ConditionRule(
        ("inverted",),
        (
            "neck_end_range",
            "inverted_mild",
            "floor_transfer",
            "balance_demand",
            "supine",
            "end_range_extension",
            "end_range_thoracic_extension",
            "end_range_flexion",
            "end_range_rotation",
            "hanging",
        ),
    ),
    "cervical_radiculopathy": ConditionRule(
        ("neck_end_range",),
        (
            "neck_load",
            "hanging",
            "overhead",
            "heavy_resistance",
            "end_range_extension",
            "end_range_thoracic_extension",
            "prone",
            "inverted_mild",
        ),
    ),
    "lumbar_extension_intolerance": ConditionRule(
        ("end_range_extension",),
        ("end_range_thoracic_extension", "loaded_extension", "hanging", "prone"),
    ),
    "lumbar_flexion_intolerance": ConditionRule(
        ("loaded_flexion",),
        ("end_range_flexion", "loaded_rotation", "end_range_rotation", "loaded_extension"),
    ),
    "knee_pain": ConditionRule(
        ("deep_knee_flexion",),
        ("kneeling",),
    ),
    "rib_injury": ConditionRule(
        ("chest_compression",),
        (
            "end_range_rotation",
            "loaded_rotation",
            "prone",
            "hanging",
            "end_range_side_bend",
            "end_range_extension",
            "end_range_thoracic_extension",
            "shoulder_end_range",
            "heavy_resistance",
            "isometric_hold_long",
        ),
    ),
    "reflux_hiatal_hernia": ConditionRule(
        (),
        ("inverted", "inverted_mild", "prone", "supine"),
    ),
    "fall_risk": ConditionRule(
        ("hanging",),
        ("balance_demand", "floor_transfer", "inverted", "inverted_mild"),
    ),
    "hypermobility": ConditionRule(
        (),
        (
            "end_range_rotation",
            "end_range_extension",
            "end_range_thoracic_extension",
            "end_range_flexion",
            "end_range_side_bend",
            "shoulder_end_range",
            "neck_end_range",
            "hanging",
        ),
    ),
}
"""The rule of each condition."""


class ConditionTexts(TextFile):
    """The advice for people who state a condition."""

    file_name = "condition_advice.yaml"
    blocking: Annotated[dict[BlockingCondition, Text], EveryKey(BlockingCondition)]
    """What to do instead of a session."""
    care: Annotated[dict[Feature, Text], EveryKey(Feature)]
    """How to take care with a feature of an exercise."""


def load_condition_texts() -> ConditionTexts:
    """Return the advice for conditions that block a session, and for features that ask for care."""
    return load_texts(ConditionTexts)


def list_restrictions(features: frozenset[Feature]) -> list[Restriction]:
    """Return every verdict on an exercise with these features, a row for each condition and feature.

    Where a condition bars the exercise, only the features that bar it are listed: care does not help then.
    """
    restrictions: list[Restriction] = []
    for condition, rule in CONDITION_RULES.items():
        barred = [Restriction(condition, "avoid", feature) for feature in rule.avoid if feature in features]
        cautioned = [Restriction(condition, "caution", feature) for feature in rule.caution if feature in features]
        # An exercise that is left out needs no advice on how to do it with care.
        restrictions += barred or cautioned
    return restrictions
