"""Fits a pose, which is written for the first body shape, to another one: thicker bodies keep their contacts.

What bears weight stays on the floor or the seat, and arms keep the distance from trunk, thighs and floor that they
have in the first shape, so that a hand rests on a thicker belly as it rests on a thinner one.
"""

import copy
from typing import Any, NamedTuple

import numpy as np

from app.figures.drawing.body_shape import WOMAN, BodyShape
from app.figures.drawing.clearance import SurfaceDistance, measure_clearance
from app.figures.drawing.directions import mirror_point, reference_frame
from app.figures.drawing.geometry import Array, frame_from_axes, length, normalise, reject, rotation_matrix, vec
from app.figures.drawing.kinematics import Pose, solve_pose
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.limb_kinematics import LimbRotation
from app.figures.drawing.pose_goals import solve_pose_goals
from app.figures.drawing.skeleton import ARM, CHEST_NODE, SIDE_SIGN, SIDES, Body

TOUCHING_CM = 1.5
"""An anchored landmark within this height above the floor touches it."""
FREE_CM = {"shoulder": 0.0, "elbow": 2.0, "wrist": 5.0, "hand": 5.0}
"""A point of an arm that is farther from the body than this need not keep its distance, by the joint above it.

The upper arm of a full body rests against its flank: kept farther away, it would lift the hand far from the thigh.
"""
FITTING_ROUNDS = 6
"""Moves of an arm until it keeps its distance; turning the arm moves the shoulder girdle, too."""
CLOSE_CM = 0.3
"""An arm that is closer to its place than this is not moved."""
SWING_CM = 12.0
"""An elbow that should move by so much has its pole turned by about 45 degrees."""
MAX_STEP_CM = 4.0
"""Farthest move of an arm in one round."""
ARM_SAMPLES = (
    ("shoulder", "elbow", 0.75),
    ("shoulder", "elbow", 1.0),
    ("elbow", "wrist", 0.35),
    ("elbow", "wrist", 0.7),
    ("elbow", "wrist", 1.0),
)
"""Points along an arm: joints of the bone, and share of its length."""
ARM_RADII_CM = {"shoulder": 5.4, "elbow": 3.8, "wrist": 2.5}
"""Radii at the joints of an arm, in the first body shape."""
HAND_CM, HAND_RADIUS_CM = 9.0, 2.0
"""From the wrist to the middle of the hand, and its radius."""
HAND_SAMPLES = ("wrist", "hand")
"""Points that move with the target of an arm."""
UPWARDS = vec(0, 1, 0)
MAX_WALL_TILT = 0.5
"""A back that looks farther up or down than this (sine) lies, and does not lean on a wall."""
SEAT_CONTACTS = ("seat", "hip", "back", "chest", "belly", "knee", "elbow", "shoulder")
"""Beginnings of the names of contacts that the body rests on, as opposed to what an arm or a leg reaches for."""


def fit_pose_to_shape(pose: Pose, shape: BodyShape) -> Pose:
    """Return the pose for a body shape, with its goals solved."""
    first = solve_pose_goals(pose)
    if shape is WOMAN:
        return first
    reference = solve_pose(first)
    fitted = _raise_anchor(copy.deepcopy(pose) | {"shape": shape}, shape, reference)
    fitted = solve_pose_goals(fitted)
    fitted = _lean_back(_raise_seat(fitted, reference), reference)
    for side in SIDES:
        fitted = _fit_arm(fitted, side, reference)
    return fitted


def _raise_anchor(pose: Pose, shape: BodyShape, reference: Body) -> Pose:
    """Return the pose with an anchor on the floor as high as the anchored joint is now thick."""
    anchor = pose.get("anchor")
    if not anchor or anchor["at"][1] is None:
        return pose
    radius = find_landmarks(reference)[anchor["joint"]].radius
    x, y, z = anchor["at"]
    if abs(y - radius) > TOUCHING_CM:
        return pose
    thicker = radius * (shape.girth(anchor["joint"][:-1]) - 1)
    return {**pose, "anchor": {**anchor, "at": [x, y + thicker, z]}}


def _raise_seat(pose: Pose, reference: Body) -> Pose:
    """Return the pose with the pelvis so high that what the body rests on is where it was."""
    if pose.get("anchor") or pose.get("settle"):
        return pose
    contacts = [name for name in pose.get("contacts", []) if name.startswith(SEAT_CONTACTS)]
    if not contacts:
        return pose
    before, now = find_landmarks(reference), find_landmarks(solve_pose(pose))
    lift = max(
        float(before[name].centre[1] - now[name].centre[1]) - before[name].radius + now[name].radius
        for name in contacts
    )
    x, y, z = pose["pelvis"]["at"]
    return {**pose, "pelvis": {**pose["pelvis"], "at": [x, y + lift, z]}}


