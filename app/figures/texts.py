"""The words that the drawing program writes into every document; the text alternatives are in the pose files."""

from typing import Annotated

from app.figures.picture_options import PHASES
from app.texts.loader import EveryKey, TextFile
from app.texts.templates import Fields, Template, Text


class FigureTexts(TextFile):
    """Titles and descriptions of the drawings."""

    file_name = "figures.yaml"
    phases: Annotated[dict[str, Text], EveryKey(PHASES)]
    sides: Annotated[dict[str, Text], EveryKey(("left", "right"))]
    wheelchair: dict[Text, Text]
    title: Annotated[Template, Fields("exercise", "phase")]
    both: Annotated[Template, Fields("start", "end")]
    animated: Annotated[Template, Fields("start", "end")]
    description: Annotated[Template, Fields("alt", "license", "credit")]
    legend: Annotated[dict[str, Text], EveryKey(("primary", "secondary", "stretched", "massaged", "deep"))]
    views: Annotated[dict[str, Text], EveryKey(("front", "back"))]
    muscles: Annotated[Template, Fields("muscles")]
    muscles_of_role: Annotated[Template, Fields("role", "muscles")]
    one_side: Annotated[Template, Fields("muscle", "side")]
