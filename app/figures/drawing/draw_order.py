"""The order in which layers cover each other (painter's algorithm).

Depth is compared only where two silhouettes overlap, and of the surfaces that face the viewer there: the mean depth of
whole limbs fails for hands behind the head and for bands. A wish of the pose file overrules depth; a default order at
the joints decides where depth says nothing. Cycles are broken at their weakest comparison.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer
from app.figures.drawing.skeleton import SIDES

BackToFront = dict[tuple[str, str], float]
"""How strongly one layer (first name) is known to lie behind another (second name)."""
MIN_OVERLAP_CM2 = 1.5
"""Layers whose silhouettes overlap by less are not compared."""
MAX_DEPTH_DIFFERENCE_CM = 6.0
"""Larger differences of depth count as this much, so that one spot does not outweigh all others."""
COMPARISON_MARGIN = 0.15
"""A comparison (cm, weighted by overlap) below this decides nothing."""
CONTINUITY_MARGIN = 0.8
"""The same where the order of the moment before is known: an order changes only for a clear reason."""
ELBOW_MARGIN = 1.15
"""The same for upper arm and forearm: a sleeve that is a little nearer must not draw its elbow across the forearm."""
BACKGROUND_WEIGHT = 100.0
"""Weight of the rule that background layers lie behind all others."""
GRIP_WEIGHT = 50.0
"""Weight of the rule that what a hand holds lies behind it: the fingers close round it."""
WISH_WEIGHT = 1000.0
"""Weight of an order that the pose file asks for."""
NEAR_ROOT_WEIGHTS = {"thigh": 0.02, "upper": 2.4}
"""Weight of the rule that a limb lies before the trunk; that of a sleeve exceeds a small overlap of head and collar."""
SHIRT_WEIGHT = 1.0
"""Weight of the rule that the shirt hangs over the thighs; it exceeds small overlaps with the uprights of a stand."""

DECIDED_PAIRS: tuple[set[str], ...] = ({"pelvis", "torso"}, {"torso", "neck"}, {"neck", "head"})
"""Layers that depth does not order: the shirt hangs over the leggings, head lies over neck over shirt."""

ELBOW_PAIRS: tuple[set[str], ...] = tuple({"upper" + side, "fore" + side} for side in SIDES)
"""Layers that meet at an elbow."""


def compare_depth(a: Layer, b: Layer) -> float:
    """Return the mean depth difference in cm, weighted by the overlap: positive when a lies in front of b.

    0 when the layers do not overlap outside their common joints.
    """
    ax0, ay0, ax1, ay1 = a.shape.bounds
    bx0, by0, bx1, by1 = b.shape.bounds
    if ax0 > bx1 or bx0 > ax1 or ay0 > by1 or by0 > ay1:
        return 0.0
    overlap = a.shape.intersection(b.shape)
    for name, (centre, radius) in a.joint_zones.items():
        if name in b.joint_zones:
            overlap = overlap.difference(shapely.Point(float(centre[0]), float(centre[1])).buffer(radius, 6))
    if overlap.area < MIN_OVERLAP_CM2:
        return 0.0
    points = _sample_points(overlap)
    difference = a.depth(points) - b.depth(points) + a.depth_bias - b.depth_bias
    clipped = np.clip(difference, -MAX_DEPTH_DIFFERENCE_CM, MAX_DEPTH_DIFFERENCE_CM)
    return float(clipped.mean()) * min(1.0, 0.3 + float(overlap.area) / 40)


def sort_back_to_front(
    layers: list[Layer], previous_order: Sequence[str] = (), wishes: Iterable[tuple[str, str]] = ()
) -> list[Layer]:
    """Return the layers from back to front.

    Where nothing decides, layers lie as in `previous_order`, or by their mean depth. `wishes` holds pairs
    (behind, in front) that a pose file asks for.
    """
    by_name = {layer.name: layer for layer in layers}
    behind = _compare_all(layers, CONTINUITY_MARGIN if previous_order else COMPARISON_MARGIN)
    _add_default_joint_order(by_name, behind)
    for layer in layers:
        for hand in layer.held_by:
            behind.pop((hand, layer.name), None)
            behind[(layer.name, hand)] = GRIP_WEIGHT
    for low, high in _include_hands(list(wishes)):
        if low in by_name and high in by_name:
            behind.pop((high, low), None)
            behind[(low, high)] = WISH_WEIGHT
    ranks = _rank_layers(by_name, previous_order)
    return [by_name[name] for name in _sort_topologically(set(by_name), behind, ranks)]


def _include_hands(wishes: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the wishes; one for a forearm holds for its hand, too, unless a wish names that hand."""
    named = {name for wish in wishes for name in wish}
    for low, high in wishes:
        yield low, high
        for fore in (name for name in (low, high) if name.startswith("fore")):
            hand = fore.replace("fore", "hand")
            if hand not in named:
                yield (hand, high) if fore == low else (low, hand)


