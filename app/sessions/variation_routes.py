"""Other sessions for the same request over HTTP: one exercise exchanged, or all of it different."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from starlette.responses import Response

from app.catalogue.filters import SessionQuery
from app.kit.errors import InvalidRequest, WorkerUnavailable
from app.kit.request_database import DatabaseUnavailable
from app.kit.work_limiter import ServiceBusy
from app.schemas.session import Session
from app.schemas.session_variation import (
    PersonalFields,
    SessionAlternatives,
    SessionAlternativesRequest,
    SwapRequest,
)
from app.sessions.dependencies import Builder, SessionId, Sessions
from app.sessions.responses import (
    SessionBlocked,
    SessionCannotBeBuilt,
    SessionNotFound,
    document_not_stored,
    invalid_field,
)
from app.sessions.storage.base_session import BaseSession
from app.sessions.storage.existing_sessions import ExistingSessions
from app.sessions.texts import RefusalTexts, load_texts
from app.sessions.workers.answers import store_alternatives, store_session
from app.sessions.workers.jobs import AlternativeSessions, SwappedSession

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])
VARIATION_PROBLEMS = SessionCannotBeBuilt.openapi_responses(
    SessionBlocked, InvalidRequest, SessionNotFound, ServiceBusy, WorkerUnavailable, DatabaseUnavailable
)
SWAP_EXAMPLES = {
    "another": {"summary": "Another one for the second", "value": {"position_in_session": 2}},
    "harder": {"summary": "The second is too hard", "value": {"position_in_session": 2, "reason": "too_hard"}},
}
ALTERNATIVES_EXAMPLES = {"two": {"summary": "Two others", "value": {"count": 2}}}


@router.post(
    "/{session_id}/swap",
    status_code=201,
    response_model=Session,
    responses={**document_not_stored(Session), **VARIATION_PROBLEMS},
    summary="Exchange one exercise",
)
async def swap_exercise(
    request: Request,
    session_id: SessionId,
    builder: Builder,
    sessions: Sessions,
    body: Annotated[SwapRequest, Body(openapi_examples=SWAP_EXAMPLES)],
    query: Annotated[SessionQuery, Query()],
) -> Response:
    """A whole new session without that exercise; the others stay as they are wherever that can be done.

    After `pain` nothing comes that strains alike, after `too_hard` nothing as hard, after `no_equipment` nothing that
    needs the same equipment. Age, conditions and history were forgotten: the session is varied with those that are sent
    now. Where it was built with such, `conditions` must be sent; an empty list says that there are none.
    """
    base = await _load_for_variation(sessions, session_id, body)
    if body.position_in_session > len(base.slugs):
        detail = load_texts(RefusalTexts).variation.no_such_position.fill(len(base.slugs))
        raise invalid_field("/position_in_session", detail)
    built = await builder.build(request, SwappedSession(base, body, query.exercise_records), sessions.catalogue)
    return await store_session(built, sessions.storage, sessions.catalogue.serial)


@router.post(
    "/{session_id}/alternatives",
    status_code=201,
    response_model=SessionAlternatives,
    responses={**document_not_stored(SessionAlternatives), **VARIATION_PROBLEMS},
    summary="Build alternative sessions",
)
async def create_alternatives(
    request: Request,
    session_id: SessionId,
    builder: Builder,
    sessions: Sessions,
    body: Annotated[SessionAlternativesRequest, Body(openapi_examples=ALTERNATIVES_EXAMPLES)],
    query: Annotated[SessionQuery, Query()],
) -> Response:
    """Up to five sessions that differ from this one and from each other in a third of their exercises or more.

    Age, conditions and history were forgotten: the sessions are built with those that are sent now. Where the session
    was built with such, `conditions` must be sent; an empty list says that there are none.
    """
    base = await _load_for_variation(sessions, session_id, body)
    job = AlternativeSessions(base, body, query.exercise_records)
    built, is_exhausted = await builder.build(request, job, sessions.catalogue)
    reason = load_texts(RefusalTexts).variation.exhausted if is_exhausted else None
    return await store_alternatives(built, reason, sessions.storage, sessions.catalogue.serial)


async def _load_for_variation(sessions: ExistingSessions, session_id: str, body: PersonalFields) -> BaseSession:
    """The session that is to be varied.

    Raises `SessionNotFound`, and `InvalidRequest` where `conditions` must be sent and are not. What is sent is compared
    with nothing: no answer may tell whether it is what the session was built with.
    """
    base = await sessions.load_base(session_id)
    if base.personal and body.conditions is None:
        raise invalid_field("/conditions", load_texts(RefusalTexts).variation.conditions_required)
    return base
