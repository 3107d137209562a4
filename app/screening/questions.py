"""The questions of the screening and their groups. Yes always means that the sign is present.

The texts are in `seed/texts/en/screening.yaml`.
"""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel
from app.rules.vocabulary import ConditionWithRules
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, PluralTemplate, Text

SignGroup = TypeAliasType(
    "SignGroup",
    Annotated[
        Literal[
            "emergency",
            "cauda_equina",
            "cord",
            "fracture",
            "cancer",
            "infection",
            "inflammatory",
            "visceral",
            "circulation",
            "pregnancy",
            "ask_first",
            "general",
            "conditions",
            "about_you",
        ],
        Field(description="A group of signs in the screening."),
    ],
)
ScreeningOutcome = TypeAliasType(
    "ScreeningOutcome",
    Annotated[
        Literal["clear", "caution", "stop"],
        Field(description="What the answers call for: go on, go on with care, or see a professional first."),
    ],
)
AdviceKey = Literal[
    "call_emergency",
    "hospital_today",
    "doctor_today",
    "doctor_within_days",
    "doctor_within_days_move_gently",
    "routine_visit",
    "blood_pressure_today",
    "ask_about_long_pain",
    "shingles",
    "contact_maternity_unit",
    "fracture_plan",
    "surgical_team",
    "cancer_team",
    "rheumatology_team",
    "doctor_agrees_first",
    "begin_easily",
    "supervising_professional",
    "state_conditions",
]


class Question(NamedTuple):
    """One question; `condition` is what a yes to it passes on to a session request."""

    id: str
    group: SignGroup
    condition: ConditionWithRules | None = None


QUESTIONS: tuple[Question, ...] = (
    Question("chest_pain", "emergency"),
    Question("breathless_at_rest", "emergency"),
    Question("fainted", "emergency"),
    Question("tearing_pain", "emergency"),
    Question("worst_headache", "emergency"),
    Question("face_arm_speech", "emergency"),
    Question("saddle_numbness", "cauda_equina"),
    Question("bladder_or_bowel_change", "cauda_equina"),
    Question("both_legs", "cauda_equina"),
    Question("clumsy_hands", "cord"),
    Question("unsteady_walking", "cord"),
    Question("heavy_legs", "cord"),
    Question("electric_shocks", "cord"),
    Question("band_around_trunk", "cord"),
    Question("weak_limb", "cord"),
    Question("major_injury", "fracture"),
    Question("minor_injury", "fracture"),
    Question("sudden_severe_pain", "fracture"),
    Question("shorter_or_stooped", "fracture"),
    Question("weight_loss", "cancer"),
    Question("past_cancer", "cancer"),
    Question("night_pain", "cancer"),
    Question("no_relief_at_rest", "cancer"),
    Question("fever_with_pain", "infection"),
    Question("weak_immune_system", "infection"),
    Question("injected_drugs", "infection"),
    Question("recent_infection", "infection"),
    Question("long_pain_when_young", "inflammatory"),
    Question("morning_stiffness", "inflammatory"),
    Question("better_moving", "inflammatory"),
    Question("eye_skin_bowel", "inflammatory"),
    Question("pain_on_exertion", "visceral"),
    Question("pain_with_cough", "visceral"),
    Question("pain_with_meals", "visceral"),
    Question("burning_band_with_rash", "visceral"),
    Question("swollen_calf", "circulation"),
    Question("coughed_blood", "circulation"),
    Question("pulsing_belly", "circulation"),
    Question("very_high_blood_pressure", "circulation"),
    Question("pregnancy_bleeding", "pregnancy"),
    Question("pregnancy_dizzy", "pregnancy"),
    Question("pregnancy_calf", "pregnancy"),
    Question("pregnancy_breathless", "pregnancy"),
    Question("broken_vertebra", "ask_first"),
    Question("operation", "ask_first"),
    Question("cancer_now", "ask_first"),
    Question("flare", "ask_first"),
    Question("heart_or_lung", "ask_first"),
    Question("heart_known", "general"),
    Question("dizzy_this_year", "general"),
    Question("long_illness", "general"),
    Question("medicines", "general"),
    Question("joint_trouble", "general"),
    Question("supervised_only", "general"),
    Question("brittle_bones", "conditions", "osteoporosis"),
    Question("late_pregnancy", "conditions", "pregnancy_second_third_trimester"),
    Question("shoulder_pain", "conditions", "shoulder_impingement"),
    Question("loose_shoulder", "conditions", "shoulder_instability"),
    Question("sore_wrist", "conditions", "wrist_pain"),
    Question("sore_elbow", "conditions", "elbow_tendinopathy"),
    Question("high_blood_pressure", "conditions", "hypertension"),
    Question("eye_pressure", "conditions", "glaucoma_or_retinal"),
    Question("spinning", "conditions", "vertigo"),
    Question("arm_tingling", "conditions", "cervical_radiculopathy"),
    Question("arching_hurts", "conditions", "lumbar_extension_intolerance"),
    Question("bending_hurts", "conditions", "lumbar_flexion_intolerance"),
    Question("sore_knee", "conditions", "knee_pain"),
    Question("sore_rib", "conditions", "rib_injury"),
    Question("reflux", "conditions", "reflux_hiatal_hernia"),
    Question("falls", "conditions", "fall_risk"),
    Question("very_bendy", "conditions", "hypermobility"),
    Question("blood_thinners", "conditions", "anticoagulants"),
    Question("belly_hernia", "conditions", "abdominal_hernia_or_diastasis"),
    Question("faint_on_standing", "conditions", "orthostatic_hypotension"),
    Question("new_hip", "conditions", "hip_replacement"),
    Question("new_shoulder", "conditions", "shoulder_replacement"),
    Question("migraine_attacks", "conditions", "migraine"),
    Question("early_pregnancy", "conditions", "pregnancy_first_trimester"),
    Question("recent_birth", "conditions", "postpartum"),
    Question("wheelchair", "conditions", "wheelchair_user"),
    Question("weak_trunk", "conditions", "limited_trunk_control"),
    Question("new_back_pain", "about_you"),
    Question("aged_under_20", "about_you"),
    Question("aged_50_or_over", "about_you"),
    Question("aged_over_55", "about_you"),
    Question("long_term_steroids", "about_you"),
)
"""In the order in which they are asked, gravest groups first.

What `about_you` holds is no sign: it only gives weight to signs beside it.
"""
QUESTION_IDS: tuple[str, ...] = tuple(question.id for question in QUESTIONS)


class Advice(FrozenModel):
    """What to do, and what is fine in the meantime."""

    action: Text
    meanwhile: Text | None = None


class ScreeningTexts(TextFile):
    """Everything that the screening says."""

    file_name = "screening.yaml"
    questions: Annotated[dict[str, Text], EveryKey(QUESTION_IDS)]
    advice: Annotated[dict[AdviceKey, Advice], EveryKey(AdviceKey)]
    summaries: Annotated[dict[ScreeningOutcome, Text], EveryKey(ScreeningOutcome)]
    nothing_answered: Text
    unanswered: Annotated[PluralTemplate, Fields("count")]


def load_screening_texts() -> ScreeningTexts:
    """Return the texts of the screening."""
    return load_texts(ScreeningTexts)
