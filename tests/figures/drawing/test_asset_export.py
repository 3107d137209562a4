"""The committed drawings are those of the pose files, drawn the same everywhere."""

import os
import subprocess
import sys
import zlib

import pytest

from app.figures import assets
from app.figures.drawing.asset_export import asset_content
from app.figures.drawing.posefile import list_posed_slugs
from app.kit.settings import PROJECT_ROOT
from tests.figures.drawing.pose_files import load_solved_figure

HASH_DRAWINGS = """
import hashlib, sys
from app.figures import assets
from app.figures.drawing.asset_export import asset_content
from app.figures.drawing.posefile import load_figure
for slug in sys.argv[1:]:
    print(slug, hashlib.sha256(assets.encode_asset(asset_content(load_figure(slug)))).hexdigest())
"""


@pytest.mark.parametrize("slug", list_posed_slugs())
def test_an_asset_is_current(slug: str) -> None:
    stored = (assets.ASSETS / f"{slug}.z").read_bytes()
    assert zlib.decompress(stored) == zlib.decompress(assets.encode_asset(asset_content(load_solved_figure(slug))))


def test_every_asset_has_a_pose_and_all_are_small() -> None:
    assert list(assets.list_drawn_slugs()) == list_posed_slugs()
    assert sum(path.stat().st_size for path in assets.ASSETS.glob("*.z")) < 12_000_000


def test_two_processes_draw_the_same_bytes() -> None:
    """With hashes that differ, so that no order of a set or dictionary is relied upon."""
    slugs = ["band-row", "wall-angel", "open-book"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", HASH_DRAWINGS, *slugs],
            cwd=PROJECT_ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "4242")
    ]
    first, second = (process.communicate()[0] for process in processes)
    assert [line.split()[0] for line in first.splitlines()] == slugs
    assert first == second