def _sample_points(shape: BaseGeometry) -> Array:
    """Return points (n, 2) of a grid inside a shape, and one that is certain to lie inside."""
    x0, y0, x1, y1 = shape.bounds
    grid_x, grid_y = np.meshgrid(np.linspace(x0, x1, 9)[1:-1], np.linspace(y0, y1, 9)[1:-1])
    grid = np.column_stack([grid_x.ravel(), grid_y.ravel()])
    inside = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    point = shape.representative_point()
    return np.vstack([inside, [[point.x, point.y]]])


def _compare_all(layers: list[Layer], margin: float) -> BackToFront:
    behind: BackToFront = {}
    for i, a in enumerate(layers):
        for b in layers[i + 1 :]:
            if {a.name, b.name} in DECIDED_PAIRS:
                continue
            if a.is_background != b.is_background:
                difference = BACKGROUND_WEIGHT if b.is_background else -BACKGROUND_WEIGHT
            else:
                difference = compare_depth(a, b)
            least = max(margin, ELBOW_MARGIN) if {a.name, b.name} in ELBOW_PAIRS else margin
            if difference > least:
                behind[(b.name, a.name)] = difference
            elif difference < -least:
                behind[(a.name, b.name)] = -difference
    return behind


def _add_default_joint_order(by_name: dict[str, Layer], behind: BackToFront) -> None:
    """Add what lies over what at a joint, where depth says nothing."""
    defaults = [("pelvis", "torso", 0.05), ("torso", "neck", 1.0), ("neck", "head", 1.0)]
    for side in SIDES:  # a straight limb: the far segment lies over the near one
        defaults += [("thigh" + side, "shank" + side, 0.01), ("upper" + side, "fore" + side, 0.01)]
        defaults.append(("fore" + side, "hand" + side, 0.01))
        for trunk, root in (("pelvis", "thigh"), ("torso", "upper")):  # at hip and shoulder near and far side decide
            limb = by_name[root + side]
            defaults.append(
                (limb.name, trunk, 0.03) if limb.is_far_side else (trunk, limb.name, NEAR_ROOT_WEIGHTS[root])
            )
        defaults.append(("thigh" + side, "torso", SHIRT_WEIGHT))
    for low, high, weight in defaults:
        if (low, high) not in behind and (high, low) not in behind:
            behind[(low, high)] = weight


def _rank_layers(by_name: dict[str, Layer], previous_order: Sequence[str]) -> dict[str, int]:
    """Return the place of each layer in the order that holds where nothing else decides."""
    if set(previous_order) == set(by_name):
        return {name: rank for rank, name in enumerate(previous_order)}

    def key(name: str) -> tuple[bool, float, str]:
        return not by_name[name].is_background, by_name[name].mean_depth, name

    return {name: rank for rank, name in enumerate(sorted(by_name, key=key))}


def _sort_topologically(names: set[str], behind: BackToFront, ranks: dict[str, int]) -> list[str]:
    """Return the names from back to front; of several that may come next, the one with the lowest rank."""
    ordered: list[str] = []
    while names:
        blocked = {high for low, high in behind if low in names}
        free = names - blocked
        if free:
            name = min(free, key=ranks.__getitem__)
            ordered.append(name)
            names = names - {name}
        else:
            behind = _break_cycle(names, behind)
    return ordered


def _break_cycle(names: set[str], behind: BackToFront) -> BackToFront:
    """Return the comparisons without the weakest one among layers that all wait for each other."""
    cycle = _cycle_names(names, behind)
    weakest = min((pair for pair in behind if cycle.issuperset(pair)), key=lambda pair: (behind[pair], pair))
    return {pair: weight for pair, weight in behind.items() if pair != weakest}


def _cycle_names(names: set[str], behind: BackToFront) -> set[str]:
    """Return the names that hold each other up, without those that only wait for them."""
    while True:
        holding = {low for low, high in behind if low in names and high in names}
        if holding == names:
            return names
        names = holding
