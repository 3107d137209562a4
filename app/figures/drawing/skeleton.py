"""The mannequin's bones, and the body that a solved pose gives.

Lengths are those of an adult of about 172 cm. World axes: x forward, y up, z to the person's right; the floor is y = 0.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from app.figures.drawing.body_shape import WOMAN, BodyShape
from app.figures.drawing.geometry import Array, angle_between, normalise, swing

SIDES = ("R", "L")
"""The sides of the body, as joint names end."""
SIDE_SIGN = {"R": 1.0, "L": -1.0}
"""Sign of the z axis that points outwards on each side."""


class SpineRegion(NamedTuple):
    """A region of the spine that bends evenly at `joint_count` joints; `neutral_flexion` is its bend at rest."""

    name: str
    length_cm: float
    joint_count: int
    neutral_flexion: float


SPINE_REGIONS = (
    SpineRegion("lumbar", 17.0, 3, -24.0),
    SpineRegion("thoracic", 28.0, 6, 34.0),
    SpineRegion("neck", 9.5, 2, -22.0),
)
"""From the sacrum upwards; bends in degrees, negative is extension (lordosis)."""
SACRUM_CM = 10.0
"""From the middle of the hips to the first lumbar joint."""
PELVIC_TILT_DEG = 12.0
"""How far the sacrum leans forward in neutral standing."""
CHEST_NODE = 7
"""Index of the spine node in the middle of the chest; 0 is the pelvis, 1 the sacrum, 12 the skull."""
SHOULDER_NODE = 9
"""Index of the spine node that carries the shoulders."""
NECK_NODE = 10
"""Index of the spine node at the base of the neck."""


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: its joints from the trunk outwards, its bones, and its words in a pose file.

    A pose file names the target with the end joint, the bend with the middle joint, the direction of the upper bone
    with `direction_key`.
    """

    name: str
    root: str
    middle: str
    end: str
    upper_cm: float
    lower_cm: float
    direction_key: str


ARM = Limb("arm", "shoulder", "elbow", "wrist", 29.0, 25.5, "dir")
"""Shoulder to elbow to wrist."""
LEG = Limb("leg", "hip", "knee", "ankle", 42.0, 41.0, "thigh")
"""Hip to knee to ankle."""
LIMBS = (ARM, LEG)
"""The limbs of either side."""


@dataclass
class Hand:
    """A hand: its shape (relax, flat or fist), where the fingers point and where the palm looks."""

    shape: str
    fingers: Array
    palm: Array


@dataclass
class Foot:
    """A foot: where it points, where its sole looks, and by how many degrees the toes bend up at the ball."""

    toes: Array
    sole: Array
    toe_bend: float = 0.0


@dataclass
class Body:
    """A solved pose in world coordinates.

    `joints` are named like `kneeR`; `spine` holds the nodes of the spine and `spine_frames` their frames, from the
    pelvis to the skull. `poles` says for `armR` and the like where the middle joint points; `reach_errors` by how many
    cm the end joint misses its target. `breath` is how many cm the lower ribs are wider to each side, `belly` how many
    the belly stands out.
    """

    joints: dict[str, Array]
    spine: list[Array]
    spine_frames: list[Array]
    pelvis_frame: Array
    head_frame: Array
    hands: dict[str, Hand] = field(default_factory=dict)
    feet: dict[str, Foot] = field(default_factory=dict)
    poles: dict[str, Array] = field(default_factory=dict)
    reach_errors: dict[str, float] = field(default_factory=dict)
    breath: float = 0.0
    belly: float = 0.0
    shape: BodyShape = WOMAN

    @property
    def chest_frame(self) -> Array:
        """The frame that carries the shoulders."""
        return self.spine_frames[SHOULDER_NODE]

    def bones(self, limb: Limb, side: str) -> tuple[Array, Array]:
        """Return the directions of the upper and the lower bone of a limb."""
        root, middle, end = (self.joints[name + side] for name in (limb.root, limb.middle, limb.end))
        return normalise(middle - root), normalise(end - middle)

    def resting_shoulder(self, side: str) -> Array:
        """Return where the shoulder joint is when the arm hangs and the shoulder girdle rests."""
        from_spine = np.array([3.2, -2.0, SIDE_SIGN[side] * self.shape.shoulder_half])
        return np.asarray(self.spine[SHOULDER_NODE] + self.chest_frame @ from_spine)

    def carrier_frame(self, limb: Limb) -> Array:
        """Return the frame of the body part that a limb hangs on: chest or pelvis."""
        return self.chest_frame if limb is ARM else self.pelvis_frame


def bent_side(upper: Array, lower: Array, pole: Array) -> Array:
    """Return where the outer side of a limb's bend looks, across its lower bone: the front of a shin, for example.

    A straight limb has no bend; its `pole` stands in. Of a bent one the pole may lie along the lower bone.
    """
    bent = upper - float(upper @ lower) * lower
    return normalise(bent) if float(bent @ bent) > 0.03 else normalise(pole - float(pole @ lower) * lower)


def measure_raise(body: Body, side: str) -> float:
    """Return by how many degrees an upper arm is raised: 0 where it hangs along the trunk, 180 overhead."""
    return angle_between(body.bones(ARM, side)[0], -body.chest_frame[:, 1])


def upper_side(body: Body, side: str) -> Array:
    """Return the side of the upper arm that looks up when the arm is held out to the side: where the deltoid is.

    It turns with the arm on the shortest way from there.
    """
    chest = body.chest_frame
    return swing(chest[:, 2] * SIDE_SIGN[side], body.bones(ARM, side)[0], chest[:, 1])
