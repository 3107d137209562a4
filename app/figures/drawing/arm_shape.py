"""The form of an arm: where its spheres lie, which side of it is fuller, and the hem of the sleeve.

Stations are as in `app.figures.drawing.limbs`.
"""

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_shape import Station
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import ANY_DIRECTION, Array, Sphere, normalise, reject, vec
from app.figures.drawing.limbs import place_spheres
from app.figures.drawing.outline import UNIT_CIRCLE, convex_hull, resample_between, round_corners, sweep, unite
from app.figures.drawing.skeleton import ARM, SIDE_SIGN, Body, measure_raise, upper_side

UPPER_ARM_STATIONS: list[Station] = [
    (0, 3.6, 0),
    (0.2, 4.3, -0.1),
    (0.36, 4.5, -0.3),
    (0.6, 4.4, 0.4),
    (0.84, 3.85, 0.1),
    (1, 3.7, 0),
]
"""The whole upper arm; its fuller side is the front, where the biceps is."""
SLEEVE_STATIONS: list[Station] = [(0, 4.8, 0.2), (0.17, 5.6, 0.7), (0.34, 5.3, 0.3)]
"""The sleeve as far as the hem; its fuller side is that of the deltoid."""
SLEEVE_EDGE_TOPS: tuple[Station, Station] = ((0.11, 4.7, 0.5), (0.05, 4.95, 0.35))
"""Where the outline of the sleeve begins: on an arm that is seen end on, and on one that is seen across.

End on, the sleeve must hide the round end of its outline, which would else be a ring on the shoulder.
"""
END_ON_LENGTHS = (0.6, 0.95)
"""Lengths of an upper arm on the picture, as shares of the true one: up to the first it counts as seen end on, from the
second as seen across.
"""
RAISED_EDGE_TOP: Station = (0.15, 5.35, 0.6)
"""Where the outline of the sleeve begins on a raised arm, whose sleeve is one with the yoke of the shirt."""
YOKE_ANGLES = (95.0, 135.0)
"""Degrees by which an arm is raised where its sleeve begins to be one with the yoke, and where it is in full."""
FOREARM_STATIONS: list[Station] = [(0, 3.7, 0), (0.22, 4.0, 0.55), (0.55, 3.3, 0.35), (0.84, 2.55, 0), (1, 2.4, 0)]
"""The whole forearm; its fuller side is the outer one, where the brachioradialis is."""
FOREARM_TOP_STATIONS: list[Station] = [(0.14, 3.88, 0.35)]
"""The part of the forearm that is drawn with the upper arm."""
FOREARM_EDGE_STATIONS: list[Station] = [
    (0.17, 3.75, 0.4),
    (0.22, 3.95, 0.55),
    (0.55, 3.3, 0.35),
    (0.84, 2.55, 0),
    (1, 2.4, 0),
]
"""The part of the forearm that is outlined."""
ELBOW_TIP_CM = (1.35, 2.3)
"""The tip of the elbow: how far it stands out of the joint for each 1 of the bend, and its radius."""
HEM_SHARE = 0.54
"""Share of the upper arm at which the sleeve ends."""
HEM_RADIUS_CM = 5.3
"""Radius of the sleeve there."""
SLEEVE_STEPS = (5, 5, 5)
"""Steps of the sleeve's outline: along its side, its hem, and its other side."""
FAR_CM = 40.0
"""Farther than any sleeve reaches."""
HEM_BULGE = ((0.0, 1.0), (0.5, 0.8), (0.8, 0.45))
"""How far beyond the hem's ring the sleeve reaches (cm) at shares of its radius: cloth is never cut off straight."""


def upper_arm_spheres(body: Body, side: str) -> list[Sphere]:
    """Return the spheres of the upper arm, with the tip of the elbow and the beginning of the forearm.

    Two rounded ends that met at the joint would leave a notch on either side of a straight arm.
    """
    front = -reject(body.poles["arm" + side], body.bones(ARM, side)[0])
    spheres = place_spheres(body, side, "shoulder", "elbow", UPPER_ARM_STATIONS, front)
    return [*spheres, elbow_tip(body, side), spheres[-1], *forearm_spheres(body, side, FOREARM_TOP_STATIONS)]


