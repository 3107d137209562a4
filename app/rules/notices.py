"""The notices of every exercise and session: the disclaimer, the rules for when to stop, and the licence."""

from functools import cache

from app.kit.models import FrozenModel
from app.texts.loader import LANGUAGE, TextFile, load_texts
from app.texts.templates import Text


class Disclaimer(FrozenModel):
    """What this information is and is not."""

    version: str
    text: str
    locale: str


class License(FrozenModel):
    """The terms under which a record may be used."""

    id: str
    name: str
    url: str
    attribution: str


class DisclaimerText(FrozenModel):
    """The disclaimer and its version, which grows whenever the text changes."""

    version: Text
    text: Text


class NoticeTexts(TextFile):
    """The notices, as `notices.yaml` holds them."""

    file_name = "notices.yaml"
    disclaimer: DisclaimerText
    stop_rules: tuple[Text, ...]


@cache
def load_disclaimer() -> Disclaimer:
    """Return the disclaimer of every answer that concerns health."""
    text = load_texts(NoticeTexts).disclaimer
    return Disclaimer(version=text.version, text=text.text, locale=LANGUAGE)


def load_stop_rules() -> tuple[str, ...]:
    """Return the sentences that say when to stop an exercise."""
    return load_texts(NoticeTexts).stop_rules


# Not in the texts: the name of a licence is not translated.
CONTENT_LICENSE = License(
    id="CC-BY-4.0",
    name="Creative Commons Attribution 4.0 International",
    url="https://creativecommons.org/licenses/by/4.0/",
    attribution="Thoracic Mobility API",
)
"""The terms of texts, data and figures; the program has its own licence."""
