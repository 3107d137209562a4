"""Texts of FHIR resources, in the shape of `seed/texts/en/fhir.yaml`."""

from typing import Annotated, Literal

from app.rules.conditions import Verdict
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, PluralTemplate, Template, Text

Amount = Literal["reps", "holds", "breaths"]
"""What a dose counts."""


class FhirTexts(TextFile):
    """The words of definitions."""

    file_name = "fhir.yaml"
    amounts: Annotated[dict[Amount, PluralTemplate], EveryKey(Amount)]
    verdicts: Annotated[dict[Verdict, Text], EveryKey(Verdict)]
    restriction: Annotated[Template, Fields("verdict", "condition", "advice")]
    easier: Text
    harder: Text
    plan_type: Text
    plan_item: Annotated[Template, Fields("exercise", "dose")]
    plan_usage: Text


def fhir_texts() -> FhirTexts:
    """Return the texts of FHIR resources."""
    return load_texts(FhirTexts)
