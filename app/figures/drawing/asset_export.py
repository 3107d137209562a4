"""From a pose file to the asset file that the server reads."""

from pathlib import Path

from app.figures import assets
from app.figures.drawing.checks import check_figure, summarise_findings
from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import PosedFigure, load_figure
from app.figures.texts import FigureTexts
from app.texts.loader import load_texts


def asset_content(figure: PosedFigure) -> dict[str, object]:
    """Return the content of an exercise's asset file; see `app.figures.assets` for its keys."""
    return {
        "documents": render_figure(figure).documents,
        "alt": _alt_texts(figure),
        "about": {"side": figure.side},
    }


def _alt_texts(figure: PosedFigure) -> dict[str, str]:
    start = figure.alt["start"]
    end = figure.alt.get("end", start)
    both = start if end == start else load_texts(FigureTexts).both.fill(start=start, end=end)
    return {"start": start, "end": end, "both": both, "animated": figure.alt.get("motion", both)}


def draw_asset(slug: str, folder: Path = assets.ASSETS) -> list[str]:
    """Write an exercise's asset file and return what its checks find, a line for each kind of finding.

    Raises PoseError when the pose file cannot be drawn.
    """
    folder.mkdir(exist_ok=True)
    figure = load_figure(slug)
    (folder / f"{slug}.z").write_bytes(assets.encode_asset(asset_content(figure)))
    return summarise_findings(check_figure(figure))
