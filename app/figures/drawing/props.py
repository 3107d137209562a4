"""The things an exercise needs, by the kinds that a pose file knows."""

from collections.abc import Callable

from app.figures.drawing.camera import Camera
from app.figures.drawing.furniture import (
    PropSpec,
    draw_bench,
    draw_box,
    draw_chair,
    draw_desk,
    draw_doorway,
    draw_mat,
    draw_post,
    draw_step,
    draw_wall,
)
from app.figures.drawing.handheld_props import (
    draw_ball,
    draw_band,
    draw_bar,
    draw_dumbbell,
    draw_kettlebell,
    draw_roller,
    draw_stick,
    draw_towel,
)
from app.figures.drawing.layers import Layer
from app.figures.drawing.skeleton import Body

PROP_DRAWERS: dict[str, Callable[[PropSpec, Body, Camera], list[Layer]]] = {
    "mat": draw_mat,
    "chair": draw_chair,
    "bench": draw_bench,
    "box": draw_box,
    "step": draw_step,
    "desk": draw_desk,
    "wall": draw_wall,
    "doorway": draw_doorway,
    "bar": draw_bar,
    "band": draw_band,
    "post": draw_post,
    "dumbbell": draw_dumbbell,
    "kettlebell": draw_kettlebell,
    "roller": draw_roller,
    "ball": draw_ball,
    "dowel": draw_stick,
    "towel": draw_towel,
}
"""For each kind of prop, the function that draws it as a body holds it."""


def prop_layers(props: list[PropSpec], body: Body, camera: Camera) -> list[Layer]:
    """Return the layers of all props as the body holds them, named `<kind><place in the list>.<part>`."""
    layers: list[Layer] = []
    for place, spec in enumerate(props):
        for layer in PROP_DRAWERS[spec["kind"]](spec, body, camera):
            layer.name = f"{spec['kind']}{place}.{layer.name}"
            layers.append(layer)
    return layers
