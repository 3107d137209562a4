"""From a pose file to the asset file that the server reads."""

from pathlib import Path

from app.figures import assets
from app.figures.drawing.checks import check_figure, summarise_findings
from app.figures.drawing.documents import RenderedFigure, describe_phases, render_figure
from app.figures.drawing.drawing_checks import check_drawing
from app.figures.drawing.lottie_layers import write_lottie_layers, write_lottie_overlay
from app.figures.drawing.muscle_export import export_muscles
from app.figures.drawing.posefile import PosedFigure, load_figure
from app.figures.picture_layout import Asset


def asset_content(figure: PosedFigure, rendered: RenderedFigure) -> Asset:
    """Return the content of an exercise's asset file; see `app.figures.assets` for its keys."""
    return {
        "documents": rendered.documents,
        "arrows": {"both": rendered.arrows},
        "bounds": rendered.bounds,
        "spine": rendered.spines,
        "lottie": {
            "layers": write_lottie_layers(rendered.documents["animated"]),
            "spine": write_lottie_overlay(rendered.spines["animated"]),
        },
        "muscles": export_muscles(figure, rendered),
        "alt": describe_phases(figure),
        "about": {"side": figure.side, "layout": rendered.layout, "icon": figure.icon_phase},
    }


def draw_asset(slug: str, folder: Path = assets.ASSETS) -> list[str]:
    """Write an exercise's asset file and return what its checks find, a line for each kind of finding.

    Raises PoseError when the pose file cannot be drawn.
    """
    folder.mkdir(exist_ok=True)
    figure = load_figure(slug)
    rendered = render_figure(figure)
    (folder / f"{slug}.z").write_bytes(assets.encode_asset(asset_content(figure, rendered)))
    return summarise_findings([*check_figure(figure), *check_drawing(figure, rendered)])
