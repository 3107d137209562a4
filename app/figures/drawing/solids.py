"""Boxes, rods, cylinders and balls: the solids that props are made of, as layers."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, normalise, reject, rotation_matrix, vec
from app.figures.drawing.layers import DepthFunction, Layer, Stroke, front_surface
from app.figures.drawing.outline import circle_points, convex_hull, polygon_of, resample_outline, sweep, unite

BOX_FACES = ((1, 1, "3"), (1, -1, "2"), (2, 1, ""), (2, -1, ""), (0, 1, "2"), (0, -1, "2"))
"""Axis and sign of each face's normal, and its shade: the top is lit, the ends are darker than the sides."""
FACE_CORNERS = ((1, 1), (1, -1), (-1, -1), (-1, 1))
"""Signs of the two other axes at the corners of a face, in order round it."""
SHADOW_DEPTH = -1e4
"""Depth of a shadow: behind everything."""
SHADOW_FADE_CM = 30.0
"""A thing that hangs so high leaves hardly any shadow."""
DISC_BEVEL_CM = 0.8
"""Width of the bevel of a disc, along its axis and across it."""
MIN_FACING = 0.02
"""A face is drawn when its normal turns towards the viewer by more than this (cosine)."""


@dataclass(frozen=True)
class Box:
    """A box of `size` (x, y, z) round a centre, in cm; tilted about z, then spun about y, in degrees."""

    centre: Array
    size: Sequence[float]
    tilt: float = 0
    spin: float = 0

    @cached_property
    def frame(self) -> Array:
        """The axes of the box as columns."""
        return rotation_matrix((0, 1, 0), -self.spin) @ rotation_matrix((0, 0, 1), -self.tilt)


def box_layer(camera: Camera, name: str, box: Box, tone: str, is_background: bool = False) -> Layer:
    """Return a box with the faces that look at the viewer."""
    faces: dict[str, list[Array]] = {}
    planes, corners = [], []
    for axis, sign, shade in BOX_FACES:
        normal = box.frame[:, axis] * sign
        face = _face_corners(box, axis, sign)
        corners += face
        if camera.depth_of(normal) > MIN_FACING:
            planes.append((normal, face[0]))
            faces.setdefault(tone + shade, []).append(camera.project(np.array(face)))
    strokes = [Stroke("polygon", shaded, _join_faces(members)) for shaded, members in faces.items()]
    shape = convex_hull(camera.project(np.array(corners)))
    depth = _front_of_planes(camera, planes)
    return Layer(name, strokes, shape, depth, camera.depth_of(box.centre), is_background=is_background)


def rod_layer(
    camera: Camera, name: str, points: Sequence[Array], radius: float, tone: str, depth_bias: float = 0.0
) -> Layer:
    """Return a round rod, tube or band along two or more points."""
    shape = sweep(camera.project_spheres([(point, radius) for point in points]))
    along = [a + (b - a) * step / 12 for a, b in itertools.pairwise(points) for step in range(13)]
    depth = front_surface(camera.depth_spheres([(point, radius) for point in along]))
    strokes = [Stroke("rod", tone, np.array([camera.project(point) for point in points]), radius=radius)]
    mean_depth = float(np.mean([camera.depth_of(point) for point in points]))
    return Layer(name, strokes, shape, depth, mean_depth, depth_bias=depth_bias)


def cylinder_layer(camera: Camera, name: str, a: Array, b: Array, radius: float, tone: str) -> Layer:
    """Return a thick cylinder from a to b, with its visible end and a core in it."""
    rings = [(a, radius), (b, radius)]
    return _turned_layer(camera, name, rings, tone, ((radius, "3"), (radius * 0.45, "2")))


def bevelled_disc_layer(camera: Camera, name: str, a: Array, b: Array, radius: float, tone: str) -> Layer:
    """Return a thick disc from a to b whose edges are bevelled; its visible end has a rim and a hub."""
    bevel = normalise(b - a) * DISC_BEVEL_CM
    flat = radius - DISC_BEVEL_CM
    rings = [(a, flat), (a + bevel, radius), (b - bevel, radius), (b, flat)]
    return _turned_layer(camera, name, rings, tone, ((flat, "3"), (radius * 0.62, ""), (radius * 0.26, "2")))


