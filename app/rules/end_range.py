"""Which exercises take the spine or a shoulder near its end range, so that they do not open a session."""

from typing import Final

from app.rules.strains import Strain, StrainDegrees
from app.rules.vocabulary import Pattern

LOADED_STRAINS: Final[tuple[Strain, ...]] = (
    "loaded_rotation",
    "loaded_flexion",
    "loaded_extension",
    "sustained_end_range",
    "hanging",
)
"""Strains that load a joint near its end range, or hold it there, in any degree."""
END_RANGES: Final[tuple[tuple[Strain, ...], ...]] = (
    ("trunk_rotation",),
    ("trunk_flexion", "thoracic_extension", "lumbar_extension"),
    ("trunk_side_bend",),
    ("shoulder_end_range",),
    ("arm_behind_body",),
    ("hip_end_range",),
)
"""Strains that in the degree `full` reach the end of a range; those of one row bend the same way, to and fro."""


def is_near_end_range(pattern: Pattern, degrees: StrainDegrees) -> bool:
    """Return whether an exercise needs a warm body: it loads or holds an end range, or combines two of them.

    A movement without load that reaches one end range and leaves it at once grows with the repetitions, so it may open
    a session. Editorial; no clinician has reviewed it yet.
    """
    if any(strain in degrees for strain in LOADED_STRAINS) or degrees.get("resistance") == "full":
        return True
    reached = sum([any(degrees.get(strain) == "full" for strain in strains) for strains in END_RANGES])
    is_held = pattern in ("static_hold", "isometric")
    return reached >= (1 if is_held else 2)
