"""How bodies differ from each other: widths, girths, and the shape of head and hair; bones have the same length.

All lengths are cm. Girths are factors at joints, by which everything along a limb is thicker than in the first shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.figures.persons import Person

Station = tuple[float, float, float]
"""A sphere along a bone: share of the bone's length, radius in cm, offset in cm towards the segment's fuller side."""


HairlinePoint = tuple[float, float]
"""Angle round the pole of the hair from the middle of the forehead, and rise towards the pole; degrees."""


class Ring(NamedTuple):
    """An ellipse round a spine node: half width, depth in front of the node and behind it, in cm."""

    half_width: float
    front: float
    behind: float


TEMPLES: tuple[HairlinePoint, ...] = ((0, 0), (25, 3), (45, 3), (60, -7), (74, -16), (87, -11), (99, 0), (180, 0))
"""A hairline that is high over the forehead and comes forward at the temples, down to the ears."""
SIDEBURNS: tuple[HairlinePoint, ...] = (
    (0, 0),
    (30, 4),
    (48, 2),
    (60, -9),
    (72, -22),
    (83, -25),
    (92, -8),
    (100, 0),
    (180, 0),
)
"""The same of short hair, which reaches down before the ears."""


class HairStyle(NamedTuple):
    """Hair as a cap, half an ellipsoid, and a mass (a bun) that stands out of it.

    Points and radii are cm in the frame of the head: x towards the face, y to the crown, z to the right ear. `radii`
    are those of the ellipsoid, `centre` (x, y) is its middle, `pole` is where the middle of the cap looks. `mass` holds
    the spheres (x, y, z, radius) seen from the middle of the ellipsoid, which are swept from each to the next; none
    for short hair. Hair that `is_pale` has an outline, since it may be as light as the paper, and lines that show how
    it is combed.
    """

    radii: tuple[float, float, float]
    pole: tuple[float, float, float]
    mass: tuple[tuple[float, float, float, float], ...] = ()
    centre: tuple[float, float] = (-0.3, 1.5)
    is_pale: bool = False
    hairline: tuple[HairlinePoint, ...] = TEMPLES


BUN = HairStyle((10.3, 10.9, 8.7), (-0.66, 0.75, 0.0), ((-10.18, 7.08, 0.0, 4.1), (-10.18, 7.68, 0.0, 4.1)))
"""Hair that is gathered at the crown."""
WOMAN_RINGS = {
    0: Ring(15.4, 10.6, 10.3),
    1: Ring(15.0, 10.6, 9.6),
    2: Ring(13.4, 10.0, 9.0),
    3: Ring(12.5, 9.8, 8.0),
    4: Ring(12.9, 10.9, 7.0),
    5: Ring(14.2, 12.8, 6.0),
    6: Ring(15.2, 13.9, 5.4),
    7: Ring(15.9, 14.4, 5.2),
    8: Ring(15.8, 13.4, 5.0),
    9: Ring(14.0, 11.0, 4.8),
    10: Ring(8.6, 7.4, 5.0),
}
"""The trunk's rings of the first shape, by spine node."""


@dataclass(frozen=True)
class BodyShape:
    """The widths and girths of a body.

    `shoulder_half` and `hip_half` reach from the midline to a joint. `girths` has the factor at each of
    shoulder, elbow, wrist, hip, knee and ankle that is not 1. `neck` and `jaw` are factors of their width.
    """

    rings: Mapping[int, Ring] = field(default_factory=lambda: WOMAN_RINGS)
    shoulder_half: float = 17.6
    hip_half: float = 8.6
    girths: Mapping[str, float] = field(default_factory=dict)
    neck: float = 1.0
    jaw: float = 1.0
    hair: HairStyle = BUN

    def girth(self, joint: str) -> float:
        """Return the factor at a joint, by its name without the side."""
        return self.girths.get(joint, 1.0)

    def fit_stations(self, stations: Sequence[Station], upper: str, lower: str) -> list[Station]:
        """Return the stations along the bone between two joints with the girth of this shape."""
        first, last = self.girth(upper), self.girth(lower)
        factors = [first + (last - first) * share for share, _, _ in stations]
        return [
            (share, radius * factor, offset * factor)
            for (share, radius, offset), factor in zip(stations, factors, strict=True)
        ]


