"""From a pose file to the asset file that the server reads."""

import re
from pathlib import Path

from app.figures import assets
from app.figures.drawing.checks import check, summary
from app.figures.drawing.figure import pictures
from app.figures.drawing.posefile import Figure, load
from app.figures.palette import CLASS_PREFIX, build_motion_style, build_style_sheet

CLASSES = re.compile(rf"\b{CLASS_PREFIX}([\w-]+)")


def content(figure: Figure) -> dict[str, object]:
    """The content of an exercise's asset file."""
    documents = pictures(figure).documents
    used = {name for text in documents.values() for name in CLASSES.findall(text)}
    styles = {theme: build_style_sheet(theme, used) for theme in assets.THEMES}
    start = figure.alt["start"]
    end = figure.alt.get("end", start)
    both = start if end == start else f"{start} {end}"
    alt = {"start": start, "end": end, "both": both, "animated": figure.alt.get("motion", both)}
    about = {"side": figure.side, "motion": build_motion_style()}
    return {"documents": documents, "styles": styles, "alt": alt, "about": about}


def draw(slug: str, folder: Path = assets.ASSETS) -> list[str]:
    """Write an exercise's asset file; the findings of its checks."""
    folder.mkdir(exist_ok=True)
    figure = load(slug)
    (folder / f"{slug}.z").write_bytes(assets.encode_asset(content(figure)))
    return summary(check(figure))
