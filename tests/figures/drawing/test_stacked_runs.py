"""Paths that keep their place are drawn once; at every sample the order is that of the run."""

import pytest

from app.figures.assets import list_drawn_slugs, load_picture
from app.figures.drawing.stacked_runs import stack_runs
from app.figures.moving_paths import MovingPath, Run, parse_runs


def path(name: str, *outlines: str) -> MovingPath:
    return MovingPath(f'class="{name}"', outlines)


def test_only_what_changes_places_is_drawn_anew() -> None:
    first = Run(0, 1, (path("floor", "f"), path("arm", "a0", "a1"), path("trunk", "t0", "t1"), path("head", "h")))
    second = Run(1, 2, (path("floor", "f"), path("trunk", "t1", "t2"), path("arm", "a1", "a2"), path("head", "h")))
    stacked = stack_runs([first, second])
    assert next(run for run in stacked if (run.first, run.last) == (0, 2)).paths[0] == path("floor", "f")
    assert sum(len(run.paths) for run in stacked) == 5
    whole = [name for run in stacked if (run.first, run.last) == (0, 2) for name in run.paths]
    assert whole in (
        [path("floor", "f"), path("arm", "a0", "a1", "a2"), path("head", "h")],
        [path("floor", "f"), path("trunk", "t0", "t1", "t2"), path("head", "h")],
    )


def list_shown(runs: list[Run], sample: int, of_last: int) -> list[tuple[str, str]]:
    """Attributes and outlines of what is shown just after a sample, from back to front."""
    return [
        (one.attributes, one.outlines[min(sample - run.first, len(one.outlines) - 1)])
        for run in runs
        if run.first <= sample and (sample < run.last or run.last == of_last)
        for one in run.paths
    ]


@pytest.mark.parametrize("slug", list_drawn_slugs()[::4])
def test_every_sample_shows_the_same_in_the_same_order(slug: str) -> None:
    runs = parse_runs(load_picture(slug, "animated", None).document)
    stacked, last = stack_runs(runs), runs[-1].last
    for sample in range(last):
        assert list_shown(stacked, sample, last) == list_shown(runs, sample, last)
    assert sum(len(run.paths) for run in stacked) <= sum(len(run.paths) for run in runs)
