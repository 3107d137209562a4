"""Other sessions for the same wish over HTTP: one exercise exchanged, or all of it different."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Body, Request
from pydantic import Field
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.responses import CurrentCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.errors import InvalidRequest
from app.kit.models import FrozenModel as Shape
from app.kit.parameters import Nothing
from app.kit.work_limiter import ServiceBusy
from app.rules.vocabulary import AgeBand, BlockingCondition, Condition
from app.sessions import store
from app.sessions.dependencies import BuildLimiter
from app.sessions.prepare import PLAIN, Variation
from app.sessions.request import Asked, DoneSession, SessionRequest
from app.sessions.routes import (
    EXAMPLE,
    EXAMPLE_ID,
    SessionBlocked,
    SessionCannotBeBuilt,
    SessionId,
    SessionNotFound,
    planned,
    refused,
)
from app.sessions.session import (
    Session,
    id_of,
    kept_of,
    personal_digest,
    plain_request,
    plain_variation,
    session_of,
    variation_of,
)
from app.sessions.variation import Reason, Varied, others, swap

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])


class Personal(Asked):
    """What was forgotten after the session was built, sent again; it must be as it was."""

    age_band: AgeBand | None = Field(default=None, description="As it was in the first request.")
    conditions: tuple[Condition | BlockingCondition, ...] = Field(
        default=(), max_length=30, strict=False, description="As they were in the first request."
    )
    history: tuple[DoneSession, ...] = Field(
        default=(), max_length=60, strict=False, description="As it was in the first request."
    )


class SwapRequest(Personal):
    """Which exercise to exchange, and why."""

    position_in_session: int = Field(ge=1, le=40, description="1 for the first exercise.", examples=[2])
    reason: Reason = Field(description="Decides what may come instead.", examples=["too_hard"])


class AlternativesRequest(Personal):
    """How many other sessions to build."""

    count: int = Field(default=3, ge=1, le=5, description="Sessions to build.", examples=[2])


class Alternatives(Shape):
    """Other sessions for the same wish."""

    items: tuple[Session, ...]
    exhausted: bool = Field(description="True where there are no more that differ enough.")
    reason: str | None = Field(description="Why there are fewer than were asked for; else null.")


class Standing(NamedTuple):
    """The session that stands: what it was asked for, how it was varied, and what it holds in order."""

    request: SessionRequest
    variation: Variation
    slugs: list[str]
    phases: list[str]


FEWER = "With this kit, time, place and level no further session differs in a third of its exercises."
RESPONSES = SessionCannotBeBuilt.documented(SessionBlocked, InvalidRequest, SessionNotFound, ServiceBusy)
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
    asked: Nothing,
    wish: Annotated[SwapRequest, Body(openapi_examples=SWAPS)],
) -> Response:
    """A whole new session without that exercise; the others stay wherever that can be done.

    After `pain` nothing comes that strains alike, after `too_hard` nothing as hard, after `no_equipment` nothing that
    needs the same kit. Age, conditions and history must be sent again as they were.
    """
    return await limiter.run(request, lambda: _swap_exercise(request, session_id, catalogue, wish))


def _swap_exercise(request: Request, session_id: str, catalogue: Snapshot, wish: SwapRequest) -> Response:
    stands = _standing(request, session_id, catalogue, wish)
    if wish.position_in_session > len(stands.slugs):
        fault = {
            "in": "body",
            "pointer": "/position_in_session",
            "detail": f"The session holds {len(stands.slugs)} exercises.",
        }
        raise InvalidRequest(fault["detail"], errors=[fault])
    exercises = tuple(catalogue.exercises.records.values())
    with refused():
        place = wish.position_in_session - 1
        varied = swap(stands.request, stands.variation, stands.slugs, place, wish.reason, exercises, stands.phases)
    session = _kept(request, catalogue, varied)
    return _created(session.model_dump_json().encode(), catalogue, f"/v1/sessions/{session.id}")


@router.post(
    "/{session_id}/alternatives",
    status_code=201,
    response_model=Alternatives,
    responses=RESPONSES,
    summary="Other sessions for the same wish",
)
async def create_alternatives(
    request: Request,
    session_id: SessionId,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    asked: Nothing,
    wish: Annotated[AlternativesRequest, Body(openapi_examples=COUNTS)],
) -> Response:
    """Up to five sessions that differ from this one and from each other in a third of their exercises or more.

    Age, conditions and history must be sent again as they were.
    """
    return await limiter.run(request, lambda: _create_alternatives(request, session_id, catalogue, wish))


def _create_alternatives(request: Request, session_id: str, catalogue: Snapshot, wish: AlternativesRequest) -> Response:
    stands = _standing(request, session_id, catalogue, wish)
    with refused():
        found, exhausted = others(
            stands.request, stands.variation, stands.slugs, wish.count, tuple(catalogue.exercises.records.values())
        )
    items = [_kept(request, catalogue, varied).model_dump(mode="json") for varied in found]
    return _created(
        to_json({"items": items, "exhausted": exhausted, "reason": FEWER if exhausted else None}), catalogue, None
    )


def _standing(request: Request, session_id: str, catalogue: Snapshot, wish: Personal) -> Standing:
    """The session that is to be varied. 404 where there is none, 422 where the personal fields are not as they were."""
    personal = {"age_band": wish.age_band, "conditions": wish.conditions, "history": wish.history}
    if session_id == EXAMPLE_ID:
        asked = EXAMPLE.model_copy(update=personal)
        plan = planned(EXAMPLE, catalogue)
        phases = [block.phase for block in plan.phases for _ in block.items]
        return Standing(asked, PLAIN, list(plan.exercises), [str(phase) for phase in phases])
    if session_id.startswith("routine-"):
        routine = catalogue.routines.records.get(session_id.removeprefix("routine-"))
        if routine is None:
            raise SessionNotFound("There is no routine of that slug; GET /v1/routines lists those that there are.")
        plain = SessionRequest.model_validate(routine.recipe).model_copy(update=personal)
        return Standing(plain, PLAIN, _slugs(routine.session), _phases(routine.session))
    row = store.find(request.app.state.database, session_id)
    if row is None:
        raise SessionNotFound("There is no such session, or it has expired; the same request builds it again.")
    said = dict(row.request)
    variation = variation_of(said.pop("variation", None))
    asked = SessionRequest.model_validate(said).model_copy(update=personal)
    if personal_digest(asked, request.app.state.secret) != row.personal_hmac:
        detail = "Age band, conditions and history must be sent again as they were when the session was built."
        raise InvalidRequest(detail, errors=[{"in": "body", "pointer": "", "detail": detail}])
    return Standing(asked, variation, _slugs(row.content), _phases(row.content))


def _slugs(content: dict[str, Any]) -> list[str]:
    return [item["exercise"]["slug"] for phase in content["phases"] for item in phase["items"]]


def _phases(content: dict[str, Any]) -> list[str]:
    return [phase["phase"] for phase in content["phases"] for _ in phase["items"]]


def _kept(request: Request, catalogue: Snapshot, varied: Varied) -> Session:
    """The session as it is answered; the one that is kept has nothing personal."""
    secret: bytes = request.app.state.secret
    session_id = id_of(varied.request, catalogue.serial, secret, varied.variation)
    kept = kept_of(varied.plan, session_id, catalogue.serial)
    plain = {**plain_request(varied.request), "variation": plain_variation(varied.remembered)}
    days: int = request.app.state.settings.session_days
    store.keep(request.app.state.database, kept, plain, personal_digest(varied.request, secret), days)
    return session_of(varied.plan, session_id, catalogue.serial)


def _created(content: bytes, catalogue: Snapshot, location: str | None) -> Response:
    headers = {"X-Catalogue-Serial": str(catalogue.serial), "Cache-Control": "no-store"}
    if location is not None:
        headers["Location"] = location
    return Response(content, 201, headers, "application/json")
