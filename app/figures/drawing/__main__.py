"""Draws the illustrations: `python -m app.figures.drawing` draws all, with SLUG arguments only those exercises."""

import argparse
import sys
import time
from multiprocessing import Pool

from app.figures.assets import ASSETS
from app.figures.drawing.asset_export import draw_asset
from app.figures.drawing.muscle_map_parts import write_muscle_map
from app.figures.drawing.pose_schema import PoseError
from app.figures.drawing.posefile import list_posed_slugs
from app.figures.drawing.seated_parts import write_seated_figure


def _draw_one(slug: str) -> tuple[str, list[str]]:
    """Return a slug with the findings of its figure; a fault of its pose file is a finding, too."""
    try:
        return slug, draw_asset(slug)
    except (PoseError, ValueError) as error:
        return slug, [f"not drawn: {error}"]
    except KeyError as error:
        return slug, [f"not drawn: {error} is missing, or no landmark, prop or contact has that name"]


def main() -> int:
    """Draw what the command line asks for; return 1 when a check finds something, else 0."""
    parser = argparse.ArgumentParser(prog="python -m app.figures.drawing", description=__doc__)
    parser.add_argument("slug", nargs="*", help="only these exercises")
    parser.add_argument("--jobs", type=int, default=2, help="processes that draw at the same time")
    options = parser.parse_args()
    slugs, start, flawed = options.slug or list_posed_slugs(), time.monotonic(), 0
    with Pool(min(options.jobs, len(slugs))) as pool:
        for count, (slug, findings) in enumerate(pool.imap(_draw_one, slugs), 1):
            flawed += bool(findings)
            print(f"[{count}/{len(slugs)}] {slug}: {'' if findings else 'good'}", flush=True)
            for finding in findings:
                print(f"    {finding}", flush=True)
    if not options.slug:
        write_seated_figure()
        write_muscle_map()
        _delete_orphans(slugs)
    print(f"{len(slugs)} drawn in {time.monotonic() - start:.0f} s, {flawed} with findings")
    return 1 if flawed else 0


def _delete_orphans(slugs: list[str]) -> None:
    """Delete the asset files of exercises that have no pose file any more."""
    for path in ASSETS.glob("*.z"):
        if path.stem not in slugs:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
