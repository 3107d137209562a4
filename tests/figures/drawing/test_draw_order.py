"""The order in which layers cover each other."""

import numpy as np
import shapely

from app.figures.drawing.draw_order import compare_depth, sort_back_to_front
from app.figures.drawing.geometry import Array, Sphere
from app.figures.drawing.layers import Layer

PERSON = (
    *("pelvis", "torso", "neck", "head"),
    *("thighR", "shankR", "upperR", "foreR", "thighL", "shankL", "upperL", "foreL"),
)
"""Names of the layers of every figure."""


def make_layer(name: str, *, left: float = 0, depth: float = 0) -> Layer:
    """Return a square layer of 10 cm at a constant depth."""

    def constant(points: Array) -> Array:
        return np.full(len(points), depth)

    return Layer(name, [], shapely.box(left, 0, left + 10, 10), constant, depth)


def make_person() -> list[Layer]:
    """Return the layers that every figure has, none of which overlaps another."""
    return [make_layer(name, left=1000 + 20 * place) for place, name in enumerate(PERSON)]


def sort_names(*layers: Layer, wishes: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """Return the order of the given layers when they are sorted with a person."""
    names = {layer.name for layer in layers}
    ordered = sort_back_to_front([*make_person(), *layers], wishes=wishes)
    return [layer.name for layer in ordered if layer.name in names]


def test_layers_that_overlap_are_compared_where_they_do() -> None:
    near, far = make_layer("near", depth=3), make_layer("far", left=5)
    assert compare_depth(near, far) == 3
    assert compare_depth(far, near) == -3


def test_layers_that_do_not_overlap_are_not_compared() -> None:
    assert compare_depth(make_layer("near", depth=3), make_layer("far", left=50)) == 0


def test_layers_are_not_compared_round_a_joint_that_they_share() -> None:
    near, far = make_layer("near", depth=3), make_layer("far")
    near.joint_zones = far.joint_zones = {"elbowR": Sphere(np.array([5.0, 5.0]), 20.0)}
    assert compare_depth(near, far) == 0


def test_the_nearer_layer_comes_last() -> None:
    assert sort_names(make_layer("a", depth=3), make_layer("b")) == ["b", "a"]


def test_a_forearm_lies_over_a_sleeve_that_is_hardly_nearer() -> None:
    def sort_arm(sleeve_depth: float) -> list[str]:
        arm = {"upperR": make_layer("upperR", depth=sleeve_depth), "foreR": make_layer("foreR")}
        ordered = sort_back_to_front([arm.get(layer.name, layer) for layer in make_person()])
        return [layer.name for layer in ordered if layer.name in arm]

    assert sort_arm(0.9) == ["upperR", "foreR"]
    assert sort_arm(1.5) == ["foreR", "upperR"]


def test_a_background_layer_comes_first_however_near_it_is() -> None:
    wall = make_layer("wall", depth=9)
    wall.is_background = True
    assert sort_names(wall, make_layer("b")) == ["wall", "b"]


def test_a_wish_overrules_depth() -> None:
    assert sort_names(make_layer("a", depth=3), make_layer("b"), wishes=(("a", "b"),)) == ["a", "b"]


def test_a_cycle_is_broken_at_its_weakest_comparison() -> None:
    """Depth puts `a` before `b` by 3 cm and `b` before `c` by 2 cm; a wish puts `c` before `a`."""
    layers = make_layer("a", depth=5), make_layer("b", depth=2), make_layer("c")
    assert sort_names(*layers, wishes=(("a", "c"),)) == ["b", "a", "c"]
