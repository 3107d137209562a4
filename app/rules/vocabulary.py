"""Every closed list of words that the service speaks, with a label and a plain description each."""

from typing import Literal, get_args

Goal = Literal[
    "rotation",
    "extension",
    "flexion",
    "lateral_flexion",
    "strength",
    "stability",
    "posture",
    "overhead",
    "decompression",
    "breathing",
    "recovery",
]
Occasion = Literal["desk_break", "pre_training", "recovery", "sport"]
Movement = Literal["rotation", "extension", "flexion", "lateral_flexion"]
Category = Literal["mobility", "stretch", "strength", "stability", "posture", "self_massage", "breathing"]
Pattern = Literal["dynamic", "static_hold", "isometric", "strength", "breathing"]
Phase = Literal["prepare", "mobilise", "strengthen", "restore"]
Equipment = Literal[
    "mat",
    "chair",
    "wall",
    "desk",
    "doorway",
    "towel",
    "step",
    "bench",
    "resistance_band",
    "dumbbell",
    "kettlebell",
    "pullup_bar",
    "foam_roller",
    "massage_ball",
    "dowel",
]
Position = Literal[
    "seated",
    "standing",
    "wall_standing",
    "half_kneeling",
    "kneeling",
    "quadruped",
    "heel_sit",
    "prone",
    "supine",
    "side_lying",
    "side_plank",
    "prone_plank",
    "inverted_v",
    "split_stance",
    "hanging",
    "bench",
]
PostureHeight = Literal["floor", "low", "up", "hanging"]
Region = Literal[
    "neck",
    "thoracic_spine",
    "ribs",
    "chest",
    "shoulders",
    "shoulder_blades",
    "lats",
    "lower_back",
    "core",
    "hips",
    "arms",
    "legs",
]
LoadGroup = Literal["none", "wrist", "grip", "overhead", "extensors", "pull", "push", "core"]
Feature = Literal[
    "loaded_flexion",
    "end_range_flexion",
    "end_range_rotation",
    "loaded_rotation",
    "end_range_extension",
    "loaded_extension",
    "end_range_thoracic_extension",
    "end_range_side_bend",
    "prone",
    "supine",
    "inverted",
    "inverted_mild",
    "hanging",
    "overhead",
    "shoulder_end_range",
    "shoulder_weight_bearing",
    "wrist_weight_bearing",
    "grip_demand",
    "kneeling",
    "deep_knee_flexion",
    "isometric_hold_long",
    "heavy_resistance",
    "resistance",
    "neck_load",
    "neck_end_range",
    "chest_compression",
    "balance_demand",
    "floor_transfer",
]
Condition = Literal[
    "osteoporosis",
    "vertebral_fracture_recent",
    "pregnancy_second_third_trimester",
    "shoulder_impingement",
    "shoulder_instability",
    "wrist_pain",
    "elbow_tendinopathy",
    "hypertension",
    "glaucoma_or_retinal",
    "vertigo",
    "cervical_radiculopathy",
    "lumbar_extension_intolerance",
    "lumbar_flexion_intolerance",
    "knee_pain",
    "rib_injury",
    "reflux_hiatal_hernia",
    "fall_risk",
    "hypermobility",
]
BlockingCondition = Literal[
    "vertebral_fracture_recent",
    "recent_surgery",
    "active_cancer",
    "inflammatory_flare",
    "unexplained_weight_loss",
    "uncontrolled_heart_or_lung_disease",
    "warning_signs",
]
Purpose = Literal["standalone", "desk_break", "pre_training", "recovery"]
AgeBand = Literal["under-18", "18-39", "40-64", "65+"]
Topic = Literal["workstation", "posture", "habits", "training", "anatomy", "signs", "safety"]
AppliesTo = Literal["sit", "stand", "laptop", "phone", "training", "general"]
Source = Literal["article", "editorial"]
Certainty = Literal["confirmed", "likely", "unidentified"]
ReferenceKind = Literal["rct", "review", "study", "guideline", "viewpoint", "standard", "survey", "web page"]


HEIGHT_OF_POSITION: dict[Position, PostureHeight] = {
    "seated": "up",
    "standing": "up",
    "wall_standing": "up",
    "split_stance": "up",
    "half_kneeling": "low",
    "kneeling": "low",
    "bench": "up",
    "quadruped": "floor",
    "heel_sit": "floor",
    "prone": "floor",
    "supine": "floor",
    "side_lying": "floor",
    "side_plank": "floor",
    "prone_plank": "floor",
    "inverted_v": "floor",
    "hanging": "hanging",
}
"""How far the body is from standing: what it costs to get there and back."""

PHASES: tuple[Phase, ...] = get_args(Phase)
"""The order of a session."""

OPTIONAL_EQUIPMENT: frozenset[str] = frozenset({"mat"})
"""Kit that makes an exercise nicer and never decides whether it can be done."""
