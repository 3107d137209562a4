"""State the contact and let a small damped Gauss-Newton search find the angles."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.figures.drawing import skeleton as sk
from app.figures.drawing.solve import Pose, solve
from app.figures.drawing.space import Array, length

AXES = {"x": 0, "y": 1, "z": 2}


def read(pose: Mapping[str, Any], path: str) -> float:
    """The number at a dotted path such as `pelvis.pitch` or `armR.wrist.1`."""
    at: Any = pose
    for key in path.split("."):
        at = at[int(key)] if isinstance(at, list) else at.get(key, 0.0) if isinstance(at, Mapping) else 0.0
    return float(at)


def write(pose: Pose, path: str, value: float) -> None:
    """Set the number at a dotted path."""
    *way, last = path.split(".")
    at: Any = pose
    for key in way:
        at = at[int(key)] if isinstance(at, list) else at.setdefault(key, {})
    if isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value


def _residuals(pose: Pose, goals: Sequence[Mapping[str, Any]]) -> list[float]:
    """How far each goal is from met, in centimetres."""
    body = solve(pose)
    spheres, found = sk.landmarks(body), []
    for goal in goals:
        if "touch" in goal:
            centre, radius = spheres[goal["touch"]]
            found.append(float(centre[1]) - radius - goal.get("height", 0.0))
        elif "elbow" in goal or "knee" in goal:
            arm = "elbow" in goal
            a, b = (sk.UPPER_ARM, sk.FOREARM) if arm else (sk.THIGH, sk.SHANK)
            wish = np.sqrt(a * a + b * b + 2 * a * b * np.cos(np.radians(goal["elbow" if arm else "knee"])))
            top, end, limb = ("shoulder", "wrist", "arm") if arm else ("hip", "ankle", "leg")
            found += [
                length(body.joints[end + s] - body.joints[top + s]) - wish + body.missed.get(limb + s, 0.0)
                for s in goal.get("side", "RL")
            ]
        else:
            found.append(float(spheres[goal["point"]][0][AXES[goal["axis"]]]) - goal["is"])
    return found


def fit(pose: Pose) -> Pose:
    """The pose with its `fit` block solved: {vars: [paths], goals: [...]} (rounded to 0.01)."""
    if not pose.get("fit"):
        return pose
    pose = copy.deepcopy(pose)
    task = pose.pop("fit")
    paths = task["vars"]
    first = np.array([read(pose, p) for p in paths])

    def cost(x: Array) -> Array:
        for path, value in zip(paths, x, strict=True):
            write(pose, path, float(value))
        return np.array([*_residuals(pose, task["goals"]), *(0.02 * (x - first))])

    x, step = first.copy(), 0.3
    for _ in range(25):
        r = cost(x)
        slope = np.column_stack([(cost(x + step * e) - r) / step for e in np.eye(len(x))])
        system = np.vstack([slope, 0.08 * np.eye(len(x))])
        change = np.linalg.lstsq(system, np.concatenate([-r, np.zeros(len(x))]), rcond=None)[0]
        x = x + np.clip(change, -8, 8)
        if float(np.abs(change).max()) < 0.02:
            break
    for path, value in zip(paths, x, strict=True):
        write(pose, path, round(float(value), 2))
    return pose
