"""Exports to clinic software over HTTP: definitions of HL7 FHIR R5, one by one and all at once."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.exports.document_formats import document_file
from app.exports.export_query import ExerciseExportQuery
from app.exports.fhir.activity_definition import describe_exercise
from app.exports.fhir.bundle import describe_bundle
from app.exports.fhir.elements import FHIR_MEDIA_TYPE, Resource, write_resource
from app.exports.fhir.plan_definition import PlannedSession, describe_plan
from app.exports.responses import Accept, cache_control_of_links, describe_headers
from app.kit import caching
from app.kit.errors import InvalidRequest, NotAcceptable
from app.kit.linked_response import CurrentPublicAddress
from app.kit.links import PublicAddress
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
    "/exercises.fhir.json",
    response_class=Response,
    responses={
        **document_file("All exercises as one Bundle.", FHIR_MEDIA_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all exercises as FHIR",
)
def export_exercises_as_fhir(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """All exercises as `ActivityDefinition` of HL7 FHIR R5, in one transaction `Bundle`.

    Post it to a FHIR server, which takes all of them in: each replaces the one with the same id.
    """
    references = catalogue.references.records
    definitions = (describe_exercise(record, references, address) for record in catalogue.exercises.records.values())
    bundle = describe_bundle(definitions)
    return _answer_resource(bundle, "exercises", catalogue.serial, address)


@router.get(
    "/routines.fhir.json",
    response_class=Response,
    responses={
        **document_file("All routines as one Bundle.", FHIR_MEDIA_TYPE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all routines as FHIR",
)
def export_routines_as_fhir(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """All routines as `PlanDefinition` of HL7 FHIR R5, in one transaction `Bundle`.

    Their actions name the definitions of `GET /v1/exercises.fhir.json`.
    """
    bundle = describe_bundle(
        describe_plan(PlannedSession.of_routine(routine), address) for routine in catalogue.routines.records.values()
    )
    return _answer_resource(bundle, "routines", catalogue.serial, address)


def _answer_resource(resource: Resource, name: str, serial: int, address: PublicAddress) -> Response:
    headers = describe_headers(f"{name}.fhir.json", serial, cache_control_of_links(caching.CATALOGUE, address))
    return Response(write_resource(resource), media_type=FHIR_MEDIA_TYPE, headers=headers)
