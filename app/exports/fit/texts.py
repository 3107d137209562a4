"""Texts of workouts for watches, in the shape of `seed/texts/en/fit.yaml`."""

from typing import Annotated

from app.rules.vocabulary import Side
from app.texts.loader import EveryKey, TextFile
from app.texts.templates import Fields, Template


class FitTexts(TextFile):
    """The name of a step on a watch."""

    file_name = "fit.yaml"
    with_note: Annotated[Template, Fields("text", "note")]
    work: Annotated[dict[Side, Annotated[Template, Fields("exercise")]], EveryKey(Side)]
