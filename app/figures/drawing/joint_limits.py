"""Checks of one body: bone lengths and ranges of motion of spine, neck, hips, knees, ankles, shoulders and wrists.

The limits are those of a drawing that an adult could hold, a little wider than clinical norms, and not a statement on
anyone's range of motion. All angles are degrees.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.figures.drawing.geometry import Array, angle_between, length
from app.figures.drawing.interpolation import KeyPose
from app.figures.drawing.skeleton import ARM, LEG, LIMBS, NECK_NODE, SIDE_SIGN, SIDES, Body, bent_side

SPINE_LIMITS = {
    "lumbar": {"flex": (-35, 50), "side": (-25, 25), "rot": (-12, 12)},
    "thoracic": {"flex": (-46, 42), "side": (-30, 30), "rot": (-50, 50)},
    "neck": {"flex": (-45, 45), "side": (-40, 40), "rot": (-60, 60)},
}
"""Lowest and highest bend of each region of the spine, added to its neutral curve.

Extension of the thoracic spine is exaggerated so that it can be seen.
"""
SPINE_TOLERANCE_DEG = 0.5
"""How far a bend may exceed its limit by interpolation."""
BONE_TOLERANCE_CM = 0.05
"""By how much a bone may differ from its length."""
MAX_HEAD_BEND_DEG = 62
"""Between the axes of head and upper chest."""
MAX_HEAD_TURN_DEG = 85
"""Between the directions of face and upper chest."""
MAX_KNEE_BEND_DEG = 155
"""0 is a straight leg."""
MAX_ELBOW_BEND_DEG = 152
"""0 is a straight arm."""
MAX_WRIST_BEND_DEG = 92
"""Between forearm and fingers."""
MAX_PLANTARFLEXION_DEG = 88
"""How far a foot points down from square to the shin."""
MAX_DORSIFLEXION_DEG = 42
"""How far a foot is pulled up from square to the shin."""
HIP_FLEXION_LIMITS_DEG = (-32, 140)
"""Negative is extension."""
HIP_ABDUCTION_LIMITS_DEG = (-35, 65)
"""Negative is adduction: the thigh crosses the middle."""


@dataclass
class PoseFinding:
    """One thing that is wrong, at which part of the motion, and what helps.

    `moment` is 0 at the start, 1 at the end, and above 1 on a way back of its own.
    """

    check: str
    moment: float
    text: str


def check_joints(key_pose: KeyPose, moment: float) -> list[PoseFinding]:
    """Return what is wrong with the joints of a body."""
    body, faults = key_pose.body, [*_check_spine(key_pose), *_check_neck(key_pose.body), *_check_bones(key_pose.body)]
    for side in SIDES:
        thigh, shank = body.bones(LEG, side)
        upper_arm, forearm = body.bones(ARM, side)
        faults += _check_hinges(side, angle_between(thigh, shank), angle_between(upper_arm, forearm))
        faults += _check_hip(body, side, thigh, shank)
        faults += _check_shoulder(body, side, upper_arm)
        faults += _check_wrist(body, side, forearm)
        faults += _check_ankle(body, side, thigh, shank)
    return [PoseFinding(check, moment, text) for check, text in faults]


Fault = tuple[str, str]
"""Name of the check, and what is wrong."""


def _check_spine(key_pose: KeyPose) -> Iterator[Fault]:
    for region, limits in SPINE_LIMITS.items():
        for word, (low, high) in limits.items():
            value = key_pose.pose.get(region, {}).get(word, 0)
            if not low - SPINE_TOLERANCE_DEG <= value <= high + SPINE_TOLERANCE_DEG:
                yield "spine", f"{region}.{word} is {value:.0f}, may be {low} to {high}"


def _check_neck(body: Body) -> Iterator[Fault]:
    chest, head = body.spine_frames[NECK_NODE], body.head_frame
    bend, turn = angle_between(head[:, 1], chest[:, 1]), angle_between(head[:, 0], chest[:, 0])
    if bend > MAX_HEAD_BEND_DEG:
        limit = f"at most {MAX_HEAD_BEND_DEG}: change neck or gaze"
        yield "neck", f"head and neck bend {bend:.0f} degrees from the chest, {limit}"
    if turn > MAX_HEAD_TURN_DEG:
        yield "neck", f"head turns {turn:.0f} degrees from the chest, at most {MAX_HEAD_TURN_DEG}"


def _check_bones(body: Body) -> Iterator[Fault]:
    for side in SIDES:
        for limb in LIMBS:
            for upper, lower, bone_cm in (
                (limb.root, limb.middle, limb.upper_cm),
                (limb.middle, limb.end, limb.lower_cm),
            ):
                if abs(length(body.joints[upper + side] - body.joints[lower + side]) - bone_cm) > BONE_TOLERANCE_CM:
                    yield "bone", f"{upper}{side}-{lower}{side} changes its length"


def _check_hinges(side: str, knee_bend: float, elbow_bend: float) -> Iterator[Fault]:
    if knee_bend > MAX_KNEE_BEND_DEG:
        yield "knee", f"knee{side} bends {knee_bend:.0f}, at most {MAX_KNEE_BEND_DEG}"
    if elbow_bend > MAX_ELBOW_BEND_DEG:
        yield "elbow", f"elbow{side} bends {elbow_bend:.0f}, at most {MAX_ELBOW_BEND_DEG}"


def _check_hip(body: Body, side: str, thigh: Array, shank: Array) -> Iterator[Fault]:
    local = body.pelvis_frame.T @ thigh
    flexion = float(np.degrees(np.arctan2(local[0], -local[1])))
    abduction = float(np.degrees(np.arcsin(np.clip(local[2] * SIDE_SIGN[side], -1, 1))))
    low, high = HIP_FLEXION_LIMITS_DEG
    is_upside_down = abs(abs(flexion) - 180) < 6  # the angle has no meaning near the axis of abduction
    if not (low <= flexion <= high or is_upside_down):
        yield "hip", f"hip{side} bends {flexion:.0f}, may be {low} to {high}: change pelvis.pitch or the thigh"
    low, high = HIP_ABDUCTION_LIMITS_DEG
    if not low <= abduction <= high:
        yield "hip", f"thigh{side} goes {abduction:.0f} degrees out, may be {low} to {high}"
    forward = np.cross(body.pelvis_frame[:, 2], thigh)
    if angle_between(thigh, shank) > 20 and float(shank @ forward) > 0.35 and abs(abduction) < 40:
        yield "knee", f"knee{side} bends the wrong way: turn the leg's pole"


def _check_shoulder(body: Body, side: str, upper_arm: Array) -> Iterator[Fault]:
    forward, up, right = body.chest_frame.T @ upper_arm
    outward = right * SIDE_SIGN[side]
    if forward < -0.9:
        yield "shoulder", f"arm{side} goes more than 64 degrees behind the chest"
    if outward < -0.78:
        yield "shoulder", f"arm{side} crosses the chest too far"
    if outward < -0.3 and forward < 0.1 and up < 0.5:
        yield "shoulder", f"arm{side} runs through the trunk"


def _check_wrist(body: Body, side: str, forearm: Array) -> Iterator[Fault]:
    bend = angle_between(forearm, body.hands[side].fingers)
    if bend > MAX_WRIST_BEND_DEG:
        yield "wrist", f"hand{side} bends {bend:.0f} from the forearm, at most {MAX_WRIST_BEND_DEG}: set `fingers`"


def _check_ankle(body: Body, side: str, thigh: Array, shank: Array) -> Iterator[Fault]:
    toes = body.feet[side].toes
    plantarflexion = 90 - angle_between(toes, shank)
    if float(toes @ bent_side(thigh, shank, body.poles["leg" + side])) < -0.05:
        plantarflexion = 180 - plantarflexion  # past straight: the angle alone would grow smaller again
    if plantarflexion > MAX_PLANTARFLEXION_DEG:
        limit = f"at most {MAX_PLANTARFLEXION_DEG}"
        yield "ankle", f"foot{side} points {plantarflexion:.0f} degrees down from square, {limit}"
    if angle_between(toes, -shank) < 90 - MAX_DORSIFLEXION_DEG:
        limit = f"more than {MAX_DORSIFLEXION_DEG} degrees"
        yield "ankle", f"foot{side} is pulled up too far ({limit}): move ankle{side} or the knee"
