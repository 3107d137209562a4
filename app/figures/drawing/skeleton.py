"""The mannequin's bones and what a solved pose looks like.

Lengths are centimetres of an adult of about 172 cm. The world's axes: X forward, Y up, Z to the person's right.
A body frame is a matrix whose columns are forward, up and right.
"""

from dataclasses import dataclass, field

import numpy as np

from app.figures.drawing.space import Array, unit, vec

SIDES = ("R", "L")
SIGN = {"R": 1.0, "L": -1.0}

SACRUM, LUMBAR, THORACIC, NECK = 10.0, 17.0, 28.0, 9.5
THIGH, SHANK, UPPER_ARM, FOREARM = 42.0, 41.0, 29.0, 25.5
HIP_HALF, SHOULDER_HALF = 8.6, 17.6
# Number of joints by which each region bends, and its bend in neutral standing.
REGIONS = (("lumbar", LUMBAR, 3, -24.0), ("thoracic", THORACIC, 6, 34.0), ("neck", NECK, 2, -22.0))
PELVIC_TILT = 12.0
# Index of spine nodes: 0 pelvis, 1 sacrum, 2-4 lumbar, 5-10 thoracic, 11-12 neck.
CHEST_NODE, SHOULDER_NODE, NECK_NODE, SKULL_NODE = 7, 9, 10, 12

THIGH_R, KNEE_R, ANKLE_R = 8.6, 5.7, 3.7
SHOULDER_R, ELBOW_R, WRIST_R = 5.6, 3.9, 2.6
HAND_LENGTH = 16.5


@dataclass
class Hand:
    """A hand: its shape, where the fingers point and where the palm looks."""

    shape: str
    fingers: Array
    palm: Array


@dataclass
class Foot:
    """A foot: its own direction and that of its sole, and by how many degrees the toes bend up at the ball."""

    toes: Array
    sole: Array
    up: float = 0.0


@dataclass
class Body:
    """A solved pose: every joint in the world, the spine's frames, hands and feet."""

    joints: dict[str, Array]
    spine: list[Array]
    frames: list[Array]
    pelvis: Array
    head: Array
    hands: dict[str, Hand] = field(default_factory=dict)
    feet: dict[str, Foot] = field(default_factory=dict)
    missed: dict[str, float] = field(default_factory=dict)
    poles: dict[str, Array] = field(default_factory=dict)
    breath: float = 0.0

    @property
    def chest(self) -> Array:
        """The frame that carries the shoulders."""
        return self.frames[SHOULDER_NODE]


Spheres = dict[str, tuple[Array, float]]


def grip(body: Body, side: str) -> Array:
    """The centre of what the hand holds."""
    return body.joints["wrist" + side] + body.hands[side].fingers * 6.0 + body.hands[side].palm * 1.2


def foot_spheres(body: Body, side: str) -> Spheres:
    """Heel, ball and toe of one foot."""
    ankle, foot = body.joints["ankle" + side], body.feet[side]
    toe = ankle + foot.toes * 16.5 + foot.sole * 5.3
    ball, up = ankle + foot.toes * 11.0 + foot.sole * 4.8, np.radians(foot.up)
    if foot.up:
        toe = ball + (np.cos(up) * foot.toes - np.sin(up) * foot.sole) * 5.5 + foot.sole * 0.5
    return {
        "heel" + side: (ankle - foot.toes * 3.8 + foot.sole * 3.9, 3.4),
        "ball" + side: (ball, 2.5),
        "toe" + side: (toe, 2.0),
    }


def hand_tip(body: Body, side: str) -> tuple[Array, float]:
    """The far end of a hand: finger tips, or the knuckles of a fist."""
    hand, wrist = body.hands[side], body.joints["wrist" + side]
    if hand.shape == "fist":
        return wrist + hand.fingers * 5.5, 3.8
    return wrist + hand.fingers * (HAND_LENGTH - 2.0), 1.5


def landmarks(body: Body) -> Spheres:
    """Named spheres on the body's surface: what can touch the floor, a prop, or carry an anchor."""
    found: Spheres = {}
    for s in SIDES:
        for name, radius in (
            ("shoulder", SHOULDER_R),
            ("elbow", ELBOW_R),
            ("wrist", WRIST_R),
            ("hip", THIGH_R),
            ("knee", KNEE_R),
            ("ankle", ANKLE_R),
        ):
            found[name + s] = (body.joints[name + s], radius)
        found["hand" + s] = hand_tip(body, s)
        found["grip" + s] = (grip(body, s), 2.0)
        found.update(foot_spheres(body, s))
        found["seat" + s] = (body.joints["hip" + s] - body.pelvis[:, 0] * 4.4 - body.pelvis[:, 1] * 1.5, 9.2)
    found["pelvis"] = (body.joints["pelvis"], 5.0)
    centre, head = body.joints["head"], body.head
    found["head"] = (centre + head[:, 1] * 1.2, 9.6)
    found["chin"] = (centre + head[:, 0] * 5.2 - head[:, 1] * 7.8, 3.6)
    found["forehead"] = (centre + head[:, 0] * 6.5 + head[:, 1] * 3.5, 3.2)
    found["crown"] = (centre + head[:, 1] * 8.0, 3.2)
    for name, node, depth, radius in (
        ("back", 7, 1.6, 7.0),
        ("low_back", 3, 0.0, 6.5),
        ("chest", 7, 5.8, 8.5),
        ("belly", 3, 3.6, 8.0),
    ):
        found[name] = (body.spine[node] + body.frames[node][:, 0] * depth, radius)
    for s in SIDES:
        found["ribs" + s] = (body.spine[6] + body.frames[6][:, 2] * SIGN[s] * 8.5 + body.frames[6][:, 0] * 4, 7.0)
    return found


def centre_of_mass(body: Body) -> Array:
    """Rough centre of mass from segment shares (head 8, trunk 50, arm 5, leg 16 per cent each)."""
    j = body.joints
    total = j["head"] * 0.08 + sum((body.spine[i] for i in (0, 2, 4, 6, 8)), vec(0, 0, 0)) * 0.10
    for s in SIDES:
        total = (
            total + (j["shoulder" + s] + j["elbow" + s]) * 0.014 + (j["elbow" + s] * 0.4 + j["wrist" + s] * 0.6) * 0.022
        )
        total = total + (j["hip" + s] * 0.57 + j["knee" + s] * 0.43) * 0.10 + (j["knee" + s] + j["ankle" + s]) * 0.03
    return total


def knee_side(thigh: Array, shank: Array, front: Array) -> Array:
    """Where the shin's front looks: from the knee's bend, or the given front when the leg is straight."""
    bent = thigh - float(thigh @ shank) * shank
    return unit(bent) if float(bent @ bent) > 0.03 else unit(front - float(front @ shank) * shank)
