"""Exports of the catalogue over HTTP: all records of a kind as one file, and one exercise as FHIR."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.exports.document_formats import NDJSON_TYPE, document_file
from app.exports.exercise_table import write_exercise_table
from app.exports.export_query import ExerciseExportQuery
from app.exports.fhir.activity_definition import describe_exercise
from app.exports.fhir.elements import FHIR_MEDIA_TYPE, write_resource
from app.exports.responses import Accept, cache_control_of_links, describe_headers
from app.kit import caching
from app.kit.errors import InvalidRequest, NotAcceptable
from app.kit.linked_response import CurrentPublicAddress, LinkedResponse
from app.kit.negotiation import choose_media_type

router = APIRouter(prefix="/v1", tags=["Exports"])


@router.get(
    "/exercises/{slug}/export",
    response_class=Response,
    responses={
        **document_file("The exercise.", FHIR_MEDIA_TYPE),
        **RecordNotFound.openapi_responses(RecordGone, NotAcceptable, InvalidRequest),
    },
    summary="Export an exercise",
)
async def export_exercise(
    request: Request,
    slug: ExerciseSlug,
    catalogue: CurrentCatalogue,
    query: Annotated[ExerciseExportQuery, Query()],
    address: CurrentPublicAddress,
    accept: Accept = "",
) -> Response:
    """An exercise as `ActivityDefinition` of HL7 FHIR R5, for clinic software.

    `/v1/exercises/open-book/export?format=fhir`. It contains its contraindications as `ClinicalUseDefinition`. Terms
    are texts and words of our own lists; no code needs a licence.
    """
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    if query.format is None:
        choose_media_type(accept, (FHIR_MEDIA_TYPE,))
    resource = describe_exercise(catalogue.exercises.records[slug], catalogue.references.records, address)
    cache_control = cache_control_of_links(caching.CATALOGUE, address)
    headers = describe_headers(f"{slug}.fhir.json", catalogue.serial, cache_control)
    if query.format is None:
        headers["Vary"] = "Accept"
    return Response(write_resource(resource), media_type=FHIR_MEDIA_TYPE, headers=headers)


@router.get(
    "/exercises.csv",
    response_class=Response,
    responses={
        **document_file("All exercises as a table.", "text/csv"),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all exercises as CSV",
)
def export_exercises_as_csv(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """All exercises for a spreadsheet: UTF-8, a row for each, several values of a cell with ` | ` between them.

    No cell is a formula: a text that a spreadsheet program would take for one has an apostrophe before it.
    """
    content = write_exercise_table(catalogue.exercises.records.values(), address)
    headers = describe_headers("exercises.csv", catalogue.serial, cache_control_of_links(caching.CATALOGUE, address))
    return Response(content, media_type="text/csv", headers=headers)


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
    content = b"".join(record + b"\n" for record in catalogue.exercises.json_by_slug.values())
    headers = describe_headers("exercises.ndjson", catalogue.serial, caching.CATALOGUE)
    return LinkedResponse(content, media_type=NDJSON_TYPE, headers=headers)
