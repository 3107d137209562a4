"""The trunk: shirt and leggings lofted through rings along the spine, the neck, and the accent line of the spine."""

import itertools

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.layers import Layer, Mark, front_of
from app.figures.drawing.outline import CIRCLE, chain, disc, hull, resample, soften, union
from app.figures.drawing.skeleton import NECK_NODE, SIDES, SIGN, Body
from app.figures.drawing.space import Array

# Half width, depth in front and behind of the trunk at each spine node.
RINGS = {
    0: (15.4, 10.6, 10.3),
    1: (15.0, 10.6, 9.2),
    2: (13.6, 10.4, 7.4),
    3: (12.8, 10.6, 6.2),
    4: (13.1, 11.5, 5.8),
    5: (14.2, 12.8, 5.6),
    6: (15.2, 13.9, 5.4),
    7: (15.9, 14.4, 5.2),
    8: (15.8, 13.4, 5.0),
    9: (14.0, 11.0, 4.8),
    10: (8.6, 7.4, 5.0),
}


# How much of a breath's centimetres each node of the rib cage widens by.
RIBS = {3: 0.5, 4: 0.9, 5: 1.0, 6: 0.8, 7: 0.4}


def ring(body: Body, node: int, wider: float = 0.0) -> Array:
    """Points round the trunk at a spine node; a breath widens the lower ribs."""
    wider += body.breath * RIBS.get(node, 0.0)
    half, front, behind = (v + wider * k for v, k in zip(RINGS[node], (1, 0.5, 0.5), strict=True))
    frame = body.frames[node]
    centre = body.spine[node] + frame[:, 0] * (front - behind) / 2
    return (
        centre + np.outer(CIRCLE[:, 0] * (front + behind) / 2, frame[:, 0]) + np.outer(CIRCLE[:, 1] * half, frame[:, 2])
    )


def _loft(cam: Camera, rings: list[Array]) -> list[BaseGeometry]:
    flat = [cam.flat(r) for r in rings]
    return [hull(np.vstack(pair)) for pair in itertools.pairwise(flat)]


def _leggings(body: Body, cam: Camera) -> BaseGeometry:
    frame, at = body.pelvis, body.joints["pelvis"]
    balls = [disc(cam.flat(body.joints["hip" + s]), 8.6) for s in SIDES]
    balls += [
        disc(cam.flat(at + frame[:, 2] * SIGN[s] * 6.3 - frame[:, 0] * 4.2 - frame[:, 1] * 1.0), 9.1) for s in SIDES
    ]
    seat = hull(np.vstack([*balls, cam.flat(ring(body, 1))]))
    return soften(union([*_loft(cam, [ring(body, i) for i in (0, 1, 2)]), seat]), 3, 2)


def _shirt(body: Body, cam: Camera) -> BaseGeometry:
    parts = _loft(cam, [ring(body, i, {1: 1.5, 2: 0.9}.get(i, 0.0)) for i in range(1, 11)])
    collar = body.spine[NECK_NODE] + body.frames[NECK_NODE] @ np.array([1.0, -3.0, 0.0])
    for s in SIDES:
        shoulder = cam.flat(body.joints["shoulder" + s])
        side = body.spine[7] + body.frames[7] @ np.array([4.0, 0.0, 9.0 * SIGN[s]])
        parts.append(chain([(cam.flat(collar), 5.8), (shoulder, 6.0)]))
        parts.append(chain([(cam.flat(side), 7.8), (shoulder, 5.8)]))
    return soften(union(parts), 3, 2)


def _surface(body: Body, cam: Camera, first: int, last: int) -> list[tuple[Array, float, float]]:
    """Spheres that fill the trunk between two nodes: three abreast at each."""
    found = []
    for i in range(first, last + 1):
        half, front, behind = RINGS[i]
        r = (front + behind) / 2
        centre = body.spine[i] + body.frames[i][:, 0] * (front - behind) / 2
        for k in (-1, -0.5, 0, 0.5, 1):
            p = centre + body.frames[i][:, 2] * k * max(0.0, half - r * 0.85)
            found.append((cam.flat(p), cam.near(p), r * (1 - 0.12 * abs(k))))
    return found


def spine_line(body: Body, cam: Camera) -> Array:
    """The thoracic spine on the picture, a little inside the back."""
    points = np.array([body.spine[i] - body.frames[i][:, 0] * 1.6 for i in range(4, 11)])
    return cam.flat(points)


def spine_seen(body: Body, cam: Camera) -> float:
    """How plainly the spine shows: 1 from behind or the side, fading as the chest faces the viewer."""
    facing = cam.near(body.frames[7][:, 0])
    return float(np.clip(1.0 - (facing - 0.36) / 0.1, 0.0, 1.0))


def pelvis(body: Body, cam: Camera) -> Layer:
    """The leggings' upper part."""
    shape = _leggings(body, cam)
    points = resample(shape, 24, cam.flat(body.joints["pelvis"] - body.pelvis[:, 1] * 30))
    joints, solid = {}, _surface(body, cam, 0, 1)
    for s in SIDES:
        hip = body.joints["hip" + s]
        joints["hip" + s] = (cam.flat(hip), 13.0)
        solid.append((cam.flat(hip), cam.near(hip), 8.6))
    return Layer(
        "pelvis",
        [Mark("edge", "leg", points), Mark("fill", "leg", points)],
        shape,
        front_of(solid),
        cam.near(body.joints["pelvis"]),
        joints,
    )


def torso(body: Body, cam: Camera) -> Layer:
    """The shirt with the accent line on top."""
    shape = _shirt(body, cam)
    points = resample(shape, 40, cam.flat(body.spine[2] - body.frames[2][:, 1] * 30))
    seen = f"spine:{spine_seen(body, cam):.2f}"
    marks = [Mark("edge", "top", points), Mark("fill", "top", points), Mark("spine", seen, spine_line(body, cam))]
    joints = {"neck": (cam.flat(body.spine[NECK_NODE]), 7.0)}
    for s in SIDES:
        joints["hip" + s] = (cam.flat(body.joints["hip" + s]), 13.0)
        joints["shoulder" + s] = (cam.flat(body.joints["shoulder" + s]), 9.0)
    return Layer(
        "torso",
        marks,
        shape,
        front_of(_surface(body, cam, 1, 10)),
        cam.near(body.spine[5] + body.frames[5][:, 0] * 4),
        joints,
    )


def neck(body: Body, cam: Camera) -> Layer:
    """The neck, between collar and skull."""
    low, high, head = body.frames[10], body.frames[12], body.head
    spheres = [
        (body.spine[10] + low[:, 0] * 1.4, 5.9),
        (body.spine[11] + body.frames[11][:, 0] * 1.8, 5.4),
        (body.spine[12] + high[:, 0] * 1.4 + head[:, 1] * 2.0, 5.3),
    ]
    shape = soften(chain([(cam.flat(c), r) for c, r in spheres]), 2, 1)
    points = resample(shape, 14, cam.flat(body.spine[9]))
    marks = [Mark("edge", "skin", points), Mark("fill", "skin", points)]
    joints = {"neck": (cam.flat(body.spine[10]), 7.0), "skull": (cam.flat(body.joints["head"]), 12.0)}
    return Layer(
        "neck",
        marks,
        shape,
        front_of([(cam.flat(c), cam.near(c), r) for c, r in spheres]),
        cam.near(body.spine[5]) - 0.5,
        joints,
    )
