"""Silhouettes of hands and feet on the picture."""

from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere, normalise
from app.figures.drawing.landmarks import foot_spheres
from app.figures.drawing.outline import round_corners, sweep, unite
from app.figures.drawing.skeleton import SIDE_SIGN, Body, Hand

Chain = Sequence[tuple[Array, float]]
"""Spheres that are swept from each to the next."""
FINGERS = ((1.9, 15.2), (0.0, 16.2), (-1.9, 14.0))
"""Of three finger strips: offset from the middle towards the thumb, and length from the wrist; in cm."""


def foot_silhouette(camera: Camera, body: Body, side: str) -> BaseGeometry:
    """Return the silhouette of a bare foot."""
    ankle, foot = body.joints["ankle" + side], body.feet[side]
    across = np.cross(foot.toes, foot.sole)
    heel, ball, toe = foot_spheres(body, side).values()
    shank = normalise(ankle - body.joints["knee" + side])
    instep = ankle + foot.toes * 5.0 + foot.sole * 1.6
    chains: list[Chain] = [
        [heel, ball],
        [(ankle - shank * 3, 3.4), heel],
        [(ankle, 3.7), (instep, 3.2), (ball.centre - foot.sole * 0.3, ball.radius)],
    ]
    for offset, shortening in ((1.9, 0.0), (-1.9, 1.4)):  # the inner edge, and the outer one with its shorter toes
        tip = toe.centre + across * offset * 0.75 - foot.toes * shortening
        chains.append(
            [(heel.centre, heel.radius - 0.6), (ball.centre + across * offset, ball.radius), (tip, toe.radius)]
        )
    return round_corners(_sweep_chains(camera, chains), 1.6, 0.8)


def hand_silhouette(camera: Camera, body: Body, side: str) -> tuple[BaseGeometry, list[Sphere]]:
    """Return the silhouette of a hand, and the spheres along it that give its depth."""
    hand, wrist = body.hands[side], body.joints["wrist" + side]
    thumb = np.cross(hand.fingers, hand.palm) * SIDE_SIGN[side]
    if hand.shape == "fist":
        shape = round_corners(_sweep_chains(camera, _fist_chains(hand, wrist, thumb)), 1.0, 0.6)
        return shape, [Sphere(wrist, 2.7), Sphere(wrist + hand.fingers * 6.2, 3.8)]
    shape = round_corners(_sweep_chains(camera, _open_hand_chains(hand, wrist, thumb)), 0.6, 0.4)
    return shape, [Sphere(wrist + hand.fingers * along, radius) for along, radius in ((0, 2.5), (8, 2.2), (15, 1.6))]


def _sweep_chains(camera: Camera, chains: list[Chain]) -> BaseGeometry:
    return unite([sweep(camera.project_spheres(chain)) for chain in chains])


def _fist_chains(hand: Hand, wrist: Array, thumb: Array) -> list[Chain]:
    fingers, palm = hand.fingers, hand.palm
    heel, knuckles = wrist + fingers * 1.5, wrist + fingers * 6.2
    chains: list[Chain] = [
        [(wrist, 2.7), (heel + thumb * offset, 3.0), (knuckles + thumb * offset * 1.3 + palm, 3.1)]
        for offset in (-1.2, 1.2)
    ]
    thumb_root, thumb_tip = wrist + fingers * 3 + thumb * 2.5, wrist + fingers * 7 + thumb * 2.6 + palm * 2.2
    return [*chains, [(thumb_root, 1.6), (thumb_tip, 1.5)]]


def _open_hand_chains(hand: Hand, wrist: Array, thumb: Array) -> list[Chain]:
    """Return a flat hand, or a relaxed one whose fingers curl a little to the palm."""
    fingers, palm, is_flat = hand.fingers, hand.palm, hand.shape == "flat"
    curl = 0.0 if is_flat else 1.3
    chains: list[Chain] = []
    for offset, reach in FINGERS:
        knuckle = wrist + fingers * 8.5 + thumb * offset
        tip = wrist + fingers * reach + thumb * offset * 0.62 + palm * curl
        chains.append([(wrist + thumb * offset * 0.4, 2.3), (knuckle, 1.9), (tip, 1.35)])
    thumb_tip = wrist + fingers * 8.8 + thumb * (4.9 if is_flat else 4.2) + palm * 1.2
    thumb_root, thumb_joint = wrist + fingers * 2.0 + thumb * 1.4, wrist + fingers * 5.2 + thumb * 3.6
    return [*chains, [(thumb_root, 1.9), (thumb_joint, 1.5), (thumb_tip, 1.2)]]
