"""Pose files made up for tests."""

import copy
import functools
from pathlib import Path
from typing import Any

import yaml

from app.figures.drawing.posefile import PosedFigure, load_figure, read_pose_file

ALT_TEXT = "A person stands upright with both arms at the sides, looking ahead."
FLAWLESS: dict[str, Any] = {
    "slug": "made-up",
    "alt": {"start": ALT_TEXT, "end": "The same person raises both arms straight ahead to shoulder height."},
    "start": {"base": "standing"},
    "end": {"arms": {"dir": [90, 0], "elbow": 4}},
}
"""A pose file in which the checks find nothing."""


load_solved_figure = functools.cache(load_figure)
"""Returns the figure of a committed pose file, solved once for all tests; a test must not change it."""


def pose_figure(folder: Path, **changes: Any) -> PosedFigure:
    """Return the figure of a pose file that is the flawless one but for the changes."""
    path = folder / "made-up.yaml"
    path.write_text(yaml.safe_dump(copy.deepcopy({**FLAWLESS, **changes})))
    return read_pose_file(path)


def pose_hold(folder: Path, text: str) -> PosedFigure:
    """Return the figure of a hold whose remaining lines are given."""
    path = folder / "made-up.yaml"
    path.write_text(f"slug: made-up\nhold: true\nalt: {{start: x}}\n{text}\n")
    return read_pose_file(path)
