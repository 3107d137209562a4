"""Finds the numbers of a pose that meet stated goals, by a small damped Gauss-Newton search.

A pose file states the contact ("the elbow touches the floor"), and the search finds the angle.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.figures.drawing.geometry import Array, Sphere, length
from app.figures.drawing.kinematics import Pose, solve_pose
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.skeleton import ARM, LEG, Body

AXES = {"x": 0, "y": 1, "z": 2}
"""Index of a world axis in a point."""
MAX_ITERATIONS = 25
"""Steps of the search; most poses need fewer than ten."""
DIFFERENCE_STEP = 0.3
"""Step of the finite differences that give the slope, in the variable's own unit (degrees or cm)."""
DAMPING = 0.08
"""Weight of the step's length beside the residuals (Levenberg-Marquardt)."""
START_WEIGHT = 0.02
"""Weight that keeps a variable near the number in the pose file, where the goals leave it free."""
MAX_STEP = 8.0
"""Largest change of a variable in one step."""
CONVERGED_STEP = 0.02
"""The search ends when no variable changes by more."""


def get_path(pose: Mapping[str, Any], path: str) -> float:
    """Return the number at a dotted path such as `pelvis.pitch` or `armR.wrist.1`; 0 where there is none."""
    value: Any = pose
    for key in path.split("."):
        if isinstance(value, list):
            value = value[int(key)]
        else:
            value = value.get(key, 0.0) if isinstance(value, Mapping) else 0.0
    return float(value)


def set_path(pose: Pose, path: str, value: float) -> None:
    """Set the number at a dotted path; creates the mappings on the way."""
    *parents, last = path.split(".")
    container: Any = pose
    for key in parents:
        container = container[int(key)] if isinstance(container, list) else container.setdefault(key, {})
    if isinstance(container, list):
        container[int(last)] = value
    else:
        container[last] = value


def solve_pose_goals(pose: Pose) -> Pose:
    """Return the pose with its `fit` block solved and removed; variables are rounded to 0.01.

    The block is {vars: [dotted paths], goals: [...]}; a pose without one is returned as it is.
    """
    if not pose.get("fit"):
        return pose
    pose = copy.deepcopy(pose)
    task = pose.pop("fit")
    paths: list[str] = task["vars"]
    start = np.array([get_path(pose, path) for path in paths])

    def residuals(values: Array) -> Array:
        _set_paths(pose, paths, values)
        return np.array([*_goal_residuals(pose, task["goals"]), *(START_WEIGHT * (values - start))])

    values, count = start.copy(), len(start)
    for _ in range(MAX_ITERATIONS):
        current = residuals(values)
        jacobian = np.column_stack(
            [(residuals(values + DIFFERENCE_STEP * axis) - current) / DIFFERENCE_STEP for axis in np.eye(count)]
        )
        # Damping rows keep the step short where the goals hardly depend on a variable.
        system = np.vstack([jacobian, DAMPING * np.eye(count)])
        change = np.linalg.lstsq(system, np.concatenate([-current, np.zeros(count)]), rcond=None)[0]
        values = values + np.clip(change, -MAX_STEP, MAX_STEP)
        if float(np.abs(change).max()) < CONVERGED_STEP:
            break
    # Rounded, so that the last bits of a linear algebra library do not change the committed drawings.
    _set_paths(pose, paths, [round(float(value), 2) for value in values])
    return pose


def _set_paths(pose: Pose, paths: Sequence[str], values: Array | Sequence[float]) -> None:
    for path, value in zip(paths, values, strict=True):
        set_path(pose, path, float(value))


def _goal_residuals(pose: Pose, goals: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return by how many cm each goal is missed."""
    body = solve_pose(pose)
    landmarks = find_landmarks(body)
    return [residual for goal in goals for residual in _residuals_of(goal, body, landmarks)]


def _residuals_of(goal: Mapping[str, Any], body: Body, landmarks: Mapping[str, Sphere]) -> list[float]:
    if "touch" in goal:
        centre, radius = landmarks[goal["touch"]]
        return [float(centre[1]) - radius - goal.get("height", 0.0)]
    if "point" in goal:
        return [float(landmarks[goal["point"]].centre[AXES[goal["axis"]]]) - goal["is"]]
    limb = ARM if ARM.middle in goal else LEG
    a, b, bend = limb.upper_cm, limb.lower_cm, np.radians(goal[limb.middle])
    wanted = np.sqrt(a * a + b * b + 2 * a * b * np.cos(bend))  # law of cosines: root to end at that bend
    return [
        length(body.joints[limb.end + side] - body.joints[limb.root + side])
        - wanted
        + body.reach_errors.get(limb.name + side, 0.0)
        for side in goal.get("side", "RL")
    ]
