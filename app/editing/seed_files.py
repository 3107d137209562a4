"""Reads a folder of seed files into checked entries. Every fault is listed with file and line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from app.changes.record_kind import RecordKind
from app.editing.entry_fields import (
    ENTRY_BY_KIND,
    SYNONYM,
    Entry,
    ExerciseEntry,
    GuidelineEntry,
    ReferenceEntry,
    RoutineEntry,
    SynonymEntry,
)
from app.kit.yaml_files import FileFault, YamlDocument, YamlPath, describe_error, read_yaml

EntryT = TypeVar("EntryT", bound=Entry)
FOLDER_BY_KIND: dict[str, str] = {RecordKind.EXERCISE: "exercises", RecordKind.GUIDELINE: "guidelines"}
"""Kinds that have a folder of files: exercises one to a file, guidelines one file to a topic."""
FILE_BY_KIND: dict[str, str] = {
    RecordKind.REFERENCE: "references.yaml",
    RecordKind.ROUTINE: "routines.yaml",
    SYNONYM: "synonyms.yaml",
}
"""Kinds that have one file for all their records."""


TO_DO = "TODO"
"""Marks in a new file what somebody must write."""


class SeedRecord(NamedTuple):
    """An entry and where it stands. `kind` is a `RecordKind` or `synonym`."""

    kind: str
    entry: Entry
    document: YamlDocument
    yaml_path: YamlPath

    @property
    def key(self) -> str:
        """The slug of a record, the term of a synonym."""
        return self.entry.term if isinstance(self.entry, SynonymEntry) else str(getattr(self.entry, "slug", ""))

    def fault(self, message: str, *path: str | int) -> FileFault:
        """Return a fault at a path inside this record."""
        return self.document.fault((*self.yaml_path, *path), message)


class SeedFiles:
    """The records of a folder, all or by kind; by kind they have their slugs as keys."""

    def __init__(self, records: list[SeedRecord]) -> None:
        self.records = records

    def by_kind(self, kind: str) -> dict[str, SeedRecord]:
        """Return the records of a kind with their places in the files."""
        return {record.key: record for record in self.records if record.kind == kind}

    @property
    def renamed(self) -> dict[tuple[RecordKind, str], str]:
        """The new slug of each record that was renamed, by kind and old slug."""
        return {
            (RecordKind(record.kind), old_slug): record.key
            for record in self.records
            for old_slug in getattr(record.entry, "formerly", ())
        }

    @property
    def exercises(self) -> dict[str, ExerciseEntry]:
        """The entries of exercises."""
        return self._entries(ExerciseEntry)

    @property
    def guidelines(self) -> dict[str, GuidelineEntry]:
        """The entries of guidelines."""
        return self._entries(GuidelineEntry)

    @property
    def references(self) -> dict[str, ReferenceEntry]:
        """The entries of references."""
        return self._entries(ReferenceEntry)

    @property
    def routines(self) -> dict[str, RoutineEntry]:
        """The entries of routines."""
        return self._entries(RoutineEntry)

    @property
    def synonyms(self) -> dict[str, SynonymEntry]:
        """The entries of synonyms, by term."""
        return self._entries(SynonymEntry)

    def _entries(self, entry_type: type[EntryT]) -> dict[str, EntryT]:
        return {record.key: record.entry for record in self.records if isinstance(record.entry, entry_type)}


def read_seed(folder: Path) -> tuple[SeedFiles, list[FileFault]]:
    """Return every entry that can be read, and every fault."""
    if not folder.is_dir():
        return SeedFiles([]), [FileFault(str(folder), 1, "there is no such folder")]
    records: list[SeedRecord] = []
    faults = list(_check_layout(folder))
    for kind, path in _list_files(folder):
        document = read_yaml(path, str(path.relative_to(folder.parent)))
        faults += document.faults
        if document.value is not None:
            read_document(kind, document, records, faults)
    return SeedFiles(records), faults


def _check_layout(folder: Path) -> Iterator[FileFault]:
    """Yield a fault for each missing or misnamed file: it would read as if its records were deleted."""
    for name in FILE_BY_KIND.values():
        if not (folder / name).exists():
            yield FileFault(f"{folder.name}/{name}", 1, "this file is missing; where it has no records, write []")
    for kind, name in FOLDER_BY_KIND.items():
        paths = sorted((folder / name).glob("*"))
        if not any(path.suffix == ".yaml" for path in paths):
            yield FileFault(f"{folder.name}/{name}", 1, f"there is no {kind} here")
        for path in paths:
            if path.suffix != ".yaml":
                yield FileFault(f"{folder.name}/{name}/{path.name}", 1, "would not be read: a seed file ends in .yaml")


def _list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind, name in FOLDER_BY_KIND.items():
        for path in sorted((folder / name).glob("*.yaml")):
            yield kind, path
    for kind, name in FILE_BY_KIND.items():
        if (folder / name).exists():
            yield kind, folder / name


def read_document(kind: str, document: YamlDocument, records: list[SeedRecord], faults: list[FileFault]) -> None:
    """Add the records and the faults of one file."""
    is_single_record = kind == RecordKind.EXERCISE
    if is_single_record == isinstance(document.value, list):
        expected = "one record, not a list" if is_single_record else "a list of records"
        faults.append(document.fault((), f"this file holds {expected}"))
    elif is_single_record:
        _read_record(kind, document.value, document, (), records, faults)
    else:
        for index, value in enumerate(document.value):
            _read_record(kind, value, document, (index,), records, faults)


def _read_record(
    kind: str,
    value: Any,
    document: YamlDocument,
    yaml_path: YamlPath,
    records: list[SeedRecord],
    faults: list[FileFault],
) -> None:
    """Add one record, or its faults."""
    try:
        entry = ENTRY_BY_KIND[kind].model_validate(value)
    except ValidationError as error:
        faults += [document.fault((*yaml_path, *each["loc"]), describe_error(dict(each))) for each in error.errors()]
        return
    faults += [
        document.fault((*yaml_path, *place), f"{TO_DO} stands here: write it, or take the line out")
        for place, text in _list_texts(value, ())
        if TO_DO in text
    ]
    record = SeedRecord(kind, entry, document, yaml_path)
    if any(other.kind == kind and other.key == record.key for other in records):
        faults.append(record.fault(f"{kind} {record.key!r} stands twice", "term" if kind == SYNONYM else "slug"))
    elif kind == RecordKind.EXERCISE and not document.name.endswith(f"/{record.key}.yaml"):
        faults.append(record.fault(f"the slug is {record.key!r}: the file must be {record.key}.yaml", "slug"))
    else:
        records.append(record)


def _list_texts(value: Any, place: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    """Yield every text inside a value of YAML, with its path."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _list_texts(item, (*place, key))
