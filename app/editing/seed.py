"""Loads the seed files: checks all of it, then writes what differs, in one transaction."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel import select

from app.catalogue.mapping import Shaped, load
from app.changes.tables import Tombstone
from app.editing import derive
from app.editing.apply import Outcome, Writer, shapes_of
from app.editing.checks import check
from app.editing.kept import Kept, Key, clashes
from app.editing.reading import Seed, read
from app.kit.database import Database
from app.kit.yaml_files import FileFault
from app.schemas.exercise import Exercise

Say = Callable[[str], None]
ORDER = ("reference", "exercise", "guideline", "routine")


class SeedRefused(Exception):
    """The seed files hold faults; nothing was changed."""

    def __init__(self, faults: list[FileFault]) -> None:
        self.faults = sorted(faults)
        super().__init__("; ".join(map(str, self.faults)))


class Loaded(NamedTuple):
    """What a load did; `kept` are records that were edited over the API and so were left as they are."""

    outcome: Outcome
    kept: list[Key]


def seed(database: Database, folder: Path, say: Say, now: datetime | None = None) -> Loaded:
    """Bring the catalogue to what `folder` says. Raises `SeedRefused` with every fault, having changed nothing."""
    at = now or datetime.now(UTC)
    say("reading the files")
    files, faults = read(folder)
    if not faults:
        faults = check(files, at.year, frozenset())
    if faults:
        raise SeedRefused(faults)
    database.migrate()
    with database.transaction() as session:
        writer = Writer(session, at, "seed")
        kept = Kept(writer.stood, {key for key, origin in writer.stood.origins.items() if origin == "api"})
        buried = {(one.kind, one.slug) for one in session.exec(select(Tombstone))}
        gone = {
            (kind, slug)
            for (kind, slug), origin in writer.stood.origins.items()
            if origin == "seed" and slug not in files.of(kind)
        }
        faults = check(files, at.year, buried) + clashes(files, kept, gone, folder.name)
        if faults:
            raise SeedRefused(faults)
        outcome = _write(writer, files, kept, gone | (set(files.renamed) - buried), say)
    return Loaded(outcome, sorted(key for key in kept.keys if key[1] in files.of(key[0])))


def is_empty(database: Database) -> bool:
    with database.read_transaction() as session:
        return not load(session).exercises


def _write(writer: Writer, files: Seed, kept: Kept, gone: set[Key], say: Say) -> Outcome:
    exercises = _write_records(writer, files, kept, say)
    _write_routines(writer, files, kept, exercises, say)
    writer.replace_synonyms(
        {term: entry.model_dump(mode="json", exclude={"term"}) for term, entry in files.synonyms.items()}
    )
    for kind, slug in sorted(gone, key=lambda key: (-ORDER.index(key[0]), key[1])):  # what leans on others first
        say(f"{kind} {slug} is gone")
        writer.bury(kind, slug, files.renamed.get((kind, slug)))
    return writer.finish()


def _write_records(writer: Writer, files: Seed, kept: Kept, say: Say) -> dict[str, Exercise]:
    """References, exercises and guidelines; the exercises as they stand afterwards."""
    exercises = derive.exercises_of(files.exercises, kept.exercises)
    wanted: dict[str, dict[str, Shaped]] = {
        "reference": {slug: derive.reference_of(entry) for slug, entry in files.references.items()},
        "exercise": dict(exercises),
        "guideline": {slug: derive.guideline_of(entry) for slug, entry in files.guidelines.items()},
    }
    for kind, by_slug in wanted.items():
        say(f"{len(by_slug)} {kind}s")
        by_slug.update({slug: shape for slug, shape in shapes_of(writer.stood, kind).items() if kept.has(kind, slug)})
        by_slug.update(exercises if kind == "exercise" else {})
        writer.make_way(kind, by_slug)
        for slug in sorted(by_slug):
            written = writer.put(kind, by_slug[slug], "api" if kept.has(kind, slug) else "seed")
            if isinstance(written, Exercise):
                exercises[slug] = written
        writer.link()
    return exercises


def _write_routines(writer: Writer, files: Seed, kept: Kept, exercises: dict[str, Exercise], say: Say) -> None:
    faults: list[FileFault] = []
    written = files.of("routine")
    for number, slug in enumerate(sorted(written), start=1):
        say(f"{number} of {len(written)} routines built")
        if kept.has("routine", slug):
            continue
        try:
            writer.put("routine", derive.routine_of(files.routines[slug], exercises))
        except ValueError as error:
            faults.append(written[slug].fault(f"no session can be built from this recipe: {error}", "recipe"))
    for slug, routine in kept.routines.items():
        try:
            writer.put("routine", derive.routine_again(routine, exercises), "api")
        except ValueError as error:
            faults.append(
                FileFault("(database)", 1, f"routine {slug!r}, edited over the API, can no longer be built: {error}")
            )
    if faults:
        raise SeedRefused(faults)
    writer.link()
