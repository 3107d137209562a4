"""Draws the illustrations: `python -m app.figures.drawing` draws all, with SLUG arguments only those exercises."""

import argparse
import sys
import time
from multiprocessing import Pool

from app.figures.assets import ASSETS
from app.figures.drawing.build import draw
from app.figures.drawing.posefile import PoseError, slugs
from app.figures.drawing.seated import write


def _one(slug: str) -> tuple[str, list[str]]:
    try:
        return slug, draw(slug)
    except (PoseError, ValueError) as error:
        return slug, [f"not drawn: {error}"]
    except KeyError as error:
        return slug, [f"not drawn: {error} is missing, or no landmark, prop or contact has that name"]


def main() -> int:
    """Command line; 1 when a check finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slug", nargs="*", help="only these exercises")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    names, bad, begun = given.slug or slugs(), 0, time.monotonic()
    with Pool(min(given.jobs, len(names))) as pool:
        for count, (slug, lines) in enumerate(pool.imap(_one, names), 1):
            bad += bool(lines)
            print(f"[{count}/{len(names)}] {slug}: {'good' if not lines else ''}", flush=True)
            for line in lines:
                print(f"    {line}", flush=True)
    if not given.slug:
        write()
        for path in ASSETS.glob("*.z"):
            if path.stem not in names:
                path.unlink()
    print(f"{len(names)} drawn in {time.monotonic() - begun:.0f} s, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
