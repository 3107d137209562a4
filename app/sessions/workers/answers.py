"""Answers to the requests that build sessions: they are stored first, because the id comes from what is stored."""

from pydantic_core import to_json
from starlette.responses import Response

from app.sessions.responses import created_response
from app.sessions.storage.session_storage import SessionStorage
from app.sessions.workers.jobs import BuiltSession


async def store_session(built: BuiltSession, storage: SessionStorage, catalogue_serial: int) -> Response:
    """Store a session and return it."""
    (session_id,) = await storage.save([built.stored])
    return created_response(built.to_json(session_id), catalogue_serial, f"/v1/sessions/{session_id}")


async def store_alternatives(
    built: list[BuiltSession], exhausted_reason: str | None, storage: SessionStorage, catalogue_serial: int
) -> Response:
    """Store sessions and return them; `exhausted_reason` says why there are no more, where that is so."""
    session_ids = await storage.save([session.stored for session in built])
    items = b",".join(session.to_json(own_id) for session, own_id in zip(built, session_ids, strict=True))
    rest = to_json({"exhausted": exhausted_reason is not None, "reason": exhausted_reason})
    return created_response(b'{"items":[%s],%s' % (items, rest[1:]), catalogue_serial)
