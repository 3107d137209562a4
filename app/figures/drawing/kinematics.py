"""From a pose's numbers to a body: forward kinematics, then anchoring, or settling on the floor."""

from typing import Any

from app.figures.drawing.geometry import Array, length, vec
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.limb_kinematics import place_arm, place_leg
from app.figures.drawing.skeleton import LIMBS, SIDES, Body
from app.figures.drawing.trunk_kinematics import solve_trunk

Pose = dict[str, Any]
"""A pose as a pose file states it, with its base posture filled in; see POSES.md for the words."""
SETTLE_ITERATIONS = 3
"""Moves of the pelvis until anchor or floor are met; a limb that reaches for a target moves the landmark anew."""
WORLD_TARGET_LANDMARKS = {"arm": ("wrist", "hand", "elbow"), "leg": ("ankle", "heel", "ball", "toe", "knee")}
"""Landmarks that stay where they are when the pelvis moves, because their limb reaches for a point of the world."""


def forward_kinematics(pose: Pose) -> Body:
    """Return the body of a pose as its numbers stand, without anchor or settling."""
    body = solve_trunk(pose)
    for side in SIDES:
        place_leg(body, side, pose["leg" + side])  # before the arms: a hand may rest on the thigh
        place_arm(body, side, pose["arm" + side])
    return body


def solve_pose(pose: Pose) -> Body:
    """Return the body of a pose: anchored where it says, or settled so that its lowest point touches the floor."""
    for _ in range(SETTLE_ITERATIONS):
        body = forward_kinematics(pose)
        if pose.get("anchor"):
            shift = _anchor_shift(pose, body)
        elif _settles(pose):
            shift = _settle_shift(pose, body)
        else:
            return body
        pose = _move_pelvis(pose, shift)
        if length(shift) < 1e-6:
            return body
    return forward_kinematics(pose)


def _settles(pose: Pose) -> bool:
    settle = pose.get("settle")
    return settle is not None and settle is not False


def _anchor_shift(pose: Pose, body: Body) -> Array:
    """Return how far the body is from having its anchored landmark in place."""
    anchor = pose["anchor"]
    current = find_landmarks(body)[anchor["joint"]].centre
    pairs = zip(anchor["at"], current, strict=True)
    return vec(*(0.0 if wanted is None else wanted - actual for wanted, actual in pairs))


def _settle_shift(pose: Pose, body: Body) -> Array:
    """Return how far the lowest of the settling landmarks is from the floor."""
    landmarks, settle = find_landmarks(body), pose["settle"]
    fixed = _world_anchored(pose)
    names = settle if isinstance(settle, list) else [name for name in landmarks if name not in fixed]
    lowest = min(float(landmarks[name].centre[1]) - landmarks[name].radius for name in names)
    return vec(0, -lowest, 0)


def _move_pelvis(pose: Pose, shift: Array) -> Pose:
    pelvis = pose["pelvis"]
    moved = [old + float(change) for old, change in zip(pelvis["at"], shift, strict=True)]
    return {**pose, "pelvis": {**pelvis, "at": moved}}


def _world_anchored(pose: Pose) -> set[str]:
    """Return the landmarks of limbs that reach for points of the world, so do not follow the pelvis."""
    names: set[str] = set()
    for side in SIDES:
        for limb in LIMBS:
            spec = pose[limb.name + side]
            if limb.end in spec and spec.get("frame", "world") == "world":
                names |= {landmark + side for landmark in WORLD_TARGET_LANDMARKS[limb.name]}
    return names
