"""How bodies differ from each other: widths, girths, and the shape of head and hair; bones have the same length.

All lengths are cm. Girths are factors at joints, by which everything along a limb is thicker than in the first shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Station = tuple[float, float, float]
"""A sphere along a bone: share of the bone's length, radius in cm, offset in cm towards the segment's fuller side."""
GIRTH_JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
"""The joints at which a shape has a girth."""


class Ring(NamedTuple):
    """An ellipse round a spine node: half width, depth in front of the node and behind it, in cm."""

    half_width: float
    front: float
    behind: float


class HairStyle(NamedTuple):
    """Hair as a cap, half an ellipsoid, and a mass (bun, bob) that stands out of it.

    Points and radii are cm in the frame of the head: x towards the face, y to the crown, z to the right ear. `radii`
    are those of the ellipsoid, `pole` is where the middle of the cap looks. `mass` holds the spheres (x, y, z, radius)
    seen from the middle of the ellipsoid, which are swept from each to the next; none for short hair. The mass is drawn
    before the face unless its middle lies farther behind the middle of the head than `front_depth`.
    """

    radii: tuple[float, float, float]
    pole: tuple[float, float, float]
    mass: tuple[tuple[float, float, float, float], ...] = ()
    front_depth: float = -8.5


BUN = HairStyle((10.3, 10.9, 8.7), (-0.66, 0.75, 0.0), ((-10.18, 7.08, 0.0, 4.1), (-10.18, 7.68, 0.0, 4.1)))
"""Hair that is gathered at the crown."""
WOMAN_RINGS = {
    0: Ring(15.4, 10.6, 10.3),
    1: Ring(15.0, 10.6, 9.6),
    2: Ring(13.8, 10.4, 9.0),
    3: Ring(13.1, 10.6, 8.2),
    4: Ring(13.3, 11.5, 7.2),
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
    `GIRTH_JOINTS` that is not 1. `neck` and `jaw` are factors of their width.
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