WOMAN = BodyShape()
"""The shape for which the pose files are written."""
SHORT_HAIR = HairStyle((10.2, 10.7, 8.6), (-0.5, 0.87, 0.0), hairline=SIDEBURNS)
"""Hair that is cut close."""
SOFT_SHORT_HAIR = HairStyle((10.7, 11.3, 8.9), (-0.54, 0.84, 0.0), is_pale=True)
"""Hair that is cut short and stands off a little."""
CURLY_HAIR = HairStyle((11.0, 12.0, 9.0), (-0.56, 0.83, 0.0), hairline=SIDEBURNS)
"""Short curls."""
EAR_LENGTH_HAIR = HairStyle((11.2, 11.8, 9.2), (-0.64, 0.77, 0.0), centre=(-0.8, 0.4))
"""Full hair that covers the ears."""
MAN = BodyShape(
    rings={
        0: Ring(15.0, 10.4, 9.8),
        1: Ring(14.7, 10.4, 9.2),
        2: Ring(14.4, 10.6, 8.8),
        3: Ring(14.6, 11.0, 8.2),
        4: Ring(15.2, 11.6, 7.4),
        5: Ring(16.2, 12.4, 6.4),
        6: Ring(17.2, 13.2, 5.8),
        7: Ring(17.9, 13.6, 5.6),
        8: Ring(17.8, 12.8, 5.4),
        9: Ring(15.8, 11.0, 5.0),
        10: Ring(9.2, 7.7, 5.2),
    },
    shoulder_half=19.6,
    hip_half=8.4,
    girths={"shoulder": 1.16, "elbow": 1.12, "wrist": 1.14, "knee": 1.05, "ankle": 1.08},
    neck=1.14,
    jaw=1.09,
    hair=SHORT_HAIR,
)
"""Broad shoulders, narrow hips."""
OLDER_PERSON = BodyShape(
    rings={
        0: Ring(15.4, 11.2, 10.0),
        1: Ring(15.2, 11.2, 9.4),
        2: Ring(14.9, 11.5, 8.9),
        3: Ring(14.8, 11.9, 8.3),
        4: Ring(14.9, 12.4, 7.5),
        5: Ring(15.3, 13.2, 6.6),
        6: Ring(15.7, 13.9, 6.0),
        7: Ring(16.0, 14.3, 5.8),
        8: Ring(15.8, 13.2, 5.6),
        9: Ring(14.2, 10.8, 5.2),
        10: Ring(8.7, 7.4, 5.1),
    },
    shoulder_half=17.9,
    girths={"shoulder": 1.0, "elbow": 1.0, "wrist": 1.04, "hip": 0.98, "knee": 1.02, "ankle": 1.02},
    neck=1.02,
    jaw=1.04,
    hair=SOFT_SHORT_HAIR,
)
"""A straighter waist."""
LARGER_PERSON = BodyShape(
    rings={
        0: Ring(20.0, 13.8, 12.8),
        1: Ring(20.2, 15.2, 12.1),
        2: Ring(19.8, 16.6, 11.4),
        3: Ring(19.6, 17.4, 10.6),
        4: Ring(19.6, 17.6, 9.6),
        5: Ring(19.8, 17.5, 8.4),
        6: Ring(19.9, 17.4, 7.5),
        7: Ring(19.7, 17.2, 7.0),
        8: Ring(18.6, 15.4, 6.8),
        9: Ring(15.9, 12.3, 6.1),
        10: Ring(9.5, 8.3, 5.7),
    },
    shoulder_half=18.8,
    hip_half=10.4,
    girths={"shoulder": 1.34, "elbow": 1.26, "wrist": 1.12, "hip": 1.3, "knee": 1.22, "ankle": 1.15},
    neck=1.18,
    jaw=1.14,
    hair=EAR_LENGTH_HAIR,
)
"""A full trunk, full arms and legs."""
WHEELCHAIR_USER = replace(
    MAN,
    girths={"shoulder": 1.16, "elbow": 1.12, "wrist": 1.12, "hip": 0.92, "knee": 0.92, "ankle": 0.96},
    hair=CURLY_HAIR,
)
"""Strong arms, slender legs."""
SHAPES: Mapping[Person, BodyShape] = {
    "woman": WOMAN,
    "man": MAN,
    "older_person": OLDER_PERSON,
    "larger_person": LARGER_PERSON,
    "wheelchair_user": WHEELCHAIR_USER,
}
"""The body of each person."""
