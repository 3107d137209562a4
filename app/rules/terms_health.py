"""Labels and descriptions of body regions, loads, exercise features and health conditions."""

from app.rules.vocabulary import Term

REGIONS: dict[str, Term] = {
    "neck": Term("Neck", "The upper end of the spine, between the head and the shoulders."),
    "thoracic_spine": Term("Upper back", "The thoracic spine: the twelve vertebrae that carry the ribs."),
    "ribs": Term("Ribs", "The rib cage and the small muscles between the ribs, which move with every breath."),
    "chest": Term("Chest", "The muscles across the front of the chest, which draw the arms forward."),
    "shoulders": Term("Shoulders", "The shoulder joints and the muscles around them."),
    "shoulder_blades": Term("Shoulder blades", "The muscles that glide and steady the shoulder blades on the ribs."),
    "lats": Term("Lats", "The broad muscles (latissimus dorsi) from the sides of the back to the upper arms."),
    "lower_back": Term("Lower back", "The lumbar spine and its muscles, between the ribs and the pelvis."),
    "core": Term("Core", "The muscles around the belly, waist and deep back that steady the trunk."),
    "hips": Term("Hips", "The hip joints and the muscles around them, buttocks included."),
    "arms": Term("Arms", "The upper arms, forearms and hands."),
    "legs": Term("Legs", "The thighs, calves and feet."),
}

LOAD_GROUPS: dict[str, Term] = {
    "none": Term("None", "Tires nothing in particular, so it can stand beside any other exercise."),
    "wrist": Term("Wrists", "The hands carry body weight, so the wrists need a pause afterwards."),
    "grip": Term("Grip", "The hands hold the body on a bar, so the grip needs a pause afterwards."),
    "overhead": Term("Overhead", "The arms stay or move overhead, so the shoulders need a pause afterwards."),
    "extensors": Term("Back extensors", "The muscles along the spine hold or lift the trunk, so they need a pause."),
    "pull": Term("Pulling", "The upper back and arms pull against a band or a weight."),
    "push": Term("Pushing", "The chest and arms push the body or a weight away."),
    "core": Term("Core", "The muscles around the trunk hold it still against a load."),
}

FEATURES: dict[str, Term] = {
    "loaded_flexion": Term("Loaded forward bend", "Rounds the back forward while it carries weight."),
    "end_range_flexion": Term("Full rounding", "Rounds the back forward as far as it comfortably goes."),
    "end_range_rotation": Term("Full twist", "Turns the trunk to one side as far as it comfortably goes."),
    "loaded_rotation": Term("Loaded twist", "Turns the trunk, or resists turning, against a load or body weight."),
    "end_range_extension": Term("Full arch", "Arches the whole back, the low back included, close to its limit."),
    "loaded_extension": Term("Active back lift", "The back muscles lift or hold up the trunk against gravity."),
    "end_range_thoracic_extension": Term(
        "Full upper-back arch", "Arches the upper back close to its limit while the low back stays still."
    ),
    "end_range_side_bend": Term("Full side bend", "Bends the trunk sideways as far as it comfortably goes."),
    "prone": Term("On the front", "Is done lying face down, or with the chest resting on a bench."),
    "supine": Term("On the back", "Is done lying or leaning back with the chest to the ceiling."),
    "inverted": Term("Head below the heart", "Brings the head clearly lower than the heart."),
    "inverted_mild": Term("Head low", "Brings the head down to about the height of the heart."),
    "hanging": Term("Hanging", "Hangs some or all of the body's weight from a bar."),
    "overhead": Term("Arms overhead", "Takes one or both arms above the head."),
    "shoulder_end_range": Term("Shoulder end range", "Takes a shoulder close to the limit of its movement."),
    "shoulder_weight_bearing": Term("Weight on the shoulders", "The shoulders prop up part of the body's weight."),
    "wrist_weight_bearing": Term("Weight on the wrists", "The hands carry weight with the wrists bent back."),
    "grip_demand": Term("Firm grip", "Asks for a firm hold on a bar or a weight."),
    "kneeling": Term("Kneeling", "Puts weight on one or both knees."),
    "deep_knee_flexion": Term("Deep knee bend", "Bends a knee fully, as when sitting back on the heels."),
    "isometric_hold_long": Term("Long tense hold", "Holds the muscles tense without moving for many seconds."),
    "heavy_resistance": Term("Heavy load", "Works against a heavy weight or most of one's own body weight."),
    "resistance": Term("Light load", "Works against a resistance band or a light weight."),
    "neck_load": Term("Load on the neck", "The neck carries, presses or holds up the head."),
    "neck_end_range": Term("Full neck movement", "Takes the neck close to the limit of its movement."),
    "chest_compression": Term("Pressure on the ribs", "A roller or a ball presses on the ribs or the spine."),
    "balance_demand": Term("Balance", "Needs steady balance."),
    "floor_transfer": Term("Down to the floor", "Needs getting down to the floor and up again."),
}

