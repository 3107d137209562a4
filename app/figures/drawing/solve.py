"""From a pose's numbers to a body: forward kinematics, reaching limbs, anchors, settling on the floor."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.figures.drawing import skeleton as sk
from app.figures.drawing.skeleton import Body, Foot, Hand
from app.figures.drawing.space import Array, across, bend, frame_from, length, reach, turn, unit, vec

Pose = dict[str, Any]
DIRECTIONS = {
    "down": (0.0, -1.0, 0.0),
    "up": (0.0, 1.0, 0.0),
    "forward": (1.0, 0.0, 0.0),
    "back": (-1.0, 0.0, 0.0),
    "out": (0.0, 0.0, 1.0),
    "in": (0.0, 0.0, -1.0),
}


def direction(value: Any, sign: float) -> Array:
    """A direction for a limb: a name, [raise, out] in degrees, or a vector; z and out point away from the body."""
    if isinstance(value, str):
        x, y, z = DIRECTIONS[value]
        return vec(x, y, z * sign)
    if isinstance(value, (int, float)):
        value = [value, 0]
    if len(value) == 2:
        up, out = np.radians(value[0]), np.radians(value[1])
        return vec(np.sin(up) * np.cos(out), -np.cos(up) * np.cos(out), sign * np.sin(out))
    return unit(vec(value[0], value[1], value[2] * sign))


def pelvis_frame(spec: Mapping[str, Any]) -> Array:
    """Orientation of the pelvis: twist about its own axis, then pitch forward, lean right, turn right."""
    if "free" in spec:  # set by in-betweens
        return np.asarray(spec["free"])
    frame = turn((0, 1, 0), -spec.get("turn", 0)) @ turn((1, 0, 0), spec.get("lean", 0))
    return frame @ turn((0, 0, 1), -spec.get("pitch", 0)) @ turn((0, 1, 0), -spec.get("twist", 0))


def _spine(pose: Pose) -> Body:
    frame = pelvis_frame(pose["pelvis"])
    root = vec(*pose["pelvis"]["at"])
    node, points, frames = bend(frame, sk.PELVIC_TILT, 0, 0), [root], [frame]
    at = root + node[:, 1] * sk.SACRUM
    points.append(at)
    frames.append(node)
    for name, long, count, neutral in sk.REGIONS:
        q = pose.get(name, {})
        for _ in range(count):
            node = bend(node, (q.get("flex", 0) + neutral) / count, q.get("side", 0) / count, q.get("rot", 0) / count)
            at = at + node[:, 1] * long / count
            points.append(at)
            frames.append(node)
    head = _head(pose.get("head", {}), node)
    joints = {"pelvis": root, "head": at + head[:, 1] * 8.6 + head[:, 0] * 2.4}
    for s in sk.SIDES:
        joints["hip" + s] = root + frame[:, 2] * sk.SIGN[s] * sk.HIP_HALF
    return Body(joints, points, frames, frame, head, breath=pose.get("breath", 0.0))


def _head(spec: Mapping[str, Any], neck: Array) -> Array:
    """The head on the neck; `gaze` nods it until the face looks that many degrees above level."""
    if "free" in spec:  # set by in-betweens: the exact turn of the head on the neck
        return np.asarray(neck @ np.asarray(spec["free"]), dtype=float)
    head = bend(neck, spec.get("flex", 0), spec.get("side", 0), spec.get("rot", 0))
    if spec.get("gaze") is None:
        return head
    for _ in range(6):
        up = float(np.degrees(np.arcsin(np.clip(head[1, 0], -1, 1))))
        head = bend(head, (up - spec["gaze"]) * (1 if head[1, 1] >= -0.2 else -1) * 0.9, 0, 0)
    return head


def _frames(body: Body, name: str, side: str) -> tuple[Array, Array]:
    """Origin and axes of the frame in which a limb's target or direction is stated."""
    if name == "thigh":  # x along the bone, y off its front: a hand stays on the thigh however the leg lies
        along = unit(body.joints["knee" + side] - body.joints["hip" + side])
        up = across(np.cross(body.pelvis[:, 2], along), along)
        return body.joints["hip" + side], np.column_stack([along, up, np.cross(along, up)])
    if name == "chest":
        return body.spine[sk.SHOULDER_NODE], body.chest
    if name == "head":
        return body.joints["head"], body.head
    if name == "pelvis":
        return body.joints["pelvis"], body.pelvis
    return vec(0, 0, 0), np.eye(3)


