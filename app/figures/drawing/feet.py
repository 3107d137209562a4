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
FOOT_POINTS = 22
"""Points of a foot's outline."""
TOE_LINE_CM = 2.6
"""Length of the line between two toes."""
TOE_LINE_FACING = 0.1
"""The lines between the toes show when the upper side of the foot turns to the viewer by more than this (cosine)."""


def foot_silhouette(camera: Camera, body: Body, side: str) -> BaseGeometry:
    """Return the silhouette of a bare foot."""
    ankle, foot = body.joints["ankle" + side], body.feet[side]
    heel, ball, _ = foot_spheres(body, side).values()
    inwards = _inward(body, side)
    shank = normalise(ankle - body.joints["knee" + side])
    instep = ankle + foot.toes * 5.0 + foot.sole * 1.4
    outer_ball = (ball.centre - inwards * 2.2, ball.radius - 0.2)
    inner_ball = (ball.centre + inwards * 1.9, ball.radius)
    chains: list[Chain] = [
        [heel, outer_ball],  # the outer edge lies flat; the inner one is the arch
        [(ankle - shank * 3, 3.4), heel],
        [(ankle, 3.7), (instep, 3.2), (ball.centre - foot.sole * 0.3, ball.radius)],
        [(instep, 3.0), inner_ball],
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
    """Return the lines between neighbouring toes; they shrink to nothing as the sole turns to the viewer."""
    tips, forwards, up = _toe_tips(body, side), _toe_direction(body, side), -body.feet[side].sole
    shown = float(np.clip((camera.depth_of(up) - TOE_LINE_FACING) * 4, 0, 1))
    lines = []
    for (tip, radius), (neighbour, _) in itertools.pairwise(tips):
        front = (tip + neighbour) / 2 + up * radius * 0.6 + forwards * 0.2
        points = [front - forwards * TOE_LINE_CM * shown * share for share in (0, 0.5, 1)]
        lines.append(Stroke("line", "crease", camera.project(np.array(points))))
    return lines
