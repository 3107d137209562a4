"""Loads texts for people from YAML, in the shape that the package that uses them declares.

A package declares the shape of its file as a frozen model, so that the type checker knows every text:

    class BreakTexts(TextFile):
        file_name = "breaks.yaml"
        title: Text
        remaining: Annotated[PluralTemplate, Fields("count", "name")]
        labels: Annotated[dict[Goal, Text], EveryKey(Goal)]

    load_texts(BreakTexts).remaining.fill(count=3, name="Open book")

The file is `seed/texts/en/breaks.yaml`. Add the shape to `TEXT_FILES` in `app/main.py`. Do not load at import time.

A file is read once and kept for the life of the process: texts belong to the release of the program like its code, so
that pure packages may use them although they do no input or output otherwise. A file that does not fit its shape is a
fault with file and line. The start of the service, `python -m app seed --check` and the tests check every file.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, core_schema

from app.kit.closed_lists import list_words
from app.kit.models import FrozenModel
from app.kit.settings import PROJECT_ROOT
from app.kit.start_faults import INVALID_FILES_STATUS, StartFault
from app.kit.yaml_files import FileFault, describe_error, read_yaml

LANGUAGE = "en"
TEXTS_FOLDER = PROJECT_ROOT / "seed" / "texts"


class TextFile(FrozenModel):
    """The shape of one file of texts. A subclass names its file."""

    file_name: ClassVar[str]


class EveryKey:
    """Requires a mapping to hold every word of a `Literal` or of a tuple, and no other.

    `Annotated[dict[Goal, Text], EveryKey(Goal)]`, `Annotated[dict[str, Text], EveryKey(QUESTION_IDS)]`.
    """

    def __init__(self, words: Any) -> None:
        self.words: tuple[str, ...] = words if isinstance(words, tuple) else list_words(words)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check_keys, handler(source))

    def _check_keys(self, mapping: dict[str, Any]) -> dict[str, Any]:
        missing = [word for word in self.words if word not in mapping]
        unknown = [key for key in mapping if key not in self.words]
        if missing or unknown:
            named = (("missing", missing), ("unknown", unknown))
            raise ValueError("; ".join(f"{title}: {', '.join(keys)}" for title, keys in named if keys))
        return mapping


class InvalidTexts(StartFault):
    """A file of texts does not have its shape: the service does not start."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)), INVALID_FILES_STATUS)


Shape = TypeVar("Shape", bound=TextFile)


_loaded: dict[tuple[type[TextFile], str], TextFile] = {}


def load_texts(shape: type[Shape], language: str = LANGUAGE) -> Shape:
    """Return the texts of the file that `shape` names. Raises `InvalidTexts` when the file does not fit."""
    texts = _loaded.get((shape, language))
    # Two threads may read the same file at once; both get equal texts, so no lock is needed.
    if texts is None:
        texts, faults = read_texts(shape, TEXTS_FOLDER / language)
        if texts is None:
            raise InvalidTexts(faults)
        _loaded[shape, language] = texts
    assert isinstance(texts, shape)
    return texts


def read_texts(shape: type[Shape], folder: Path) -> tuple[Shape | None, list[FileFault]]:
    """Return the texts of a folder of one language, None where they do not fit, and every fault with its line."""
    path = folder / shape.file_name
    document = read_yaml(path, "/".join(path.parts[-4:]))
    if document.faults:
        return None, document.faults
    try:
        return shape.model_validate(document.value), []
    except ValidationError as error:
        return None, [document.fault(tuple(part["loc"]), describe_error(dict(part))) for part in error.errors()]


def check_texts(shapes: Iterable[type[TextFile]], folder: Path = TEXTS_FOLDER / LANGUAGE) -> list[FileFault]:
    """Return the faults of every file of `folder`; a file that no shape names is one, too."""
    shapes = tuple(shapes)
    faults = [fault for shape in shapes for fault in read_texts(shape, folder)[1]]
    known = {shape.file_name for shape in shapes}
    stray = [path for path in sorted(folder.iterdir()) if path.name not in known]
    return faults + [FileFault("/".join(path.parts[-4:]), 1, "nothing uses this file") for path in stray]
