"""The words of a pose, and how one pose is written as changes of another."""

import copy
from collections.abc import Mapping, Set
from typing import Any

from app.figures.drawing.hand_shapes import HAND_SHAPES
from app.figures.drawing.kinematics import Pose
from app.figures.drawing.presets import BASE_POSES, HAND_PLACES

SPINE_KEYS = {"flex", "side", "rot"}
"""Words of a region of the spine; degrees."""
PART_KEYS = {
    "pelvis": {"at", "pitch", "lean", "twist", "turn"},
    "lumbar": SPINE_KEYS,
    "thoracic": SPINE_KEYS,
    "neck": SPINE_KEYS,
    "head": SPINE_KEYS | {"gaze"},
}
"""Words of each part of the trunk."""
LIMB_KEYS = {
    "arm": {"wrist", "pole", "frame", "dir", "elbow", "hand", "fingers", "palm", "protract", "elevate", "at", "path"},
    "leg": {"ankle", "pole", "frame", "thigh", "knee", "foot", "sole", "toes", "path"},
}
"""Words of an arm and of a leg."""
LIMB_DEFINING_KEYS = {"arm": {"wrist", "dir", "at"}, "leg": {"ankle", "thigh"}}
"""A limb that has one of these is a new limb; without them, the words only change the limb that it inherits."""
POSE_SETTINGS = ("anchor", "settle", "fit", "contacts", "order", "breath", "belly")
"""Words of a pose that replace what it inherits as a whole."""
LIMB_WORDS = {
    "arms": ("arm", ("armR", "armL")),
    "armR": ("arm", ("armR",)),
    "armL": ("arm", ("armL",)),
    "legs": ("leg", ("legR", "legL")),
    "legR": ("leg", ("legR",)),
    "legL": ("leg", ("legL",)),
}
"""For each word that states limbs, their kind and the limbs; both limbs come first, so that one of them can differ."""
POSE_KEYS = {"base", *PART_KEYS, *LIMB_WORDS, *POSE_SETTINGS}
"""All words of a pose."""


class PoseError(ValueError):
    """A pose file states something that cannot be drawn; the message names the file, the place and the remedy."""


def require_known_keys(words: Mapping[str, Any], known: Set[str], where: str) -> None:
    """Raise PoseError when a mapping has a word that is not known at that place."""
    unknown = sorted(set(words) - known)
    if unknown:
        raise PoseError(f"{where}: unknown word {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def expand_pose(changes: Mapping[str, Any], inherited: Pose | None, where: str) -> Pose:
    """Return a pose whose changes are laid over its base posture, or over the pose that it inherits.

    Raises PoseError for an unknown word, base or place, and when there is neither a base nor a pose to inherit.
    """
    base = changes.get("base")
    if base is None:
        if inherited is None:
            raise PoseError(f"{where}: say which base posture to begin from: {', '.join(sorted(BASE_POSES))}")
        return _apply_changes(inherited, changes, where)
    if base not in BASE_POSES:
        raise PoseError(f"{where}: no base posture {base}; there are {', '.join(sorted(BASE_POSES))}")
    return _apply_changes(_apply_changes({}, BASE_POSES[base], where), changes, where)


def _apply_changes(pose: Pose, changes: Mapping[str, Any], where: str) -> Pose:
    require_known_keys(changes, POSE_KEYS, where)
    pose = copy.deepcopy(pose)
    for part in PART_KEYS:
        if part in changes:
            pose[part] = _change_part(pose.get(part, {}), changes[part], part, f"{where}.{part}")
    for word, (kind, limbs) in LIMB_WORDS.items():
        for limb in limbs if word in changes else ():
            pose[limb] = _change_limb(pose.get(limb, {}), changes[word], kind, f"{where}.{word}")
    pose |= {word: copy.deepcopy(changes[word]) for word in POSE_SETTINGS if word in changes}
    # Only one of them can hold the body: the one stated last.
    if changes.get("anchor"):
        pose.pop("settle", None)
    if changes.get("settle"):
        pose.pop("anchor", None)
    return pose


def _change_part(inherited: Mapping[str, Any], value: Any, part: str, where: str) -> dict[str, Any]:
    """Return a part of the trunk; a number alone is its flexion."""
    changes = {"flex": value} if isinstance(value, (int, float)) else dict(value)
    require_known_keys(changes, PART_KEYS[part], where)
    kept = dict(inherited)
    if part == "head" and "flex" in changes and "gaze" not in changes:
        kept.pop("gaze", None)  # else the inherited gaze would undo the bend
    return {**kept, **changes}


def _change_limb(inherited: Mapping[str, Any], changes: dict[str, Any], kind: str, where: str) -> dict[str, Any]:
    """Return a limb; a new one keeps nothing but the foot of the limb it inherits."""
    require_known_keys(changes, LIMB_KEYS[kind], where)
    if "at" in changes:
        if changes["at"] not in HAND_PLACES:
            raise PoseError(f"{where}: no place called {changes['at']}; there are {', '.join(sorted(HAND_PLACES))}")
        changes = {**HAND_PLACES[changes["at"]], **{word: value for word, value in changes.items() if word != "at"}}
    if changes.get("hand", "relax") not in HAND_SHAPES:
        raise PoseError(f"{where}: no hand called {changes['hand']}; there are {', '.join(sorted(HAND_SHAPES))}")
    is_new = bool(LIMB_DEFINING_KEYS[kind] & set(changes))
    foot_words = ("foot", "sole") if "foot" in changes else ("foot", "sole", "toes")
    kept = {word: value for word, value in inherited.items() if not is_new or word in foot_words}
    return copy.deepcopy({**kept, **changes})
