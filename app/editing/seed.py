"""Loads the seed files: checks all of it, then writes what differs, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session, select

from app.catalogue.rows import Shaped, Stored, load
from app.catalogue.shapes import Exercise
from app.changes.tables import Tombstone
from app.editing import derive
from app.editing.apply import Outcome, Writer, shapes_of
from app.editing.checks import check
from app.editing.files import Fault
from app.editing.reading import Seed, read
from app.kit.database import Database

Say = Callable[[str], None]
ORDER = ("reference", "exercise", "guideline", "routine")


class SeedRefused(Exception):
    """The seed files hold faults; nothing was changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults)


class Loaded(NamedTuple):
    """What a load did; `kept` are records that were edited over the API and so were left as they are."""

    outcome: Outcome
    kept: list[tuple[str, str]]


def seed(database: Database, folder: Path, say: Say, now: datetime | None = None) -> Loaded:
    """Bring the catalogue to what `folder` says. Raises `SeedRefused` with every fault, having changed nothing."""
    at = now or datetime.now(UTC)
    say("reading the files")
    files, faults = read(folder)
    if faults:
        raise SeedRefused(faults)
    early = check(files, at.year, {}, frozenset())
    if early:
        raise SeedRefused(early)
    database.migrate()
    with database.transaction() as session:
        return _write(session, files, at, say)


def is_empty(database: Database) -> bool:
    with database.reading() as session:
        return not load(session).exercises


def _write(session: Session, files: Seed, at: datetime, say: Say) -> Loaded:
    stood = load(session)
    writer = Writer(session, stood, at, "seed")
    stood = load(session)  # once more, now that nobody else can write
    writer.stood = stood
    kept = sorted(key for key, origin in stood.origins.items() if origin == "api")
    gone = {(one.kind, one.slug) for one in session.exec(select(Tombstone))}
    known = {kind: {slug for k, slug in kept if k == kind} for kind in ORDER}
    faults = check(files, at.year, known, gone)
    if faults:
        raise SeedRefused(faults)
    exercises = _write_records(writer, files, kept, say)
    _write_routines(writer, files, kept, exercises, say)
    writer.replace_synonyms(
        {term: entry.model_dump(mode="json", exclude={"term"}) for term, entry in files.synonyms.items()}
    )
    _bury(writer, files, stood, say)
    return Loaded(writer.finish(), [key for key in kept if key[1] in files.of(key[0])])


def _write_records(writer: Writer, files: Seed, kept: list[tuple[str, str]], say: Say) -> dict[str, Exercise]:
    """References, exercises and guidelines; the exercises as they stand afterwards."""
    shapes: dict[str, Mapping[str, Shaped]] = {
        "reference": {slug: derive.reference_of(entry) for slug, entry in files.references.items()},
        "exercise": derive.exercises_of(files.exercises),
        "guideline": {slug: derive.guideline_of(entry) for slug, entry in files.guidelines.items()},
    }
    standing = dict(writer.stood.exercises)
    for kind, by_slug in shapes.items():
        say(f"{len(by_slug)} {kind}s")
        for slug in sorted(by_slug):
            if (kind, slug) in kept:
                continue
            written = writer.put(kind, by_slug[slug])
            if isinstance(written, Exercise):
                standing[slug] = written
        writer.link()
    wanted = set(files.exercises) | {slug for kind, slug in kept if kind == "exercise"}
    return {slug: standing[slug] for slug in sorted(wanted)}


def _write_routines(
    writer: Writer, files: Seed, kept: list[tuple[str, str]], exercises: dict[str, Exercise], say: Say
) -> None:
    faults: list[Fault] = []
    written = files.of("routine")
    for number, slug in enumerate(sorted(written), start=1):
        say(f"{number} of {len(written)} routines built")
        if ("routine", slug) in kept:
            continue
        try:
            writer.put("routine", derive.routine_of(files.routines[slug], exercises))
        except ValueError as error:
            faults.append(written[slug].fault(f"no session can be built from this recipe: {error}", "recipe"))
    if faults:
        raise SeedRefused(faults)
    writer.link()


def _bury(writer: Writer, files: Seed, stood: Stored, say: Say) -> None:
    """Records that came from files and are in none any more become tombstones, what leans on others first."""
    for kind in reversed(ORDER):
        for slug in sorted(shapes_of(stood, kind)):
            if stood.origins[kind, slug] == "seed" and slug not in files.of(kind):
                say(f"{kind} {slug} left the files: buried")
                writer.bury(kind, slug)
