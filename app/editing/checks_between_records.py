"""What must hold between records: links to existing records, progressions that rise, doses that fit, sane years."""

from collections.abc import Iterator, Mapping, Set
from typing import Final

from pydantic import ValidationError

from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.editing.entry_fields import ExerciseEntry, RoutineEntry
from app.editing.muscle_checks import check_muscles
from app.editing.progression_checks import check_cycles, check_progression
from app.editing.seed_files import SeedFiles, SeedRecord
from app.kit.closed_lists import list_words
from app.kit.yaml_files import FileFault, describe_error
from app.rules import vocabulary
from app.rules.dose import find_dose_errors
from app.rules.strains import Strain
from app.schemas.session_recipe import SessionRecipe
from app.schemas.session_request import SessionRequest

SYNONYM_TARGETS = {
    "goal": set(list_words(vocabulary.Goal)),
    "topic": set(list_words(vocabulary.Topic)),
    "position": set(list_words(vocabulary.Position)),
    "equipment": set(list_words(vocabulary.Equipment)),
    "suits": set(list_words(vocabulary.Occasion)),
    "purpose": set(list_words(vocabulary.Purpose)),
    "region": set(list_words(vocabulary.Region)),
    "age_band": set(list_words(vocabulary.AgeBand)),
    "unrestricted": set(list_words(vocabulary.ConditionWithRules)),
}
"""Lists whose terms a synonym may stand for, as `list:term`."""
SEAT_EQUIPMENT = {"chair", "bench"}
STRAIN_OF_POSITION: Final[Mapping[vocabulary.Position, Strain]] = {
    "standing": "standing",
    "wall_standing": "standing",
    "supine": "supine",
    "prone": "prone",
    "side_lying": "side_lying",
    "kneeling": "kneeling",
    "half_kneeling": "kneeling",
    "quadruped": "kneeling",
    "heel_sit": "kneeling",
    "hanging": "hanging",
}
"""The strain that comes with a position, without which no condition could tell that an exercise asks for it."""
DUPLICATE_FREE_FIELDS = (
    *("suits", "movements", "phases", "regions", "aliases", "harder", "easier"),
    *("exercises", "guidelines", "routines", "applies_to", "goals", "maps_to"),
)
"""Fields of any record whose values differ from each other."""
SOURCES_WITHOUT_REFERENCE = {"article", "editorial"}
"""Sources of a measure that are no reference of the catalogue."""
FIELDS_OUTSIDE_RECIPES = SessionRequest.model_fields.keys() - SessionRecipe.model_fields.keys()
"""Fields of a session request that tell of one person."""


def check_records(seed: SeedFiles, year: int, tombstones: Set[tuple[str, str]]) -> list[FileFault]:
    """Return every fault between records.

    `year` is the current one; `tombstones` are kind and slug of records that were deleted or renamed.
    """
    faults: list[FileFault] = []
    slugs = {kind: set(seed.by_kind(kind)) for kind in RecordKind}
    for record in seed.records:
        if record.kind != RecordKind.EXERCISE and owner_of(str(getattr(record.entry, "slug", ""))) is not None:
            faults.append(record.fault("only exercises can be a partner's own: a slug has no two hyphens", "slug"))
        if (record.kind, record.key) in tombstones:
            faults.append(record.fault(f"{record.key!r} was deleted; a slug is never given out again", "slug"))
        faults += [
            *_check_links(record, slugs),
            *_check_measures(record, slugs[RecordKind.REFERENCE]),
            *_check_duplicates(record),
            *_check_renames(record, seed),
        ]
    for slug, record in seed.by_kind(RecordKind.EXERCISE).items():
        faults += check_progression(record, seed.exercises[slug], seed.exercises)
        faults += _check_exercise(record, seed.exercises[slug])
        faults += _check_cues(record, seed.exercises[slug])
        faults += check_muscles(record, seed.exercises[slug])
    for slug, record in seed.by_kind(RecordKind.ROUTINE).items():
        faults += _check_recipe(record, seed.routines[slug], slugs[RecordKind.EXERCISE])
    return [*faults, *check_cycles(seed), *_check_names(seed), *_check_references(seed, year)]


def check_shared_records(seed: SeedFiles, year: int, tombstones: Set[tuple[str, str]]) -> list[FileFault]:
    """Return every fault between records that are all shared; see `check_records`."""
    owned = (record for slug, record in seed.by_kind(RecordKind.EXERCISE).items() if owner_of(slug) is not None)
    faults = [record.fault("a slug with two hyphens is of a partner's own exercise", "slug") for record in owned]
    return faults or check_records(seed, year, tombstones)


def _check_links(record: SeedRecord, slugs: dict[RecordKind, set[str]]) -> Iterator[FileFault]:
    """Yield a fault for each link to a record or a term that does not exist."""
    entry = record.entry
    for kind in (RecordKind.EXERCISE, RecordKind.GUIDELINE, RecordKind.ROUTINE):
        for index, slug in enumerate(getattr(entry, kind.plural, ())):
            if slug not in slugs[kind]:
                yield record.fault(f"there is no {kind} {slug!r}", kind.plural, index)
    for index, evidence in enumerate(getattr(entry, "evidence", ())):
        if evidence.reference not in slugs[RecordKind.REFERENCE]:
            yield record.fault(f"there is no reference {evidence.reference!r}", "evidence", index, "reference")
    for index, target in enumerate(getattr(entry, "maps_to", ())):
        name, _, term = target.partition(":")
        if term not in SYNONYM_TARGETS.get(name, ()):
            yield record.fault(f"{target!r} is no word of the vocabulary", "maps_to", index)


