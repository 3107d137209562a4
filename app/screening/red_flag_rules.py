"""Which combinations of signs call for what: one row of the table for each rule.

Signs are weak one by one, so combinations count, also across groups (after the framework of Finucane 2020, and NICE
guidance on cord compression by cancer, clots, infection and fractures). Editorial, no clinician has reviewed it.
"""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.rules.vocabulary import BlockingCondition
from app.screening.questions import QUESTIONS, AdviceKey, ScreeningOutcome, SignGroup

Urgency = TypeAliasType(
    "Urgency",
    Annotated[
        Literal["emergency", "same_day", "within_days", "routine"], Field(description="How soon to see a professional.")
    ],
)


class RedFlagRule(NamedTuple):
    """Fires where all of `all_of` and at least `min_count` of `any_of` were answered with yes."""

    group: SignGroup
    outcome: ScreeningOutcome
    urgency: Urgency | None
    any_of: tuple[str, ...]
    advice: AdviceKey
    min_count: int = 1
    all_of: tuple[str, ...] = ()
    also_any_of: tuple[str, ...] = ()
    """Where it is not empty, at least one of these signs as well: a second group of signs."""
    blocks: BlockingCondition = "warning_signs"

    def fires(self, present: frozenset[str]) -> bool:
        """Return whether the rule applies where the signs of these questions are present."""
        return (
            present.issuperset(self.all_of)
            and len(present.intersection(self.any_of)) >= self.min_count
            and (not self.also_any_of or not present.isdisjoint(self.also_any_of))
        )

    @property
    def signs(self) -> tuple[str, ...]:
        """Return the ids of all questions that the rule looks at."""
        return (*self.all_of, *self.any_of, *self.also_any_of)


def _ids_of_group(group: SignGroup) -> tuple[str, ...]:
    return tuple(question.id for question in QUESTIONS if question.group == group)


def _emergency(
    group: SignGroup, any_of: tuple[str, ...], also_any_of: tuple[str, ...] = (), min_count: int = 1
) -> RedFlagRule:
    return RedFlagRule(
        group, "stop", "emergency", any_of, "call_emergency", min_count=min_count, also_any_of=also_any_of
    )


def _same_day(
    group: SignGroup,
    any_of: tuple[str, ...],
    also_any_of: tuple[str, ...] = (),
    min_count: int = 1,
    advice: AdviceKey = "doctor_today",
) -> RedFlagRule:
    return RedFlagRule(group, "stop", "same_day", any_of, advice, min_count=min_count, also_any_of=also_any_of)


def _within_days(
    group: SignGroup, any_of: tuple[str, ...], also_any_of: tuple[str, ...] = (), min_count: int = 1
) -> RedFlagRule:
    return RedFlagRule(
        group, "stop", "within_days", any_of, "doctor_within_days", min_count=min_count, also_any_of=also_any_of
    )


def _caution(
    group: SignGroup, any_of: tuple[str, ...], also_any_of: tuple[str, ...] = (), min_count: int = 1
) -> RedFlagRule:
    return RedFlagRule(
        group,
        "caution",
        "within_days",
        any_of,
        "doctor_within_days_move_gently",
        min_count=min_count,
        also_any_of=also_any_of,
    )


def _ask_first(sign: str, advice: AdviceKey, blocks: BlockingCondition, urgency: Urgency = "routine") -> RedFlagRule:
    return RedFlagRule("ask_first", "stop", urgency, (sign,), advice, blocks=blocks)


CAUDA, CORD = _ids_of_group("cauda_equina"), _ids_of_group("cord")
NERVE_SIGNS = (*CAUDA, *CORD)
"""Signs that the spinal cord or its roots may be pressed."""
STRONG_CORD = tuple(question_id for question_id in CORD if question_id != "heavy_legs")
INJURIES = ("major_injury", "minor_injury")
FRAGILE = ("aged_50_or_over", "brittle_bones", "long_term_steroids")
"""Signs that a small injury may break a vertebra."""
WEAK_BONES = ("brittle_bones", "long_term_steroids", "shorter_or_stooped")
"""Signs that a vertebra may break without a blow."""
SPINAL_PAINS = ("new_back_pain", "night_pain", "no_relief_at_rest")
INFECTION_RISKS = ("weak_immune_system", "injected_drugs", "recent_infection")
RECENT_INFECTION_WITH_PAIN = ("recent_infection", "new_back_pain")
CLOT_RISKS = (
    *("operation", "cancer_now", "swollen_calf", "pregnancy_calf"),
    *("early_pregnancy", "late_pregnancy", "recent_birth"),
)
"""What makes a clot more likely to be the cause of pain in the chest or the upper back on breathing."""

