"""What must hold between records: links that lead somewhere, ladders that climb, doses on the menu, sane years."""

from collections.abc import Iterator, Set
from typing import get_args

from pydantic import ValidationError

from app.editing.entries import ExerciseEntry, RoutineEntry
from app.editing.seed_files import SeedFiles, SeedRecord
from app.kit.yaml_files import FileFault, describe_error
from app.rules import vocabulary as words
from app.rules.dose import Dose, find_dose_errors
from app.schemas.session_request import SessionRequest

SYNONYM_TARGETS = {
    "goal": set(get_args(words.Goal)),
    "topic": set(get_args(words.Topic)),
    "position": set(get_args(words.Position)),
    "equipment": set(get_args(words.Equipment)),
    "suits": set(get_args(words.Occasion)),
    "purpose": set(get_args(words.Purpose)),
    "region": set(get_args(words.Region)),
    "age_band": set(get_args(words.AgeBand)),
}
SEAT_EQUIPMENT = {"chair", "bench"}
DUPLICATE_FREE_FIELDS = (
    *("suits", "movements", "phases", "regions", "features", "muscles", "aliases", "harder", "easier"),
    *("exercises", "guidelines", "routines", "applies_to", "goals", "maps_to"),
)
"""Fields of whatever record that say each thing once."""


def dose_of(entry: ExerciseEntry) -> Dose:
    return Dose(**entry.dose.model_dump(), per_side=entry.unilateral)


def check_records(seed: SeedFiles, year: int, tombstones: Set[tuple[str, str]]) -> list[FileFault]:
    """Every fault between records. `buried`: kind and slug of those that are gone for good."""
    faults: list[FileFault] = []
    slugs = {kind: set(seed.by_kind(kind)) for kind in ("exercise", "guideline", "reference", "routine")}
    for one in seed.records:
        if (one.kind, one.key) in tombstones:
            faults.append(one.fault(f"{one.key!r} was deleted; a slug is never given out again", "slug"))
        faults += [*_check_links(one, slugs), *_check_duplicates(one), *_check_renames(one, seed)]
    for key, one in seed.by_kind("exercise").items():
        faults += _check_exercise(one, seed.exercises[key], seed)
    for key, one in seed.by_kind("routine").items():
        faults += _check_recipe(one, seed.routines[key], slugs["exercise"])
    faults += _check_cycles(seed)
    faults += _check_names(seed)
    faults += _check_references(seed, year)
    return faults


def _check_renames(one: SeedRecord, seed: SeedFiles) -> Iterator[FileFault]:
    """A slug of before leads to one record, and is none that stands."""
    for index, slug in enumerate(getattr(one.entry, "formerly", ())):
        if slug in seed.by_kind(one.kind):
            yield one.fault(f"{slug!r} still stands in the files", "formerly", index)
        elif seed.renamed[one.kind, slug] != one.key:
            yield one.fault(f"{slug!r} leads to {seed.renamed[one.kind, slug]!r} as well", "formerly", index)


def _check_references(seed: SeedFiles, year: int) -> Iterator[FileFault]:
    """Years that have been, and a DOI each."""
    owner: dict[str, str] = {}
    for key, one in seed.by_kind("reference").items():
        entry = seed.references[key]
        if entry.year is not None and entry.year > year:  # year_printed may: it keeps what the article has wrong
            yield one.fault(f"year {entry.year} lies in the future", "year")
        if entry.doi is not None and owner.setdefault(entry.doi.casefold(), key) != key:
            yield one.fault(f"{entry.doi} already leads to {owner[entry.doi.casefold()]!r}", "doi")


def _check_recipe(one: SeedRecord, entry: RoutineEntry, exercises: set[str]) -> Iterator[FileFault]:
    """Whether the recipe is a request at all; whether a session comes of it is seen when it is built."""
    try:
        asked = SessionRequest.model_validate(entry.recipe)
    except ValidationError as error:
        yield from (
            one.fault(f"recipe: {describe_error(dict(each))}", "recipe", *each["loc"]) for each in error.errors()
        )
        return
    for field in ("include", "exclude"):
        for index, slug in enumerate(getattr(asked, field)):
            if slug not in exercises:
                yield one.fault(f"there is no exercise {slug!r}", "recipe", field, index)


