"""Draws the illustrations: `python -m app.figures.drawing` draws all, with SLUG arguments only those exercises."""

import argparse
import sys
import time
from multiprocessing import Pool

from app.figures.assets import ASSETS, locate_asset
from app.figures.drawing.asset_export import draw_asset
from app.figures.drawing.muscle_map_parts import write_muscle_map
from app.figures.drawing.pose_schema import PoseError
from app.figures.drawing.posefile import list_posed_slugs
from app.figures.drawing.seated_parts import write_seated_figures
from app.figures.persons import PERSONS, Person

Drawing = tuple[str, Person]
"""The slug of an exercise, and who shows it."""


def _draw_one(drawing: Drawing) -> list[str]:
    """Draw an exercise shown by a person; return the findings: a fault of its pose file is one, too."""
    try:
        return draw_asset(*drawing)
    except (PoseError, ValueError) as error:
        return [f"not drawn: {error}"]
    except KeyError as error:
        return [f"not drawn: {error} is missing, or no landmark, prop or contact has that name"]


def main() -> int:
    """Draw what the command line asks for; return 1 when a check finds something, else 0."""
    parser = argparse.ArgumentParser(prog="python -m app.figures.drawing", description=__doc__)
    parser.add_argument("slug", nargs="*", help="only these exercises")
    parser.add_argument("--person", choices=PERSONS, help="only this person")
    parser.add_argument("--jobs", type=int, default=2, help="processes that draw at the same time")
    options = parser.parse_args()
    drawings, start, flawed = _list_drawings(options.slug, options.person), time.monotonic(), 0
    with Pool(min(options.jobs, len(drawings))) as pool:
        for count, findings in enumerate(pool.imap(_draw_one, drawings), 1):
            flawed += bool(findings)
            name = " ".join(drawings[count - 1])
            print(f"[{count}/{len(drawings)}] {name}: {'' if findings else 'good'}", flush=True)
            for finding in findings:
                print(f"    {finding}", flush=True)
    if not options.slug and not options.person:
        write_seated_figures()
        write_muscle_map()
        _delete_orphans(drawings)
    print(f"{len(drawings)} drawn in {time.monotonic() - start:.0f} s, {flawed} with findings")
    return 1 if flawed else 0


def _list_drawings(slugs: list[str], person: Person | None) -> list[Drawing]:
    """Return what is drawn: the exercises that are asked for, or all, each by one person or by all who show it."""
    persons = PERSONS if person is None else (person,)
    drawings = [(slug, shown) for shown in persons for slug in list_posed_slugs(shown) if not slugs or slug in slugs]
    posed = {slug for slug, _ in drawings}
    return drawings + [(slug, persons[0]) for slug in slugs if slug not in posed]


def _delete_orphans(drawings: list[Drawing]) -> None:
    """Delete the asset files of drawings that are made no more."""
    kept = {locate_asset(*drawing) for drawing in drawings}
    for path in ASSETS.rglob("*.z"):
        if path not in kept:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