def _mirrored(value: Any, sign: float) -> Array:
    return vec(value[0], value[1], value[2] * sign)


def _limb(body: Body, side: str, spec: Mapping[str, Any], root: Array, kind: str) -> tuple[Array, Array, Array]:
    """Middle joint, end joint and pole of an arm or a leg."""
    arm, sign = kind == "arm", sk.SIGN[side]
    origin, axes = _frames(body, spec.get("frame", "world"), side)
    bones = (sk.UPPER_ARM, sk.FOREARM) if arm else (sk.THIGH, sk.SHANK)
    own = body.chest if arm else body.pelvis
    rest = -own[:, 0] - own[:, 1] * 0.3 + own[:, 2] * sign * 0.35 if arm else own[:, 0]
    pole = axes @ direction(spec["pole"], sign) if "pole" in spec else unit(rest)
    if "free" in spec:  # set by in-betweens: bone and hinge in the frame of chest or pelvis
        bone, pole = own @ np.asarray(spec["free"])[:, 0], own @ np.asarray(spec["free"])[:, 1]
        flex = np.radians(spec["flex"])
    else:
        target = spec.get("wrist" if arm else "ankle")
        if target is not None:
            middle, end, missed = reach(root, origin + axes @ _mirrored(target, sign), *bones, pole)
            body.missed[kind + side] = missed
            return middle, end, pole
        value = spec.get("dir" if arm else "thigh", 0)
        bone = axes @ direction(value, sign)
        if (
            "pole" not in spec
            and isinstance(value, (list, int, float))
            and (not isinstance(value, list) or len(value) == 2)
        ):
            lead = value if not isinstance(value, list) else value[0]
            pole = axes @ direction([lead + (-90 if arm else 90), 0], sign)
        flex = np.radians(spec.get("elbow" if arm else "knee", 0))
    hinge = across(pole, bone)
    middle = root + bone * bones[0]
    return middle, middle + (np.cos(flex) * bone - np.sin(flex) * hinge) * bones[1], pole


def _arm(body: Body, side: str, spec: Mapping[str, Any]) -> None:
    """Place one arm; the shoulder girdle rises and glides with the arm."""
    chest, sign = body.chest, sk.SIGN[side]
    base = body.spine[sk.SHOULDER_NODE] + chest[:, 2] * sign * sk.SHOULDER_HALF + chest[:, 0] * 3.2 - chest[:, 1] * 2.0
    shoulder, protract = base, spec.get("protract", 0)
    for _ in range(4):
        elbow, wrist, pole = _limb(body, side, spec, shoulder, "arm")
        bone = unit(elbow - shoulder)
        up = max(0.0, float(bone @ chest[:, 1]) + 0.15) / 1.15
        ahead = float(bone @ chest[:, 0]) * 2.5 * (1 - up) + protract
        shoulder = base + chest[:, 1] * (5.5 * up + spec.get("elevate", 0)) + chest[:, 0] * ahead
        shoulder = shoulder - chest[:, 2] * sign * (4.5 * up + abs(protract) * 0.25)
    elbow, wrist, pole = _limb(body, side, spec, shoulder, "arm")
    body.joints.update({"shoulder" + side: shoulder, "elbow" + side: elbow, "wrist" + side: wrist})
    body.poles["arm" + side] = pole
    body.hands[side] = _hand(body, side, spec, unit(wrist - elbow), pole)


