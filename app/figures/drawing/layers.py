"""Layers of the drawing: strokes that are drawn together, with the silhouette and depth that decide their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, DepthSphere, Sphere
from app.figures.drawing.skeleton import Body

DepthFunction = Callable[[Array], Array]
"""Depth of a layer's front surface at points (n, 2) of the picture."""
StrokeKind = Literal["fill", "edge", "line", "polygon", "rod"]
"""How points are painted: smooth area, its outline, smooth line, straight-sided area, rod."""
JOINT_ZONE_RADII_CM = {"hip": 13.0, "knee": 7.5, "shoulder": 9.0, "elbow": 6.0, "wrist": 4.5}
"""Within this distance of a joint, the two layers that meet there are not compared by depth."""
MIN_STROKE_CM = 0.02
"""A stroke smaller than this is not seen."""
SHADOW = "shadow"
"""Name of the layer of the shadow on the floor."""
NOWHERE = -1e6
"""Depth of a sphere where it is not seen."""


@dataclass
class Stroke:
    """One line or area: how it is painted, its tone, and its points (n, 2) on the picture in cm.

    `radius` is half the width of a rod in cm.
    """

    kind: StrokeKind
    tone: str
    points: Array
    radius: float = 0.0

    @property
    def has_size(self) -> bool:
        """Whether anything is seen: what turns out of sight shrinks to a point."""
        return float(np.ptp(self.points, axis=0).max()) > MIN_STROKE_CM


@dataclass
class Layer:
    """Strokes that are drawn together.

    `joint_zones` are discs on the picture round the joints that the layer shares with its neighbours: depth is not
    compared there. `depth_bias` is added to the depth in cm. `is_background` layers lie behind all others. `held_by`
    names the hands that close round the layer.
    """

    name: str
    strokes: list[Stroke]
    shape: BaseGeometry
    depth: DepthFunction
    mean_depth: float
    joint_zones: dict[str, Sphere] = field(default_factory=dict)
    depth_bias: float = 0.0
    is_background: bool = False
    is_far_side: bool = False
    held_by: tuple[str, ...] = ()


def find_layer(layers: Sequence[Layer], name: str) -> int:
    """Return the index of the layer of that name; `StopIteration` where there is none."""
    return next(index for index, layer in enumerate(layers) if layer.name == name)


def front_surface(spheres: Sequence[DepthSphere]) -> DepthFunction:
    """Return the depth of the front surface of spheres; outside all of them, the depth of the nearest centre."""
    centres = np.array([sphere.centre for sphere in spheres])
    depths = np.array([sphere.depth for sphere in spheres])
    radii = np.array([sphere.radius for sphere in spheres])

    def depth(points: Array) -> Array:
        squared_distances = ((points[:, None, :] - centres[None]) ** 2).sum(2)
        # A sphere's front is its centre plus half the chord through the point, where the point lies inside its disc.
        inside = radii**2 - squared_distances
        surfaces = np.where(inside > 0, depths + np.sqrt(np.maximum(inside, 0)), NOWHERE)
        front = surfaces.max(1)
        closest = depths[np.argmin(squared_distances - radii**2, axis=1)]
        return np.asarray(np.where(front < NOWHERE / 10, closest, front))

    return depth


def joint_zones(camera: Camera, body: Body, side: str, *joints: str) -> dict[str, Sphere]:
    """Return the zones on the picture round joints of one side, in which depth is not compared."""
    return {
        joint + side: Sphere(
            camera.project(body.joints[joint + side]), JOINT_ZONE_RADII_CM[joint] * body.shape.girth(joint)
        )
        for joint in joints
    }
