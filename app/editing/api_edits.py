"""Records that were edited over the API: the seed leaves them as they are, and may not take away what they lean on."""

from collections.abc import Iterable, Iterator, Set

from app.catalogue.mapping import StoredCatalogue
from app.editing.seed_files import SeedFiles
from app.kit.yaml_files import FileFault
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.record import AnyRecord
from app.schemas.routine import Routine

RecordKey = tuple[str, str]
"""A record's kind and slug."""


class ApiEdits:
    """The records among what stands that were edited over the API."""

    def __init__(self, stood: StoredCatalogue, keys: Set[RecordKey]) -> None:
        self.keys = keys
        self.exercises = {slug: one for slug, one in stood.exercises.items() if ("exercise", slug) in keys}
        self.guidelines = {slug: one for slug, one in stood.guidelines.items() if ("guideline", slug) in keys}
        self.references = {slug: one for slug, one in stood.references.items() if ("reference", slug) in keys}
        self.routines = {slug: one for slug, one in stood.routines.items() if ("routine", slug) in keys}

    def contains(self, kind: str, slug: str) -> bool:
        return (kind, slug) in self.keys


def find_conflicts(files: SeedFiles, kept: ApiEdits, gone: Set[RecordKey], folder: str) -> list[FileFault]:
    """Where the files and the kept records cannot both stand."""
    faults = [
        FileFault(
            folder, 1, f"{needed[0]} {needed[1]!r} left the files, yet {kind} {slug!r}, edited over the API, needs it"
        )
        for (kind, slug), needs in _linked_records(kept)
        for needed in sorted(needs & gone)
    ]
    for other, exercise in kept.exercises.items():
        for slug, one in files.by_kind("exercise").items():
            if (
                slug != other
                and not kept.contains("exercise", slug)
                and _equal_ignoring_case(files.exercises[slug].name, exercise.name)
            ):
                faults.append(one.fault(f"{exercise.name!r} already names {other!r}, edited over the API", "name"))
    for other, reference in kept.references.items():
        for slug, one in files.by_kind("reference").items():
            if (
                slug != other
                and not kept.contains("reference", slug)
                and _equal_ignoring_case(files.references[slug].doi, reference.doi)
            ):
                faults.append(one.fault(f"{reference.doi} already leads to {other!r}, edited over the API", "doi"))
    return faults


def _equal_ignoring_case(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _linked_records(kept: ApiEdits) -> Iterator[tuple[RecordKey, set[RecordKey]]]:
    """Each kept record with the records that it leads to."""
    for kind in ("exercises", "guidelines", "routines"):
        for slug, shape in getattr(kept, kind).items():
            yield (kind.removesuffix("s"), slug), _links_of(shape)


def _links_of(shape: AnyRecord) -> set[RecordKey]:
    if isinstance(shape, Exercise):
        return _keys("exercise", shape.harder) | _keys("reference", (one.reference for one in shape.evidence))
    if isinstance(shape, Guideline):
        sources = [*(one.reference for one in shape.evidence), *(one.source for one in shape.measures)]
        return _keys("exercise", shape.exercises) | _keys("reference", sources)
    if isinstance(shape, Routine):
        return _keys("exercise", shape.session["exercises"])
    return set()


def _keys(kind: str, slugs: Iterable[str]) -> set[RecordKey]:
    return {(kind, slug) for slug in slugs}
