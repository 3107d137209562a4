"""Loads the seed files: checks all of it, then writes what differs, in one transaction."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel import select

from app.catalogue.mapping import load_catalogue
from app.changes.tables import Tombstone
from app.editing import derive
from app.editing.api_edits import ApiEdits, RecordKey, find_conflicts
from app.editing.checks import check_records
from app.editing.seed_files import SeedFiles, read_seed
from app.editing.writer import CatalogueWriter, WriteResult
from app.kit.database import Database
from app.kit.yaml_files import FileFault
from app.schemas.exercise import Exercise
from app.schemas.record import AnyRecord

ProgressCallback = Callable[[str], None]
DEPENDENCY_ORDER = ("reference", "exercise", "guideline", "routine")


class InvalidSeed(Exception):
    """The seed files hold faults; nothing was changed."""

    def __init__(self, faults: list[FileFault]) -> None:
        self.faults = sorted(faults)
        super().__init__("; ".join(map(str, self.faults)))


class SeedResult(NamedTuple):
    """What a load did; `kept` are records that were edited over the API and so were left as they are."""

    written: WriteResult
    api_edited: list[RecordKey]


def load_seed(database: Database, folder: Path, say: ProgressCallback, now: datetime | None = None) -> SeedResult:
    """Bring the catalogue to what `folder` says. Raises `SeedRefused` with every fault, having changed nothing."""
    at = now or datetime.now(UTC)
    say("reading the files")
    files, faults = read_seed(folder)
    if not faults:
        faults = check_records(files, at.year, frozenset())
    if faults:
        raise InvalidSeed(faults)
    database.migrate()
    with database.transaction() as session:
        writer = CatalogueWriter(session, at, "seed")
        kept = ApiEdits(writer.current, {key for key, origin in writer.current.origins.items() if origin == "api"})
        buried = {(one.kind, one.slug) for one in session.exec(select(Tombstone))}
        gone = {
            (kind, slug)
            for (kind, slug), origin in writer.current.origins.items()
            if origin == "seed" and slug not in files.by_kind(kind)
        }
        faults = check_records(files, at.year, buried) + find_conflicts(files, kept, gone, folder.name)
        if faults:
            raise InvalidSeed(faults)
        outcome = _write(writer, files, kept, gone | (set(files.renamed) - buried), say)
    return SeedResult(outcome, sorted(key for key in kept.keys if key[1] in files.by_kind(key[0])))


def is_empty(database: Database) -> bool:
    with database.read_transaction() as session:
        return not load_catalogue(session).exercises


def _write(
    writer: CatalogueWriter, files: SeedFiles, kept: ApiEdits, gone: set[RecordKey], say: ProgressCallback
) -> WriteResult:
    exercises = _write_records(writer, files, kept, say)
    _write_routines(writer, files, kept, exercises, say)
    writer.replace_synonyms(
        {term: entry.model_dump(mode="json", exclude={"term"}) for term, entry in files.synonyms.items()}
    )
    for kind, slug in sorted(
        gone, key=lambda key: (-DEPENDENCY_ORDER.index(key[0]), key[1])
    ):  # what leans on others first
        say(f"{kind} {slug} is gone")
        writer.delete_with_tombstone(kind, slug, files.renamed.get((kind, slug)))
    return writer.finish()


def _write_records(
    writer: CatalogueWriter, files: SeedFiles, kept: ApiEdits, say: ProgressCallback
) -> dict[str, Exercise]:
    """References, exercises and guidelines; the exercises as they stand afterwards."""
    exercises = derive.derive_exercises(files.exercises, kept.exercises)
    wanted: dict[str, dict[str, AnyRecord]] = {
        "reference": {slug: derive.derive_reference(entry) for slug, entry in files.references.items()},
        "exercise": dict(exercises),
        "guideline": {slug: derive.derive_guideline(entry) for slug, entry in files.guidelines.items()},
    }
    for kind, by_slug in wanted.items():
        say(f"{len(by_slug)} {kind}s")
        by_slug.update(
            {slug: shape for slug, shape in writer.current.records_of(kind).items() if kept.contains(kind, slug)}
        )
        by_slug.update(exercises if kind == "exercise" else {})
        writer.release_unique_values(kind, by_slug)
        for slug in sorted(by_slug):
            written = writer.write_record(kind, by_slug[slug], "api" if kept.contains(kind, slug) else "seed")
            if isinstance(written, Exercise):
                exercises[slug] = written
        writer.insert_children()
    return exercises


def _write_routines(
    writer: CatalogueWriter, files: SeedFiles, kept: ApiEdits, exercises: dict[str, Exercise], say: ProgressCallback
) -> None:
    faults: list[FileFault] = []
    written = files.by_kind("routine")
    for number, slug in enumerate(sorted(written), start=1):
        say(f"{number} of {len(written)} routines built")
        if kept.contains("routine", slug):
            continue
        try:
            writer.write_record("routine", derive.derive_routine(files.routines[slug], exercises))
        except ValueError as error:
            faults.append(written[slug].fault(f"no session can be built from this recipe: {error}", "recipe"))
    for slug, routine in kept.routines.items():
        try:
            writer.write_record("routine", derive.rebuild_routine(routine, exercises), "api")
        except ValueError as error:
            faults.append(
                FileFault("(database)", 1, f"routine {slug!r}, edited over the API, can no longer be built: {error}")
            )
    if faults:
        raise InvalidSeed(faults)
    writer.insert_children()
