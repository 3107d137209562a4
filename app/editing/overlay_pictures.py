"""Reads the pictures of own exercises in a folder: `SLUG.start.svg`, `SLUG.end.png`, and `SLUG.yaml` with their texts.

They are prepared in a process of its own, as uploads are: a picture that takes too much ends that process.
"""

from collections.abc import Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import AfterValidator, Field, ValidationError

from app.catalogue.own_figures import OwnPicture, load_pictures
from app.catalogue.tables import PICTURE_PHASES
from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.figures.uploads.picture_limits import InvalidPicture
from app.figures.uploads.preparation import FORMAT_BY_MEDIA_TYPE, TOO_COSTLY, find_missing_package, prepare_picture
from app.figures.uploads.svg_frame import read_image
from app.kit.database import Database
from app.kit.models import StrictModel
from app.kit.plain_text import check_plain_line
from app.kit.yaml_files import FileFault, YamlDocument, describe_error, read_yaml

FIGURES: Final = "figures"
LINE_WIDTH: Final = 118
FORMATS: Final = tuple(FORMAT_BY_MEDIA_TYPE.values())
NAMES: Final = "a picture is called SLUG.start.svg or SLUG.end.svg (or .png, .webp), and their texts SLUG.yaml"
AltText = Annotated[str, Field(min_length=10, max_length=400), AfterValidator(check_plain_line)]
RightsText = Annotated[str, Field(min_length=2, max_length=200), AfterValidator(check_plain_line)]


class PictureTextsEntry(StrictModel):
    """What a person writes of the pictures of an exercise: whose they are, and what they show for who sees them not."""

    license: RightsText
    credit: RightsText | None = None
    start: AltText | None = None
    end: AltText | None = None


Texts = dict[str, tuple[PictureTextsEntry, YamlDocument]]
"""What is written of the pictures of each exercise, and where."""


def read_pictures(
    folder: Path, name: str, slugs: Set[str], pictures: dict[str, dict[str, OwnPicture]]
) -> Iterator[FileFault]:
    """Add the pictures of a folder of pictures, by slug and phase. Yield every fault.

    `name` is how faults call the folder, `slugs` are the exercises that there are.
    """
    texts: Texts = {}
    paths = sorted(folder.iterdir())
    for path in paths:
        if path.suffix == ".yaml":
            document = read_yaml(path, f"{name}/{path.name}")
            yield from document.faults
            try:
                texts[path.stem] = (PictureTextsEntry.model_validate(document.value), document)
            except ValidationError as error:
                yield from (document.fault(tuple(each["loc"]), describe_error(dict(each))) for each in error.errors())
    # Spawned: a fork would take over the threads and connections of whoever loads. It starts with the first picture.
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        for path in paths:
            if path.suffix != ".yaml":
                yield from _read_picture(path, f"{name}/{path.name}", slugs, texts, pictures, processes)
    stems = {path.stem for path in paths}
    for slug, (entry, document) in texts.items():
        for phase in PICTURE_PHASES:
            if getattr(entry, phase) is not None and f"{slug}.{phase}" not in stems:
                yield document.fault((phase,), f"there is no picture {slug}.{phase}.svg, .png or .webp")


def export_pictures(database: Database, folder: Path, partner: str, slugs: Sequence[str]) -> list[Path]:
    """Write the pictures of a partner's exercises, and their texts, as `read_pictures` reads them. Return the paths."""
    stored = load_pictures(database, list(slugs))
    files: dict[str, bytes] = {}
    for slug, pictures in stored.items():
        first = next(iter(pictures.values()))
        texts = {"license": first.license, "credit": first.credit}
        texts |= {phase: picture.alt for phase, picture in pictures.items()}
        files[f"{slug}.yaml"] = yaml.safe_dump(texts, sort_keys=False, allow_unicode=True, width=LINE_WIDTH).encode()
        for phase, picture in pictures.items():
            pixels = read_image(picture.drawing)
            files[f"{slug}.{phase}.{'webp' if pixels else 'svg'}"] = pixels or picture.drawing
    figures = folder / FIGURES
    if files:
        figures.mkdir(parents=True, exist_ok=True)
    for path in figures.glob(f"{partner}{OWNER_SEPARATOR}*"):
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (figures / name).write_bytes(content)
    return [figures / name for name in files]


def _read_picture(
    path: Path,
    name: str,
    slugs: Set[str],
    texts: Texts,
    pictures: dict[str, dict[str, OwnPicture]],
    processes: ProcessPoolExecutor,
) -> Iterator[FileFault]:
    """Add the picture of one file, or yield its fault."""
    slug, _, phase = path.stem.rpartition(".")
    fault = _find_name_fault(path, slugs) or _find_texts_fault(slug, phase, texts, pictures)
    if fault is not None:
        yield FileFault(name, 1, fault)
        return
    entry = texts[slug][0]
    try:
        drawing = processes.submit(prepare_picture, path.read_bytes(), path.suffix.removeprefix(".")).result()
    except InvalidPicture as error:
        yield FileFault(name, error.line or 1, error.reason)
    except BrokenProcessPool:
        yield FileFault(name, 1, TOO_COSTLY)
    else:
        credit = entry.credit or owner_of(slug) or ""
        pictures.setdefault(slug, {})[phase] = OwnPicture(drawing, getattr(entry, phase), entry.license, credit)


def _find_texts_fault(slug: str, phase: str, texts: Texts, pictures: dict[str, dict[str, OwnPicture]]) -> str | None:
    """Return what is missing for a picture, or that there is another one of the phase; None where nothing is wrong."""
    if phase in pictures.get(slug, {}):
        return f"{slug!r} has another picture of the {phase}"
    if slug not in texts or getattr(texts[slug][0], phase) is None:
        return f"its text alternative is missing: write {phase} and license in {slug}.yaml beside it"
    return None


def _find_name_fault(path: Path, slugs: Set[str]) -> str | None:
    """Return what is wrong with the name of a picture; None where nothing is."""
    slug, _, phase = path.stem.rpartition(".")
    file_format = path.suffix.removeprefix(".")
    if phase not in PICTURE_PHASES or file_format not in FORMATS:
        return f"would not be read: {NAMES}"
    if slug not in slugs:
        return f"there is no exercise {slug!r}"
    if find_missing_package(file_format) is not None:
        return f".{file_format} needs the extra `motion` to be installed"
    return None
