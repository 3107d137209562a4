"""The questions of the screening, in our own words. Yes always means that the sign is present."""

from typing import Literal, NamedTuple

from app.rules.vocabulary import Condition

Group = Literal[
    "emergency",
    "cauda_equina",
    "cord",
    "fracture",
    "cancer",
    "infection",
    "inflammatory",
    "visceral",
    "pregnancy",
    "ask_first",
    "general",
    "conditions",
    "about_you",
]


class Question(NamedTuple):
    """One question; `condition` is what a yes to it passes on to a session request."""

    id: str
    group: Group
    text: str
    condition: Condition | None = None


QUESTIONS: tuple[Question, ...] = (
    Question("chest_pain", "emergency", "Do you have pain, pressure or tightness in the chest now?"),
    Question("breathless_at_rest", "emergency", "Are you short of breath while resting?"),
    Question("fainted", "emergency", "Have you fainted today, or do you feel about to?"),
    Question("tearing_pain", "emergency", "Did a tearing pain in the chest or upper back start suddenly?"),
    Question("worst_headache", "emergency", "Did a very severe headache start suddenly?"),
    Question("face_arm_speech", "emergency", "Does one side of the face droop, is an arm weak, or is speech slurred?"),
    Question("saddle_numbness", "cauda_equina", "Has the area between your legs, or around the seat, gone numb?"),
    Question(
        "bladder_or_bowel_change",
        "cauda_equina",
        "Is there new trouble passing or holding urine or stool, or a sudden change in sexual function?",
    ),
    Question("both_legs", "cauda_equina", "Is there new pain or weakness in both legs at once?"),
    Question("clumsy_hands", "cord", "Have your hands become clumsy with buttons, keys or writing?"),
    Question("unsteady_walking", "cord", "Has your walking become unsteady for no reason that you know?"),
    Question("heavy_legs", "cord", "Have your legs felt heavy or stiff lately, without hard exercise before?"),
    Question("electric_shocks", "cord", "Does bending your neck send electric shocks down the back or limbs?"),
    Question("band_around_trunk", "cord", "Is there numbness or tightness like a band around the trunk?"),
    Question("major_injury", "fracture", "Has your back hurt since a heavy fall, a crash or another hard blow?"),
    Question("minor_injury", "fracture", "Has your back hurt since a small fall, a stumble or a lift?"),
    Question("sudden_severe_pain", "fracture", "Did a severe pain in the middle of the back come on suddenly?"),
    Question("shorter_or_stooped", "fracture", "Have you lost height (over 4 cm), or become stooped within months?"),
    Question("weight_loss", "cancer", "Have you lost weight lately without trying?"),
    Question("past_cancer", "cancer", "Have you ever had cancer?"),
    Question("night_pain", "cancer", "Does back pain keep you awake at night whatever position you try?"),
    Question("no_relief_at_rest", "cancer", "Does your back hurt as much when you rest as when you move?"),
    Question("fever_with_pain", "infection", "Do you have back pain together with fever, chills or feeling ill?"),
    Question("weak_immune_system", "infection", "Is your immune system weakened by an illness or a medicine?"),
    Question("injected_drugs", "infection", "Do you inject drugs?"),
    Question("recent_infection", "infection", "Have you had an infection in the past weeks?"),
    Question("long_pain_when_young", "inflammatory", "Did back pain begin before 45 and last for over three months?"),
    Question("morning_stiffness", "inflammatory", "Is your back stiff for more than half an hour after waking?"),
    Question("better_moving", "inflammatory", "Does the pain ease when you move, and not when you rest?"),
    Question("eye_skin_bowel", "inflammatory", "Have you had uveitis, psoriasis or an inflammatory bowel disease?"),
    Question("pain_on_exertion", "visceral", "Does effort, such as stairs, bring on chest or upper-back pain?"),
    Question("pain_with_cough", "visceral", "Does the back pain come with coughing, breathing or swallowing?"),
    Question("pain_with_meals", "visceral", "Does the back pain come and go with meals?"),
    Question(
        "pregnancy_bleeding", "pregnancy", "Pregnant, with bleeding, leaking fluid or regular painful tightening?"
    ),
    Question("pregnancy_dizzy", "pregnancy", "Pregnant, with dizziness or a headache that does not go?"),
    Question("pregnancy_calf", "pregnancy", "Pregnant, with a painful or swollen calf?"),
    Question("pregnancy_breathless", "pregnancy", "Pregnant, and short of breath before any effort?"),
    Question(
        "broken_vertebra", "ask_first", "Has a vertebra broken in the past three months, or does an old break hurt?"
    ),
    Question("operation", "ask_first", "Have you had an operation in the past twelve weeks?"),
    Question("cancer_now", "ask_first", "Do you have cancer now, or are you being treated for it?"),
    Question("flare", "ask_first", "Is an inflammatory disease of your spine in a flare?"),
    Question("heart_or_lung", "ask_first", "Do you have heart or lung disease that is not under control?"),
    Question("heart_known", "general", "Has a doctor ever told you of heart trouble?"),
    Question("dizzy_this_year", "general", "Have you felt faint or lost your balance from dizziness in the past year?"),
    Question("long_illness", "general", "Do you live with another long-term illness?"),
    Question("medicines", "general", "Do you take prescribed medicine for a long-term illness?"),
    Question("joint_trouble", "general", "Has a bone, joint or muscle limited you within the past year?"),
    Question("supervised_only", "general", "Were you told to exercise only with a professional beside you?"),
    Question("brittle_bones", "conditions", "Do you have osteoporosis?", "osteoporosis"),
    Question(
        "late_pregnancy",
        "conditions",
        "Are you pregnant, in the fourth month or later?",
        "pregnancy_second_third_trimester",
    ),
    Question("shoulder_pain", "conditions", "Does a shoulder hurt when you lift the arm?", "shoulder_impingement"),
    Question(
        "loose_shoulder", "conditions", "Has a shoulder slipped out, or does it feel loose?", "shoulder_instability"
    ),
    Question("sore_wrist", "conditions", "Does a wrist hurt when you lean on it?", "wrist_pain"),
    Question("sore_elbow", "conditions", "Does an elbow hurt when you grip?", "elbow_tendinopathy"),
    Question("high_blood_pressure", "conditions", "Do you have high blood pressure?", "hypertension"),
    Question("eye_pressure", "conditions", "Do you have glaucoma or trouble with a retina?", "glaucoma_or_retinal"),
    Question("spinning", "conditions", "Do you get spells in which the room spins?", "vertigo"),
    Question("arm_tingling", "conditions", "Does pain or tingling run from neck to arm?", "cervical_radiculopathy"),
    Question("arching_hurts", "conditions", "Does arching the low back hurt?", "lumbar_extension_intolerance"),
    Question("bending_hurts", "conditions", "Does bending forward hurt the low back?", "lumbar_flexion_intolerance"),
    Question("sore_knee", "conditions", "Does a knee hurt when you kneel or squat?", "knee_pain"),
    Question("sore_rib", "conditions", "Is a rib, or where it meets the breastbone, sore or hurt?", "rib_injury"),
    Question("reflux", "conditions", "Do you have reflux or a hiatal hernia?", "reflux_hiatal_hernia"),
    Question("falls", "conditions", "Have you fallen in the past year, or do you feel unsteady?", "fall_risk"),
    Question("very_bendy", "conditions", "Do your joints bend much further than most people's?", "hypermobility"),
    Question("new_back_pain", "about_you", "Is there pain in the upper or middle back that is new to you?"),
    Question("aged_under_20", "about_you", "Are you younger than 20?"),
    Question("aged_50_or_over", "about_you", "Are you 50 or older?"),
    Question("aged_over_55", "about_you", "Are you older than 55?"),
    Question("long_term_steroids", "about_you", "Have you taken steroid tablets for months?"),
)
"""What `about_you` holds is no sign: it only gives weight to signs beside it."""
