"""The committed drawings are those of the pose files, drawn the same everywhere."""

import hashlib
import os
import subprocess
import sys
from typing import Any

import pytest

from app.figures import assets
from app.figures.drawing.asset_export import asset_content
from app.figures.drawing.documents import render_figure
from app.figures.drawing.drawing_checks import check_drawing
from app.figures.drawing.posefile import list_posed_slugs, load_figure
from app.figures.persons import DEFAULT_PERSON, PERSONS, Person
from app.kit.settings import PROJECT_ROOT

HASH_DRAWING = """
import hashlib, sys
from app.figures.assets import write_asset_text
from app.figures.drawing.asset_export import asset_content
from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import load_figure
figure = load_figure(sys.argv[1])
print(hashlib.sha256(write_asset_text(asset_content(figure, render_figure(figure))).encode()).hexdigest())
"""


def list_drawings() -> list[Any]:
    """Who shows which exercise: a sample runs with every test, more with `make drawings`.

    All exercises of the first person, and a fifth of those of the others, which have the same poses: `make figures`
    draws and checks all.
    """
    drawings = [(slug, person) for person in PERSONS for slug in list_posed_slugs(person)]
    chosen = [(slug, person) for n, (slug, person) in enumerate(drawings) if person == DEFAULT_PERSON or n % 5 == 0]
    return [
        pytest.param(slug, person, marks=[] if n % 24 == 0 else pytest.mark.drawings, id=f"{slug}-{person}")
        for n, (slug, person) in enumerate(chosen)
    ]


@pytest.mark.parametrize(("slug", "person"), list_drawings())
def test_an_asset_is_current_and_has_no_blemish(slug: str, person: Person) -> None:
    stored = assets.decode_asset(assets.locate_asset(slug, person).read_bytes())
    figure = load_figure(slug, person)
    rendered = render_figure(figure)
    assert check_drawing(figure, rendered) == []
    assert stored == assets.write_asset_text(asset_content(figure, rendered)).encode()


def test_every_asset_has_a_pose_and_all_are_small() -> None:
    for person in PERSONS:
        assert list(assets.list_drawn_slugs(person)) == list_posed_slugs(person)
    assert sum(path.stat().st_size for path in assets.ASSETS.rglob("*.z")) < 30_000_000


def test_another_process_draws_the_same_bytes() -> None:
    """With a hash seed of its own, so that no order of a set or dictionary is relied upon."""
    finished = subprocess.run(
        [sys.executable, "-c", HASH_DRAWING, "open-book"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4242"},
        capture_output=True,
        text=True,
        check=True,
    )
    stored = assets.decode_asset(assets.locate_asset("open-book").read_bytes())
    assert finished.stdout.strip() == hashlib.sha256(stored).hexdigest()
