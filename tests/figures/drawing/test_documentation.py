"""The pages on figures name every word and show a pose file as it is."""

import re

import pytest
import yaml

from app.figures.drawing.pose_schema import LIMB_KEYS, PART_KEYS, POSE_KEYS
from app.figures.drawing.posefile import FILE_KEYS, POSES
from app.figures.drawing.presets import BASE_POSES, HAND_PLACES
from app.figures.drawing.props import PROP_KINDS
from app.kit.settings import PROJECT_ROOT

POSES_PAGE = (PROJECT_ROOT / "app" / "figures" / "drawing" / "POSES.md").read_text()
FIGURES_PAGE = (PROJECT_ROOT / "docs" / "figures.md").read_text()
PART_WORDS = {word for words in (*PART_KEYS.values(), *LIMB_KEYS.values()) for word in words}


@pytest.mark.parametrize(
    "words",
    [FILE_KEYS, POSE_KEYS, PART_WORDS, BASE_POSES, HAND_PLACES, PROP_KINDS],
    ids=["file", "pose", "parts", "bases", "places", "props"],
)
def test_every_word_of_a_pose_file_is_described(words: set[str]) -> None:
    assert set(words) <= set(re.findall(r"\w+", POSES_PAGE))


def test_the_pose_file_that_is_shown_is_the_committed_one() -> None:
    shown = re.search(r"```yaml\n(slug: cat-cow\n.*?)```", FIGURES_PAGE, re.DOTALL)
    assert shown
    assert yaml.safe_load(shown[1]) == yaml.safe_load((POSES / "cat-cow.yaml").read_text())
