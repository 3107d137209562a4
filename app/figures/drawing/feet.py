"""Feet: their silhouette with five toes, and the lines between the toes."""

import itertools
from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, normalise
from app.figures.drawing.landmarks import foot_spheres
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import resample_outline, round_corners, sweep, unite
from app.figures.drawing.skeleton import SIDE_SIGN, Body

Chain = Sequence[tuple[Array, float]]
"""Spheres that are swept from each to the next."""
TOES = ((2.4, 0.2, 1.6), (0.7, 0.1, 1.2), (-0.6, 0.7, 1.1), (-1.7, 1.5, 1.05), (-2.7, 2.5, 1.0))
"""Of each toe, the big one first: how far inwards, how far behind the longest, radius; in cm."""
SOLE_LINE_FACING = 0.4
"""The sole must turn to the viewer by this much more (cosine): at a slant, its toe lines would run into each other."""
ANKLE_BONE_CM = 1.4
"""Radius of the bone that stands out at either side of an ankle."""
ANKLE_BONE_FACING = 0.4
"""The lower edge of that bone shows when its side of the ankle turns to the viewer by more than this (cosine)."""
FOOT_POINTS = 22
"""Points of a foot's outline."""
TOE_LINE_CM = 2.6
"""Length of the line between two toes."""
ARCH_CM = 0.9
"""How far the sole rises between heel and ball, on its outer side."""
TOE_LINE_FACING = 0.1
"""The lines between the toes show when the upper side or the sole turns to the viewer by more than this (cosine)."""


def foot_silhouette(camera: Camera, body: Body, side: str) -> BaseGeometry:
    """Return the silhouette of a bare foot."""
    ankle, foot = body.joints["ankle" + side], body.feet[side]
    heel, ball, _ = foot_spheres(body, side).values()
    inwards = _inward(body, side)
    shank = normalise(ankle - body.joints["knee" + side])
    instep = ankle + foot.toes * 4.6 + foot.sole * 1.3 - inwards * 0.4
    outer_ball = (ball.centre - inwards * 2.2, ball.radius - 0.2)
    inner_ball = (ball.centre + inwards * 1.9, ball.radius)
    outer_arch = (heel.centre * 0.45 + ball.centre * 0.55 - foot.sole * ARCH_CM - inwards * 1.4, 2.3)
    above_heel = ankle - foot.toes * 0.9 + foot.sole * 0.6
    chains: list[Chain] = [
        [heel, outer_arch, outer_ball],
        [(ankle - shank * 4, 3.0), (above_heel, 3.0), heel],  # the tendon of the heel
        [(ankle - shank * 4, 3.0), (ankle, 3.3), (instep, 3.0), (ball.centre - foot.sole * 0.3, ball.radius)],
        [(instep, 2.6), inner_ball],
        [inner_ball, outer_ball],
    ]
    for place, tip in enumerate(_toe_tips(body, side)):
        root = ball.centre + inwards * TOES[place][0] * 0.85 + foot.toes * 0.6
        chains.append([(root, ball.radius - 0.4), tip])
    return round_corners(unite([sweep(camera.project_spheres(chain)) for chain in chains]), 0.5, 0.5)


def foot_strokes(camera: Camera, body: Body, side: str, shade: str) -> tuple[list[Stroke], BaseGeometry]:
    """Return the outline, the fill and the lines between the toes, and the silhouette."""
    shape = foot_silhouette(camera, body, side)
    shank = normalise(body.joints["ankle" + side] - body.joints["knee" + side])
    points = resample_outline(shape, FOOT_POINTS, camera.project(body.joints["ankle" + side] - shank * 20))
    return [
        Stroke("edge", "skin", points),
        Stroke("fill", "skin" + shade, points),
        *_toe_lines(camera, body, side),
        _ankle_line(camera, body, side),
    ], shape


def _inward(body: Body, side: str) -> Array:
    """Return the direction from the outer edge of a foot to the inner one."""
    foot = body.feet[side]
    return np.cross(foot.toes, foot.sole) * SIDE_SIGN[side]


def _toe_direction(body: Body, side: str) -> Array:
    _, ball, toe = foot_spheres(body, side).values()
    return normalise(toe.centre - ball.centre)


def _toe_tips(body: Body, side: str) -> list[tuple[Array, float]]:
    """Return the spheres at the ends of the toes, the big one first."""
    toe, forwards = foot_spheres(body, side)["toe" + side], _toe_direction(body, side)
    down = normalise(np.cross(_inward(body, side), forwards)) * -SIDE_SIGN[side]
    down = down if float(down @ body.feet[side].sole) > 0 else -down
    return [
        (toe.centre + _inward(body, side) * inwards - forwards * behind + down * (toe.radius - radius), radius)
        for inwards, behind, radius in TOES
    ]


def _toe_lines(camera: Camera, body: Body, side: str) -> list[Stroke]:
    """Return the lines between neighbouring toes, on the upper side or the sole; edge-on they shrink to nothing."""
    tips, forwards, up = _toe_tips(body, side), _toe_direction(body, side), -body.feet[side].sole
    facing = camera.depth_of(up)
    shown = float(np.clip((max(facing, -facing - SOLE_LINE_FACING) - TOE_LINE_FACING) * 4, 0, 1))
    seen = up * np.sign(facing)
    lines = []
    for (tip, radius), (neighbour, _) in itertools.pairwise(tips):
        front = (tip + neighbour) / 2 + seen * radius * 0.6 + forwards * 0.2
        points = [front - forwards * TOE_LINE_CM * shown * share for share in (0, 0.5, 1)]
        lines.append(Stroke("line", "crease", camera.project(np.array(points))))
    return lines


def _ankle_line(camera: Camera, body: Body, side: str) -> Stroke:
    """Return the lower edge of the ankle's bone on the side that is seen; edge-on it shrinks to a point."""
    ankle, foot, inwards = body.joints["ankle" + side], body.feet[side], _inward(body, side)
    facing = camera.depth_of(inwards)
    radius = ANKLE_BONE_CM * float(np.clip((abs(facing) - ANKLE_BONE_FACING) * 4, 0, 1))
    centre = ankle + inwards * np.sign(facing) * 2.8 + foot.sole * 0.4
    arc = np.array([foot.toes * 1.2, foot.sole * 1.2, -foot.toes * 1.2])
    return Stroke("line", "crease", camera.project(centre + arc * radius))
