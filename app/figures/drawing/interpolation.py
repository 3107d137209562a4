"""In-between poses.

What a pose means (angles, targets) is interpolated and solved again, so that bones keep their length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.figures.drawing.geometry import Array, angle_between, frame_from_axes, length, reject, slerp
from app.figures.drawing.kinematics import Pose, solve_pose
from app.figures.drawing.limb_kinematics import EndOrientation, LimbRotation, lower_bone_frame
from app.figures.drawing.skeleton import ARM, LIMBS, SIDES, SPINE_REGIONS, Body, Limb

STILL_TARGET_CM = 2.0
"""A limb whose targets in the world are nearer than this stays planted; a longer way is swung about the joint."""
STRAIGHT_DEG = 2.0
"""A limb bent by less has no hinge to read off; its pole stands in."""


@dataclass
class KeyPose:
    """A pose and the body solved from it."""

    pose: Pose
    body: Body


def pose_at(key_poses: Sequence[KeyPose], share: float) -> KeyPose:
    """Return the pose `share` (0 to 1) of the way along all key poses, each stretch as long as any other."""
    stretches = len(key_poses) - 1
    index = min(int(share * stretches), stretches - 1)
    part = share * stretches - index
    # At a key pose itself, nothing is interpolated: its own words (contacts) stay readable.
    if part <= 1e-9:
        return key_poses[index]
    if part >= 1 - 1e-9:
        return key_poses[index + 1]
    pose = _interpolate_pose(key_poses[index], key_poses[index + 1], part)
    return KeyPose(pose, solve_pose(pose))


def _lerp(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _lerp_list(a: Sequence[float], b: Sequence[float], share: float) -> list[float]:
    return [_lerp(float(x), float(y), share) for x, y in zip(a, b, strict=True)]


def _interpolate_pose(a: KeyPose, b: KeyPose, share: float) -> Pose:
    pose: Pose = {}
    at = a.body.joints["pelvis"] * (1 - share) + b.body.joints["pelvis"] * share
    orientation = slerp(a.body.pelvis_frame, b.body.pelvis_frame, share)
    pose["pelvis"] = {"at": [float(v) for v in at], "orientation": orientation}
    for region in SPINE_REGIONS:
        bend_a, bend_b = a.pose.get(region.name, {}), b.pose.get(region.name, {})
        pose[region.name] = {
            word: _lerp(bend_a.get(word, 0), bend_b.get(word, 0), share) for word in ("flex", "side", "rot")
        }
    if "shape" in a.pose:
        pose["shape"] = a.pose["shape"]
    for word in ("breath", "belly"):
        pose[word] = _lerp(a.pose.get(word, 0), b.pose.get(word, 0), share)
    # The head turns relative to the neck: interpolated in the world, it would lag behind a moving trunk.
    head_a, head_b = (key.body.spine_frames[-1].T @ key.body.head_frame for key in (a, b))
    pose["head"] = {"orientation": slerp(head_a, head_b, share)}
    for side in SIDES:
        for limb in LIMBS:
            pose[limb.name + side] = _interpolate_limb(a, b, share, limb, side)
    nearer = a if share < 0.5 else b
    pose["order"] = nearer.pose.get("order") or []
    return pose | _interpolate_support(a.pose, b.pose, share)


def _interpolate_support(a: Pose, b: Pose, share: float) -> Pose:
    """Return the anchor of the in-between pose, or how it settles, where both poses are held alike."""
    anchor_a, anchor_b = a.get("anchor"), b.get("anchor")
    if anchor_a and anchor_b and anchor_a["joint"] == anchor_b["joint"]:
        at = [
            None if x is None or y is None else _lerp(x, y, share)
            for x, y in zip(anchor_a["at"], anchor_b["at"], strict=True)
        ]
        return {"anchor": {"joint": anchor_a["joint"], "at": at}}
    if a.get("settle") and a.get("settle") == b.get("settle"):
        return {"settle": a["settle"]}
    return {}


def _interpolate_limb(a: KeyPose, b: KeyPose, share: float, limb: Limb, side: str) -> dict[str, Any]:
    """Return the in-between of one limb: by its target when both poses reach alike, else by joint angles."""
    spec_a, spec_b = a.pose[limb.name + side], b.pose[limb.name + side]
    spec: dict[str, Any] = {
        word: value for word, value in (spec_a if share < 0.5 else spec_b).items() if word in ("hand", "foot", "sole")
    }
    for word in ("protract", "elevate", "toes"):
        spec[word] = _lerp(spec_a.get(word, 0), spec_b.get(word, 0), share)
    reaches = _reaches_alike(spec_a, spec_b, limb)
    if reaches:
        spec |= _interpolate_target(spec_a, spec_b, share, limb)
    else:
        rotation_a, rotation_b = _joint_angles(a.body, limb, side), _joint_angles(b.body, limb, side)
        frame = slerp(rotation_a.frame, rotation_b.frame, share)
        spec["rotation"] = LimbRotation(frame, _lerp(rotation_a.bend, rotation_b.bend, share))
    in_world = reaches and spec_a.get("frame", "world") == "world"
    end_a, end_b = _end_frame(a.body, limb, side, in_world), _end_frame(b.body, limb, side, in_world)
    spec["end_orientation"] = EndOrientation(slerp(end_a, end_b, share), in_world)
    return spec


def _reaches_alike(spec_a: dict[str, Any], spec_b: dict[str, Any], limb: Limb) -> bool:
    """Return whether the end of the limb goes straight from target to target in one frame."""
    frame = spec_a.get("frame", "world")
    if limb.end not in spec_a or limb.end not in spec_b or frame != spec_b.get("frame", "world"):
        return False
    if frame != "world" or "line" in (spec_a.get("path"), spec_b.get("path")):
        return True
    return length(np.subtract(spec_a[limb.end], spec_b[limb.end])) < STILL_TARGET_CM


def _interpolate_target(spec_a: dict[str, Any], spec_b: dict[str, Any], share: float, limb: Limb) -> dict[str, Any]:
    target = _lerp_list(spec_a[limb.end], spec_b[limb.end], share)
    spec: dict[str, Any] = {limb.end: target, "frame": spec_a.get("frame", "world")}
    if "pole" not in spec_a:
        return spec
    pole_a, pole_b = spec_a["pole"], spec_b.get("pole")
    if isinstance(pole_a, list) and isinstance(pole_b, list) and len(pole_a) == len(pole_b):
        return spec | {"pole": _lerp_list(pole_a, pole_b, share)}
    return spec | {"pole": pole_a}


def _joint_angles(body: Body, limb: Limb, side: str) -> LimbRotation:
    """Return a solved limb by its joint angles, relative to chest or pelvis."""
    upper, lower = body.bones(limb, side)
    bend = angle_between(upper, lower)
    hinge = reject(-lower, upper) if bend > STRAIGHT_DEG else reject(body.poles[limb.name + side], upper)
    return LimbRotation(body.carrier_frame(limb).T @ frame_from_axes(upper, hinge), bend)


def _end_frame(body: Body, limb: Limb, side: str, in_world: bool) -> Array:
    """Return the frame of a hand or a foot, in the world or relative to the lower bone that carries it."""
    if limb is ARM:
        frame = frame_from_axes(body.hands[side].fingers, body.hands[side].palm)
    else:
        frame = frame_from_axes(body.feet[side].toes, body.feet[side].sole)
    if in_world:
        return frame
    return lower_bone_frame(body, limb, side).T @ frame
