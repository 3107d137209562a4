"""Sessions over HTTP: built on request, kept without anything personal, read again by id."""

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.errors import FieldError, InvalidRequest, Problem
from app.kit.work_limiter import ServiceBusy
from app.schemas.session import Session
from app.schemas.session_request import SessionRequest
from app.sessions.build import build, refuse
from app.sessions.dependencies import BuildLimiter, Sessions
from app.sessions.errors import Blocked, CannotBuild, UnknownExercise
from app.sessions.plan import Plan
from app.sessions.session import kept_of, session_of, stored_of
from app.sessions.slugs import SlugResolver
from app.sessions.store import SessionStore

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


def resolver_of(catalogue: Snapshot) -> SlugResolver:
    return SlugResolver(catalogue.exercises.records, catalogue.exercises.tombstones)


@contextlib.contextmanager
def refused() -> Iterator[None]:
    """Turns the builder's refusals into problems."""
    try:
        yield
    except Blocked as blocked:
        raise SessionBlocked(str(blocked), blocked=True, instead=list(blocked.instead)) from None
    except UnknownExercise as unknown:
        if unknown.pointer is None:
            raise InvalidRequest(f"This session asks for an exercise that is gone. {unknown}") from None
        fault: FieldError = {"in": "body", "pointer": unknown.pointer, "detail": str(unknown)}
        raise InvalidRequest(f"{unknown.pointer}: {unknown}", errors=[fault]) from None
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
    responses=SessionCannotBeBuilt.openapi_responses(SessionBlocked, InvalidRequest, ServiceBusy),
    summary="Build a session",
)
async def create_session(
    request: Request,
    catalogue: CurrentCatalogue,
    limiter: BuildLimiter,
    store: Sessions,
    wish: Annotated[SessionRequest, Body(openapi_examples=EXAMPLES)],
) -> Response:
    """A session fitted to the second to goals, time, kit and positions, careful with the stated conditions, explained.

    Where nothing that is possible serves any of the goals, the answer is 422: with what contradicts, the seconds needed
    where time is lacking, and changes that were each tried. A goal among others that cannot be served gets share 0.
    The same request gives the same session. Age, conditions and history build it and are forgotten: neither they nor
    anything made from them is stored, logged or compared, and the id comes from the stored session alone. What is
    stored says only that such fields were used. Cautions and exclusions are told in the answer here and nowhere else.
    """
    return await limiter.run(request, lambda: _create_session(store, catalogue, wish))


def _create_session(store: SessionStore, catalogue: Snapshot, wish: SessionRequest) -> Response:
    with refused():
        refuse(wish)
        wish = resolver_of(catalogue).resolve_request(wish)
    plan = planned(wish, catalogue)
    session_id = store.save(stored_of(plan, wish, catalogue.serial))
    content = session_of(plan, session_id, catalogue.serial).model_dump_json().encode()
    answer = answered(content, catalogue.serial)
    answer.status_code = 201
    answer.headers["Location"] = f"/v1/sessions/{session_id}"
    answer.headers["Cache-Control"] = "no-store"  # it tells of conditions
    return answer


@router.get(
    "/{session_id}",
    response_model=Session,
    responses=SessionNotFound.openapi_responses(InvalidRequest),
    summary="Get a session",
)
def get_session(store: Sessions, session_id: SessionId, catalogue: CurrentCatalogue) -> Response:
    """A session as it was built, with the exercise records of that day, and without anything personal.

    Where age, conditions or history were used, a note says that cautions were given and are not kept.
    """
    if session_id == EXAMPLE_ID:
        return answered(_example(catalogue), catalogue.serial)
    if session_id.startswith("routine-"):
        return answered(_of_routine(session_id, catalogue).model_dump_json().encode(), catalogue.serial)
    row = store.find(session_id)
    if row is None:
        raise SessionNotFound("There is no such session, or it has expired; the same request builds it again.")
    return answered(to_json(store.read_again(row)), row.catalogue_serial)


@lru_cache(maxsize=2)
def _example(catalogue: Snapshot) -> bytes:
    plan = planned(EXAMPLE, catalogue)
    return kept_of(plan, EXAMPLE_ID, catalogue.serial).model_dump_json().encode()


def _of_routine(session_id: str, catalogue: Snapshot) -> Session:
    routine = catalogue.routines.records.get(session_id.removeprefix("routine-"))
    if routine is None:
        raise SessionNotFound("There is no routine of that slug; GET /v1/routines lists those that there are.")
    return routine.session