RED_FLAG_RULES: tuple[RedFlagRule, ...] = (
    _emergency("emergency", _ids_of_group("emergency")),
    # One sign of a pressed nerve bundle or cord is for the same day; two together are an emergency.
    _same_day("cauda_equina", CAUDA, advice="hospital_today"),
    _emergency("cauda_equina", CAUDA, min_count=2),
    _emergency("cord", CORD, min_count=2),
    _emergency("cord", CAUDA, STRONG_CORD),
    _same_day("cord", STRONG_CORD),
    # Heavy legs alone are the weakest sign of this group, so they do not stop.
    _caution("cord", ("heavy_legs",)),
    # An injury, a cancer or an infection with a sign of the nerves: the cord may be in danger.
    _emergency("fracture", (*INJURIES, "sudden_severe_pain"), NERVE_SIGNS),
    _emergency("cancer", ("cancer_now",), NERVE_SIGNS),
    _same_day("cancer", ("past_cancer",), NERVE_SIGNS),
    _emergency("infection", ("fever_with_pain",), NERVE_SIGNS),
    _emergency("infection", ("injected_drugs", "weak_immune_system"), NERVE_SIGNS),
    RedFlagRule(
        "infection", "stop", "emergency", (*CAUDA, *STRONG_CORD), "call_emergency", all_of=RECENT_INFECTION_WITH_PAIN
    ),
    RedFlagRule("infection", "stop", "same_day", ("heavy_legs",), "doctor_today", all_of=RECENT_INFECTION_WITH_PAIN),
    # Weak bone may have given way, or blood thinners may have let the spine bleed.
    RedFlagRule(
        "fracture",
        "stop",
        "same_day",
        (*WEAK_BONES, "blood_thinners"),
        "hospital_today",
        all_of=("new_back_pain",),
        also_any_of=NERVE_SIGNS,
    ),
    _same_day("fracture", ("major_injury", "sudden_severe_pain")),
    # A small injury counts where the bones may be weak, or where blood thinners may let the spine bleed.
    _same_day("fracture", ("minor_injury",), (*FRAGILE, "blood_thinners")),
    _same_day("fracture", ("shorter_or_stooped",), ("minor_injury", "brittle_bones", "long_term_steroids")),
    # A vertebra of weak bone breaks without a blow.
    _within_days("fracture", ("new_back_pain",), WEAK_BONES),
    _caution("fracture", ("shorter_or_stooped",)),
    RedFlagRule(
        "cancer", "stop", "within_days", ("weight_loss",), "doctor_within_days", blocks="unexplained_weight_loss"
    ),
    _same_day("cancer", ("cancer_now",), SPINAL_PAINS),
    _same_day("cancer", SPINAL_PAINS, ("past_cancer",), min_count=2),
    _within_days("cancer", ("past_cancer",), SPINAL_PAINS),
    _within_days("cancer", ("night_pain",), ("no_relief_at_rest", "aged_under_20", "aged_over_55")),
    _caution("cancer", ("night_pain",)),
    _caution("cancer", ("new_back_pain",), ("no_relief_at_rest", "aged_under_20", "aged_over_55")),
    # What makes an infection more likely counts only beside fever or new pain; injected drugs are the strongest.
    _same_day("infection", ("fever_with_pain",)),
    _same_day("infection", ("injected_drugs",), SPINAL_PAINS),
    _same_day("infection", ("weak_immune_system", "recent_infection"), ("night_pain",)),
    RedFlagRule(
        "infection", "stop", "same_day", INFECTION_RISKS, "doctor_today", min_count=2, all_of=("new_back_pain",)
    ),
    _caution("infection", INFECTION_RISKS, ("new_back_pain",)),
    RedFlagRule(
        "inflammatory",
        "caution",
        "routine",
        ("morning_stiffness", "better_moving", "eye_skin_bowel"),
        "routine_visit",
        all_of=("long_pain_when_young",),
    ),
    RedFlagRule(
        "inflammatory",
        "caution",
        "routine",
        ("eye_skin_bowel",),
        "ask_about_long_pain",
        all_of=("morning_stiffness", "better_moving"),
    ),
    _same_day("circulation", ("swollen_calf", "coughed_blood", "pulsing_belly")),
    _same_day("circulation", ("very_high_blood_pressure",), advice="blood_pressure_today"),
    # A clot may travel from the leg to the lungs.
    _emergency("circulation", ("swollen_calf", "coughed_blood"), ("pain_with_cough", "pregnancy_breathless")),
    _emergency("circulation", ("swollen_calf",), ("coughed_blood",)),
    _emergency("circulation", ("pregnancy_calf",), ("pregnancy_breathless", "pain_with_cough", "coughed_blood")),
    _same_day("circulation", ("pain_with_cough",), CLOT_RISKS),
    # The large artery of the belly may be about to tear.
    _emergency("circulation", ("pulsing_belly",), ("new_back_pain", "sudden_severe_pain", "no_relief_at_rest")),
    _emergency("circulation", ("very_high_blood_pressure",), ("sudden_severe_pain", "pregnancy_dizzy")),
    _same_day("visceral", ("pain_on_exertion",)),
    _within_days("visceral", ("pain_with_cough", "pain_with_meals"), min_count=2),
    _caution("visceral", ("pain_with_cough", "pain_with_meals")),
    RedFlagRule("visceral", "caution", "within_days", ("burning_band_with_rash",), "shingles"),
    # Shingles spread where the immune system is weak.
    _same_day("visceral", ("burning_band_with_rash",), ("weak_immune_system",)),
    RedFlagRule("pregnancy", "stop", "same_day", _ids_of_group("pregnancy"), "contact_maternity_unit"),
    _ask_first("broken_vertebra", "fracture_plan", "vertebral_fracture_recent"),
    _ask_first("operation", "surgical_team", "recent_surgery"),
    _ask_first("cancer_now", "cancer_team", "active_cancer"),
    _ask_first("flare", "rheumatology_team", "inflammatory_flare", "within_days"),
    _ask_first("heart_or_lung", "doctor_agrees_first", "uncontrolled_heart_or_lung_disease", "within_days"),
    # No urgency: nobody has to be asked because of these answers alone.
    RedFlagRule("general", "caution", None, _ids_of_group("general"), "begin_easily"),
    RedFlagRule("general", "caution", "routine", ("supervised_only",), "supervising_professional"),
    RedFlagRule("conditions", "caution", None, _ids_of_group("conditions"), "state_conditions"),
)
