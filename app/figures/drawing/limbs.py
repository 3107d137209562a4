"""Arms and legs: outlines of segments, hands, feet and sleeves, as layers."""

import itertools

from shapely.geometry.base import BaseGeometry

from app.figures.drawing import skeleton as sk
from app.figures.drawing.camera import Camera
from app.figures.drawing.ends import Spheres, foot, hand
from app.figures.drawing.layers import Layer, Mark, front_of
from app.figures.drawing.outline import chain, largest, resample, soften
from app.figures.drawing.skeleton import SIGN, Body
from app.figures.drawing.space import Array, across, unit

Joints = dict[str, tuple[Array, float]]


def segment(a: Array, b: Array, stations: list[tuple[float, float, float]], out: Array) -> Spheres:
    """Spheres along a bone: stations are (part of the length, radius, centimetres towards `out`)."""
    return [(a + (b - a) * t + out * o, r) for t, r, o in stations]


def outlined(
    cam: Camera, spheres: Spheres, count: int, start: Array, round_: float = 0.8
) -> tuple[Array, BaseGeometry]:
    """Resampled silhouette of swept spheres."""
    shape = soften(chain([(cam.flat(c), r) for c, r in spheres]), 1.5, round_)
    return resample(shape, count, cam.flat(start)), shape


def depths(cam: Camera, spheres: Spheres, steps: int = 3) -> list[tuple[Array, float, float]]:
    """Spheres with in-betweens as (flat centre, nearness, radius)."""
    found = []
    for (a, ra), (b, rb) in itertools.pairwise(spheres):
        for k in range(steps):
            t = k / steps
            found.append((a + (b - a) * t, ra + (rb - ra) * t))
    found.append(spheres[-1])
    return [(cam.flat(c), cam.near(c), r) for c, r in found]


def far_side(body: Body, cam: Camera, side: str, limb: str) -> bool:
    """Whether the body is turned so that this limb is on the far side."""
    own = body.frames[sk.CHEST_NODE] if limb == "arm" else body.pelvis
    return cam.near(own[:, 2] * SIGN[side]) < -0.45


def _tone(body: Body, cam: Camera, side: str, limb: str) -> str:
    return "2" if far_side(body, cam, side, limb) else ""


def legs(body: Body, cam: Camera, side: str) -> list[Layer]:
    """The thigh, and the shin with its foot."""
    j = body.joints
    joints = {"hip" + side: (cam.flat(j["hip" + side]), 13.0), "knee" + side: (cam.flat(j["knee" + side]), 7.5)}
    return [_thigh(body, cam, side, joints), _shank(body, cam, side, {"knee" + side: joints["knee" + side]})]


def _shin_front(body: Body, side: str) -> Array:
    j = body.joints
    upper, lower = unit(j["knee" + side] - j["hip" + side]), unit(j["ankle" + side] - j["knee" + side])
    return sk.knee_side(upper, lower, body.poles["leg" + side])


def _thigh(body: Body, cam: Camera, side: str, joints: Joints) -> Layer:
    """The thigh; it also draws the shin's outline near the knee, which the shin then covers."""
    hip, knee, ankle = (body.joints[n + side] for n in ("hip", "knee", "ankle"))
    upper, tone = unit(knee - hip), _tone(body, cam, side, "leg")
    front, shin = across(body.poles["leg" + side], upper), _shin_front(body, side)
    whole = segment(hip, knee, [(0, 8.6, 0), (0.35, 8.3, 0.5), (0.7, 6.9, 0.3), (1, 5.7, 0)], front)
    free = segment(hip, knee, [(0.3, 8.0, 0.4), (0.7, 6.9, 0.3), (1, 5.7, 0)], front)
    below = segment(knee, ankle, [(0, 5.6, 0), (0.3, 5.4, -1.0), (0.55, 4.6, -0.6)], shin)
    points, shape = outlined(cam, whole, 16, hip - upper * 30)
    marks = [
        Mark("edge", "leg", outlined(cam, free, 16, hip)[0]),
        Mark("edge", "leg", outlined(cam, below, 14, knee - unit(ankle - knee) * 30)[0]),
        Mark("fill", "leg" + tone, points),
    ]
    near = cam.near((hip + knee) / 2)
    return Layer("thigh" + side, marks, shape, front_of(depths(cam, whole)), near, joints, far=bool(tone))


