"""The surfaces of trunk, neck, arms and legs, on which the muscles lie."""

import numpy as np

from app.figures.drawing.arm_shape import (
    FOREARM_STATIONS,
    SLEEVE_STATIONS,
    UPPER_ARM_STATIONS,
    forearm_spheres,
    sleeve_spheres,
)
from app.figures.drawing.body_surface import Surface, make_surface, spread_to_spheres, sweep_spheres, tube
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere, normalise, reject, swing
from app.figures.drawing.legs import SHIN_STATIONS, THIGH_STATIONS, shin_spheres, thigh_spheres
from app.figures.drawing.limbs import place_spheres
from app.figures.drawing.neck import NECK_RINGS_CM
from app.figures.drawing.skeleton import ARM, LEG, SIDE_SIGN, SIDES, Body, bent_side
from app.figures.drawing.torso import SHIRT_LOOSENESS_CM, ring_points, seat_spheres, shoulder_pairs

TRUNK_NODES = np.arange(1, 10.01, 0.5)
"""Stations of the shirt: spine nodes, from the sacrum to the base of the neck."""
PELVIS_HEIGHTS_CM = np.arange(-9.0, 10.01, 2.4)
"""Stations of the pelvis: cm above the hips."""
CAP_STATIONS = ((-0.9, 0.44), (-0.6, 0.8), (-0.3, 0.954))
"""Stations of the shoulder's round cap: share of its radius above the joint, and radius there as a share."""
SWEPT_SPHERES = 6
"""Spheres that stand for a swept part."""
FLEXOR_MEDIAL = 0.8
"""How far the flexors of the forearm lie to the inner side of the elbow's front."""


def build_trunk(body: Body, camera: Camera) -> Surface:
    """Return the surface of the shirt."""
    return make_surface(camera, "torso", TRUNK_NODES, _trunk_grid(body))


def build_surfaces(body: Body, camera: Camera) -> dict[str, Surface]:
    """Return all surfaces by name; those of limbs end with their side."""
    grids: dict[str, tuple[str, Array, Array]] = {
        "pelvis": ("pelvis", PELVIS_HEIGHTS_CM, _pelvis_grid(body)),
        "neck": ("neck", *_neck_grid(body)),
    }
    for side in SIDES:
        grids |= {
            "yoke" + side: ("torso", *_yoke_grid(body, side)),
            "shoulder" + side: ("upper" + side, *_shoulder_grid(body, side)),
            "upper_arm" + side: ("upper" + side, *_upper_arm_grid(body, side)),
            "forearm" + side: ("fore" + side, *_forearm_grid(body, side)),
            "thigh" + side: ("thigh" + side, *_thigh_grid(body, side)),
            "shank" + side: ("shank" + side, *_shank_grid(body, side)),
        }
    surfaces = {name: make_surface(camera, *parts) for name, parts in grids.items()}
    return {"trunk": build_trunk(body, camera), **surfaces}


def _trunk_grid(body: Body) -> Array:
    rings = [ring_points(body, node, SHIRT_LOOSENESS_CM.get(node, 0.0)) for node in range(1, 11)]
    flat = np.array(rings).reshape(len(rings), -1)
    rows = [np.interp(TRUNK_NODES, np.arange(1, 11), column) for column in flat.T]
    grid = np.array(rows).T.reshape(len(TRUNK_NODES), -1, 3)
    pairs = [pair for side in SIDES for pair in shoulder_pairs(body, side)]
    return spread_to_spheres(grid, [sphere for pair in pairs for sphere in sweep_spheres(*pair, SWEPT_SPHERES)])


def _pelvis_grid(body: Body) -> Array:
    """Return the points of the pelvis, in planes across its own axis; below the hips the ring only narrows."""
    frame, ring = body.pelvis_frame, ring_points(body, 0)
    grid = np.array([ring + frame[:, 1] * height for height in PELVIS_HEIGHTS_CM])
    centres = grid.mean(1, keepdims=True)
    below = np.clip(-PELVIS_HEIGHTS_CM / 9.0, 0, 1)[:, None, None]
    grid = centres + (grid - centres) * np.sqrt(1 - 0.7 * below**2)
    spheres = [sphere for side in SIDES for sphere in (seat_spheres(body, side)[:2])]
    return spread_to_spheres(grid, spheres)


