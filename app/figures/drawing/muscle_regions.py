"""The places of the muscles on the surface of the body, read from `seed/poses/parts/muscles.yaml`."""

from pathlib import Path
from typing import Literal, NamedTuple

import yaml

Corner = tuple[float, float]
REGIONS_PATH = Path(__file__).resolve().parents[3] / "seed" / "poses" / "parts" / "muscles.yaml"
"""The file of the regions, which explains their numbers."""
TRUNK_SURFACES = ("trunk", "pelvis", "neck")
"""Surfaces that have both sides of the body; angles of the left side are negative there."""


class Region(NamedTuple):
    """A part of a muscle: the surface it lies on, and its corners (station, angle in degrees) in order.

    `scapula` says how the corners away from the spine follow the shoulder blade: as a part of the `blade`, as a `belly`
    between spine and blade, or not at all.
    """

    surface: str
    corners: tuple[Corner, ...]
    scapula: Literal["", "blade", "belly"] = ""


def _read_regions(kind: str) -> dict[str, tuple[Region, ...]]:
    content = yaml.safe_load(REGIONS_PATH.read_text(encoding="utf-8"))[kind]
    return {
        muscle: tuple(
            Region(region["surface"], tuple(map(tuple, region["corners"])), region.get("scapula", ""))
            for region in regions
        )
        for muscle, regions in content.items()
    }


MUSCLE_REGIONS = _read_regions("superficial")
"""The regions of the muscles that can be seen, from the deepest to the topmost."""
DEEP_REGIONS = _read_regions("deep")
"""The regions of the muscles that others cover everywhere."""
MAPPED_MUSCLES = frozenset([*MUSCLE_REGIONS, *DEEP_REGIONS])
"""All muscles."""