def _lean_back(pose: Pose, reference: Body) -> Pose:
    """Return the pose with the pelvis so far forward that an upright back is where it was, at a wall."""
    backwards = -reference.spine_frames[CHEST_NODE][:, 0]
    if "back" not in pose.get("contacts", []) or abs(float(backwards[1])) > MAX_WALL_TILT:
        return pose
    backwards = normalise(backwards * [1, 0, 1])
    before, now = find_landmarks(reference)["back"], find_landmarks(solve_pose(pose))["back"]
    at = pose["pelvis"]["at"] + backwards * float((before.centre - now.centre) @ backwards)
    return {**pose, "pelvis": {**pose["pelvis"], "at": [float(value) for value in at]}}


class _Sample(NamedTuple):
    """A point of an arm, and how far its skin is from a surface: that of trunk and thighs, or the floor."""

    name: str
    point: Array
    surface: SurfaceDistance


def _fit_arm(pose: Pose, side: str, reference: Body) -> Pose:
    """Return the pose with an arm as far from trunk, thighs and floor as in the reference."""
    wanted = [sample.surface.distance for sample in _sample_arm(reference, side)]
    is_planted = not {"hand" + side, "grip" + side}.isdisjoint(pose.get("contacts", []))
    for _ in range(FITTING_ROUNDS):
        body = solve_pose(pose)
        samples = _sample_arm(body, side)
        gaps = [
            0.0 if is_planted and sample.name in HAND_SAMPLES else _find_gap(want, sample)
            for want, sample in zip(wanted, samples, strict=True)
        ]
        worst = int(np.argmax(np.abs(gaps)))
        if abs(gaps[worst]) < CLOSE_CM:
            return pose
        move = samples[worst].surface.outwards * float(np.clip(gaps[worst], -MAX_STEP_CM, MAX_STEP_CM))
        pose = _move_arm(pose, body, side, samples[worst], move)
    return pose


def _sample_arm(body: Body, side: str) -> list[_Sample]:
    """Return points along an arm, each with its distance from the body and from the floor."""
    spheres = []
    for upper, lower, share in ARM_SAMPLES:
        start, end = body.joints[upper + side], body.joints[lower + side]
        first, last = (ARM_RADII_CM[joint] * body.shape.girth(joint) for joint in (upper, lower))
        name = "wrist" if (lower, share) == ("wrist", 1.0) else upper
        spheres.append((name, start + (end - start) * share, first + (last - first) * share))
    middle = body.joints["wrist" + side] + body.hands[side].fingers * HAND_CM
    spheres.append(("hand", middle, HAND_RADIUS_CM))
    return [sample for sphere in spheres for sample in _measure(body, *sphere)]


def _measure(body: Body, name: str, point: Array, radius: float) -> list[_Sample]:
    distance, outwards = measure_clearance(body, point)
    skin, floor = SurfaceDistance(distance - radius, outwards), SurfaceDistance(float(point[1]) - radius, UPWARDS)
    return [_Sample(name, point, skin), _Sample(name, point, floor)]


def _find_gap(wanted: float, sample: _Sample) -> float:
    """Return by how many cm a point should move outwards; a hand that rests on the body comes nearer, too."""
    free = FREE_CM[sample.name]
    gap = min(wanted, free) - sample.surface.distance
    return gap if gap > 0 or (sample.name == "hand" and wanted < free) else 0.0


def _move_arm(pose: Pose, body: Body, side: str, sample: _Sample, move: Array) -> Pose:
    """Return the pose with a point of an arm moved: by the target of the hand, else by turning it at the shoulder."""
    spec: dict[str, Any] = dict(pose["arm" + side])
    if ARM.end in spec:
        axes, sign = reference_frame(body, spec.get("frame", "world"), side)[1], SIDE_SIGN[side]
        if sample.name in HAND_SAMPLES:
            shift = mirror_point(list(axes.T @ move), sign)
            spec[ARM.end] = [float(old + change) for old, change in zip(spec[ARM.end], shift, strict=True)]
        else:  # the hand stays where it is, and the elbow swings
            pole = body.poles["arm" + side] + move / SWING_CM
            spec["pole"] = [float(value) for value in mirror_point(list(axes.T @ normalise(pole)), sign)]
        return {**pose, "arm" + side: spec}
    shoulder, upper = body.joints["shoulder" + side], body.bones(ARM, side)[0]
    lever = sample.point - shoulder
    axis = np.cross(lever, move)
    turn = rotation_matrix(normalise(axis), float(np.degrees(length(axis) / (lever @ lever))))
    bend = spec["rotation"].bend if "rotation" in spec else spec.get(ARM.middle, 0)
    frame = frame_from_axes(upper, reject(body.poles["arm" + side], upper))
    spec["rotation"] = LimbRotation(body.chest_frame.T @ turn @ frame, bend)
    return {**pose, "arm" + side: spec}
