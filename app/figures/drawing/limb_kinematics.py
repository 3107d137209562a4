"""Kinematics of arms and legs: by inverse kinematics where a target is given, else by joint angles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.figures.drawing.directions import Direction, mirror_point, raise_angle, reference_frame, to_direction
from app.figures.drawing.geometry import Array, frame_from_axes, length, normalise, reject, two_bone_ik, vec
from app.figures.drawing.skeleton import (
    ARM,
    LEG,
    SIDE_SIGN,
    Body,
    Foot,
    Hand,
    Limb,
    bent_side,
)

SHOULDER_ITERATIONS = 4
"""Rounds in which shoulder and arm follow each other: the shoulder girdle moves with the arm that hangs on it."""
GIRDLE_LIFT_CM = 5.5
"""How far a fully raised arm lifts its shoulder."""
GIRDLE_INWARD_CM = 3.2
"""How far a fully raised arm draws its shoulder to the middle."""
GIRDLE_GLIDE_CM = 2.5
"""How far an arm held straight ahead glides its shoulder forward."""


@dataclass(frozen=True)
class LimbRotation:
    """A limb by its joint angles, as interpolation states it.

    The columns of `frame` are the upper bone and where the middle joint points, in the frame of chest or pelvis;
    `bend` is the angle of the middle joint in degrees.
    """

    frame: Array
    bend: float


@dataclass(frozen=True)
class EndOrientation:
    """The frame of a hand (fingers, palm) or a foot (toes, sole): in the world, or in the frame of the lower bone."""

    frame: Array
    in_world: bool

    def to_world(self, lower_bone_frame: Array) -> Array:
        """Return the frame in world axes."""
        return self.frame if self.in_world else lower_bone_frame @ self.frame


def place_arm(body: Body, side: str, spec: Mapping[str, Any]) -> None:
    """Add the joints of one arm and its hand to the body; the shoulder girdle rises and glides with the arm."""
    chest, sign = body.chest_frame, SIDE_SIGN[side]
    base = body.resting_shoulder(side)
    shoulder, protract = base, spec.get("protract", 0)
    for _ in range(SHOULDER_ITERATIONS):
        elbow, wrist, pole = _solve_limb(body, ARM, side, spec, shoulder)
        bone = normalise(elbow - shoulder)
        # The girdle begins to rise before the arm is level; glide and rise replace each other on the way up.
        raised = max(0.0, float(bone @ chest[:, 1]) + 0.15) / 1.15
        glide = float(bone @ chest[:, 0]) * GIRDLE_GLIDE_CM * (1 - raised) + protract
        shoulder = base + chest[:, 1] * (GIRDLE_LIFT_CM * raised + spec.get("elevate", 0)) + chest[:, 0] * glide
        shoulder = shoulder - chest[:, 2] * sign * (GIRDLE_INWARD_CM * raised + abs(protract) * 0.25)
    elbow, wrist, pole = _solve_limb(body, ARM, side, spec, shoulder)
    body.joints.update({"shoulder" + side: shoulder, "elbow" + side: elbow, "wrist" + side: wrist})
    body.poles["arm" + side] = pole
    body.hands[side] = _place_hand(body, side, spec)


def place_leg(body: Body, side: str, spec: Mapping[str, Any]) -> None:
    """Add the joints of one leg and its foot to the body."""
    hip = body.joints["hip" + side]
    knee, ankle, pole = _solve_limb(body, LEG, side, spec, hip)
    body.joints.update({"knee" + side: knee, "ankle" + side: ankle})
    body.poles["leg" + side] = pole
    shank = normalise(ankle - knee)
    front = bent_side(normalise(knee - hip), shank, pole)
    body.feet[side] = _place_foot(SIDE_SIGN[side], spec, shank, front)


def lower_bone_frame(body: Body, limb: Limb, side: str) -> Array:
    """Return the frame of forearm or shin: along the bone, and where the side looks to which the limb is bent."""
    upper, lower = body.bones(limb, side)
    return frame_from_axes(lower, bent_side(upper, lower, body.poles[limb.name + side]))


def _solve_limb(body: Body, limb: Limb, side: str, spec: Mapping[str, Any], root: Array) -> tuple[Array, Array, Array]:
    """Return middle joint, end joint and pole of a limb whose root joint is given.

    Notes in `body.reach_errors` by how much a target is missed.
    """
    sign, carrier = SIDE_SIGN[side], body.carrier_frame(limb)
    if "rotation" in spec:
        rotation: LimbRotation = spec["rotation"]
        bone, pole = carrier @ rotation.frame[:, 0], carrier @ rotation.frame[:, 1]
        return *_bend_limb(limb, root, bone, pole, rotation.bend), pole
    origin, axes = reference_frame(body, spec.get("frame", "world"), side)
    target = spec.get(limb.end)
    if target is not None:
        pole = axes @ to_direction(spec["pole"], sign) if "pole" in spec else _rest_pole(limb, carrier, sign)
        aim = origin + axes @ mirror_point(target, sign)
        middle, end, body.reach_errors[limb.name + side] = two_bone_ik(root, aim, limb.upper_cm, limb.lower_cm, pole)
        return middle, end, pole
    direction: Direction = spec.get(limb.direction_key, 0)
    lift = raise_angle(direction)
    if "pole" in spec:
        pole = axes @ to_direction(spec["pole"], sign)
    elif lift is not None:  # a quarter turn behind an arm, ahead of a leg
        pole = axes @ to_direction([lift + (-90 if limb is ARM else 90), 0], sign)
    else:
        pole = _rest_pole(limb, carrier, sign)
    bone = axes @ to_direction(direction, sign)
    return *_bend_limb(limb, root, bone, pole, spec.get(limb.middle, 0)), pole


def _rest_pole(limb: Limb, carrier: Array, sign: float) -> Array:
    """Return where the middle joint points when nothing is said: elbows back and out, knees forward."""
    if limb is LEG:
        return normalise(carrier[:, 0])
    return normalise(-carrier[:, 0] - carrier[:, 1] * 0.3 + carrier[:, 2] * sign * 0.35)


def _bend_limb(limb: Limb, root: Array, bone: Array, pole: Array, bend: float) -> tuple[Array, Array]:
    """Return middle and end joint of a limb along `bone` whose middle joint bends by `bend` degrees, away from pole."""
    radians, hinge = np.radians(bend), reject(pole, bone)
    middle = root + bone * limb.upper_cm
    return middle, middle + (np.cos(radians) * bone - np.sin(radians) * hinge) * limb.lower_cm


def _place_hand(body: Body, side: str, spec: Mapping[str, Any]) -> Hand:
    shape, sign, pole = spec.get("hand", "relax"), SIDE_SIGN[side], body.poles["arm" + side]
    forearm = body.bones(ARM, side)[1]
    if "end_orientation" in spec:
        frame = spec["end_orientation"].to_world(lower_bone_frame(body, ARM, side))
        return Hand(shape, frame[:, 0], frame[:, 1])
    axes = reference_frame(body, spec.get("frame", "world"), side)[1]
    if "fingers" in spec:
        fingers = axes @ to_direction(spec["fingers"], sign)
    elif shape == "flat":
        fingers = _level_fingers(forearm)
    else:
        fingers = forearm
    if "palm" in spec:
        palm = axes @ to_direction(spec["palm"], sign)
    elif shape == "flat":
        palm = vec(0, -1, 0)
    else:
        # Palms of hanging arms look at the trunk, and a little forward of it.
        palm = -body.chest_frame[:, 2] * sign - pole * 0.4
    return Hand(shape, fingers, reject(palm, fingers))


def _level_fingers(forearm: Array) -> Array:
    """Return where the fingers of a flat hand point: along the forearm, or forward under an upright one."""
    level = vec(forearm[0], 0, forearm[2]) + vec(0.05, 0, 0)
    return normalise(level) if abs(forearm[1]) < 0.85 else vec(1, 0, 0)


def _place_foot(sign: float, spec: Mapping[str, Any], shank: Array, front: Array) -> Foot:
    foot, toe_bend = spec.get("foot", 0), spec.get("toes", 0)
    if "end_orientation" in spec:
        frame = spec["end_orientation"].to_world(frame_from_axes(shank, front))
        return Foot(frame[:, 0], frame[:, 1], toe_bend)
    if foot == "flat":
        level = vec(front[0], 0, front[2]) if abs(front[1]) < 0.93 else vec(shank[0], 0, shank[2])
        return Foot(normalise(level) if length(level) > 0.05 else vec(1, 0, 0), vec(0, -1, 0), toe_bend)
    if isinstance(foot, list):
        toes = to_direction(foot, sign)
        sole = to_direction(spec["sole"], sign) if "sole" in spec else shank
        return Foot(toes, reject(sole, toes), toe_bend)
    point = np.radians(foot)
    toes = np.cos(point) * front + np.sin(point) * shank
    return Foot(toes, np.cos(point) * shank - np.sin(point) * front, toe_bend)
