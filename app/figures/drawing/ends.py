"""Hands and feet: their silhouettes."""

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing import skeleton as sk
from app.figures.drawing.camera import Camera
from app.figures.drawing.outline import chain, soften, union
from app.figures.drawing.skeleton import SIGN, Body
from app.figures.drawing.space import Array, unit

Spheres = list[tuple[Array, float]]


def foot(cam: Camera, body: Body, side: str) -> BaseGeometry:
    """The silhouette of a bare foot."""
    ankle, way = body.joints["ankle" + side], body.feet[side]
    wide = np.cross(way.toes, way.sole)
    (heel, hr), (ball, br), (toe, tr) = (sk.foot_spheres(body, side)[n + side] for n in ("heel", "ball", "toe"))
    shank = unit(ankle - body.joints["knee" + side])
    instep = ankle + way.toes * 5.0 + way.sole * 1.6
    flat = cam.flat
    parts = [
        chain([(flat(heel), hr), (flat(ball), br)]),
        chain([(flat(ankle - shank * 3), 3.4), (flat(heel), hr)]),
        chain([(flat(ankle), 3.7), (flat(instep), 3.2), (flat(ball - way.sole * 0.3), br)]),
    ]
    for w, back in ((1.9, 0.0), (-1.9, 1.4)):
        parts.append(
            chain(
                [
                    (flat(heel), hr - 0.6),
                    (flat(ball + wide * w), br),
                    (flat(toe + wide * w * 0.75 - way.toes * back), tr),
                ]
            )
        )
    return soften(union(parts), 1.6, 0.8)


def hand(cam: Camera, body: Body, side: str) -> tuple[BaseGeometry, Spheres]:
    """The silhouette of a hand, and the spheres along it that say how near it is."""
    held, wrist = body.hands[side], body.joints["wrist" + side]
    f, palm = held.fingers, held.palm
    thumb = np.cross(f, palm) * SIGN[side]
    flat = cam.flat
    if held.shape == "fist":
        heel, knuckles = wrist + f * 1.5, wrist + f * 6.2
        parts = [
            chain([(flat(wrist), 2.7), (flat(heel + thumb * q), 3.0), (flat(knuckles + thumb * q * 1.3 + palm), 3.1)])
            for q in (-1.2, 1.2)
        ]
        parts.append(
            chain([(flat(wrist + f * 3 + thumb * 2.5), 1.6), (flat(wrist + f * 7 + thumb * 2.6 + palm * 2.2), 1.5)])
        )
        return soften(union(parts), 1.0, 0.6), [(wrist, 2.7), (knuckles, 3.8)]
    curl = 0.0 if held.shape == "flat" else 1.3
    parts = []
    for q, long in ((1.9, 15.2), (0.0, 16.2), (-1.9, 14.0)):
        mid = wrist + f * 8.5 + thumb * q
        tip = wrist + f * long + thumb * q * 0.62 + palm * curl
        parts.append(chain([(flat(wrist + thumb * q * 0.4), 2.3), (flat(mid), 1.9), (flat(tip), 1.35)]))
    tip = wrist + f * 8.8 + thumb * (4.9 if held.shape == "flat" else 4.2) + palm * 1.2
    parts.append(
        chain(
            [(flat(wrist + f * 2.0 + thumb * 1.4), 1.9), (flat(wrist + f * 5.2 + thumb * 3.6), 1.5), (flat(tip), 1.2)]
        )
    )
    return soften(union(parts), 0.6, 0.4), [(wrist, 2.5), (wrist + f * 8, 2.2), (wrist + f * 15, 1.6)]