def _neck_grid(body: Body) -> tuple[Array, Array]:
    rings, stations = [], []
    for node, half_width, half_depth, forward, above in NECK_RINGS_CM:
        frame = body.spine_frames[node]
        centre = body.spine[node] + frame[:, 0] * forward + frame[:, 1] * above
        ring = tube([Sphere(centre, 1.0)], [(frame[:, 0] * half_depth, frame[:, 2] * half_width * body.shape.neck)])
        rings.append(ring[0])
        stations.append(float(node))
    return np.array(stations), np.array(rings)


def _yoke_grid(body: Body, side: str) -> tuple[Array, Array]:
    """Return the points of the upper shoulder, from the collar outwards; 0 degrees is the front, 90 above."""
    pair = shoulder_pairs(body, side)[0]
    bone = normalise(pair[1].centre - pair[0].centre)
    front = reject(body.chest_frame[:, 0], bone)
    above = reject(body.chest_frame[:, 1], bone)
    above = reject(above, front)
    spheres = sweep_spheres(*pair, SWEPT_SPHERES)
    return np.linspace(0, 1, SWEPT_SPHERES), tube(spheres, [(front, above)] * SWEPT_SPHERES)


def _shoulder_grid(body: Body, side: str) -> tuple[Array, Array]:
    """Return the points of the shoulder and the sleeve; 0 degrees is the front of an arm held out, 90 its upper side.

    The directions turn with the arm on the shortest way from an arm that is held out to the side: the muscles of the
    shoulder come from the girdle and do not roll with the arm.
    """
    bone, _ = body.bones(ARM, side)
    chest, outward = body.chest_frame, body.chest_frame[:, 2] * SIDE_SIGN[side]
    axes = swing(outward, bone, chest[:, 0]), swing(outward, bone, chest[:, 1])
    spheres = sleeve_spheres(body, side)
    joint = spheres[0]
    caps = [
        Sphere(joint.centre + bone * joint.radius * height, joint.radius * radius) for height, radius in CAP_STATIONS
    ]
    stations = [*(height for height, _ in CAP_STATIONS), *(share for share, _, _ in SLEEVE_STATIONS)]
    return np.array(stations), tube([*caps, *spheres], [axes] * len(stations))


def _outer(front: Array, bone: Array, side: str) -> Array:
    """Return the outer side of a limb whose front is known."""
    return np.cross(bone, front) * SIDE_SIGN[side]


def _upper_arm_grid(body: Body, side: str) -> tuple[Array, Array]:
    upper, _ = body.bones(ARM, side)
    front = -reject(body.poles["arm" + side], upper)
    spheres = place_spheres(body, side, "shoulder", "elbow", UPPER_ARM_STATIONS, front)
    shares = np.array([share for share, _, _ in UPPER_ARM_STATIONS])
    return shares, tube(spheres, [(front, _outer(front, upper, side))] * len(spheres))


def _forearm_grid(body: Body, side: str) -> tuple[Array, Array]:
    """Return the points of the forearm; 0 degrees is where the flexors lie, which turn towards the palm."""
    upper, lower = body.bones(ARM, side)
    pole = body.poles["arm" + side]
    elbow_front = reject(-reject(pole, upper), lower)
    inner = -_outer(elbow_front, lower, side)
    first = normalise(elbow_front + inner * FLEXOR_MEDIAL)
    last = reject(body.hands[side].palm, lower)
    spheres = forearm_spheres(body, side)
    shares = [share for share, _, _ in FOREARM_STATIONS]
    axes = []
    for share in shares:
        front = reject(first * (1 - share) + last * share + inner * 0.3 * share * (1 - share), lower)
        axes.append((front, _outer(front, lower, side)))
    return np.array(shares), tube(spheres, axes)


def _thigh_grid(body: Body, side: str) -> tuple[Array, Array]:
    upper, _ = body.bones(LEG, side)
    front = reject(body.poles["leg" + side], upper)
    spheres = thigh_spheres(body, side)
    shares = np.array([share for share, _, _ in THIGH_STATIONS])
    return shares, tube(spheres, [(front, _outer(front, upper, side))] * len(spheres))


def _shank_grid(body: Body, side: str) -> tuple[Array, Array]:
    upper, lower = body.bones(LEG, side)
    front = bent_side(upper, lower, body.poles["leg" + side])
    spheres = shin_spheres(body, side)
    shares = np.array([share for share, _, _ in SHIN_STATIONS])
    return shares, tube(spheres, [(front, _outer(front, lower, side))] * len(spheres))
