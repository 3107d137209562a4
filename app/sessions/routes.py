"""Sessions over HTTP: built on request, kept without anything personal, read again by id."""

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.responses import CurrentCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.errors import InvalidRequest, Problem
from app.kit.parameters import Nothing
from app.kit.work_limiter import ServiceBusy
from app.sessions import store
from app.sessions.build import build
from app.sessions.dependencies import BuildLimiter
from app.sessions.plan import Plan
from app.sessions.refusal import Blocked, CannotBuild, UnknownExercise
from app.sessions.request import SessionRequest
from app.sessions.session import Session, id_of, kept_of, personal_digest, plain_request, session_of

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])
EXAMPLE_ID = "example"
EXAMPLE = SessionRequest.model_validate(
    {
        "duration_s": 420,
        "goals": [{"goal": "rotation", "weight": 2}, {"goal": "extension"}],
        "available_equipment": ["chair"],
        "positions": ["seated", "standing"],
        "level": 2,
    }
)
EXAMPLES = {
    "desk": {
        "summary": "Seven minutes at the desk",
        "value": EXAMPLE.model_dump(mode="json", exclude_defaults=True),
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
}
SessionId = Annotated[
    str,
    Path(
        max_length=100,
        description="As answered when it was built; `example` always exists, `routine-` and a slug is that routine's.",
        examples=[EXAMPLE_ID],
    ),
]


class SessionCannotBeBuilt(Problem):
    status, title = 422, "No such session can be built"


class SessionBlocked(Problem):
    status, title = 422, "Ask a professional first"


class SessionNotFound(Problem):
    status, title = 404, "No such session"


def planned(request: SessionRequest, catalogue: Snapshot) -> Plan:
    """The plan, or the problem that says why there is none."""
    with refused():
        return build(request, tuple(catalogue.exercises.records.values()))


@contextlib.contextmanager
def refused() -> Iterator[None]:
    """Turns the builder's refusals into problems."""
    try:
        yield
    except Blocked as blocked:
        raise SessionBlocked(str(blocked), blocked=True, instead=list(blocked.instead)) from None
    except UnknownExercise as unknown:
        near = f" Did you mean {' or '.join(unknown.near)}?" if unknown.near else ""
        detail = f"There is no exercise {unknown.slug!r}.{near}"
        fault = {"in": "body", "pointer": unknown.pointer, "detail": detail}
        raise InvalidRequest(f"{unknown.pointer}: {fault['detail']}", errors=[fault]) from None
    except CannotBuild as cannot:
        more: dict[str, Any] = {
            "conflict": [{"requirement": one} for one in cannot.conflict],
            "suggestions": [{"change": one} for one in cannot.suggestions],
        }
        if cannot.needed_s is not None:
            more["needed_s"] = cannot.needed_s
        raise SessionCannotBeBuilt(cannot.detail, **more) from None


def answered(content: bytes, serial: int) -> Response:
    headers = {"X-Catalogue-Serial": str(serial), "Cache-Control": "private, max-age=3600"}
    return Response(content, media_type="application/json", headers=headers)


@router.post(
    "",
    status_code=201,
    response_model=Session,
    responses=SessionCannotBeBuilt.documented(SessionBlocked, InvalidRequest, ServiceBusy),
    summary="Build a session",
)
async def create_session(
    request: Request,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    asked: Nothing,
    wish: Annotated[SessionRequest, Body(openapi_examples=EXAMPLES)],
) -> Response:
    """A session fitted to the second to goals, time, kit and positions, careful with the stated conditions, explained.

    Where nothing that is possible serves any of the goals, the answer is 422: with what contradicts, the seconds needed
    where time is lacking, and changes that were each tried. A goal among others that cannot be served gets share 0.
    The same request gives the same session. Age, conditions and history build it and are forgotten: they are not
    stored, not logged, and the answer here is the only place where cautions and exclusions are told.
    """
    return await limiter.run(request, lambda: _create_session(request, catalogue, wish))


def _create_session(request: Request, catalogue: Snapshot, wish: SessionRequest) -> Response:
    plan = planned(wish, catalogue)
    secret: bytes = request.app.state.secret
    session_id = id_of(wish, catalogue.serial, secret)
    kept = kept_of(plan, session_id, catalogue.serial)
    days: int = request.app.state.settings.session_days
    store.keep(request.app.state.database, kept, plain_request(wish), personal_digest(wish, secret), days)
    content = session_of(plan, session_id, catalogue.serial).model_dump_json().encode()
    answer = answered(content, catalogue.serial)
    answer.status_code = 201
    answer.headers["Location"] = f"/v1/sessions/{session_id}"
    answer.headers["Cache-Control"] = "no-store"  # it tells of conditions
    return answer


@router.get(
    "/{session_id}",
    response_model=Session,
    responses=SessionNotFound.documented(InvalidRequest),
    summary="Read a session again",
)
def get_session(request: Request, session_id: SessionId, catalogue: CurrentCatalogue, asked: Nothing) -> Response:
    """A session as it was built, with the exercise records of that day, and without anything personal."""
    if session_id == EXAMPLE_ID:
        return answered(_example(catalogue), catalogue.serial)
    if session_id.startswith("routine-"):
        return answered(to_json(_of_routine(session_id, catalogue)), catalogue.serial)
    row = store.find(request.app.state.database, session_id)
    if row is None:
        raise SessionNotFound("There is no such session, or it has expired; the same request builds it again.")
    return answered(to_json(store.whole(request.app.state.database, row)), row.catalogue_serial)


@lru_cache(maxsize=2)
def _example(catalogue: Snapshot) -> bytes:
    plan = planned(EXAMPLE, catalogue)
    return kept_of(plan, EXAMPLE_ID, catalogue.serial).model_dump_json().encode()


def _of_routine(session_id: str, catalogue: Snapshot) -> dict[str, Any]:
    routine = catalogue.routines.records.get(session_id.removeprefix("routine-"))
    if routine is None:
        raise SessionNotFound("There is no routine of that slug; GET /v1/routines lists those that there are.")
    return routine.session
