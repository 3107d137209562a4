"""Guidelines, references and routines as tables: a row for each, by slug. Columns are named as the JSON fields."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from app.exports.csv_file import Cell, join_values, write_csv
from app.kit.links import PublicAddress
from app.kit.timestamps import format_timestamp
from app.schemas.guideline import Guideline, Measure
from app.schemas.record import AnyRecord
from app.schemas.reference import Reference
from app.schemas.routine import Routine

Record = TypeVar("Record", bound=AnyRecord)
Columns = Mapping[str, Callable[[Record], Cell]]
"""What each column says of a record."""

GUIDELINE_COLUMNS: Final[Columns[Guideline]] = {
    "slug": lambda record: record.slug,
    "topic": lambda record: record.topic,
    "title": lambda record: record.title,
    "rule": lambda record: record.rule,
    "why": lambda record: record.why,
    "how_to_check": lambda record: record.how_to_check,
    "measures": lambda record: join_values(_describe_measure(measure) for measure in record.measures),
    "applies_to": lambda record: join_values(record.applies_to),
    "goals": lambda record: join_values(record.goals),
    "exercises": lambda record: join_values(record.exercises),
    "references": lambda record: join_values(evidence.reference for evidence in record.evidence),
    "source": lambda record: record.provenance.source,
    "doubt_note": lambda record: record.provenance.doubt_note,
}
REFERENCE_COLUMNS: Final[Columns[Reference]] = {
    "slug": lambda record: record.slug,
    "authors": lambda record: record.authors,
    "title": lambda record: record.title,
    "year": lambda record: record.year,
    "year_printed": lambda record: record.year_printed,
    "container": lambda record: record.container,
    "doi": lambda record: record.doi,
    "url": lambda record: record.url,
    "kind": lambda record: record.kind,
    "certainty": lambda record: record.certainty,
    "note": lambda record: record.note,
}
ROUTINE_COLUMNS: Final[Columns[Routine]] = {
    "slug": lambda record: record.slug,
    "name": lambda record: record.name,
    "summary": lambda record: record.summary,
    "audience": lambda record: record.audience,
    "when_to_use": lambda record: record.when_to_use,
    "goals": lambda record: join_values(record.goals),
    "suits": lambda record: join_values(record.suits),
    "duration_s": lambda record: record.session.duration_s,
    "exercises": lambda record: join_values(
        item.exercise.slug for phase in record.session.phases for item in phase.items
    ),
    "source": lambda record: record.provenance.source,
}


def write_guideline_table(guidelines: Iterable[Guideline]) -> bytes:
    """Return guidelines as CSV."""
    return _write_table(GUIDELINE_COLUMNS, guidelines)


def write_reference_table(references: Iterable[Reference]) -> bytes:
    """Return references as CSV."""
    return _write_table(REFERENCE_COLUMNS, references)


def write_routine_table(routines: Iterable[Routine], address: PublicAddress) -> bytes:
    """Return routines as CSV, with absolute links to their pages."""
    page: Columns[Routine] = {"page_url": lambda record: address.absolute_link(f"/routines/{record.slug}")}
    return _write_table({**ROUTINE_COLUMNS, **page}, routines)


def _write_table(columns: Columns[Record], records: Iterable[Record]) -> bytes:
    """Return records as CSV: their own columns, and what every record says."""
    shared: Columns[Record] = {
        "license": lambda record: record.license.id,
        "attribution": lambda record: record.license.attribution,
        "updated_at": lambda record: format_timestamp(record.updated_at),
    }
    all_columns = {**columns, **shared}
    rows = ([read(record) for read in all_columns.values()] for record in records)
    return write_csv([*all_columns], rows)


def _describe_measure(measure: Measure) -> str:
    """Return a measure in one line: `viewing distance: 50-70 cm`."""
    limits = dict.fromkeys(f"{limit:g}" for limit in (measure.min, measure.max) if limit is not None)
    words = (measure.qualifier, "-".join(limits), measure.unit)
    return f"{measure.name}: {' '.join(word for word in words if word)}"