def _check_measures(record: SeedRecord, references: set[str]) -> Iterator[FileFault]:
    for index, measure in enumerate(getattr(record.entry, "measures", ())):
        if measure.source not in references | SOURCES_WITHOUT_REFERENCE:
            yield record.fault(f"there is no reference {measure.source!r}", "measures", index, "source")
        if measure.min is None and measure.max is None:
            yield record.fault("a measure needs min or max", "measures", index)
        elif measure.min is not None and measure.max is not None and measure.min > measure.max:
            yield record.fault("min is above max", "measures", index)


def _check_duplicates(record: SeedRecord) -> Iterator[FileFault]:
    """Yield a fault for each value that stands twice in a list of different values."""
    values_by_field = {field: list(getattr(record.entry, field, None) or ()) for field in DUPLICATE_FREE_FIELDS}
    values_by_field["evidence"] = [evidence.reference for evidence in getattr(record.entry, "evidence", ())]
    for field, values in values_by_field.items():
        for index, value in enumerate(values):
            if value in values[:index]:
                yield record.fault(f"{field}: {value!r} stands twice", field, index)


def _check_renames(record: SeedRecord, seed: SeedFiles) -> Iterator[FileFault]:
    """Yield a fault for each former slug that is in use, or that two records claim."""
    for index, slug in enumerate(getattr(record.entry, "formerly", ())):
        new_slug = seed.renamed[RecordKind(record.kind), slug]
        if slug in seed.by_kind(record.kind):
            yield record.fault(f"{slug!r} still stands in the files", "formerly", index)
        elif new_slug != record.key:
            yield record.fault(f"{slug!r} leads to {new_slug!r} as well", "formerly", index)


def _check_exercise(record: SeedRecord, entry: ExerciseEntry) -> Iterator[FileFault]:
    """Yield the faults of the dose and the equipment."""
    for fault in find_dose_errors(entry.full_dose, entry.pattern, entry.load_group):
        yield record.fault(f"dose: {fault}", "dose")
    if entry.sides is not None and not entry.unilateral:
        yield record.fault("only a one-sided exercise has sides: leave them out, or set unilateral", "sides")
    alternatives = [set(group.any_of) for group in entry.equipment]
    if entry.position == "seated" and not any(group <= SEAT_EQUIPMENT for group in alternatives):
        yield record.fault("a seated exercise needs a seat: {any_of: [chair, bench]}, or one of them", "equipment")
    strain = STRAIN_OF_POSITION.get(entry.position)
    if strain is not None and strain not in entry.strains:
        yield record.fault(f"the position {entry.position} needs the strain {strain!r}", "strains")
    if entry.position == "hanging" and {"pullup_bar"} not in alternatives:
        yield record.fault("hanging needs {any_of: [pullup_bar]}", "equipment")


def _check_cues(record: SeedRecord, entry: ExerciseEntry) -> Iterator[FileFault]:
    """Yield a fault for each cue that names no strain of the exercise, and where nobody with a condition hears any."""
    for number, cue in enumerate(entry.cues):
        if cue.strain is not None and cue.strain not in entry.strains:
            yield record.fault(f"the exercise has no strain {cue.strain!r}", "cues", number, "strain")
    if all(cue.strain is not None for cue in entry.cues):
        yield record.fault("one cue at least must be for everybody, without a strain", "cues")


def _check_recipe(record: SeedRecord, entry: RoutineEntry, exercises: set[str]) -> Iterator[FileFault]:
    """Yield the faults of a recipe as a request. Whether a session can be built is known when it is built."""
    try:
        request = SessionRequest.model_validate(entry.recipe)
    except ValidationError as error:
        for details in error.errors():
            yield record.fault(f"recipe: {describe_error(dict(details))}", "recipe", *details["loc"])
        return
    for field in sorted(FIELDS_OUTSIDE_RECIPES & request.model_fields_set):
        yield record.fault(f"a recipe is for anybody: leave out {field}", "recipe", field)
    for field in ("include", "exclude"):
        for index, slug in enumerate(getattr(request, field)):
            if slug not in exercises:
                yield record.fault(f"there is no exercise {slug!r}", "recipe", field, index)


def _check_names(seed: SeedFiles) -> Iterator[FileFault]:
    """Yield a fault for each name or alias that two exercises have."""
    owner_by_name: dict[str, str] = {}
    # Own exercises last: who takes the name of a shared one is at fault.
    for slug, entry in sorted(seed.exercises.items(), key=lambda item: (owner_of(item[0]) is not None, item[0])):
        for name in (entry.name, *entry.aliases):
            owner = owner_by_name.setdefault(name.casefold(), slug)
            if owner != slug:
                yield seed.by_kind(RecordKind.EXERCISE)[slug].fault(f"{name!r} already names {owner!r}", "name")


def _check_references(seed: SeedFiles, year: int) -> Iterator[FileFault]:
    """Yield a fault for each year in the future, and for each DOI that two references have."""
    owner_by_doi: dict[str, str] = {}
    for slug, record in seed.by_kind(RecordKind.REFERENCE).items():
        entry = seed.references[slug]
        if entry.year is not None and entry.year > year:  # not `year_printed`, which repeats an article's own mistake
            yield record.fault(f"year {entry.year} lies in the future", "year")
        if entry.doi is not None:
            owner = owner_by_doi.setdefault(entry.doi.casefold(), slug)
            if owner != slug:
                yield record.fault(f"{entry.doi} already leads to {owner!r}", "doi")
