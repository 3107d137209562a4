"""The neck and the collar round it."""

import numpy as np
import pytest

from app.figures.drawing.neck import near_rim
from app.figures.drawing.scene import camera_of
from tests.figures.drawing.pose_files import load_solved_figure


@pytest.mark.parametrize("slug", ["standing-thoracic-extension", "seated-thoracic-extension"])
def test_a_collar_is_round_even_when_the_chest_leans_back(slug: str) -> None:
    """A level ring would be seen from its edge there, as a bar of at most 1 cm."""
    figure = load_solved_figure(slug)
    rim = near_rim(figure.key_poses[-1].body, camera_of(figure))
    chord = rim[-1] - rim[0]
    off = (rim - rim[0]) @ np.array([-chord[1], chord[0]]) / np.hypot(*chord)
    assert float(np.ptp(off)) > 1.15