def _check_links(one: SeedRecord, slugs: dict[str, set[str]]) -> Iterator[FileFault]:
    """Links that lead nowhere."""
    entry = one.entry
    for kind, field in (("exercise", "exercises"), ("guideline", "guidelines"), ("routine", "routines")):
        for index, slug in enumerate(getattr(entry, field, ())):
            if slug not in slugs[kind]:
                yield one.fault(f"there is no {kind} {slug!r}", field, index)
    for index, evidence in enumerate(getattr(entry, "evidence", ())):
        if evidence.reference not in slugs["reference"]:
            yield one.fault(f"there is no reference {evidence.reference!r}", "evidence", index, "reference")
    for index, measure in enumerate(getattr(entry, "measures", ())):
        if measure.source not in slugs["reference"] | {"article", "editorial"}:
            yield one.fault(f"there is no reference {measure.source!r}", "measures", index, "source")
        if measure.min is None and measure.max is None:
            yield one.fault("a measure needs min or max", "measures", index)
        elif measure.min is not None and measure.max is not None and measure.min > measure.max:
            yield one.fault("min is above max", "measures", index)
    for index, target in enumerate(getattr(entry, "maps_to", ())):
        name, _, value = target.partition(":")
        if value not in SYNONYM_TARGETS.get(name, ()):
            yield one.fault(f"{target!r} is no word of the vocabulary", "maps_to", index)


def _check_duplicates(one: SeedRecord) -> Iterator[FileFault]:
    """What stands twice in a list that says each thing once."""
    said = {field: list(getattr(one.entry, field, None) or ()) for field in DUPLICATE_FREE_FIELDS}
    said["evidence"] = [evidence.reference for evidence in getattr(one.entry, "evidence", ())]
    for field, values in said.items():
        for index, value in enumerate(values):
            if value in values[:index]:
                yield one.fault(f"{field}: {value!r} stands twice", field, index)


def _check_exercise(one: SeedRecord, entry: ExerciseEntry, seed: SeedFiles) -> Iterator[FileFault]:
    exercises = seed.exercises
    for index, slug in enumerate(entry.harder):
        other = exercises.get(slug)
        if other is None:
            yield one.fault(f"there is no exercise {slug!r}", "harder", index)
        elif other.level < entry.level:
            yield one.fault(
                f"{slug!r} is called harder but its level {other.level} is below {entry.level}", "harder", index
            )
        elif other.easier is not None and entry.slug not in other.easier:
            yield one.fault(f"{slug!r} does not call this one easier", "harder", index)
    for index, slug in enumerate(entry.easier or ()):
        if slug not in exercises or entry.slug not in exercises[slug].harder:
            yield one.fault(f"{slug!r} does not call this one harder", "easier", index)
    for fault in find_dose_errors(dose_of(entry), entry.pattern, entry.load_group):
        yield one.fault(f"dose: {fault}", "dose")
    needed = [set(group) for group in entry.equipment]
    if entry.position == "seated" and not any(group <= SEAT_EQUIPMENT for group in needed):
        yield one.fault("a seated exercise needs a seat: [chair, bench] or one of them", "equipment")
    if entry.position == "hanging" and {"pullup_bar"} not in needed:
        yield one.fault("hanging needs [pullup_bar]", "equipment")


def _check_cycles(seed: SeedFiles) -> Iterator[FileFault]:
    """A ladder that comes back to itself; told once, at the first of its rungs by name."""
    exercises = seed.exercises
    done: set[str] = set()
    for start in sorted(exercises):
        trail: list[str] = []
        stack = [(start, 0)]
        while stack:
            slug, depth = stack.pop()
            del trail[depth:]
            if slug in trail:
                ring = trail[trail.index(slug) :]
                if min(ring) == start:
                    way = " > ".join([*ring, slug])
                    yield seed.by_kind("exercise")[start].fault(f"harder goes in a circle: {way}", "harder")
                continue
            if slug in done or slug not in exercises:
                continue
            trail.append(slug)
            stack += [(other, depth + 1) for other in exercises[slug].harder]
        done.add(start)


def _check_names(seed: SeedFiles) -> Iterator[FileFault]:
    """One name, one exercise; an alias may not be another's name."""
    owner: dict[str, str] = {}
    for key, entry in sorted(seed.exercises.items()):
        for name in (entry.name, *entry.aliases):
            other = owner.setdefault(name.casefold(), key)
            if other != key:
                yield seed.by_kind("exercise")[key].fault(f"{name!r} already names {other!r}", "name")
