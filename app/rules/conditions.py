"""Health conditions: which features of an exercise each one bars or asks care with, and why a session is refused.

The rules are editorial, drawn from the literature named in the references; no clinician has reviewed them yet.
"""

from typing import Literal, NamedTuple

from app.rules.vocabulary import BlockingCondition, Condition, Feature

Verdict = Literal["avoid", "caution"]


class Rule(NamedTuple):
    """The features that a condition bars, and those that it allows with care."""

    avoid: tuple[Feature, ...]
    caution: tuple[Feature, ...]


class Finding(NamedTuple):
    """One condition's verdict on one exercise, and the feature that decides it."""

    condition: Condition
    verdict: Verdict
    because: Feature


RULES: dict[Condition, Rule] = {
    "osteoporosis": Rule(
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
    "vertebral_fracture_recent": Rule(
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
    "pregnancy_second_third_trimester": Rule(
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
    "shoulder_impingement": Rule(
        ("hanging",),
        ("overhead", "shoulder_weight_bearing", "shoulder_end_range", "heavy_resistance"),
    ),
    "shoulder_instability": Rule(
        ("hanging", "shoulder_end_range"),
        ("overhead", "shoulder_weight_bearing", "heavy_resistance"),
    ),
    "wrist_pain": Rule(
        ("wrist_weight_bearing",),
        ("grip_demand",),
    ),
    "elbow_tendinopathy": Rule(
        (),
        ("grip_demand", "hanging", "heavy_resistance"),
    ),
    "hypertension": Rule(
        (),
        ("inverted", "isometric_hold_long", "heavy_resistance", "hanging"),
    ),
    "glaucoma_or_retinal": Rule(
        ("inverted",),
        ("inverted_mild", "prone", "heavy_resistance", "isometric_hold_long"),
    ),
    "vertigo": Rule(
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
    "cervical_radiculopathy": Rule(
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
    "lumbar_extension_intolerance": Rule(
        ("end_range_extension",),
        ("end_range_thoracic_extension", "loaded_extension", "hanging", "prone"),
    ),
    "lumbar_flexion_intolerance": Rule(
        ("loaded_flexion",),
        ("end_range_flexion", "loaded_rotation", "end_range_rotation", "loaded_extension"),
    ),
    "knee_pain": Rule(
        ("deep_knee_flexion",),
        ("kneeling",),
    ),
    "rib_injury": Rule(
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
    "reflux_hiatal_hernia": Rule(
        (),
        ("inverted", "inverted_mild", "prone", "supine"),
    ),
    "fall_risk": Rule(
        ("hanging",),
        ("balance_demand", "floor_transfer", "inverted", "inverted_mild"),
    ),
    "hypermobility": Rule(
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

BLOCKING: dict[BlockingCondition, str] = {
    "vertebral_fracture_recent": "A recent break of a vertebra needs a plan made by the clinician who knows it.",
    "recent_surgery": "After an operation in the last twelve weeks, ask the surgical team which movements are safe.",
    "active_cancer": "During cancer treatment, ask the team first: bones and blood counts decide what is safe.",
    "inflammatory_flare": "In a flare of an inflammatory spinal disease ask a rheumatologist: a stiff spine may break.",
    "unexplained_weight_loss": "Weight loss without a known cause should be looked at by a doctor before any exercise.",
    "uncontrolled_heart_or_lung_disease": "With uncontrolled heart or lung disease, a doctor must agree first.",
    "warning_signs": "The screening found signs that a doctor should look at before any exercise.",
}
"""Conditions for which no session is built at all, and what to do instead."""

ADVICE: dict[Feature, str] = {
    "loaded_flexion": "Keep the back long and bend at the hips.",
    "end_range_flexion": "Round only part of the way and come up slowly.",
    "end_range_rotation": "Turn to about half of your range and stay away from the end.",
    "loaded_rotation": "Use less load and turn only as far as it stays easy.",
    "end_range_extension": "Stop well before the end of the arch.",
    "loaded_extension": "Lift a few centimetres only; length counts more than height.",
    "end_range_thoracic_extension": "Lean back a little only, and keep the low back still.",
    "end_range_side_bend": "Bend to the side half-way and keep breathing.",
    "prone": "If lying on the front is uncomfortable, put a cushion under the belly or choose another exercise.",
    "supine": "If lying flat is uncomfortable, raise the upper body on cushions or choose another exercise.",
    "inverted": "Come up slowly, and stop at once with pressure in the head or eyes.",
    "inverted_mild": "Rest the head on a cushion or block, and come up slowly.",
    "hanging": "Keep part of the weight on the feet and step down, never drop.",
    "overhead": "Raise the arms only as high as stays free of pain.",
    "shoulder_end_range": "Stay in the easy middle of the shoulder's range.",
    "shoulder_weight_bearing": "Take weight off the arm: use the knees, a wall or a shorter hold.",
    "wrist_weight_bearing": "Use fists or forearms in place of a bent wrist.",
    "grip_demand": "Hold as lightly as is safe and let go before the grip tires.",
    "kneeling": "Kneel on a thick pad, or use the chair version.",
    "deep_knee_flexion": "Put a cushion between buttocks and heels, or use the chair version.",
    "isometric_hold_long": "Shorten the hold and keep breathing through it.",
    "heavy_resistance": "Use a light load and never hold the breath.",
    "resistance": "Use a light band or weight and move slowly.",
    "neck_load": "Let the hands or a cushion carry the head.",
    "neck_end_range": "Keep the head in the middle of its range.",
    "chest_compression": "Use a soft roller or a rolled towel, and stay off sore ribs.",
    "balance_demand": "Stand beside a wall or a steady chair.",
    "floor_transfer": "Get down and up slowly with a hand on a steady chair.",
}
"""What to do about a feature that a stated condition asks care with."""


def findings(features: frozenset[Feature]) -> list[Finding]:
    """Every verdict on these features, a row for each condition and feature; where a condition bars, only why."""
    found: list[Finding] = []
    for condition, rule in RULES.items():
        barred = [Finding(condition, "avoid", feature) for feature in rule.avoid if feature in features]
        careful = [Finding(condition, "caution", feature) for feature in rule.caution if feature in features]
        found += barred or careful
    return found
