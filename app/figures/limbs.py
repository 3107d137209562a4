"""Arms and legs: outlines of segments, hands, feet and sleeves, as layers."""

import itertools

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures import skeleton as sk
from app.figures.camera import Camera
from app.figures.layers import Layer, Mark, front_of
from app.figures.outline import chain, largest, resample, soften, union
from app.figures.skeleton import SIGN, Body
from app.figures.space import Array, across, unit

Spheres = list[tuple[Array, float]]


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


def _flat_foot(cam: Camera, body: Body, side: str) -> BaseGeometry:
    ankle, foot = body.joints["ankle" + side], body.feet[side]
    wide = np.cross(foot.toes, foot.sole)
    (heel, hr), (ball, br), (toe, tr) = (sk.foot_spheres(body, side)[n + side] for n in ("heel", "ball", "toe"))
    shank = unit(ankle - body.joints["knee" + side])
    instep = ankle + foot.toes * 5.0 + foot.sole * 1.6
    flat = cam.flat
    parts = [
        chain([(flat(heel), hr), (flat(ball), br)]),
        chain([(flat(ankle - shank * 3), 3.4), (flat(heel), hr)]),
        chain([(flat(ankle), 3.7), (flat(instep), 3.2), (flat(ball - foot.sole * 0.3), br)]),
    ]
    for w, back in ((1.9, 0.0), (-1.9, 1.4)):
        parts.append(
            chain(
                [
                    (flat(heel), hr - 0.6),
                    (flat(ball + wide * w), br),
                    (flat(toe + wide * w * 0.75 - foot.toes * back), tr),
                ]
            )
        )
    return soften(union(parts), 1.6, 0.8)


def legs(body: Body, cam: Camera, side: str) -> list[Layer]:
    """The thigh and the shin with its foot."""
    j, tone = body.joints, "2" if far_side(body, cam, side, "leg") else ""
    hip, knee, ankle = j["hip" + side], j["knee" + side], j["ankle" + side]
    upper, lower = unit(knee - hip), unit(ankle - knee)
    front = sk.knee_side(upper, lower, body.poles["leg" + side])
    front_up = across(body.poles["leg" + side], upper)
    thigh = segment(hip, knee, [(0, 8.6, 0), (0.35, 8.3, 0.5), (0.7, 6.9, 0.3), (1, 5.7, 0)], front_up)
    shank = segment(knee, ankle, [(0, 5.6, 0), (0.3, 5.4, -1.0), (0.6, 4.5, -0.6), (0.88, 3.7, 0)], front)
    t_all, t_shape = outlined(cam, thigh, 16, hip - upper * 30)
    t_edge, _ = outlined(cam, segment(hip, knee, [(0.3, 8.0, 0.4), (0.7, 6.9, 0.3), (1, 5.7, 0)], front_up), 16, hip)
    s_all, s_shape = outlined(cam, shank, 18, knee - lower * 30)
    s_edge, _ = outlined(
        cam, segment(knee, ankle, [(0.32, 5.1, -0.9), (0.6, 4.5, -0.6), (0.88, 3.7, 0)], front), 16, knee
    )
    s_top, _ = outlined(
        cam, segment(knee, ankle, [(0, 5.6, 0), (0.3, 5.4, -1.0), (0.55, 4.6, -0.6)], front), 14, knee - lower * 30
    )
    foot = _flat_foot(cam, body, side)
    f_all = resample(foot, 18, cam.flat(ankle - lower * 20))
    shin_marks = [
        Mark("edge", "skin", f_all),
        Mark("fill", "skin" + tone, f_all),
        Mark("edge", "leg", s_edge),
        Mark("fill", "leg" + tone, s_all),
    ]
    spheres = sk.foot_spheres(body, side)
    foot_line: Spheres = [(ankle, 3.7), spheres["heel" + side], spheres["ball" + side], spheres["toe" + side]]
    joints = {"hip" + side: (cam.flat(hip), 13.0), "knee" + side: (cam.flat(knee), 7.5)}
    return [
        Layer(
            "thigh" + side,
            [Mark("edge", "leg", t_edge), Mark("edge", "leg", s_top), Mark("fill", "leg" + tone, t_all)],
            t_shape,
            front_of(depths(cam, thigh)),
            cam.near((hip + knee) / 2),
            joints,
            far=bool(tone),
        ),
        Layer(
            "shank" + side,
            shin_marks,
            largest(s_shape.union(foot)),
            front_of(depths(cam, shank) + depths(cam, foot_line)),
            cam.near((knee + ankle) / 2) + 0.5,
            {"knee" + side: joints["knee" + side]},
        ),
    ]


