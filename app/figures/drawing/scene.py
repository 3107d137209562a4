"""A scene: the body of one moment with its props, as layers from back to front."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing import props as things
from app.figures.drawing import skeleton as sk
from app.figures.drawing.camera import Camera, camera
from app.figures.drawing.head import head
from app.figures.drawing.layers import Layer, Mark, ordered
from app.figures.drawing.limbs import arms, legs
from app.figures.drawing.motion import Key, at
from app.figures.drawing.outline import hull, resample
from app.figures.drawing.posefile import Figure
from app.figures.drawing.skeleton import Body
from app.figures.drawing.space import Array, vec
from app.figures.drawing.torso import neck, pelvis, torso

SAMPLES = 9


@dataclass
class Scene:
    """One moment of a figure, ready to be written."""

    body: Body
    layers: list[Layer]

    @property
    def order(self) -> list[str]:
        """Names from back to front."""
        return [layer.name for layer in self.layers]

    def figure_layers(self) -> list[Layer]:
        """The layers of the person without the props."""
        return [layer for layer in self.layers if "." not in layer.name and not layer.base]


def view(figure: Figure) -> Camera:
    """The figure's camera."""
    return camera(**figure.view)


def fixed_props(figure: Figure) -> list[dict[str, Any]]:
    """Props with what depends on the whole motion settled: the mat lies under every key pose."""
    bodies = [key.body for key in figure.keys]
    return [things.mat_size(p, bodies) if p["kind"] == "mat" else p for p in figure.props]


def person(body: Body, cam: Camera) -> list[Layer]:
    """All layers of the mannequin."""
    layers = [pelvis(body, cam), torso(body, cam), neck(body, cam), head(body, cam)]
    for s in sk.SIDES:
        layers += [*legs(body, cam, s), *arms(body, cam, s)]
    return layers


def shadow(bodies: list[Body], cam: Camera) -> Layer:
    """A soft patch on the floor under everything that stands or kneels on it in any key pose."""
    spots = []
    for body in bodies:
        for centre, radius in sk.landmarks(body).values():
            if centre[1] - radius < 6:
                spots.append(vec(centre[0], 0, centre[2]))
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.column_stack([np.cos(around), around * 0, np.sin(around)]) * 13
    shape = hull(np.vstack([cam.flat(p + circle) for p in spots]))
    points = resample(shape, 24, cam.flat(spots[0] + vec(-200, 0, 0)))
    return Layer("shadow", [Mark("fill", "floor", points)], shape, lambda p: p[:, 0] * 0 - 1e4, -1e4, base=True)


def scene(figure: Figure, key: Key, cam: Camera, props: list[dict[str, Any]], before: list[str]) -> Scene:
    """Layers of one moment, in order; `before` is the order a moment earlier, kept where nothing speaks against it."""
    layers = person(key.body, cam) + things.layers(props, key.body, cam)
    bodies = [k.body for k in figure.keys]
    standing = all(any(c[1] - r < 4 for c, r in sk.landmarks(b).values()) for b in bodies)
    if standing and not any(p["kind"] == "mat" for p in props):
        layers.append(shadow(bodies, cam))
    wished = [(low, high) for low, high in key.pose.get("order") or figure.keys[0].pose.get("order") or []]
    found = ordered(layers, before, wished)
    _hide_joints(found)
    return Scene(key.body, found)


def _hide_joints(layers: list[Layer]) -> None:
    """Drop the outline that an upper segment draws for the lower one where the lower one lies beneath it."""
    places = {layer.name: i for i, layer in enumerate(layers)}
    for upper, lower in (("thigh", "shank"), ("upper", "fore")):
        for side in sk.SIDES:
            i = places[upper + side]
            if i > places[lower + side]:
                mark = layers[i].marks[1]
                mark.points = layers[i].marks[2].points.mean(0) + (mark.points - mark.points.mean(0)) * 0.02


def moments(figure: Figure, count: int = SAMPLES, keys: list[Key] | None = None) -> list[Scene]:
    """The whole motion (or the one through other keys) in `count` scenes, slow at both ends."""
    cam, props = view(figure), fixed_props(figure)
    found: list[Scene] = []
    for i in range(count):
        t = i / (count - 1)
        found.append(
            scene(figure, at(keys or figure.keys, t * t * (3 - 2 * t)), cam, props, found[-1].order if found else [])
        )
    return found


def silhouette(scene_: Scene) -> BaseGeometry:
    """The person's outline as one area."""
    return shapely.union_all([layer.shape for layer in scene_.figure_layers()])


@dataclass
class Frame:
    """How flat centimetres become drawing units (tenths of a pixel)."""

    scale: float
    shift: Array

    def units(self, points: Array) -> Array:
        """Drawing units of flat points."""
        return (points * self.scale + self.shift) * 10.0

    def moved(self, shift: Array, scale: float) -> "Frame":
        """The frame shrunk by scale about the origin and moved by pixels."""
        return replace(self, scale=self.scale * scale, shift=self.shift * scale + shift)


def frame(
    boxes: list[tuple[float, float, float, float]], width: float, height: float, pad: float, most: float = 1.9
) -> Frame:
    """The frame that shows all boxes (x0, y0, x1, y1 in flat centimetres), centred, standing a little low."""
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    scale = min((width - 2 * pad) / (x1 - x0), (height - 2 * pad) / (y1 - y0), most)
    low = min(12.0, max(0.0, (height - 2 * pad - scale * (y1 - y0)) / 2))
    return Frame(scale, np.array([width / 2 - scale * (x0 + x1) / 2, height / 2 - scale * (y0 + y1) / 2 + low]))
