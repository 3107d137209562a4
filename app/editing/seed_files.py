"""Reads a folder of seed files into checked entries, listing every fault with file and line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from app.editing.entries import (
    ENTRY_BY_KIND,
    Entry,
    ExerciseEntry,
    GuidelineEntry,
    ReferenceEntry,
    RoutineEntry,
    SynonymEntry,
)
from app.kit.yaml_files import FileFault, Place, YamlDocument, describe_error, read_yaml

FOLDER_BY_KIND = {"exercise": "exercises", "guideline": "guidelines"}
FILE_BY_KIND = {"reference": "references.yaml", "routine": "routines.yaml", "synonym": "synonyms.yaml"}


class SeedRecord(NamedTuple):
    """An entry and where it stands."""

    kind: str
    entry: Entry
    document: YamlDocument
    place: Place

    @property
    def key(self) -> str:
        return self.entry.term if isinstance(self.entry, SynonymEntry) else str(getattr(self.entry, "slug", ""))

    def fault(self, message: str, *place: str | int) -> FileFault:
        return self.document.fault((*self.place, *place), message)


class SeedFiles:
    """All entries of a folder, by kind."""

    def __init__(self, written: list[SeedRecord]) -> None:
        self.records = written

    def by_kind(self, kind: str) -> dict[str, SeedRecord]:
        return {one.key: one for one in self.records if one.kind == kind}

    @property
    def renamed(self) -> dict[tuple[str, str], str]:
        """Kind and slug of what was renamed, and its slug now."""
        return {(one.kind, old): one.key for one in self.records for old in getattr(one.entry, "formerly", ())}

    @property
    def exercises(self) -> dict[str, ExerciseEntry]:
        return {key: cast(ExerciseEntry, one.entry) for key, one in self.by_kind("exercise").items()}

    @property
    def guidelines(self) -> dict[str, GuidelineEntry]:
        return {key: cast(GuidelineEntry, one.entry) for key, one in self.by_kind("guideline").items()}

    @property
    def references(self) -> dict[str, ReferenceEntry]:
        return {key: cast(ReferenceEntry, one.entry) for key, one in self.by_kind("reference").items()}

    @property
    def routines(self) -> dict[str, RoutineEntry]:
        return {key: cast(RoutineEntry, one.entry) for key, one in self.by_kind("routine").items()}

    @property
    def synonyms(self) -> dict[str, SynonymEntry]:
        return {key: cast(SynonymEntry, one.entry) for key, one in self.by_kind("synonym").items()}


def read_seed(folder: Path) -> tuple[SeedFiles, list[FileFault]]:
    """Every entry that could be read, and every fault."""
    written: list[SeedRecord] = []
    faults: list[FileFault] = []
    if not folder.is_dir():
        return SeedFiles(written), [FileFault(str(folder), 1, "there is no such folder")]
    faults += _check_layout(folder)
    for kind, path in _list_files(folder):
        parsed = read_yaml(path, str(path.relative_to(folder.parent)))
        faults += parsed.faults
        if parsed.value is None:
            continue
        one_each = kind == "exercise"
        if one_each == isinstance(parsed.value, list):
            shape = "one record, not a list" if one_each else "a list of records"
            faults.append(parsed.fault((), f"this file holds {shape}"))
            continue
        for place, value in [((), parsed.value)] if one_each else [((i,), v) for i, v in enumerate(parsed.value)]:
            _read_record(kind, value, parsed, place, written, faults)
    return SeedFiles(written), faults


def _check_layout(folder: Path) -> Iterator[FileFault]:
    """A file that is missing or misnamed would read as "these records are gone", and gone is for good."""
    for name in FILE_BY_KIND.values():
        if not (folder / name).exists():
            yield FileFault(f"{folder.name}/{name}", 1, "this file is missing; where it has no records, write []")
    for kind, name in FOLDER_BY_KIND.items():
        within = sorted((folder / name).glob("*"))
        if not any(path.suffix == ".yaml" for path in within):
            yield FileFault(f"{folder.name}/{name}", 1, f"there is no {kind} here")
        for path in within:
            if path.suffix != ".yaml":
                yield FileFault(f"{folder.name}/{name}/{path.name}", 1, "would not be read: a seed file ends in .yaml")


def _list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind, name in FOLDER_BY_KIND.items():
        for path in sorted((folder / name).glob("*.yaml")):
            yield kind, path
    for kind, name in FILE_BY_KIND.items():
        if (folder / name).exists():
            yield kind, folder / name


def _read_record(
    kind: str, value: Any, parsed: YamlDocument, place: Place, written: list[SeedRecord], faults: list[FileFault]
) -> None:
    try:
        entry = ENTRY_BY_KIND[kind].model_validate(value)
    except ValidationError as error:
        faults += [parsed.fault((*place, *one["loc"]), describe_error(dict(one))) for one in error.errors()]
        return
    new = SeedRecord(kind, entry, parsed, place)
    if any(one.kind == kind and one.key == new.key for one in written):
        faults.append(new.fault(f"{kind} {new.key!r} stands twice", "term" if kind == "synonym" else "slug"))
    elif kind == "exercise" and not parsed.name.endswith(f"/{new.key}.yaml"):
        faults.append(new.fault(f"the slug is {new.key!r}: the file must be {new.key}.yaml", "slug"))
    else:
        written.append(new)