def _hand_shape(cam: Camera, body: Body, side: str) -> tuple[BaseGeometry, Spheres]:
    hand, wrist = body.hands[side], body.joints["wrist" + side]
    f, palm = hand.fingers, hand.palm
    thumb = np.cross(f, palm) * -SIGN[side]
    thumb = -thumb
    flat = cam.flat
    if hand.shape == "fist":
        heel, knuckles = wrist + f * 1.5, wrist + f * 6.2
        parts = [
            chain([(flat(wrist), 2.7), (flat(heel + thumb * q), 3.0), (flat(knuckles + thumb * q * 1.3 + palm), 3.1)])
            for q in (-1.2, 1.2)
        ]
        parts.append(
            chain([(flat(wrist + f * 3 + thumb * 2.5), 1.6), (flat(wrist + f * 7 + thumb * 2.6 + palm * 2.2), 1.5)])
        )
        return soften(union(parts), 1.0, 0.6), [(wrist, 2.7), (knuckles, 3.8)]
    curl = 0.0 if hand.shape == "flat" else 1.3
    parts = []
    for q, long in ((1.9, 15.2), (0.0, 16.2), (-1.9, 14.0)):
        mid = wrist + f * 8.5 + thumb * q
        tip = wrist + f * long + thumb * q * 0.62 + palm * curl
        parts.append(chain([(flat(wrist + thumb * q * 0.4), 2.3), (flat(mid), 1.9), (flat(tip), 1.35)]))
    tip = wrist + f * 8.8 + thumb * (4.9 if hand.shape == "flat" else 4.2) + palm * 1.2
    parts.append(
        chain(
            [(flat(wrist + f * 2.0 + thumb * 1.4), 1.9), (flat(wrist + f * 5.2 + thumb * 3.6), 1.5), (flat(tip), 1.2)]
        )
    )
    return soften(union(parts), 0.6, 0.4), [(wrist, 2.5), (wrist + f * 8, 2.2), (wrist + f * 15, 1.6)]


def arms(body: Body, cam: Camera, side: str) -> list[Layer]:
    """The upper arm with its sleeve and the forearm with its hand."""
    j, tone = body.joints, "2" if far_side(body, cam, side, "arm") else ""
    top, elbow, wrist = j["shoulder" + side], j["elbow" + side], j["wrist" + side]
    upper, lower = unit(elbow - top), unit(wrist - elbow)
    out = across(body.poles["arm" + side], lower)
    arm = segment(top, elbow, [(0, 5.4, 0), (0.45, 4.7, 0), (1, 3.8, 0)], out)
    sleeve = segment(top, elbow, [(0, 6.0, 0), (0.22, 5.7, 0), (0.46, 5.4, 0)], out)
    fore = segment(elbow, wrist, [(0, 3.8, 0), (0.25, 4.0, 0), (0.65, 3.2, 0), (1, 2.5, 0)], out)
    a_all, a_shape = outlined(cam, arm, 14, top - upper * 30)
    a_edge, _ = outlined(cam, segment(top, elbow, [(0.5, 4.5, 0), (1, 3.8, 0)], out), 12, top)
    v_all, v_shape = outlined(cam, sleeve, 14, top - upper * 30)
    v_edge, _ = outlined(cam, segment(top, elbow, [(0.2, 5.6, 0), (0.46, 5.4, 0)], out), 12, top)
    f_all, f_shape = outlined(cam, fore, 16, elbow - lower * 30)
    f_edge, _ = outlined(cam, segment(elbow, wrist, [(0.3, 3.9, 0), (0.65, 3.2, 0), (1, 2.5, 0)], out), 14, elbow)
    f_top, _ = outlined(
        cam, segment(elbow, wrist, [(0, 3.8, 0), (0.25, 4.0, 0), (0.6, 3.3, 0)], out), 12, elbow - lower * 30
    )
    hand, hand_line = _hand_shape(cam, body, side)
    h_all = resample(hand, 26, cam.flat(wrist - body.hands[side].fingers * 8))
    joints = {"shoulder" + side: (cam.flat(top), 9.0), "elbow" + side: (cam.flat(elbow), 6.0)}
    upper_marks = [
        Mark("edge", "skin", a_edge),
        Mark("edge", "skin", f_top),
        Mark("fill", "skin" + tone, a_all),
        Mark("edge", "top", v_edge),
        Mark("fill", "top" + tone, v_all),
    ]
    fore_marks = [
        Mark("edge", "skin", h_all),
        Mark("edge", "skin", f_edge),
        Mark("fill", "skin" + tone, h_all),
        Mark("fill", "skin" + tone, f_all),
    ]
    return [
        Layer(
            "upper" + side,
            upper_marks,
            largest(a_shape.union(v_shape)),
            front_of(depths(cam, sleeve) + depths(cam, arm)),
            cam.near((top + elbow) / 2) + 1,
            joints,
            0.6,
            far=bool(tone),
        ),
        Layer(
            "fore" + side,
            fore_marks,
            largest(f_shape.union(hand)),
            front_of(depths(cam, fore) + depths(cam, hand_line)),
            cam.near((elbow + wrist) / 2) + 1.5,
            {"elbow" + side: joints["elbow" + side]},
            1.0,
        ),
    ]
