"""The things an exercise needs, by the kinds that a pose file knows."""

from app.figures.drawing.camera import Camera
from app.figures.drawing.furniture import FURNITURE_DRAWERS, PropSpec
from app.figures.drawing.handheld_props import HANDHELD_DRAWERS
from app.figures.drawing.layers import Layer
from app.figures.drawing.skeleton import Body

PROP_KINDS = (*FURNITURE_DRAWERS, *HANDHELD_DRAWERS)
"""The kinds of props that a pose file may name."""


def prop_layers(props: list[PropSpec], body: Body, camera: Camera) -> list[Layer]:
    """Return the layers of all props as the body holds them, named `<kind><place in the list>.<part>`.

    Raises KeyError for an unknown kind.
    """
    layers: list[Layer] = []
    for place, spec in enumerate(props):
        for layer in _draw_prop(spec, body, camera):
            layer.name = f"{spec['kind']}{place}.{layer.name}"
            layers.append(layer)
    return layers


def _draw_prop(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    kind = spec["kind"]
    if kind in FURNITURE_DRAWERS:
        return FURNITURE_DRAWERS[kind](spec, camera)
    return HANDHELD_DRAWERS[kind](spec, body, camera)
