"""Checks of the progressions: `harder` leads to exercises of at least the same level, and never back."""

from collections.abc import Iterator, Mapping

from app.changes.record_kind import RecordKind
from app.editing.entry_fields import ExerciseEntry
from app.editing.seed_files import SeedFiles, SeedRecord
from app.kit.yaml_files import FileFault


def check_progression(
    record: SeedRecord, entry: ExerciseEntry, exercises: Mapping[str, ExerciseEntry]
) -> Iterator[FileFault]:
    """Yield a fault for each link that is missing, falls in level, or is not mirrored where a mirror is written."""
    for index, slug in enumerate(entry.harder):
        harder = exercises.get(slug)
        if harder is None:
            yield record.fault(f"there is no exercise {slug!r}", "harder", index)
        elif harder.level < entry.level:
            message = f"{slug!r} is called harder but its level {harder.level} is below {entry.level}"
            yield record.fault(message, "harder", index)
        elif harder.easier is not None and entry.slug not in harder.easier:
            yield record.fault(f"{slug!r} does not call this one easier", "harder", index)
    for index, slug in enumerate(entry.easier or ()):
        if slug not in exercises or entry.slug not in exercises[slug].harder:
            yield record.fault(f"{slug!r} does not call this one harder", "easier", index)


def check_cycles(seed: SeedFiles) -> Iterator[FileFault]:
    """Yield a fault for each progression that comes back to itself, at its first exercise by slug."""
    for slug in sorted(seed.exercises):
        for cycle in _cycles_from([slug], seed.exercises):
            path = " > ".join([*cycle, slug])
            yield seed.by_kind(RecordKind.EXERCISE)[slug].fault(f"harder goes in a circle: {path}", "harder")


def _cycles_from(path: list[str], exercises: Mapping[str, ExerciseEntry]) -> Iterator[list[str]]:
    """Yield each way to continue `path` back to its start through slugs after it: so each cycle is found once."""
    start = path[0]
    for slug in exercises[path[-1]].harder:
        if slug == start:
            yield path
        elif slug in exercises and slug > start and slug not in path:
            yield from _cycles_from([*path, slug], exercises)
