"""Other sessions for the same request over HTTP: one exercise exchanged, or all of it different."""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.errors import InvalidRequest
from app.kit.work_limiter import ServiceBusy
from app.schemas.session import Session
from app.schemas.session_variation import (
    PersonalFields,
    SessionAlternatives,
    SessionAlternativesRequest,
    SwapRequest,
)
from app.sessions.build import check_not_blocked
from app.sessions.dependencies import BuildLimiter, SessionId, Sessions
from app.sessions.index_cache import exercise_index, slug_resolver
from app.sessions.responses import (
    SessionBlocked,
    SessionCannotBeBuilt,
    SessionNotFound,
    builder_errors_as_problems,
    created_response,
    invalid_field,
)
from app.sessions.storage.base_session import BaseSession, load_base_session
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import to_response, to_stored
from app.sessions.texts import RefusalTexts, load_texts
from app.sessions.variation.alternatives import build_alternatives
from app.sessions.variation.session_to_vary import SessionToVary, VariedPlan
from app.sessions.variation.swap import replace_exercise

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])
VARIATION_PROBLEMS = SessionCannotBeBuilt.openapi_responses(
    SessionBlocked, InvalidRequest, SessionNotFound, ServiceBusy
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
    responses=VARIATION_PROBLEMS,
    summary="Exchange one exercise",
)
async def swap_exercise(
    request: Request,
    session_id: SessionId,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    store: Sessions,
    body: Annotated[SwapRequest, Body(openapi_examples=SWAP_EXAMPLES)],
) -> Response:
    """A whole new session without that exercise; the others stay as they are wherever that can be done.

    After `pain` nothing comes that strains alike, after `too_hard` nothing as hard, after `no_equipment` nothing that
    needs the same equipment. Age, conditions and history were forgotten: the session is varied with those that are sent
    now. Where it was built with such, `conditions` must be sent; an empty list says that there are none.
    """
    return await limiter.run(request, lambda: _swap(store, session_id, catalogue, body))


def _swap(store: SessionStore, session_id: str, catalogue: Snapshot, body: SwapRequest) -> Response:
    base = _load_for_variation(store, session_id, catalogue, body)
    place = body.position_in_session - 1
    if place >= len(base.slugs):
        detail = load_texts(RefusalTexts).variation.no_such_position.fill(len(base.slugs))
        raise invalid_field("/position_in_session", detail)
    with builder_errors_as_problems():
        session = _resolve(base, catalogue, body, exchanged_place=place)
        varied = replace_exercise(session, place, body.reason, exercise_index(catalogue))
    response = _store(store, catalogue, varied)
    return created_response(response.model_dump_json().encode(), catalogue.serial, f"/v1/sessions/{response.id}")


@router.post(
    "/{session_id}/alternatives",
    status_code=201,
    response_model=SessionAlternatives,
    responses=VARIATION_PROBLEMS,
    summary="Build alternative sessions",
)
async def create_alternatives(
    request: Request,
    session_id: SessionId,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    store: Sessions,
    body: Annotated[SessionAlternativesRequest, Body(openapi_examples=ALTERNATIVES_EXAMPLES)],
) -> Response:
    """Up to five sessions that differ from this one and from each other in a third of their exercises or more.

    Age, conditions and history were forgotten: the sessions are built with those that are sent now. Where the session
    was built with such, `conditions` must be sent; an empty list says that there are none.
    """
    return await limiter.run(request, lambda: _build_alternatives(store, session_id, catalogue, body))


def _build_alternatives(
    store: SessionStore, session_id: str, catalogue: Snapshot, body: SessionAlternativesRequest
) -> Response:
    base = _load_for_variation(store, session_id, catalogue, body)
    with builder_errors_as_problems():
        session = _resolve(base, catalogue, body)
        alternatives, is_exhausted = build_alternatives(session, body.count, exercise_index(catalogue))
    items = [_store(store, catalogue, varied).model_dump(mode="json") for varied in alternatives]
    reason = load_texts(RefusalTexts).variation.exhausted if is_exhausted else None
    content = to_json({"items": items, "exhausted": is_exhausted, "reason": reason})
    return created_response(content, catalogue.serial)


def _load_for_variation(store: SessionStore, session_id: str, catalogue: Snapshot, body: PersonalFields) -> BaseSession:
    """The session that is to be varied.

    Raises `SessionNotFound`, and `InvalidRequest` where `conditions` must be sent and are not. What is sent is compared
    with nothing: no answer may tell whether it is what the session was built with.
    """
    base = load_base_session(session_id, store, catalogue)
    if base.personal and body.conditions is None:
        raise invalid_field("/conditions", load_texts(RefusalTexts).variation.conditions_required)
    return base


def _resolve(
    base: BaseSession, catalogue: Snapshot, body: PersonalFields, exchanged_place: int | None = None
) -> SessionToVary:
    """The session with what is personal now, and with the slugs of today; a deleted exercise keeps its old slug.

    Raises `SessionBlockedError`, and `UnknownExerciseError` where a slug of the history never existed, or where the
    session includes by name an exercise that was deleted since and is not exchanged now.
    """
    check_not_blocked(body.added_to(base.request))
    resolver = slug_resolver(catalogue)
    slugs = [resolver.current_slug(slug) or slug for slug in base.slugs]
    exchanged = [] if exchanged_place is None else [slugs[exchanged_place]]
    history = resolver.resolve_history(body.history)
    request = body.added_to(resolver.resolve_stored(base.request, exchanged)).model_copy(update={"history": history})
    removed = frozenset(resolver.current_slug(slug) or slug for slug in base.removed)
    return SessionToVary(request, slugs, base.phases, base.doses, removed)


def _store(store: SessionStore, catalogue: Snapshot, varied: VariedPlan) -> Session:
    """Store a session and return it as it is answered: what is stored has nothing personal."""
    session_id = store.save(to_stored(varied.plan, varied.request, catalogue.serial, varied.removed))
    return to_response(varied.plan, session_id, catalogue.serial)
