"""The closed lists of the service: every word that an answer or a request may use.

Labels and descriptions are in `seed/texts/en/labels.yaml`, loaded by `app.rules.terms`.
"""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

Goal = TypeAliasType(
    "Goal",
    Annotated[
        Literal[
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
        ],
        Field(description="What a session works towards; goals of a request and of an exercise."),
    ],
)
Occasion = TypeAliasType(
    "Occasion",
    Annotated[
        Literal["desk_break", "pre_training", "recovery", "sport"],
        Field(description="When an exercise fits, beside its goals: `suits` of a record."),
    ],
)
Movement = TypeAliasType(
    "Movement",
    Annotated[
        Literal["rotation", "extension", "flexion", "lateral_flexion"],
        Field(description="How the trunk moves in an exercise."),
    ],
)
Category = TypeAliasType(
    "Category",
    Annotated[
        Literal["mobility", "stretch", "strength", "stability", "posture", "self_massage", "breathing"],
        Field(description="The kind of exercise."),
    ],
)
Pattern = TypeAliasType(
    "Pattern",
    Annotated[
        Literal["dynamic", "static_hold", "isometric", "strength", "breathing"],
        Field(description="How the work is done; it decides which amounts a dose has."),
    ],
)
Phase = TypeAliasType(
    "Phase",
    Annotated[
        Literal["prepare", "mobilise", "strengthen", "restore"],
        Field(description="The part of a session, in the order of a session."),
    ],
)
PieceOfEquipment = Literal[
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
"""The words that `Equipment` and `AvailableEquipment` share."""
Equipment = TypeAliasType(
    "Equipment", Annotated[PieceOfEquipment, Field(description="A piece of equipment that an exercise may need.")]
)
AvailableEquipment = TypeAliasType(
    "AvailableEquipment",
    Annotated[
        Literal[PieceOfEquipment, "none"],
        Field(description="A piece of equipment that is at hand. `none` alone: nothing is, so body weight only."),
    ],
)
Position = TypeAliasType(
    "Position",
    Annotated[
        Literal[
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
        ],
        Field(description="The position of the body in an exercise."),
    ],
)
PostureHeight = TypeAliasType(
    "PostureHeight",
    Annotated[
        Literal["floor", "low", "up", "hanging"],
        Field(description="How far the body is from standing. Changing it costs time in a session."),
    ],
)
Region = TypeAliasType(
    "Region",
    Annotated[
        Literal[
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
        ],
        Field(description="The part of the body that an exercise works on."),
    ],
)
LoadGroup = TypeAliasType(
    "LoadGroup",
    Annotated[
        Literal["none", "wrist", "grip", "overhead", "extensors", "pull", "push", "core"],
        Field(description="What an exercise tires. Two exercises that tire the same do not follow each other."),
    ],
)
ConditionWithRules = Literal[
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
    "anticoagulants",
    "abdominal_hernia_or_diastasis",
    "orthostatic_hypotension",
    "hip_replacement",
    "shoulder_replacement",
    "migraine",
    "pregnancy_first_trimester",
    "postpartum",
    "wheelchair_user",
    "limited_trunk_control",
]
"""A health condition with rules about strains (see `seed/condition_rules.yaml`)."""
BlockingCondition = Literal[
    "vertebral_fracture_recent",
    "recent_surgery",
    "active_cancer",
    "inflammatory_flare",
    "unexplained_weight_loss",
    "uncontrolled_heart_or_lung_disease",
    "warning_signs",
]
"""A condition for which no session is built."""
Condition = TypeAliasType(
    "Condition",
    Annotated[
        Literal[ConditionWithRules, BlockingCondition],
        Field(description="A health condition. Some bar exercises or ask for care, some block the session."),
    ],
)
BodySide = TypeAliasType(
    "BodySide", Annotated[Literal["left", "right"], Field(description="The left or the right side of the body.")]
)
Side = TypeAliasType(
    "Side", Annotated[Literal["left", "right", "both"], Field(description="A side of the body, or both.")]
)
Purpose = TypeAliasType(
    "Purpose",
    Annotated[
        Literal["standalone", "desk_break", "pre_training", "recovery"], Field(description="What a session is for.")
    ],
)
AgeBand = TypeAliasType(
    "AgeBand",
    Annotated[
        Literal["under-18", "18-39", "40-64", "65+"],
        Field(description="Age in years. A session for minors needs a professional and is refused."),
    ],
)
Topic = TypeAliasType(
    "Topic",
    Annotated[
        Literal["workstation", "posture", "habits", "training", "anatomy", "signs", "safety"],
        Field(description="The topic of a guideline."),
    ],
)
AppliesTo = TypeAliasType(
    "AppliesTo",
    Annotated[
        Literal["sit", "stand", "laptop", "phone", "training", "general"],
        Field(description="The situation that a guideline is for."),
    ],
)
ContentSource = TypeAliasType(
    "ContentSource",
    Annotated[Literal["article", "editorial"], Field(description="Where the content of a record comes from.")],
)
Certainty = TypeAliasType(
    "Certainty",
    Annotated[
        Literal["confirmed", "likely", "unidentified"],
        Field(description="How surely the publication behind a reference is identified."),
    ],
)
ReferenceKind = TypeAliasType(
    "ReferenceKind",
    Annotated[
        Literal["rct", "review", "study", "guideline", "viewpoint", "standard", "survey", "web page"],
        Field(description="The kind of publication."),
    ],
)

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
"""The height of each position."""

PHASES: tuple[Phase, ...] = list_words(Phase)
"""All phases in the order of a session."""

OPTIONAL_EQUIPMENT: frozenset[str] = frozenset({"mat"})
"""Equipment for comfort: an exercise can be done without it, so no exercise is left out for want of it."""