CONDITIONS: dict[str, Term] = {
    "osteoporosis": Term("Osteoporosis", "Bones that have become thin and break more easily."),
    "vertebral_fracture_recent": Term(
        "Recent spinal fracture",
        "A vertebra that broke in the last three months or still hurts; no session is built, so ask the clinician "
        "who knows it.",
    ),
    "pregnancy_second_third_trimester": Term(
        "Pregnancy from week 14", "A pregnancy in its second or third trimester, from week 14 until the birth."
    ),
    "shoulder_impingement": Term(
        "Shoulder impingement", "Pain at the top or side of a shoulder as the arm goes up (subacromial pain)."
    ),
    "shoulder_instability": Term(
        "Unstable shoulder", "A shoulder that has slipped out of its joint, or feels as if it might."
    ),
    "wrist_pain": Term("Wrist pain", "A wrist that hurts or tingles under weight, carpal tunnel syndrome included."),
    "elbow_tendinopathy": Term(
        "Elbow tendon pain", "Sore tendons at the elbow, often called tennis elbow or golfer's elbow."
    ),
    "hypertension": Term(
        "High blood pressure",
        "Blood pressure that a doctor has found too high; from 180/110 mmHg at rest, see a doctor before you exercise.",
    ),
    "glaucoma_or_retinal": Term(
        "Glaucoma or retinal trouble", "Glaucoma, or a retina that is damaged or at risk of coming loose."
    ),
    "vertigo": Term("Vertigo", "Spells in which you or the room seem to spin, often when the head moves."),
    "cervical_radiculopathy": Term(
        "Irritated neck nerve",
        "Pain, tingling or weakness from the neck into an arm, from an irritated nerve root (cervical radiculopathy).",
    ),
    "lumbar_extension_intolerance": Term(
        "Low back pain on arching", "A low back that hurts when it arches, as it may with spinal stenosis."
    ),
    "lumbar_flexion_intolerance": Term(
        "Low back pain on bending", "A low back that hurts when it bends forward, as it may with a disc or sciatica."
    ),
    "knee_pain": Term("Knee pain", "A knee that hurts when you kneel on it or bend it deeply."),
    "rib_injury": Term(
        "Rib injury", "A bruised or broken rib, or soreness where ribs meet the breastbone (costochondritis)."
    ),
    "reflux_hiatal_hernia": Term(
        "Reflux or hiatal hernia", "Stomach acid that rises into the gullet, with or without a hiatal hernia."
    ),
    "fall_risk": Term("Risk of falling", "A fall in the past year, or feeling unsteady on your feet."),
    "hypermobility": Term("Hypermobility", "Joints that bend much further than most people's."),
    "recent_surgery": Term(
        "Recent operation",
        "Any operation in the last twelve weeks; no session is built, so ask the surgical team.",
    ),
    "active_cancer": Term(
        "Active cancer", "Cancer that is present or being treated; no session is built, so ask the treating team."
    ),
    "inflammatory_flare": Term(
        "Inflammatory spinal flare",
        "A flare of an inflammatory spinal disease such as axial spondyloarthritis; no session is built, so ask the "
        "rheumatology team.",
    ),
    "unexplained_weight_loss": Term(
        "Unexplained weight loss",
        "Losing weight without trying and without a known cause; no session is built, so see a doctor.",
    ),
    "uncontrolled_heart_or_lung_disease": Term(
        "Uncontrolled heart or lung disease",
        "Heart or lung disease that is not under control; no session is built, so ask a doctor.",
    ),
    "warning_signs": Term(
        "Warning signs",
        "Answers to the screening that a doctor should hear about first; no session is built until then.",
    ),
}
"""Every condition that the rules know, then those that only block a session."""