def _hand(body: Body, side: str, spec: Mapping[str, Any], forearm: Array, pole: Array) -> Hand:
    shape, sign = spec.get("hand", "relax"), sk.SIGN[side]
    if "palm_free" in spec:  # set by in-betweens: fingers and palm in the world, or in the forearm's frame
        held = np.asarray(spec["palm_free"])
        held = held if spec["palm_in"] == "world" else frame_from(forearm, pole) @ held
        return Hand(shape, held[:, 0], held[:, 1])
    axes = _frames(body, spec.get("frame", "world"), side)[1]
    fingers = forearm
    if "fingers" in spec:
        fingers = axes @ direction(spec["fingers"], sign)
    elif shape == "flat":
        level = vec(forearm[0], 0, forearm[2]) + vec(0.05, 0, 0)
        fingers = unit(level) if abs(forearm[1]) < 0.85 else vec(1, 0, 0)
    if "palm" in spec:
        palm = axes @ direction(spec["palm"], sign)
    elif shape == "flat":
        palm = vec(0, -1, 0)
    else:
        palm = -body.chest[:, 2] * sign - pole * 0.4
    return Hand(shape, fingers, across(palm, fingers))


def _leg(body: Body, side: str, spec: Mapping[str, Any]) -> None:
    hip = body.joints["hip" + side]
    knee, ankle, pole = _limb(body, side, spec, hip, "leg")
    body.joints.update({"knee" + side: knee, "ankle" + side: ankle})
    shank = unit(ankle - knee)
    front = sk.knee_side(unit(knee - hip), shank, pole)
    body.poles["leg" + side] = pole
    foot, up = spec.get("foot", 0), spec.get("toes", 0)
    if "foot_free" in spec:  # set by in-betweens: toes and sole in the world, or in the shin's frame
        held = np.asarray(spec["foot_free"])
        held = held if spec["foot_in"] == "world" else frame_from(shank, front) @ held
        body.feet[side] = Foot(held[:, 0], held[:, 1], up)
        return
    if foot == "flat":
        toes = vec(front[0], 0, front[2]) if abs(front[1]) < 0.93 else vec(shank[0], 0, shank[2])
        body.feet[side] = Foot(unit(toes) if length(toes) > 0.05 else vec(1, 0, 0), vec(0, -1, 0), up)
    elif isinstance(foot, list):
        toes = direction(foot, sk.SIGN[side])
        sole = direction(spec["sole"], sk.SIGN[side]) if "sole" in spec else shank
        body.feet[side] = Foot(toes, across(sole, toes), up)
    else:
        a = np.radians(foot)
        body.feet[side] = Foot(np.cos(a) * front + np.sin(a) * shank, np.cos(a) * shank - np.sin(a) * front, up)


def place(pose: Pose) -> Body:
    """The body of a pose as its numbers stand, without anchor or settling."""
    body = _spine(pose)
    for s in sk.SIDES:
        _leg(body, s, pose["leg" + s])
        _arm(body, s, pose["arm" + s])
    return body


def _moved(pose: Pose, by: Array) -> Pose:
    at = pose["pelvis"]["at"]
    return {**pose, "pelvis": {**pose["pelvis"], "at": [a + float(b) for a, b in zip(at, by, strict=True)]}}


def _planted(pose: Pose) -> set[str]:
    """Landmarks that hang on world targets and so do not follow the pelvis."""
    names: set[str] = set()
    for s in sk.SIDES:
        if "wrist" in pose["arm" + s] and pose["arm" + s].get("frame", "world") == "world":
            names |= {"wrist" + s, "hand" + s, "elbow" + s}
        if "ankle" in pose["leg" + s] and pose["leg" + s].get("frame", "world") == "world":
            names |= {"ankle" + s, "heel" + s, "ball" + s, "toe" + s, "knee" + s}
    return names


def solve(pose: Pose) -> Body:
    """The body of a pose: anchored where it says, then settled so that its lowest point touches the floor."""
    anchor, settle = pose.get("anchor"), pose.get("settle")
    for _ in range(3):
        body = place(pose)
        if anchor:
            now = sk.landmarks(body)[anchor["joint"]][0]
            by = vec(*(0.0 if t is None else t - c for t, c in zip(anchor["at"], now, strict=True)))
            pose = _moved(pose, by)
        elif settle is not None and settle is not False:
            spheres, fixed = sk.landmarks(body), _planted(pose)
            names = settle if isinstance(settle, list) else [n for n in spheres if n not in fixed]
            low = min(float(spheres[n][0][1]) - spheres[n][1] for n in names)
            by = vec(0, -low, 0)
            pose = _moved(pose, by)
        else:
            return body
        if length(by) < 1e-6:
            return body
    return place(pose)
