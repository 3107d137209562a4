"""Texts of the hand-outs, in the shape of `seed/texts/en/handout.yaml`."""

from typing import Annotated

from pydantic import Field

from app.kit.models import FrozenModel
from app.texts.loader import TextFile, load_texts
from app.texts.templates import Fields, Template, Text


class QrCodeTexts(FrozenModel):
    """What stands beside the QR code, and its text alternative."""

    text: Annotated[Template, Fields("url")]
    note: Text


class TickTableTexts(FrozenModel):
    """The table to tick what was done."""

    title: Text
    note: Text
    exercise: Text
    week: Annotated[Template, Fields("number")]
    days: Annotated[tuple[Text, ...], Field(min_length=7, max_length=7)]


class CautionTexts(FrozenModel):
    """Which exercises people with a condition leave out, and how they do the others."""

    title: Text
    note: Text
    avoid_all: Text
    avoid: Annotated[Template, Fields("exercises")]
    care: Annotated[Template, Fields("exercises", "advice")]
    none: Text


class HandoutTexts(TextFile):
    """The words of a hand-out."""

    file_name = "handout.yaml"
    first_time: Text
    goals: Text
    start: Text
    end: Text
    qr_code: QrCodeTexts
    ticks: TickTableTexts
    cautions: CautionTexts
    credit: Annotated[Template, Fields("author")]


def handout_texts() -> HandoutTexts:
    """Return the texts of the hand-outs."""
    return load_texts(HandoutTexts)