def forearm_spheres(body: Body, side: str, stations: list[Station] = FOREARM_STATIONS) -> list[Sphere]:
    """Return spheres of the forearm, without the tip of the elbow."""
    return place_spheres(body, side, "elbow", "wrist", stations, _outer_forearm(body, side))


def elbow_tip(body: Body, side: str) -> Sphere:
    """Return the tip of the elbow, which stands out as far as the arm is bent and lies inside a straight one."""
    upper, lower = body.bones(ARM, side)
    height, radius = (size * body.shape.girth("elbow") for size in ELBOW_TIP_CM)
    return Sphere(body.joints["elbow" + side] + (upper - lower) * height, radius)


def sleeve_spheres(body: Body, side: str, stations: list[Station] = SLEEVE_STATIONS) -> list[Sphere]:
    """Return spheres of the sleeve as far as its hem."""
    return place_spheres(body, side, "shoulder", "elbow", stations, upper_side(body, side))


def sleeve_edge_spheres(body: Body, camera: Camera, side: str) -> list[Sphere]:
    """Return spheres of the part of the sleeve that is outlined."""
    seen_length = float(np.hypot(*camera.project(body.bones(ARM, side)[0])))
    end_on, hanging = SLEEVE_EDGE_TOPS
    raised = float(np.interp(measure_raise(body, side), YOKE_ANGLES, (0.0, 1.0)))
    across = [low + (high - low) * raised for low, high in zip(hanging, RAISED_EDGE_TOP, strict=True)]
    share, radius, offset = (
        float(np.interp(seen_length, END_ON_LENGTHS, sizes)) for sizes in zip(end_on, across, strict=True)
    )
    return sleeve_spheres(body, side, [(share, radius, offset), *SLEEVE_STATIONS[1:]])


def sleeve_shape(body: Body, camera: Camera, side: str, spheres: list[Sphere]) -> BaseGeometry:
    """Return the silhouette of the sleeve with its hem."""
    discs = camera.project_spheres(spheres)
    rings = [camera.project(hem_ring(body, side, past, share)) for past, share in HEM_BULGE]
    last = convex_hull(np.vstack([discs[-1].centre + UNIT_CIRCLE * discs[-1].radius, *rings]))
    return round_corners(unite([sweep(discs), last]), 1.5, 0.5)


def sleeve_outline(body: Body, camera: Camera, side: str, shape: BaseGeometry) -> Array:
    """Return the outline of a sleeve from its upper end, with a corner at either end of the hem."""
    ring, bone = camera.project(hem_ring(body, side)), camera.project(body.bones(ARM, side)[0])
    shares = (ring - ring.mean(0)) @ np.array([-bone[1], bone[0]])
    corners = ring[int(np.argmin(shares))], ring[int(np.argmax(shares))]
    return resample_between(shape, (ring.mean(0) - bone * FAR_CM, *corners), SLEEVE_STEPS)


def hem_ring(body: Body, side: str, past_cm: float = 0.0, radius_share: float = 1.0) -> Array:
    """Return points (24, 3) round the hem of the sleeve, or some cm past it towards the elbow."""
    shoulder, elbow = body.joints["shoulder" + side], body.joints["elbow" + side]
    bone = normalise(elbow - shoulder)
    across = reject(vec(*ANY_DIRECTION), bone)
    ((share, radius, _),) = body.shape.fit_stations([(HEM_SHARE, HEM_RADIUS_CM, 0.0)], "shoulder", "elbow")
    circle = UNIT_CIRCLE @ np.array([across, np.cross(bone, across)])
    points: Array = shoulder + (elbow - shoulder) * share + bone * past_cm + circle * radius * radius_share
    return points


def _outer_forearm(body: Body, side: str) -> Array:
    upper, lower = body.bones(ARM, side)
    front = reject(-reject(body.poles["arm" + side], upper), lower)
    return np.asarray(np.cross(lower, front) * SIDE_SIGN[side])
