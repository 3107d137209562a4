"""Reads folders of partners' own exercises: entries as in `seed/exercises`, and pictures with their texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from app.catalogue.own_figures import OwnPicture
from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.changes.record_kind import RecordKind
from app.editing.checks_between_records import check_records
from app.editing.overlay_pictures import FIGURES, read_pictures
from app.editing.seed_files import SeedFiles, SeedRecord, read_document
from app.kit.yaml_files import FileFault, read_yaml

EXERCISES: Final = "exercises"


class Overlay(NamedTuple):
    """What the folders hold: own exercises, and their pictures by slug and phase."""

    records: list[SeedRecord]
    pictures: dict[str, dict[str, OwnPicture]]

    @property
    def partners(self) -> list[str]:
        """The partners that have exercises here, in the order of the alphabet."""
        return sorted({owner_of(record.key) or "" for record in self.records})

    def records_of(self, partner: str) -> list[SeedRecord]:
        """Return the exercises of one partner."""
        return [record for record in self.records if owner_of(record.key) == partner]


def read_overlay(folders: Sequence[Path]) -> tuple[Overlay, list[FileFault]]:
    """Return what can be read in folders of own exercises, and every fault."""
    records: list[SeedRecord] = []
    faults: list[FileFault] = []
    for folder in folders:
        if not folder.is_dir():
            faults.append(FileFault(str(folder), 1, "there is no such folder: correct THORACIC_SEED_EXTRA, or make it"))
            continue
        faults += _read_exercises(folder, records)
    pictures: dict[str, dict[str, OwnPicture]] = {}
    slugs = {record.key for record in records}
    for folder in folders:
        if (folder / FIGURES).is_dir():
            faults += read_pictures(folder / FIGURES, f"{folder.name}/{FIGURES}", slugs, pictures)
    return Overlay(records, pictures), faults


def check_overlay(shared: SeedFiles, overlay: Overlay, year: int) -> list[FileFault]:
    """Return every fault of own exercises beside the shared records. Those that exist over HTTP alone are unknown."""
    known = check_records(shared, year, frozenset())
    return [
        fault
        for partner in overlay.partners
        for fault in check_records(SeedFiles([*shared.records, *overlay.records_of(partner)]), year, frozenset())
        if fault not in known
    ]


def _read_exercises(folder: Path, records: list[SeedRecord]) -> Iterator[FileFault]:
    """Add the exercises of a folder. Yield their faults, and one for each file that would not be read."""
    if not (folder / EXERCISES).is_dir():
        yield FileFault(str(folder), 1, f"holds no own exercises: they stand in {EXERCISES}/acme--wall-drill.yaml")
        return
    for path in sorted((folder / EXERCISES).iterdir()):
        name = f"{folder.name}/{EXERCISES}/{path.name}"
        if path.suffix != ".yaml":
            yield FileFault(name, 1, "would not be read: a file of an exercise ends in .yaml")
            continue
        document = read_yaml(path, name)
        yield from document.faults
        faults: list[FileFault] = []
        first_new = len(records)
        if document.value is not None:
            read_document(RecordKind.EXERCISE, document, records, faults)
        yield from faults
        for record in records[first_new:]:
            if owner_of(record.key) is None:
                message = f"an own exercise has the slug of its partner and {OWNER_SEPARATOR!r} before its own"
                yield record.fault(f"{message}, such as acme{OWNER_SEPARATOR}{record.key}", "slug")
