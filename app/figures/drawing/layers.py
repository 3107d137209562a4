"""Layers of the drawing and the order in which they cover each other.

Depth is compared only where two silhouettes overlap, and of the surfaces that face the viewer there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.space import Array

DepthAt = Callable[[Array], Array]


@dataclass
class Mark:
    """One stroke or area: its kind (fill, edge, line, flat), its tone and its points in flat centimetres."""

    kind: str
    tone: str
    points: Array


@dataclass
class Layer:
    """Marks drawn together, their silhouette, and how near their front surface is at a flat point."""

    name: str
    marks: list[Mark]
    shape: BaseGeometry
    depth: DepthAt
    rank: float
    joints: dict[str, tuple[Array, float]] = field(default_factory=dict)
    bias: float = 0.0
    base: bool = False
    far: bool = False


def front_of(spheres: Sequence[tuple[Array, float, float]]) -> DepthAt:
    """Front surface of spheres (flat centre, nearness, radius), as a function of flat points (n, 2)."""
    centres = np.array([c for c, _, _ in spheres])
    near, radius = np.array([z for _, z, _ in spheres]), np.array([r for _, _, r in spheres])

    def depth(points: Array) -> Array:
        away = ((points[:, None, :] - centres[None]) ** 2).sum(2)
        inside = radius**2 - away
        surface = np.where(inside > 0, near + np.sqrt(np.maximum(inside, 0)), -1e6)
        best = surface.max(1)
        closest = near[np.argmin(away - radius**2, axis=1)]
        return np.asarray(np.where(best < -1e5, closest, best))

    return depth


def _samples(shape: BaseGeometry) -> Array:
    x0, y0, x1, y1 = shape.bounds
    gx, gy = np.meshgrid(np.linspace(x0, x1, 9)[1:-1], np.linspace(y0, y1, 9)[1:-1])
    grid = np.column_stack([gx.ravel(), gy.ravel()])
    kept = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    point = shape.representative_point()
    return np.vstack([kept, [[point.x, point.y]]])


def compare(a: Layer, b: Layer) -> float:
    """Positive when a lies in front of b where both are seen, negative behind, 0 when they do not meet."""
    ax0, ay0, ax1, ay1 = a.shape.bounds
    bx0, by0, bx1, by1 = b.shape.bounds
    if ax0 > bx1 or bx0 > ax1 or ay0 > by1 or by0 > ay1:
        return 0.0
    common = a.shape.intersection(b.shape)
    for name, (centre, radius) in a.joints.items():
        if name in b.joints:
            common = common.difference(shapely.Point(float(centre[0]), float(centre[1])).buffer(radius, 6))
    if common.area < 1.5:
        return 0.0
    points = _samples(common)
    ahead = np.clip(a.depth(points) - b.depth(points) + a.bias - b.bias, -6, 6)
    return float(ahead.mean()) * min(1.0, 0.3 + float(common.area) / 40)


def _habits(by_name: dict[str, Layer], behind: dict[tuple[str, str], float]) -> None:
    """What lies over what at a joint, where depth says nothing."""
    habits = [("pelvis", "torso", 0.05), ("neck", "head", 0.02)]
    for side in "RL":  # a straight limb: the far segment lies over the near one
        habits += [("thigh" + side, "shank" + side, 0.01), ("upper" + side, "fore" + side, 0.01)]
        for trunk, root in (("pelvis", "thigh"), ("torso", "upper")):  # at hip and shoulder near and far side decide
            limb = by_name[root + side]
            habits.append((limb.name, trunk, 0.03) if limb.far else (trunk, limb.name, 0.02))
        habits.append(("thigh" + side, "torso", 0.02))
    for low, high, weight in habits:
        if (low, high) not in behind and (high, low) not in behind:
            behind[(low, high)] = weight


def ordered(layers: list[Layer], before: Sequence[str] = (), wished: Sequence[tuple[str, str]] = ()) -> list[Layer]:
    """Layers from back to front; where nothing decides, as in `before` or by their rank.

    `wished` holds pairs (behind, in front) that a pose file asks for.
    """
    by_name = {layer.name: layer for layer in layers}
    if set(before) == set(by_name):
        places = {n: float(i) for i, n in enumerate(before)}
    else:
        places = {
            n: float(i) for i, n in enumerate(sorted(by_name, key=lambda n: (not by_name[n].base, by_name[n].rank, n)))
        }
    behind: dict[tuple[str, str], float] = {}
    for i, a in enumerate(layers):
        for b in layers[i + 1 :]:
            if {a.name, b.name} == {"pelvis", "torso"}:
                continue
            ahead = 100.0 if b.base and not a.base else -100.0 if a.base and not b.base else compare(a, b)
            margin = 0.8 if before else 0.15
            if ahead > margin:
                behind[(b.name, a.name)] = ahead
            elif ahead < -margin:
                behind[(a.name, b.name)] = -ahead
    _habits(by_name, behind)
    for low, high in wished:
        if low in by_name and high in by_name:
            behind.pop((high, low), None)
            behind[(low, high)] = 1000.0
    return [by_name[n] for n in _sorted(set(by_name), behind, places)]


def _ring(names: set[str], behind: dict[tuple[str, str], float]) -> set[str]:
    """The names that hold each other up, without those that only wait for them."""
    while True:
        kept = {low for low, high in behind if low in names and high in names}
        if kept == names:
            return names
        names = kept


def _sorted(names: set[str], behind: dict[tuple[str, str], float], places: dict[str, float]) -> list[str]:
    found: list[str] = []
    while names:
        free = [n for n in names if not any(high == n and low in names for low, high in behind)]
        if free:
            n = min(free, key=lambda name: places[name])
            found.append(n)
            names = names - {n}
        else:  # a ring of limbs: the weakest reason in it gives way
            ring = _ring(names, behind)
            weakest = min((k for k in behind if k[0] in ring and k[1] in ring), key=lambda k: (behind[k], k))
            behind = {k: v for k, v in behind.items() if k != weakest}
    return found
