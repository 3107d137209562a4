"""From a pose file to the asset file that the server reads."""

from pathlib import Path

from app.figures import assets
from app.figures.drawing.checks import check_figure, summarise_findings
from app.figures.drawing.documents import RenderedFigure, describe_phases, render_figure
from app.figures.drawing.drawing_checks import check_drawing
from app.figures.drawing.lottie_layers import write_lottie_layers, write_lottie_overlay
from app.figures.drawing.muscle_export import export_muscles
from app.figures.drawing.posefile import PosedFigure, load_figure
from app.figures.persons import DEFAULT_PERSON, Person
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


def draw_asset(slug: str, person: Person = DEFAULT_PERSON, folder: Path = assets.ASSETS) -> list[str]:
    """Write the asset file of an exercise and a person; return what the checks find, a line for each kind of finding.

    Raises PoseError when the pose file cannot be drawn.
    """
    path = assets.locate_asset(slug, person, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure = load_figure(slug, person)
    rendered = render_figure(figure)
    path.write_bytes(assets.encode_asset(asset_content(figure, rendered)))
    return summarise_findings([*check_figure(figure), *check_drawing(figure, rendered)])
