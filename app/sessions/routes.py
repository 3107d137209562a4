"""Sessions over HTTP: built on request, stored without anything personal, read again by id."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.catalogue.filters import SessionQuery
from app.kit.errors import InvalidRequest, WorkerUnavailable
from app.kit.request_database import DatabaseUnavailable
from app.kit.work_limiter import ServiceBusy
from app.schemas.session import Session
from app.schemas.session_request import SessionRequest
from app.sessions.dependencies import Builder, SessionId, Sessions, Storage
from app.sessions.responses import (
    SessionBlocked,
    SessionCannotBeBuilt,
    SessionNotFound,
    document_not_stored,
    session_response,
)
from app.sessions.storage.base_session import EXAMPLE_REQUEST
from app.sessions.workers.answers import store_session
from app.sessions.workers.jobs import NewSession

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])
REQUEST_EXAMPLES = {
    "desk": {
        "summary": "Seven minutes at the desk",
        "value": EXAMPLE_REQUEST.model_dump(mode="json", exclude_defaults=True),
    },
    "careful": {
        "summary": "Ten minutes with a sore wrist",
        "value": {
            "duration_s": 600,
            "goals": [{"goal": "rotation", "weight": 2}, {"goal": "strength"}],
            "available_equipment": ["resistance_band", "chair"],
            "age_band": "40-64",
            "conditions": ["wrist_pain"],
            "include": ["banded-pull-apart"],
        },
    },
    "stiffer_side": {
        "summary": "Ten minutes of rotation, more of it to the stiff left side",
        "value": {
            "duration_s": 600,
            "goals": [{"goal": "rotation"}],
            "available_equipment": ["chair", "mat"],
            "stiffer_side": "left",
        },
    },
}


@router.post(
    "",
    status_code=201,
    response_model=Session,
    responses={
        **document_not_stored(Session),
        **SessionCannotBeBuilt.openapi_responses(SessionBlocked, InvalidRequest, ServiceBusy, WorkerUnavailable),
    },
    summary="Build a session",
)
async def create_session(
    request: Request,
    catalogue: CurrentCatalogue,
    builder: Builder,
    storage: Storage,
    body: Annotated[SessionRequest, Body(openapi_examples=REQUEST_EXAMPLES)],
    query: Annotated[SessionQuery, Query()],
) -> Response:
    """A session fitted to goals, time, equipment and positions, careful with stated conditions, and explained.

    Where nothing that is possible serves any of the goals, the answer is 422: with what contradicts, the seconds needed
    where time is lacking, and changes that were each tried. A goal among others that cannot be served gets share 0.
    The same request gives the same session. Age, conditions and history build it and are forgotten: neither they nor
    anything made from them is stored, logged or compared, and the id comes from the stored session alone. What is
    stored says only that such fields were used. Cautions and exclusions are told in the answer here and nowhere else.
    While the database is away the session is built and not stored: 200, and `stored` is false.
    """
    built = await builder.build(request, NewSession(body, query.exercise_records), catalogue)
    return await store_session(built, storage, catalogue.serial)


@router.get(
    "/{session_id}",
    response_model=Session,
    responses=SessionNotFound.openapi_responses(InvalidRequest, DatabaseUnavailable),
    summary="Get a session",
)
async def get_session(sessions: Sessions, session_id: SessionId, query: Annotated[SessionQuery, Query()]) -> Response:
    """A session as it was built, with the exercise records of that day, and without anything personal.

    Where age, conditions or history were used, a note says that cautions were given and are not kept.
    """
    return session_response(*await sessions.read_json(session_id, query.exercise_records))
