"""The neck and the collar of the shirt round it, as one layer on top of the shirt.

The neck is lofted from the ring of the collar upwards. Seen from above, it begins at the near rim of the collar; seen
from below, the shirt hides it as far as the rim. So no outline of the neck runs over the shirt.
"""

import itertools

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere
from app.figures.drawing.layers import Layer, Stroke, front_surface
from app.figures.drawing.outline import convex_hull, largest_polygon, polygon_of, resample_outline, round_corners, unite
from app.figures.drawing.skeleton import NECK_NODE, Body

COLLAR_CM = (6.6, 5.9, 1.2, 0.4)
"""The ring of the collar: half width, half depth, and how far before and above the base of the neck its centre lies."""
COLLAR_SLOPE_DEG = 28.0
"""How far the front half of the collar's ring slopes down: a shirt is cut lower there, and never a bar."""
NECK_RINGS_CM = ((NECK_NODE, 5.7, 5.5, 1.5, 1.0), (11, 4.9, 5.0, 1.8, 0.0), (12, 4.9, 4.9, 1.4, 2.0))
"""Rings of the neck: spine node, half width, half depth, how far before and above the node the centre lies."""
BAND_SHARES = (0.3, 0.8, 1.0, 1.0, 1.0, 0.8, 0.3)
"""How much of the band's width is seen along the near half of the rim: it turns away at both ends."""
COLLAR_BAND_CM = 1.7
"""Width of the collar's band."""
NECK_ZONE_CM = 7.0
"""Radius round the base of the neck in which torso and neck are not compared by depth."""
RIM_ANGLES = np.linspace(-np.pi / 2, np.pi / 2, 7)
"""Radians along the near half of a ring."""
RING_ANGLES = np.linspace(0, 2 * np.pi, 36, endpoint=False)
"""Radians round a ring."""
NECK_POINTS = 32
"""Points of the neck's outline."""


def neck_layer(body: Body, camera: Camera) -> Layer:
    """Return the neck, between collar and skull, and the collar's band."""
    rings, shape = _neck_rings(body), neck_shape(body, camera)
    points = resample_outline(shape, NECK_POINTS, camera.project(body.spine[9]))
    spheres = [
        (rings[0][0], 5.6),
        (rings[1][0], 5.2),
        (rings[2][0], 5.0),
    ]
    zones = {
        "neck": Sphere(camera.project(body.spine[NECK_NODE]), NECK_ZONE_CM),
    }
    return Layer(
        "neck",
        [Stroke("edge", "skin", points), Stroke("fill", "skin", points), *_collar_strokes(body, camera)],
        shape,
        front_surface(camera.depth_spheres(spheres)),
        camera.depth_of(body.spine[5]) - 0.5,
        zones,
    )


def neck_shape(body: Body, camera: Camera) -> BaseGeometry:
    """Return the silhouette of the neck, as far as the shirt does not hide it."""
    projected = [camera.project(_points(ring, RING_ANGLES)) for ring in _neck_rings(body)]
    shape = unite([convex_hull(np.vstack(pair)) for pair in itertools.pairwise(projected)])
    if not looks_into_collar(body, camera):
        # The collar's ring is the wider one: as far as the neck's own, an edge of skin would show inside the band.
        collar = camera.project(_points(_ring(body, NECK_NODE, *COLLAR_CM), RING_ANGLES))
        shape = largest_polygon(shape.difference(unite([polygon_of(projected[0]), polygon_of(collar)])))
    return round_corners(shape, 0.6, 0.2)


def looks_into_collar(body: Body, camera: Camera) -> bool:
    """Return whether the viewer sees the neck come out of the collar, rather than the collar hide the neck."""
    frame = body.spine_frames[NECK_NODE]
    slope = np.radians(COLLAR_SLOPE_DEG) if camera.depth_of(frame[:, 0]) > 0 else 0.0
    return camera.depth_of(frame[:, 1] * np.cos(slope) + frame[:, 0] * np.sin(slope)) > 0


def near_rim(body: Body, camera: Camera) -> Array:
    """Return points of the collar's rim, as far as it lies before the neck."""
    return camera.project(_near_half(_ring(body, NECK_NODE, *COLLAR_CM), camera))


_Ring = tuple[Array, Array, Array, Array]
"""Centre, the axes of an ellipse to the front and to the right, and what moves its foremost point down."""


def _neck_rings(body: Body) -> list[_Ring]:
    return [_ring(body, node, *sizes) for node, *sizes in NECK_RINGS_CM]


def _ring(body: Body, node: int, half_width: float, half_depth: float, forward: float, above: float) -> _Ring:
    frame, girth = body.spine_frames[node], body.shape.neck
    centre = body.spine[node] + frame[:, 0] * forward + frame[:, 1] * above
    slope = np.tan(np.radians(COLLAR_SLOPE_DEG)) if node == NECK_NODE else 0.0
    ahead = frame[:, 0] * half_depth * girth
    return centre, ahead, frame[:, 2] * half_width * girth, -frame[:, 1] * half_depth * girth * slope


def _points(ring: _Ring, angles: Array) -> Array:
    centre, ahead, right, drop = ring
    points: Array = centre + np.outer(np.cos(angles), ahead) + np.outer(np.sin(angles), right)
    return points + np.outer(np.maximum(np.cos(angles), 0), drop)


def _near_half(ring: _Ring, camera: Camera) -> Array:
    """Return points (7, 3) along the half of a ring that is nearer to the viewer."""
    _, ahead, right, _ = ring
    nearest = float(np.arctan2(camera.depth_of(right), camera.depth_of(ahead)))
    return _points(ring, RIM_ANGLES + nearest)


def _collar_strokes(body: Body, camera: Camera) -> list[Stroke]:
    """Return the band of the collar: its near half, between the rim and a lower, wider ring."""
    half_width, half_depth, forward, above = COLLAR_CM
    rim = near_rim(body, camera)
    wider = _ring(body, NECK_NODE, half_width + 0.9, half_depth + 0.9, forward, above - COLLAR_BAND_CM)
    lower = rim + (camera.project(_near_half(wider, camera)) - rim) * np.array(BAND_SHARES)[:, None]
    return [Stroke("fill", "top2", np.vstack([rim, lower[::-1]])), Stroke("line", "collar", rim)]
