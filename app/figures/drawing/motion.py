"""In-betweens: interpolate what a pose means (angles, targets) and solve again, so that bones keep their length."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.figures.drawing import skeleton as sk
from app.figures.drawing.skeleton import Body
from app.figures.drawing.solve import Pose, solve
from app.figures.drawing.space import Array, across, angle, between, frame_from, length, unit


@dataclass
class Key:
    """A key pose with its solved body."""

    pose: Pose
    body: Body


def _mix(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def _mix_list(a: Any, b: Any, t: float) -> list[float]:
    return [_mix(float(x), float(y), t) for x, y in zip(a, b, strict=True)]


def _bones(body: Body, limb: str, side: str) -> tuple[Array, Array]:
    top, middle, end = ("shoulder", "elbow", "wrist") if limb == "arm" else ("hip", "knee", "ankle")
    j = body.joints
    return unit(j[middle + side] - j[top + side]), unit(j[end + side] - j[middle + side])


def _hinged(body: Body, limb: str, side: str) -> tuple[Array, float]:
    """Upper bone and hinge in the frame of chest or pelvis, and the bend of the middle joint."""
    upper, lower = _bones(body, limb, side)
    bent = angle(upper, lower)
    hinge = across(-lower, upper) if bent > 2.0 else across(body.poles[limb + side], upper)
    own = body.chest if limb == "arm" else body.pelvis
    return own.T @ frame_from(upper, hinge), bent


def _end_frame(body: Body, limb: str, side: str, world: bool) -> Array:
    """Orientation of hand or foot, in the world or in the frame of the bone that carries it."""
    if limb == "arm":
        hand = body.hands[side]
        held = frame_from(hand.fingers, hand.palm)
    else:
        held = frame_from(body.feet[side].toes, body.feet[side].sole)
    if world:
        return held
    upper, lower = _bones(body, limb, side)
    if limb == "arm":
        carrier = frame_from(lower, body.poles["arm" + side])
    else:
        carrier = frame_from(lower, sk.knee_side(upper, lower, body.poles["leg" + side]))
    return carrier.T @ held


def _limb(a: Key, b: Key, t: float, limb: str, side: str) -> dict[str, Any]:
    """The in-between of one limb: a reach when both ends reach alike, else joint angles."""
    one, two = a.pose[limb + side], b.pose[limb + side]
    goal = "wrist" if limb == "arm" else "ankle"
    frame = one.get("frame", "world")
    reaching = goal in one and goal in two and frame == two.get("frame", "world")
    if reaching and frame == "world" and "line" not in (one.get("path"), two.get("path")):
        reaching = length(np.subtract(one[goal], two[goal])) < 2.0
    spec: dict[str, Any] = {k: v for k, v in (one if t < 0.5 else two).items() if k in ("hand", "foot", "sole")}
    for key in ("protract", "elevate"):
        spec[key] = _mix(one.get(key, 0), two.get(key, 0), t)
    if limb == "leg":
        spec["toes"] = _mix(one.get("toes", 0), two.get("toes", 0), t)
    (fa, bend_a), (fb, bend_b) = _hinged(a.body, limb, side), _hinged(b.body, limb, side)
    turned = between(fa, fb, t)
    if reaching:
        own = a.body.chest if limb == "arm" else a.body.pelvis
        spec |= {goal: _mix_list(one[goal], two[goal], t), "frame": frame}
        if (
            "pole" in one
            and "pole" in two
            and not isinstance(one["pole"], str)
            and not isinstance(two["pole"], str)
            and len(one["pole"]) == len(two["pole"])
        ):
            spec["pole"] = _mix_list(one["pole"], two["pole"], t)
        elif "pole" in one:
            spec["pole"] = one["pole"]
        del own
    else:
        spec |= {"free": turned, "flex": _mix(bend_a, bend_b, t)}
    world = reaching and frame == "world"
    end = between(_end_frame(a.body, limb, side, world), _end_frame(b.body, limb, side, world), t)
    name = "palm" if limb == "arm" else "foot"
    return spec | {name + "_free": end, name + "_in": "world" if world else "bone"}


def _half(a: Key, b: Key, t: float) -> Pose:
    pose: Pose = {}
    at = a.body.joints["pelvis"] * (1 - t) + b.body.joints["pelvis"] * t
    pose["pelvis"] = {"at": [float(v) for v in at], "free": between(a.body.pelvis, b.body.pelvis, t)}
    for name, *_ in sk.REGIONS:
        one, two = a.pose.get(name, {}), b.pose.get(name, {})
        pose[name] = {k: _mix(one.get(k, 0), two.get(k, 0), t) for k in ("flex", "side", "rot")}
    pose["breath"] = _mix(a.pose.get("breath", 0), b.pose.get("breath", 0), t)
    heads = [key.body.frames[-1].T @ key.body.head for key in (a, b)]
    pose["head"] = {"free": between(heads[0], heads[1], t)}
    for side in sk.SIDES:
        for limb in ("arm", "leg"):
            pose[limb + side] = _limb(a, b, t, limb, side)
    one, two = a.pose.get("anchor"), b.pose.get("anchor")
    if one and two and one["joint"] == two["joint"]:
        mixed = [None if p is None or q is None else _mix(p, q, t) for p, q in zip(one["at"], two["at"], strict=True)]
        pose["anchor"] = {"joint": one["joint"], "at": mixed}
    elif a.pose.get("settle") and a.pose.get("settle") == b.pose.get("settle"):
        pose["settle"] = a.pose["settle"]
    return pose


def at(keys: list[Key], t: float) -> Key:
    """The key pose a part t of the way along all keys."""
    pieces = len(keys) - 1
    i = min(int(t * pieces), pieces - 1)
    part = t * pieces - i
    if part <= 1e-9:
        return keys[i]
    if part >= 1 - 1e-9:
        return keys[i + 1]
    pose = _half(keys[i], keys[i + 1], part)
    return Key(pose, solve(pose))
