"""Base poses that a pose file starts from and changes, and places on the body where a hand may rest.

The words are those of a pose file (see POSES.md): cm and degrees; in limbs, z points away from the middle of the body.
"""

from typing import Any

HANGING_ARM = {"dir": [2, 7], "elbow": 10, "pole": [-1, 0, 0.35]}
"""An arm that hangs down, slightly bent."""
HAND_ON_FLOOR = {"pole": [-1, 0.2, 0.6], "hand": "flat"}
"""A flat hand with the elbow behind it; the wrist's place is added."""
HAND_ON_THIGH = {
    "frame": "thigh",
    "wrist": [26, 9.4, 1],
    "pole": [-0.8, -0.4, 0.6],
    "fingers": [1, -0.16, -0.12],
    "palm": [-0.15, -1, 0],
}
"""A hand that rests on the thigh."""
STANDING_LEG = {"ankle": [0, 7.4, 9.5], "pole": [1, 0, 0.12], "foot": "flat"}
"""A leg with its foot flat under the hip."""
KNEELING_LEG = {"thigh": [0, 2], "knee": 91, "foot": 76}
"""A leg that kneels, with its foot stretched out behind."""

QUADRUPED = {
    "pelvis": {"at": [0, 50, 0], "pitch": 78},
    "legs": KNEELING_LEG,
    "arms": {"wrist": [48, 4.6, 16], **HAND_ON_FLOOR},
    "head": {"gaze": -62},
    "anchor": {"joint": "kneeR", "at": [0, 5.7, None]},
    "fit": {"vars": ["pelvis.pitch"], "goals": [{"elbow": 7}]},
    "contacts": ["kneeR", "kneeL", "handR", "handL", "toeR", "toeL"],
}
SUPINE_LEG = {"ankle": [50, 7.4, 10], "pole": [0.2, 1, 0], "foot": "flat"}
"""A leg with the knee up and the foot flat, for a body on its back."""
SUPINE = {
    "pelvis": {"at": [0, 12, 0], "pitch": -80},
    "lumbar": {"flex": 10},
    "thoracic": {"flex": -22},
    "neck": {"flex": 22},
    "head": {"flex": 4},
    "legs": SUPINE_LEG,
    "arms": {"dir": [-0.05, -1, 0.25], "frame": "chest", "elbow": 6, "pole": [-0.3, 0, 1], "palm": [0, -1, 0]},
    "settle": ["seatR", "seatL", "back", "head"],
    "fit": {"vars": ["pelvis.pitch", "neck.flex"], "goals": [{"touch": "back"}, {"touch": "seatR"}, {"touch": "head"}]},
    "contacts": ["seatR", "seatL", "back", "head", "ballR", "ballL"],
}
PRONE = {
    "pelvis": {"at": [0, 11.5, 0], "pitch": 90},
    "lumbar": {"flex": 8},
    "thoracic": {"flex": -20},
    "neck": {"flex": 6},
    "head": {"gaze": -75},
    "legs": {"thigh": [-90, 4], "knee": 2, "foot": 84},
    "arms": {"wrist": [34, 4.0, 24], "pole": [-0.8, 0.8, 0.5], "hand": "flat"},
    "settle": ["chest", "belly", "kneeR", "kneeL"],
    "fit": {
        "vars": ["pelvis.pitch", "legR.thigh.0", "legL.thigh.0"],
        "goals": [{"touch": "chest"}, {"touch": "kneeR"}, {"touch": "kneeL"}],
    },
    "contacts": ["chest", "belly", "kneeR", "kneeL", "toeR", "toeL"],
}
SIDE_LYING = {
    "pelvis": {"at": [0, 20, 0], "pitch": -90, "twist": 90},
    "lumbar": {},
    "thoracic": {},
    "neck": {"side": 0, "flex": 4},
    "head": {},
    "legs": {"frame": "pelvis", "thigh": [88, 0], "knee": 90, "foot": 18},
    "arms": {"frame": "chest", "dir": [1, 0, 0], "elbow": 3},
    "settle": ["shoulderR", "hipR", "kneeR"],
    "contacts": ["shoulderR", "hipR", "kneeR"],
}
SEATED = {
    "pelvis": {"at": [0, 55.5, 0], "pitch": -6},
    "lumbar": {"flex": 6},
    "head": {"gaze": 0},
    "legs": {"ankle": [41, 7.4, 10], "pole": [0.6, 1, 0.05], "foot": "flat"},
    "arms": HAND_ON_THIGH,
    "contacts": ["seatR", "seatL", "ballR", "ballL"],
}
STANDING = {
    "pelvis": {"at": [0, 89.4, 0]},
    "head": {"gaze": 0},
    "legs": STANDING_LEG,
    "arms": HANGING_ARM,
    "contacts": ["ballR", "ballL", "heelR", "heelL"],
}
HINGED = {
    "pelvis": {"at": [-20, 84, 0], "pitch": 62},
    "lumbar": {"flex": 8},
    "thoracic": {"flex": -14},
    "head": {"gaze": -50},
    "legs": STANDING_LEG,
    "arms": {"dir": "down", "elbow": 6, "pole": [-1, 0, 0.3]},
    "contacts": ["heelR", "heelL", "toeR", "toeL"],
}
HEEL_SIT = {
    "pelvis": {"at": [0, 24, 0], "pitch": -4},
    "lumbar": {"flex": 4},
    "head": {"gaze": 0},
    "legs": {"thigh": [84, 6], "knee": 146, "foot": 80},
    "arms": HAND_ON_THIGH,
    "settle": ["kneeR", "kneeL", "toeR", "toeL"],
    "fit": {"vars": ["legR.thigh.0", "legL.thigh.0"], "goals": [{"touch": "kneeR"}, {"touch": "kneeL"}]},
    "contacts": ["kneeR", "kneeL", "toeR", "toeL"],
}
TALL_KNEELING = {
    "pelvis": {"at": [0, 48, 0]},
    "head": {"gaze": 0},
    "legs": {"thigh": [0, 4], "knee": 90, "foot": 78},
    "arms": HANGING_ARM,
    "anchor": {"joint": "kneeR", "at": [0, 5.7, None]},
    "contacts": ["kneeR", "kneeL", "toeR", "toeL"],
}
HALF_KNEELING = {
    "pelvis": {"at": [0, 48, 0]},
    "head": {"gaze": 0},
    "legR": {"thigh": [-2, 3], "knee": 88, "foot": 78},
    "legL": {"ankle": [43, 7.4, 10], "pole": [0.6, 1, 0.05], "foot": "flat"},
    "arms": HANGING_ARM,
    "anchor": {"joint": "kneeR", "at": [0, 5.7, None]},
    "contacts": ["kneeR", "toeR", "ballL", "heelL"],
}
HANGING = {
    "pelvis": {"at": [0, 92, 0]},
    "head": {"gaze": 4},
    "legs": {"thigh": [-4, 3], "knee": 12, "foot": 38},
    "arms": {"dir": [176, 8], "elbow": 4, "pole": [0.3, 0, 1], "hand": "fist", "palm": [1, 0, 0], "elevate": 2},
    "anchor": {"joint": "gripR", "at": [0, 218, None]},
    "contacts": ["gripR", "gripL"],
}
SIDE_PLANK = {
    "pelvis": {"at": [0, 30, 0], "pitch": -70, "twist": 90},
    "head": {},
    "legR": {"frame": "pelvis", "thigh": [2, 0], "knee": 2, "foot": 6},
    "legL": {"frame": "pelvis", "thigh": [4, -11], "knee": 2, "foot": 6},
    "armR": {"wrist": [-44, 3.6, 26], "pole": [0, -1, -0.4], "hand": "flat", "fingers": [0, 0, 1]},
    "armL": {"frame": "chest", "dir": [0.0, -1, 0.05], "elbow": 4},
    "settle": ["heelR", "ballR"],
    "fit": {"vars": ["pelvis.pitch"], "goals": [{"touch": "elbowR"}]},
    "contacts": ["elbowR", "handR", "heelR", "ballR"],
}
FOREARM_PLANK = {
    "pelvis": {"at": [0, 30, 0], "pitch": 80},
    "head": {"gaze": -75},
    "lumbar": {"flex": 10},
    "thoracic": {"flex": -6},
    "legs": {"thigh": [-88, 4], "knee": 3, "foot": [0.25, -1, 0], "sole": [-1, -0.25, 0], "toes": 75},
    "arms": {"dir": "down", "elbow": 90, "pole": [-1, 0, 0.15], "hand": "flat"},
    "settle": ["ballR", "ballL"],
    "fit": {"vars": ["pelvis.pitch"], "goals": [{"touch": "elbowR"}]},
    "contacts": ["elbowR", "elbowL", "handR", "handL", "toeR", "toeL"],
}
PLANK = {
    "pelvis": {"at": [0, 48, 0], "pitch": 70},
    "head": {"gaze": -70},
    "lumbar": {"flex": 10},
    "thoracic": {"flex": -6},
    "legs": {"thigh": [-72, 4], "knee": 3, "foot": [0.35, -1, 0], "sole": [-1, -0.35, 0], "toes": 70},
    "arms": {"wrist": [58, 4.6, 17], **HAND_ON_FLOOR},
    "contacts": ["handR", "handL", "toeR", "toeL"],
}
BASE_POSES: dict[str, dict[str, Any]] = {
    "quadruped": QUADRUPED,
    "supine": SUPINE,
    "prone": PRONE,
    "side_lying": SIDE_LYING,
    "seated": SEATED,
    "standing": STANDING,
    "heel_sit": HEEL_SIT,
    "tall_kneeling": TALL_KNEELING,
    "half_kneeling": HALF_KNEELING,
    "hanging": HANGING,
    "hinged": HINGED,
    "side_plank": SIDE_PLANK,
    "forearm_plank": FOREARM_PLANK,
    "plank": PLANK,
}
"""The whole poses that a pose file may start from, by the name that its `base` says."""
HAND_PLACES: dict[str, dict[str, Any]] = {
    "thigh": HAND_ON_THIGH,
    "behind_head": {
        "frame": "head",
        "wrist": [-9.5, -1, 7.5],
        "pole": [-0.1, 0.15, 1],
        "fingers": [-0.35, 0.2, -1],
        "palm": [1, 0, -0.3],
    },
    "opposite_shoulder": {
        "frame": "chest",
        "wrist": [16.5, -4, -5],
        "pole": [0.75, -1, 0.45],
        "fingers": [-0.15, 0.5, -1],
        "palm": [-1, 0, 0],
    },
    "hip": {
        "frame": "pelvis",
        "wrist": [5, 13, 17.5],
        "pole": [-0.6, 0, 1],
        "fingers": [0.7, -0.7, -0.3],
        "palm": [0, -0.2, -1],
    },
    "belly": {
        "frame": "pelvis",
        "wrist": [15, 12, 11],
        "pole": [-0.3, -0.3, 1],
        "fingers": [0.1, 0.1, -1],
        "palm": [-1, 0, 0],
    },
    "ribs": {
        "frame": "chest",
        "wrist": [11, -24, 17.5],
        "pole": [-0.4, 0, 1],
        "fingers": [0.6, 0, -0.8],
        "palm": [-0.4, 0, -1],
    },
    "chest": {
        "frame": "chest",
        "wrist": [17.5, -9, 8],
        "pole": [0, -0.6, 1],
        "fingers": [0, 0.25, -1],
        "palm": [-1, 0, 0],
    },
}
"""The words of an arm whose hand rests on a place of the body, by the name that its `at` says; for either hand."""
