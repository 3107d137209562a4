"""Checks of the progressions: `harder` leads to exercises of at least the same level, and never back."""

from collections.abc import Iterator, Mapping, Sequence

from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.editing.entry_fields import ExerciseEntry
from app.editing.seed_files import SeedFiles, SeedRecord
from app.kit.yaml_files import FileFault


def check_progression(
    record: SeedRecord, entry: ExerciseEntry, exercises: Mapping[str, ExerciseEntry]
) -> Iterator[FileFault]:
    """Yield a fault for each link that is missing, falls in level, or is not mirrored where a mirror is written."""
    yield from _check_harder(record, entry, exercises)
    yield from _check_easier(record, entry, exercises)


def _check_harder(
    record: SeedRecord, entry: ExerciseEntry, exercises: Mapping[str, ExerciseEntry]
) -> Iterator[FileFault]:
    for index, slug in enumerate(entry.harder):
        harder = exercises.get(slug)
        if harder is None:
            yield record.fault(f"there is no exercise {slug!r}", "harder", index)
        elif harder.level < entry.level:
            message = f"{slug!r} is called harder but its level {harder.level} is below {entry.level}"
            yield record.fault(message, "harder", index)
        elif owner_of(slug) is None and harder.easier is not None and entry.slug not in harder.easier:
            yield record.fault(f"{slug!r} does not call this one easier", "harder", index)


def _check_easier(
    record: SeedRecord, entry: ExerciseEntry, exercises: Mapping[str, ExerciseEntry]
) -> Iterator[FileFault]:
    for index, slug in enumerate(entry.easier or ()):
        easier = exercises.get(slug)
        if easier is None:
            yield record.fault(f"there is no exercise {slug!r}", "easier", index)
        elif is_named_by_own(slug, entry.slug):
            if easier.level > entry.level:
                message = f"{slug!r} is called easier but its level {easier.level} is above {entry.level}"
                yield record.fault(message, "easier", index)
        elif entry.slug not in easier.harder:
            yield record.fault(f"{slug!r} does not call this one harder", "easier", index)


def check_cycles(seed: SeedFiles) -> Iterator[FileFault]:
    """Yield a fault for each progression that comes back to itself, at its first exercise by slug."""
    harder = {slug: list(entry.harder) for slug, entry in seed.exercises.items()}
    for slug, entry in seed.exercises.items():
        for easier in entry.easier or ():
            if easier in harder and is_named_by_own(easier, slug):
                harder[easier].append(slug)
    for slug in sorted(harder):
        for cycle in _cycles_from([slug], harder):
            path = " > ".join([*cycle, slug])
            place = next((other for other in cycle if owner_of(other) is not None), slug)
            yield seed.by_kind(RecordKind.EXERCISE)[place].fault(f"harder goes in a circle: {path}", "harder")


def is_named_by_own(easier: str, harder: str) -> bool:
    """Whether a link is written at its harder end: the easier one is shared, and does not know those of partners."""
    return owner_of(easier) is None and owner_of(harder) is not None


def _cycles_from(path: list[str], harder: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield each way to continue `path` back to its start through slugs after it: so each cycle is found once."""
    start = path[0]
    for slug in harder.get(path[-1], ()):
        if slug == start:
            yield path
        elif slug > start and slug not in path:
            yield from _cycles_from([*path, slug], harder)
