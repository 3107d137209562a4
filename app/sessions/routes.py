"""Sessions over HTTP: built or prescribed, stored without anything personal, read again by id, varied."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.catalogue.filters import SessionQuery
from app.kit.errors import InvalidRequest, WorkerUnavailable
from app.kit.request_database import DatabaseUnavailable
from app.kit.work_limiter import ServiceBusy
from app.partners.dependencies import ScopeRequirement, find_caller
from app.partners.errors import KeyRequired, MissingScope
from app.schemas.prescription import Prescription
from app.schemas.session import Session
from app.schemas.session_body import SessionBody
from app.schemas.session_variation import (
    PersonalFields,
    SessionAlternatives,
    SessionAlternativesRequest,
    SwapRequest,
)
from app.sessions.dependencies import Builder, SessionId, Sessions, Storage
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.responses import (
    BarredByCondition,
    PrescriptionIsFixed,
    SessionBlocked,
    SessionCannotBeBuilt,
    SessionNotFound,
    document_not_stored,
    invalid_field,
    session_response,
)
from app.sessions.storage.base_session import EXAMPLE_REQUEST, BaseSession
from app.sessions.storage.existing_sessions import ExistingSessions
from app.sessions.texts import RefusalTexts, load_texts
from app.sessions.workers.answers import store_alternatives, store_session
from app.sessions.workers.jobs import (
    AlternativeSessions,
    BuiltSession,
    Job,
    NewSession,
    PrescribedSession,
    SwappedSession,
)

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
    "prescription": {
        "summary": "A prescription: these exercises with these doses",
        "value": {
            "items": [
                {"slug": "seated-cat-cow"},
                {"slug": "seated-open-book", "side": "left", "dose": {"sets": 3, "reps": 6}, "note": "Slowly."},
                {
                    "slug": "banded-pull-apart",
                    "dose": {"sets": 3, "reps": 12, "tempo": {"out_s": 2, "back_s": 4}, "rest_s": 90},
                },
            ],
            "duration_s": 900,
        },
    },
}


VARIATION_PROBLEMS = SessionCannotBeBuilt.openapi_responses(
    SessionBlocked, InvalidRequest, SessionNotFound, ServiceBusy, WorkerUnavailable, DatabaseUnavailable
)
SWAP_EXAMPLES = {
    "another": {"summary": "Another one for the second", "value": {"position_in_session": 2}},
    "harder": {"summary": "The second is too hard", "value": {"position_in_session": 2, "reason": "too_hard"}},
}
ALTERNATIVES_EXAMPLES = {"two": {"summary": "Two others", "value": {"count": 2}}}


@router.post(
    "",
    status_code=201,
    response_model=Session,
    responses={
        **document_not_stored(Session),
        **SessionCannotBeBuilt.openapi_responses(
            SessionBlocked,
            BarredByCondition,
            InvalidRequest,
            KeyRequired,
            MissingScope,
            ServiceBusy,
            WorkerUnavailable,
        ),
    },
    summary="Build a session",
    openapi_extra={"security": [{}, {"bearer": []}]},  # a key only for what it overrides
)
async def create_session(
    request: Request,
    catalogue: CurrentCatalogue,
    builder: Builder,
    storage: Storage,
    body: Annotated[SessionBody, Body(openapi_examples=REQUEST_EXAMPLES)],
    query: Annotated[SessionQuery, Query()],
) -> Response:
    """A session fitted to goals, time, equipment and positions, careful with stated conditions, and explained.

    Where nothing that is possible serves any of the goals, the answer is 422: with what contradicts, the seconds needed
    where time is lacking, and changes that were each tried. A goal among others that cannot be served gets share 0.
    The same request gives the same session. Age, conditions and history build it and are forgotten: neither they nor
    anything made from them is stored, logged or compared, and the id comes from the stored session alone. What is
    stored says only that such fields were used. Cautions and exclusions are told in the answer here and nowhere else.
    While the database is away the session is built and not stored: 200, and `stored` is false.

    With `items` it is a prescription: exactly these exercises with these doses, in this order. What a stated condition
    bars is refused by name; `override_conditions` of an item needs a key with the scope `prescribe`.
    """
    if isinstance(body, Prescription):
        if body.overrides_conditions:
            ScopeRequirement("prescribe").check(find_caller(request.scope), request.scope["path"])
        job: Job[BuiltSession] = PrescribedSession(body, query.exercise_records)
    else:
        job = NewSession(body, query.exercise_records)
    built = await builder.build(request, job, catalogue)
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
    responses={
        **document_not_stored(SessionAlternatives),
        **VARIATION_PROBLEMS,
        **PrescriptionIsFixed.openapi_responses(),
    },
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
    if isinstance(base.request, Prescription):
        raise PrescriptionIsFixed(load_texts(PrescriptionTexts).no_alternatives)
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
    if isinstance(base.request, Prescription) and body.stiffer_side is not None:
        raise invalid_field("/stiffer_side", load_texts(PrescriptionTexts).no_stiffer_side)
    if base.personal and body.conditions is None:
        raise invalid_field("/conditions", load_texts(RefusalTexts).variation.conditions_required)
    return base
