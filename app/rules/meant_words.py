"""Everyday words for the words of closed lists and for field names: an error suggests the right one."""

from app.texts.loader import TextFile
from app.texts.templates import Text


class MeantWordTexts(TextFile):
    """For each everyday word, in small letters with `_`, the words of the API that it may mean."""

    file_name = "meant_words.yaml"
    meant_words: dict[str, tuple[Text, ...]]