def _turned_layer(
    camera: Camera, name: str, rings: Sequence[tuple[Array, float]], tone: str, ends: Sequence[tuple[float, str]]
) -> Layer:
    """Return a convex solid through rings (middle, radius) round an axis.

    Its end that looks at the viewer shows discs (radius, shade), one on the other.
    """
    (a, _), (b, _) = rings[0], rings[-1]
    axis = normalise(b - a)
    u = reject(vec(0.1, 1, 0.05), axis)
    v = np.cross(axis, u)
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    circle = np.outer(np.cos(angles), u) + np.outer(np.sin(angles), v)
    # Only the end that looks at the viewer is drawn.
    near = b if camera.depth_of(axis) > 0 else a
    shape = convex_hull(np.vstack([camera.project(middle + circle * radius) for middle, radius in rings]))
    start = camera.project((a + b) / 2 + vec(0, 60, 0))
    outline = resample_outline(shape, 24, start)
    strokes = [Stroke("edge", tone, outline), Stroke("fill", tone, outline)]
    for radius, shade in ends:
        end = convex_hull(camera.project(near + circle * radius))
        strokes.append(Stroke("fill", tone + shade, resample_outline(end, 16, start)))
    radius = max(radius for _, radius in rings)
    along = [(a + (b - a) * step / 10, radius) for step in range(11)]
    depth = front_surface(camera.depth_spheres(along))
    return Layer(name, strokes, shape, depth, camera.depth_of((a + b) / 2))


def ball_layer(camera: Camera, name: str, centre: Array, radius: float, tone: str, base: float | None = None) -> Layer:
    """Return a ball with a light spot, cut flat so far below its centre as `base` says."""
    middle = camera.project(centre)
    shape = convex_hull(circle_points(middle, radius))
    if base is not None:
        heights = np.linspace(-base, radius, 13)
        rings = [centre + vec(0, height, 0) + _level_circle(np.sqrt(radius**2 - height**2)) for height in heights]
        shape = convex_hull(camera.project(np.vstack(rings)))
    spot = convex_hull(circle_points(middle + np.array([-0.3, -0.35]) * radius, radius * 0.32))
    start, count = middle - np.array([0, 50]), 14 if base is None else 24
    strokes = [
        Stroke("edge", tone, resample_outline(shape, count, start)),
        Stroke("fill", tone, resample_outline(shape, count, start)),
        Stroke("fill", tone + "3", resample_outline(spot, 8, start)),
    ]
    depth = front_surface(camera.depth_spheres([(centre, radius)]))
    return Layer(name, strokes, shape, depth, camera.depth_of(centre))


def floor_shadow_layer(camera: Camera, name: str, above: Array, radius: float) -> Layer:
    """Return the shadow on the floor under a thing; the higher the thing, the smaller."""
    spread = radius * float(np.clip(1 - above[1] / SHADOW_FADE_CM, 0.1, 1))
    shape = convex_hull(camera.project(vec(above[0], 0, above[2]) + _level_circle(spread)))
    points = resample_outline(shape, 20, camera.project(above + vec(-200, 0, 0)))

    def depth(at: Array) -> Array:
        return np.full(len(at), SHADOW_DEPTH)

    return Layer(name, [Stroke("fill", "floor", points)], shape, depth, SHADOW_DEPTH)


def _level_circle(radius: float) -> Array:
    """Return points round a level circle about the origin."""
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return np.column_stack([np.cos(angles), angles * 0, np.sin(angles)]) * radius


def _join_faces(faces: Sequence[Array]) -> Array:
    """Return the outline of faces of one shade: drawn one by one, a hairline would shine through between two."""
    if len(faces) == 1:
        return faces[0]
    joined = unite([polygon_of(face) for face in faces])
    return np.asarray(joined.exterior.coords[:-1])


def _face_corners(box: Box, axis: int, sign: int) -> list[Array]:
    half, frame = np.array(box.size) / 2, box.frame
    first, second = [other for other in range(3) if other != axis]
    corners = []
    for first_sign, second_sign in FACE_CORNERS:
        local = vec(0, 0, 0)
        local[axis] = half[axis] * sign
        local[first], local[second] = half[first] * first_sign, half[second] * second_sign
        corners.append(box.centre + frame @ local)
    return corners


def _front_of_planes(camera: Camera, planes: list[tuple[Array, Array]]) -> DepthFunction:
    """Return the depth of a convex solid from its faces (normal, corner) that look at the viewer.

    At a point of the picture, the solid's front is the farthest of the planes, which is the only one not outside.
    """
    normals = np.array([camera.matrix @ normal for normal, _ in planes])
    corners = np.array([camera.matrix @ corner for _, corner in planes])

    def depth(points: Array) -> Array:
        x, y = points[:, 0:1] - corners[:, 0], -points[:, 1:2] - corners[:, 1]
        z = corners[:, 2] - (normals[:, 0] * x + normals[:, 1] * y) / normals[:, 2]
        return np.asarray(z.min(1))

    return depth
