"""Boxes, rods and balls: the solids that props are made of, as layers."""

import itertools
from collections.abc import Sequence

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.layers import DepthAt, Layer, Mark, front_of
from app.figures.drawing.outline import chain, disc, hull, resample
from app.figures.drawing.space import Array, across, turn, unit, vec

# Face: normal axis and sign, and the tone's shade (top light, side middle, ends dark).
FACES = ((1, 1, "3"), (1, -1, "2"), (2, 1, ""), (2, -1, ""), (0, 1, "2"), (0, -1, "2"))
QUAD = ((1, 1), (1, -1), (-1, -1), (-1, 1))


def _planes(cam: Camera, planes: list[tuple[Array, Array]]) -> DepthAt:
    """Front surface of a convex solid: the nearest point that lies behind every plane facing the viewer."""
    normals = np.array([cam.matrix @ n for n, _ in planes])
    seats = np.array([cam.matrix @ p for _, p in planes])

    def depth(points: Array) -> Array:
        x, y = points[:, 0:1] - seats[:, 0], -points[:, 1:2] - seats[:, 1]
        z = seats[:, 2] - (normals[:, 0] * x + normals[:, 1] * y) / normals[:, 2]
        return np.asarray(z.min(1))

    return depth


def box(
    cam: Camera,
    name: str,
    centre: Array,
    size: Sequence[float],
    tone: str,
    tilt: float = 0,
    spin: float = 0,
    base: bool = False,
) -> Layer:
    """A box, tilted about Z and then spun about Y."""
    frame = turn((0, 1, 0), -spin) @ turn((0, 0, 1), -tilt)
    half = np.array(size) / 2
    marks, planes, corners = [], [], []
    for axis, sign, shade in FACES:
        normal = frame[:, axis] * sign
        i, k = [a for a in range(3) if a != axis]
        quad = []
        for p, q in QUAD:
            local = vec(0, 0, 0)
            local[axis], local[i], local[k] = half[axis] * sign, half[i] * p, half[k] * q
            quad.append(centre + frame @ local)
        corners += quad
        if cam.near(normal) > 0.02:
            planes.append((normal, quad[0]))
            marks.append(Mark("flat", tone + shade, cam.flat(np.array(quad))))
    shape = hull(cam.flat(np.array(corners)))
    return Layer(name, marks, shape, _planes(cam, planes), cam.near(centre), base=base)


def rod(cam: Camera, name: str, ends: Sequence[Array], radius: float, tone: str, bias: float = 0.0) -> Layer:
    """A round rod, tube or band along two or more points."""
    spheres = [(cam.flat(p), radius) for p in ends]
    shape = chain(spheres)
    along = []
    for a, b in itertools.pairwise(ends):
        along += [a + (b - a) * k / 12 for k in range(13)]
    solid = [(cam.flat(p), cam.near(p), radius) for p in along]
    marks = [Mark("rod", f"{tone}:{radius}", np.array([cam.flat(p) for p in ends]))]
    return Layer(name, marks, shape, front_of(solid), float(np.mean([cam.near(p) for p in ends])), bias=bias)


def cylinder(cam: Camera, name: str, a: Array, b: Array, radius: float, tone: str) -> Layer:
    """A thick cylinder with its visible end and a core."""
    axis = unit(b - a)
    u = across(vec(0.1, 1, 0.05), axis)
    v = np.cross(axis, u)
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    circle = np.outer(np.cos(around), u) + np.outer(np.sin(around), v)
    near, far = (b, a) if cam.near(axis) > 0 else (a, b)
    shape = hull(np.vstack([cam.flat(near + circle * radius), cam.flat(far + circle * radius)]))
    start = cam.flat((a + b) / 2 + vec(0, 60, 0))
    marks = [Mark("edge", tone, resample(shape, 24, start)), Mark("fill", tone, resample(shape, 24, start))]
    for r, shade in ((radius, "3"), (radius * 0.45, "2")):
        marks.append(Mark("fill", tone + shade, resample(hull(cam.flat(near + circle * r)), 16, start)))
    solid = [(cam.flat(a + (b - a) * k / 10), cam.near(a + (b - a) * k / 10), radius) for k in range(11)]
    return Layer(name, marks, shape, front_of(solid), cam.near((a + b) / 2))


def ball(cam: Camera, name: str, centre: Array, radius: float, tone: str) -> Layer:
    """A ball with a light spot."""
    c = cam.flat(centre)
    shape = hull(disc(c, radius))
    shine = hull(disc(c + np.array([-0.3, -0.35]) * radius, radius * 0.32))
    marks = [
        Mark("edge", tone, resample(shape, 14, c - [0, 50])),
        Mark("fill", tone, resample(shape, 14, c - [0, 50])),
        Mark("fill", tone + "3", resample(shine, 8, c - [0, 50])),
    ]
    return Layer(name, marks, shape, front_of([(c, cam.near(centre), radius)]), cam.near(centre))
