"""Named spheres on the body's surface, what the hands hold, and the centre of mass."""

from typing import Any

import numpy as np

from app.figures.drawing.body_shape import WOMAN
from app.figures.drawing.geometry import Array, Sphere, vec
from app.figures.drawing.skeleton import SIDE_SIGN, SIDES, Body

HAND_LENGTH_CM = 16.5
"""From the wrist to the finger tips."""
JOINT_RADII_CM = {"shoulder": 5.6, "elbow": 3.9, "wrist": 2.6, "hip": 8.6, "knee": 5.7, "ankle": 3.7}
"""From a joint to the skin, in the first body shape."""
SOFT_JOINTS = ("shoulder", "hip")
"""Joints deep in flesh."""
TRUNK_LANDMARKS = (
    ("back", 7, "behind", 1.6, 7.0),
    ("low_back", 3, "behind", 0.0, 6.5),
    ("chest", 7, "front", 5.8, 8.5),
    ("belly", 3, "front", 3.6, 8.0),
)
"""Name, spine node, surface of the trunk, cm in front of the node, radius in cm; in the first body shape."""


FIRM_SHARE = 0.15
"""Share of what belly, chest, ribs and seat are thicker than in the first body shape: the rest yields to the floor."""


def grip_centre(body: Body, side: str) -> Array:
    """Return the centre of what a hand holds."""
    hand = body.hands[side]
    return body.joints["wrist" + side] + hand.fingers * 6.0 + hand.palm * 1.2


def thumb_direction(body: Body, side: str) -> Array:
    """Return the direction across a hand to the side of its thumb."""
    hand = body.hands[side]
    return np.asarray(np.cross(hand.fingers, hand.palm) * SIDE_SIGN[side])


def foot_spheres(body: Body, side: str) -> dict[str, Sphere]:
    """Return heel, ball and toe of one foot, by landmark name."""
    ankle, foot = body.joints["ankle" + side], body.feet[side]
    toe = ankle + foot.toes * 16.5 + foot.sole * 5.3
    ball, bend = ankle + foot.toes * 11.0 + foot.sole * 4.8, np.radians(foot.toe_bend)
    # Toes bend up about the ball, which then is what touches the floor.
    if foot.toe_bend:
        toe = ball + (np.cos(bend) * foot.toes - np.sin(bend) * foot.sole) * 5.5 + foot.sole * 0.5
    return {
        "heel" + side: Sphere(ankle - foot.toes * 3.8 + foot.sole * 3.9, 3.4),
        "ball" + side: Sphere(ball, 2.5),
        "toe" + side: Sphere(toe, 2.0),
    }


def hand_tip(body: Body, side: str) -> Sphere:
    """Return the far end of a hand: the finger tips, or the knuckles of a fist."""
    hand, wrist = body.hands[side], body.joints["wrist" + side]
    if hand.shape == "fist":
        return Sphere(wrist + hand.fingers * 5.5, 3.8)
    return Sphere(wrist + hand.fingers * (HAND_LENGTH_CM - 2.0), 1.5)


def find_landmarks(body: Body) -> dict[str, Sphere]:
    """Return the named spheres that can touch the floor or a prop, carry an anchor, or be followed by an arrow."""
    landmarks: dict[str, Sphere] = {}
    for side in SIDES:
        landmarks |= _limb_landmarks(body, side)
    landmarks |= {"pelvis": Sphere(body.joints["pelvis"], 5.0), **_head_landmarks(body)}
    for name, node, surface, forward, radius in TRUNK_LANDMARKS:
        ring, usual = body.shape.rings[node], WOMAN.rings[node]
        thicker = (ring.front - usual.front) * FIRM_SHARE if surface == "front" else usual.behind - ring.behind
        landmarks[name] = Sphere(body.spine[node] + body.spine_frames[node][:, 0] * (forward + thicker), radius)
    ribs, frame = body.spine[6], body.spine_frames[6]
    out = 8.5 + (body.shape.rings[6].half_width - WOMAN.rings[6].half_width) * FIRM_SHARE
    for side in SIDES:
        landmarks["ribs" + side] = Sphere(ribs + frame[:, 2] * SIDE_SIGN[side] * out + frame[:, 0] * 4, 7.0)
    return landmarks


def locate_point(value: Any, body: Body) -> Array:
    """Return a point of a pose file: three numbers, a landmark's name, or [name, x, y, z] with an offset from it."""
    if isinstance(value, str):
        return find_landmarks(body)[value].centre
    if isinstance(value[0], str):
        return find_landmarks(body)[value[0]].centre + vec(*value[1:])
    return vec(*value)


def _limb_landmarks(body: Body, side: str) -> dict[str, Sphere]:
    girths = {name: body.shape.girth(name) for name in JOINT_RADII_CM}
    girths |= {name: 1 + (girths[name] - 1) * FIRM_SHARE for name in SOFT_JOINTS}
    landmarks = {
        name + side: Sphere(body.joints[name + side], radius * girths[name]) for name, radius in JOINT_RADII_CM.items()
    }
    landmarks["hand" + side] = hand_tip(body, side)
    landmarks["grip" + side] = Sphere(grip_centre(body, side), 2.0)
    landmarks |= foot_spheres(body, side)
    pelvis = body.pelvis_frame
    seat = body.joints["hip" + side] - pelvis[:, 0] * 4.4 - pelvis[:, 1] * 1.5
    landmarks["seat" + side] = Sphere(seat, 9.2 * girths["hip"])
    return landmarks


def _head_landmarks(body: Body) -> dict[str, Sphere]:
    centre, head = body.joints["head"], body.head_frame
    return {
        "head": Sphere(centre + head[:, 1] * 1.2, 9.6),
        "chin": Sphere(centre + head[:, 0] * 5.2 - head[:, 1] * 7.8, 3.6),
        "forehead": Sphere(centre + head[:, 0] * 6.5 + head[:, 1] * 3.5, 3.2),
        "crown": Sphere(centre + head[:, 1] * 8.0, 3.2),
    }


def centre_of_mass(body: Body) -> Array:
    """Return the rough centre of mass: head 8 % of the mass, trunk 50 %, each arm 5 %, each leg 16 %."""
    joints = body.joints
    total = joints["head"] * 0.08 + sum((body.spine[node] for node in (0, 2, 4, 6, 8)), vec(0, 0, 0)) * 0.10
    for side in SIDES:
        shoulder, elbow, wrist = (joints[name + side] for name in ("shoulder", "elbow", "wrist"))
        hip, knee, ankle = (joints[name + side] for name in ("hip", "knee", "ankle"))
        total = total + (shoulder + elbow) * 0.014 + (elbow * 0.4 + wrist * 0.6) * 0.022
        total = total + (hip * 0.57 + knee * 0.43) * 0.10 + (knee + ankle) * 0.03
    return total
