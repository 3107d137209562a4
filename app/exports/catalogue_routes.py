"""Exports of the catalogue over HTTP: all records of a kind as one file."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.exports.document_formats import NDJSON_TYPE, document_file
from app.exports.exercise_table import write_exercise_table
from app.exports.record_tables import write_guideline_table, write_reference_table, write_routine_table
from app.exports.responses import cache_control_of_links, describe_headers
from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.linked_response import CurrentPublicAddress, LinkedResponse

router = APIRouter(prefix="/v1", tags=["Exports"])
CSV_TYPE = "text/csv"


@router.get(
    "/exercises.csv",
    response_class=Response,
    responses={
        **document_file("All exercises as a table.", CSV_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all exercises as CSV",
)
def export_exercises_as_csv(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """All exercises for a spreadsheet: UTF-8, a row for each, several values of a cell with ` | ` between them.

    No cell is a formula: a text that a spreadsheet program would take for one has an apostrophe before it.
    """
    content = write_exercise_table(catalogue.exercises.records.values(), address)
    return _answer_table(content, "exercises.csv", catalogue.serial, cache_control_of_links(caching.CATALOGUE, address))


@router.get(
    "/exercises.ndjson",
    response_class=Response,
    responses={
        **document_file("All exercises, one on each line.", NDJSON_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all exercises as NDJSON",
)
async def export_exercises_as_ndjson(catalogue: CurrentCatalogue) -> Response:
    """All exercises for programs that read line by line: each line is the JSON of `GET /v1/exercises/{slug}`."""
    return _answer_lines(catalogue.exercises.json_by_slug.values(), "exercises.ndjson", catalogue.serial)


@router.get(
    "/guidelines.csv",
    response_class=Response,
    responses={
        **document_file("All guidelines as a table.", CSV_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all guidelines as CSV",
)
def export_guidelines_as_csv(catalogue: CurrentCatalogue) -> Response:
    """All guidelines for a spreadsheet, with their measures in one cell: `viewing distance: 50-70 cm`."""
    content = write_guideline_table(catalogue.guidelines.records.values())
    return _answer_table(content, "guidelines.csv", catalogue.serial, caching.CATALOGUE)


@router.get(
    "/guidelines.ndjson",
    response_class=Response,
    responses={
        **document_file("All guidelines, one on each line.", NDJSON_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all guidelines as NDJSON",
)
async def export_guidelines_as_ndjson(catalogue: CurrentCatalogue) -> Response:
    """All guidelines, line by line: each line is the JSON of `GET /v1/guidelines/{slug}`."""
    return _answer_lines(catalogue.guidelines.json_by_slug.values(), "guidelines.ndjson", catalogue.serial)


@router.get(
    "/references.csv",
    response_class=Response,
    responses={
        **document_file("All references as a table.", CSV_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all references as CSV",
)
def export_references_as_csv(catalogue: CurrentCatalogue) -> Response:
    """All sources of the catalogue for a spreadsheet, each with its certainty."""
    content = write_reference_table(catalogue.references.records.values())
    return _answer_table(content, "references.csv", catalogue.serial, caching.CATALOGUE)


@router.get(
    "/references.ndjson",
    response_class=Response,
    responses={
        **document_file("All references, one on each line.", NDJSON_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all references as NDJSON",
)
async def export_references_as_ndjson(catalogue: CurrentCatalogue) -> Response:
    """All references, line by line: each line is the JSON of `GET /v1/references/{slug}`."""
    return _answer_lines(catalogue.references.json_by_slug.values(), "references.ndjson", catalogue.serial)


@router.get(
    "/routines.csv",
    response_class=Response,
    responses={
        **document_file("All routines as a table.", CSV_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all routines as CSV",
)
def export_routines_as_csv(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """All routines for a spreadsheet, with the slugs of their exercises in order."""
    content = write_routine_table(catalogue.routines.records.values(), address)
    return _answer_table(content, "routines.csv", catalogue.serial, cache_control_of_links(caching.CATALOGUE, address))


@router.get(
    "/routines.ndjson",
    response_class=Response,
    responses={
        **document_file("All routines, one on each line.", NDJSON_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all routines as NDJSON",
)
async def export_routines_as_ndjson(catalogue: CurrentCatalogue) -> Response:
    """All routines, line by line, without the records of their exercises: `/v1/exercises.ndjson` has those.

    Each line is an item of `GET /v1/routines?exercise_records=false`.
    """
    return _answer_lines(catalogue.routines_without_exercises.values(), "routines.ndjson", catalogue.serial)


def _answer_table(content: bytes, file_name: str, serial: int, cache_control: str) -> Response:
    return Response(content, media_type=CSV_TYPE, headers=describe_headers(file_name, serial, cache_control))


def _answer_lines(records: Iterable[bytes], file_name: str, serial: int) -> Response:
    """Return records as JSON, one on each line."""
    headers = describe_headers(file_name, serial, caching.CATALOGUE)
    return LinkedResponse(b"".join(record + b"\n" for record in records), media_type=NDJSON_TYPE, headers=headers)
