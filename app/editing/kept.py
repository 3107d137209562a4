"""Records that were edited over the API: the seed leaves them as they are, and may not take away what they lean on."""

from collections.abc import Iterable, Iterator, Set

from app.catalogue.mapping import Shaped, Stored
from app.editing.reading import Seed
from app.kit.yaml_files import FileFault
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.routine import Routine

Key = tuple[str, str]
"""A record's kind and slug."""


class Kept:
    """The records among what stands that were edited over the API."""

    def __init__(self, stood: Stored, keys: Set[Key]) -> None:
        self.keys = keys
        self.exercises = {slug: one for slug, one in stood.exercises.items() if ("exercise", slug) in keys}
        self.guidelines = {slug: one for slug, one in stood.guidelines.items() if ("guideline", slug) in keys}
        self.references = {slug: one for slug, one in stood.references.items() if ("reference", slug) in keys}
        self.routines = {slug: one for slug, one in stood.routines.items() if ("routine", slug) in keys}

    def has(self, kind: str, slug: str) -> bool:
        return (kind, slug) in self.keys


def clashes(files: Seed, kept: Kept, gone: Set[Key], folder: str) -> list[FileFault]:
    """Where the files and the kept records cannot both stand."""
    faults = [
        FileFault(
            folder, 1, f"{needed[0]} {needed[1]!r} left the files, yet {kind} {slug!r}, edited over the API, needs it"
        )
        for (kind, slug), needs in _needs(kept)
        for needed in sorted(needs & gone)
    ]
    for other, exercise in kept.exercises.items():
        for slug, one in files.of("exercise").items():
            if slug != other and not kept.has("exercise", slug) and _same(files.exercises[slug].name, exercise.name):
                faults.append(one.fault(f"{exercise.name!r} already names {other!r}, edited over the API", "name"))
    for other, reference in kept.references.items():
        for slug, one in files.of("reference").items():
            if slug != other and not kept.has("reference", slug) and _same(files.references[slug].doi, reference.doi):
                faults.append(one.fault(f"{reference.doi} already leads to {other!r}, edited over the API", "doi"))
    return faults


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _needs(kept: Kept) -> Iterator[tuple[Key, set[Key]]]:
    """Each kept record with the records that it leads to."""
    for kind in ("exercises", "guidelines", "routines"):
        for slug, shape in getattr(kept, kind).items():
            yield (kind.removesuffix("s"), slug), _links(shape)


def _links(shape: Shaped) -> set[Key]:
    if isinstance(shape, Exercise):
        return _all("exercise", shape.harder) | _all("reference", (one.reference for one in shape.evidence))
    if isinstance(shape, Guideline):
        sources = [*(one.reference for one in shape.evidence), *(one.source for one in shape.measures)]
        return _all("exercise", shape.exercises) | _all("reference", sources)
    if isinstance(shape, Routine):
        return _all("exercise", shape.session["exercises"])
    return set()


def _all(kind: str, slugs: Iterable[str]) -> set[Key]:
    return {(kind, slug) for slug in slugs}
