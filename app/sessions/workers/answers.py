"""Answers to the requests that build sessions: they are stored first, because the id comes from what is stored."""

from pydantic_core import to_json
from starlette.responses import Response

from app.sessions.responses import built_response
from app.sessions.storage.session_storage import SaveResult, SessionStorage
from app.sessions.texts import SessionNoteTexts, load_texts
from app.sessions.workers.jobs import BuiltSession


async def store_session(built: BuiltSession, storage: SessionStorage, catalogue_serial: int) -> Response:
    """Store a session and return it, also where it cannot be stored."""
    saved = await storage.save([built.stored])
    (session_id,) = saved.session_ids
    content = built.to_json(session_id, _not_stored_reason(saved))
    location = f"/v1/sessions/{session_id}" if saved.are_stored else None
    return built_response(content, catalogue_serial, is_stored=saved.are_stored, location=location)


async def store_alternatives(
    built: list[BuiltSession], exhausted_reason: str | None, storage: SessionStorage, catalogue_serial: int
) -> Response:
    """Store sessions and return them; `exhausted_reason` says why there are no more, where that is so."""
    saved = await storage.save([session.stored for session in built])
    reason = _not_stored_reason(saved)
    items = b",".join(session.to_json(own, reason) for session, own in zip(built, saved.session_ids, strict=True))
    rest = to_json({"exhausted": exhausted_reason is not None, "reason": exhausted_reason})
    content = b'{"items":[%s],%s' % (items, rest[1:])
    return built_response(content, catalogue_serial, is_stored=saved.are_stored)


def _not_stored_reason(saved: SaveResult) -> str | None:
    return None if saved.are_stored else load_texts(SessionNoteTexts).not_stored
