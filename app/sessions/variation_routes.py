"""Other sessions for the same request over HTTP: one exercise exchanged, or all of it different."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Body, Request
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.errors import FieldError, InvalidRequest
from app.kit.work_limiter import ServiceBusy
from app.schemas.session import Session, SessionPhase
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import (
    PersonalFields,
    SessionAlternatives,
    SessionAlternativesRequest,
    SwapRequest,
)
from app.sessions.build import refuse
from app.sessions.dependencies import BuildLimiter, Sessions
from app.sessions.problem.prepare import PLAIN, Variation
from app.sessions.routes import (
    EXAMPLE,
    EXAMPLE_ID,
    SessionBlocked,
    SessionCannotBeBuilt,
    SessionId,
    SessionNotFound,
    planned,
    refused,
    resolver_of,
)
from app.sessions.session import exercise_slugs, request_of, session_of, stored_of
from app.sessions.slugs import SlugResolver
from app.sessions.store import SessionStore, stored_phases
from app.sessions.variation import Varied, others, swap

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])


class Standing(NamedTuple):
    """The session that stands: what it was asked for, how it was varied, and what it holds in order."""

    request: SessionRequest
    variation: Variation
    slugs: list[str]
    phases: list[str]


FEWER = "With this kit, time, place and level no further session differs in a third of its exercises."
RESPONSES = SessionCannotBeBuilt.openapi_responses(SessionBlocked, InvalidRequest, SessionNotFound, ServiceBusy)
SWAPS = {"harder": {"summary": "The second is too hard", "value": {"position_in_session": 2, "reason": "too_hard"}}}
COUNTS = {"two": {"summary": "Two others", "value": {"count": 2}}}


@router.post(
    "/{session_id}/swap", status_code=201, response_model=Session, responses=RESPONSES, summary="Exchange one exercise"
)
async def swap_exercise(
    request: Request,
    session_id: SessionId,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    store: Sessions,
    wish: Annotated[SwapRequest, Body(openapi_examples=SWAPS)],
) -> Response:
    """A whole new session without that exercise; the others stay wherever that can be done.

    After `pain` nothing comes that strains alike, after `too_hard` nothing as hard, after `no_equipment` nothing that
    needs the same kit. Age, conditions and history were forgotten: the session is varied with those that are sent now.
    Where it was built with such, `conditions` must be sent; an empty list says that there are none.
    """
    return await limiter.run(request, lambda: _swap_exercise(store, session_id, catalogue, wish))


def _swap_exercise(store: SessionStore, session_id: str, catalogue: Snapshot, wish: SwapRequest) -> Response:
    stands = _standing(store, session_id, catalogue, wish)
    if wish.position_in_session > len(stands.slugs):
        fault: FieldError = {
            "in": "body",
            "pointer": "/position_in_session",
            "detail": f"The session holds {len(stands.slugs)} exercises.",
        }
        raise InvalidRequest(fault["detail"], errors=[fault])
    exercises = tuple(catalogue.exercises.records.values())
    place = wish.position_in_session - 1
    with refused():
        asked = _resolved(stands, catalogue, wish, stands.slugs[place])
        varied = swap(asked, stands.variation, stands.slugs, place, wish.reason, exercises, stands.phases)
    session = _kept(store, catalogue, varied)
    return _created(session.model_dump_json().encode(), catalogue, f"/v1/sessions/{session.id}")


@router.post(
    "/{session_id}/alternatives",
    status_code=201,
    response_model=SessionAlternatives,
    responses=RESPONSES,
    summary="Build alternative sessions",
)
async def create_alternatives(
    request: Request,
    session_id: SessionId,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    store: Sessions,
    wish: Annotated[SessionAlternativesRequest, Body(openapi_examples=COUNTS)],
) -> Response:
    """Up to five sessions that differ from this one and from each other in a third of their exercises or more.

    Age, conditions and history were forgotten: the sessions are built with those that are sent now. Where the session
    was built with such, `conditions` must be sent; an empty list says that there are none.
    """
    return await limiter.run(request, lambda: _create_alternatives(store, session_id, catalogue, wish))


def _create_alternatives(
    store: SessionStore, session_id: str, catalogue: Snapshot, wish: SessionAlternativesRequest
) -> Response:
    stands = _standing(store, session_id, catalogue, wish)
    exercises = tuple(catalogue.exercises.records.values())
    with refused():
        asked = _resolved(stands, catalogue, wish)
        found, exhausted = others(asked, stands.variation, stands.slugs, wish.count, exercises)
    items = [_kept(store, catalogue, varied).model_dump(mode="json") for varied in found]
    return _created(
        to_json({"items": items, "exhausted": exhausted, "reason": FEWER if exhausted else None}), catalogue, None
    )


def _standing(store: SessionStore, session_id: str, catalogue: Snapshot, wish: PersonalFields) -> Standing:
    """The session that is to be varied, with the slugs of today; what was deleted keeps its old one.

    404 where there is none, 422 where `conditions` must be sent and are not. What is sent is compared with nothing:
    no answer may tell whether it is what the session was built with.
    """
    if session_id == EXAMPLE_ID:
        plan = planned(EXAMPLE, catalogue)
        return Standing(EXAMPLE, PLAIN, list(plan.exercises), _phases(plan.phases))
    resolver = resolver_of(catalogue)
    if session_id.startswith("routine-"):
        routine = catalogue.routines.records.get(session_id.removeprefix("routine-"))
        if routine is None:
            raise SessionNotFound("There is no routine of that slug; GET /v1/routines lists those that there are.")
        phases = routine.session.phases
        return Standing(routine.recipe, PLAIN, _slugs(phases, resolver), _phases(phases))
    row = store.find(session_id)
    if row is None:
        raise SessionNotFound("There is no such session, or it has expired; the same request builds it again.")
    if row.personal and wish.conditions is None:
        detail = (
            "This session was built with age, conditions or history, which were forgotten. Send `conditions` as they "
            "are now, and age band and history where they matter; an empty list says that there are no conditions."
        )
        raise InvalidRequest(detail, errors=[{"in": "body", "pointer": "/conditions", "detail": detail}])
    plain, without = request_of(row.request)
    variation = PLAIN._replace(without=frozenset(resolver.current(slug) or slug for slug in without))
    phases = stored_phases(row)
    return Standing(plain, variation, _slugs(phases, resolver), _phases(phases))


def _resolved(stands: Standing, catalogue: Snapshot, wish: PersonalFields, *without: str) -> SessionRequest:
    """The request of a session that stands, with what is personal now and with slugs that all stand in the catalogue.

    Raises `Blocked`, and `UnknownExercise` where a slug of the history never was, or where the session asks by name for
    an exercise that was deleted since and is not exchanged now.
    """
    refuse(wish.added_to(stands.request))
    resolver = resolver_of(catalogue)
    history = resolver.resolve_history(wish.history)
    plain = resolver.resolve_stored(stands.request, without)
    return wish.added_to(plain).model_copy(update={"history": history})


def _slugs(phases: Sequence[SessionPhase], resolver: SlugResolver) -> list[str]:
    return [resolver.current(slug) or slug for slug in exercise_slugs(phases)]


def _phases(phases: Sequence[SessionPhase]) -> list[str]:
    """The phase of each exercise, in order."""
    return [phase.phase for phase in phases for _ in phase.items]


def _kept(store: SessionStore, catalogue: Snapshot, varied: Varied) -> Session:
    """The session as it is answered; the one that is kept has nothing personal."""
    stored = stored_of(varied.plan, varied.request, catalogue.serial, varied.remembered.without)
    return session_of(varied.plan, store.save(stored), catalogue.serial)


def _created(content: bytes, catalogue: Snapshot, location: str | None) -> Response:
    headers = {"X-Catalogue-Serial": str(catalogue.serial), "Cache-Control": "no-store"}
    if location is not None:
        headers["Location"] = location
    return Response(content, 201, headers, "application/json")