def _shank(body: Body, cam: Camera, side: str, joints: Joints) -> Layer:
    knee, ankle = body.joints["knee" + side], body.joints["ankle" + side]
    lower, tone, front = unit(ankle - knee), _tone(body, cam, side, "leg"), _shin_front(body, side)
    whole = segment(knee, ankle, [(0, 5.6, 0), (0.3, 5.4, -1.0), (0.6, 4.5, -0.6), (0.88, 3.7, 0)], front)
    free = segment(knee, ankle, [(0.32, 5.1, -0.9), (0.6, 4.5, -0.6), (0.88, 3.7, 0)], front)
    points, shape = outlined(cam, whole, 18, knee - lower * 30)
    bare = foot(cam, body, side)
    sole = resample(bare, 18, cam.flat(ankle - lower * 20))
    marks = [
        Mark("edge", "skin", sole),
        Mark("fill", "skin" + tone, sole),
        Mark("edge", "leg", outlined(cam, free, 16, knee)[0]),
        Mark("fill", "leg" + tone, points),
    ]
    spheres = sk.foot_spheres(body, side)
    line: Spheres = [(ankle, 3.7), *(spheres[n + side] for n in ("heel", "ball", "toe"))]
    depth = front_of(depths(cam, whole) + depths(cam, line))
    return Layer("shank" + side, marks, largest(shape.union(bare)), depth, cam.near((knee + ankle) / 2) + 0.5, joints)


def arms(body: Body, cam: Camera, side: str) -> list[Layer]:
    """The upper arm with its sleeve, and the forearm with its hand."""
    j = body.joints
    joints = {
        "shoulder" + side: (cam.flat(j["shoulder" + side]), 9.0),
        "elbow" + side: (cam.flat(j["elbow" + side]), 6.0),
    }
    return [_upper_arm(body, cam, side, joints), _forearm(body, cam, side, {"elbow" + side: joints["elbow" + side]})]


def _upper_arm(body: Body, cam: Camera, side: str, joints: Joints) -> Layer:
    """The upper arm; it also draws the forearm's outline near the elbow, which the forearm then covers."""
    top, elbow, wrist = (body.joints[n + side] for n in ("shoulder", "elbow", "wrist"))
    upper, lower, tone = unit(elbow - top), unit(wrist - elbow), _tone(body, cam, side, "arm")
    whole = segment(top, elbow, [(0, 5.4, 0), (0.45, 4.7, 0), (1, 3.8, 0)], lower)
    sleeve = segment(top, elbow, [(0, 6.0, 0), (0.22, 5.7, 0), (0.46, 5.4, 0)], lower)
    free = segment(top, elbow, [(0.5, 4.5, 0), (1, 3.8, 0)], lower)
    hem = segment(top, elbow, [(0.2, 5.6, 0), (0.46, 5.4, 0)], lower)
    below = segment(elbow, wrist, [(0, 3.8, 0), (0.25, 4.0, 0), (0.6, 3.3, 0)], lower)
    arm, arm_shape = outlined(cam, whole, 14, top - upper * 30)
    cloth, cloth_shape = outlined(cam, sleeve, 14, top - upper * 30)
    marks = [
        Mark("edge", "skin", outlined(cam, free, 12, top)[0]),
        Mark("edge", "skin", outlined(cam, below, 12, elbow - lower * 30)[0]),
        Mark("fill", "skin" + tone, arm),
        Mark("edge", "top", outlined(cam, hem, 12, top)[0]),
        Mark("fill", "top" + tone, cloth),
    ]
    depth = front_of(depths(cam, sleeve) + depths(cam, whole))
    shape, near = largest(arm_shape.union(cloth_shape)), cam.near((top + elbow) / 2) + 1
    return Layer("upper" + side, marks, shape, depth, near, joints, 0.6, far=bool(tone))


def _forearm(body: Body, cam: Camera, side: str, joints: Joints) -> Layer:
    elbow, wrist = body.joints["elbow" + side], body.joints["wrist" + side]
    lower, tone = unit(wrist - elbow), _tone(body, cam, side, "arm")
    whole = segment(elbow, wrist, [(0, 3.8, 0), (0.25, 4.0, 0), (0.65, 3.2, 0), (1, 2.5, 0)], lower)
    free = segment(elbow, wrist, [(0.3, 3.9, 0), (0.65, 3.2, 0), (1, 2.5, 0)], lower)
    points, shape = outlined(cam, whole, 16, elbow - lower * 30)
    palm, line = hand(cam, body, side)
    fingers = resample(palm, 26, cam.flat(wrist - body.hands[side].fingers * 8))
    marks = [
        Mark("edge", "skin", fingers),
        Mark("edge", "skin", outlined(cam, free, 14, elbow)[0]),
        Mark("fill", "skin" + tone, fingers),
        Mark("fill", "skin" + tone, points),
    ]
    depth = front_of(depths(cam, whole) + depths(cam, line))
    return Layer(
        "fore" + side, marks, largest(shape.union(palm)), depth, cam.near((elbow + wrist) / 2) + 1.5, joints, 1.0
    )
