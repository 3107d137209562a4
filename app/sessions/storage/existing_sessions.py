"""Sessions by their id: the example, that of a routine, or one that was built and stored."""

import json
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_json

from app.catalogue.redirects import RecordGone
from app.catalogue.snapshot import Snapshot
from app.schemas.exercise import Exercise
from app.schemas.routine import Routine
from app.schemas.session import Session
from app.sessions.responses import SessionCannotBeBuilt, SessionNotFound
from app.sessions.storage.base_session import EXAMPLE_ID, EXAMPLE_REQUEST, ROUTINE_PREFIX, BaseSession
from app.sessions.storage.session_storage import SessionStorage
from app.sessions.storage.stored_session import StoredSession, load_request
from app.sessions.texts import RefusalTexts, load_texts


class ExistingSessions(NamedTuple):
    """The sessions that can be read. Only those that were stored are looked for in the database."""

    storage: SessionStorage
    catalogue: Snapshot
    load_example: Callable[[Snapshot], Awaitable[bytes]]
    """Returns the example session of a catalogue in JSON."""

    async def read_json(self, session_id: str, exercise_records: bool = True) -> tuple[bytes, int]:
        """Return a session as JSON, with or without its exercise records, and its catalogue serial.

        Raises `SessionNotFound` when there is none.
        """
        if session_id == EXAMPLE_ID:
            content, serial = await self.load_example(self.catalogue), self.catalogue.serial
        elif session_id.startswith(ROUTINE_PREFIX):
            content, serial = self._encode_routine_session(session_id), self.catalogue.serial
        else:
            return await self._read_stored(session_id, exercise_records)
        return content if exercise_records else _without_exercises(content), serial

    async def read(self, session_id: str) -> Session:
        """Return a session with its exercise records.

        Raises `SessionNotFound` when there is none, and `RecordGone` when a version with other fields has stored it.
        """
        content, _ = await self.read_json(session_id)
        try:
            return Session.model_validate_json(content)
        except ValidationError:
            raise RecordGone(load_texts(RefusalTexts).variation.unreadable_version) from None

    async def _read_stored(self, session_id: str, exercise_records: bool) -> tuple[bytes, int]:
        exercises: dict[str, Any] = {}
        if exercise_records:
            session_and_exercises = await self.storage.load_with_exercises(session_id)
            stored, exercises = session_and_exercises or (None, exercises)
        else:
            stored = await self.storage.load(session_id)
        content = self._require_visible(stored).to_json(session_id, exercises)
        return to_json(content), content["catalogue_serial"]

    async def load_base(self, session_id: str) -> BaseSession:
        """Return the session of an id, to vary it.

        Raises `SessionNotFound` when there is none, and `SessionCannotBeBuilt` when its request is of another version.
        """
        if session_id == EXAMPLE_ID:
            content = json.loads(await self.load_example(self.catalogue))
            return BaseSession.from_content(content, self._find_exercise, EXAMPLE_REQUEST)
        if session_id.startswith(ROUTINE_PREFIX):
            routine = self._find_routine(session_id)
            return BaseSession.from_content(
                routine.session.model_dump(mode="json"), self._find_exercise, routine.recipe.to_request()
            )
        stored = self._require_visible(await self.storage.load(session_id))
        try:
            request, removed = load_request(stored.request)
        except ValidationError:  # stored by a version whose requests had other fields or words
            raise SessionCannotBeBuilt(load_texts(RefusalTexts).variation.other_version) from None
        return BaseSession.from_content(stored.content, self._find_exercise, request, removed, stored.personal)

    def _find_exercise(self, slug: str) -> Exercise | None:
        exercises = self.catalogue.exercises
        return exercises.records.get(exercises.find_successor(slug) or slug)

    def _require_visible(self, stored: StoredSession | None) -> StoredSession:
        """Return a session that the caller may see. Raises `SessionNotFound`, whether it may not or there is none."""
        if stored is None or stored.partner not in (None, self.catalogue.partner):
            raise _not_found()
        return stored

    def _encode_routine_session(self, session_id: str) -> bytes:
        encoded = _encoded_routine_sessions(self.catalogue.shared)
        if session_id not in encoded:
            encoded[session_id] = self._find_routine(session_id).session.model_dump_json().encode()
        return encoded[session_id]

    def _find_routine(self, session_id: str) -> Routine:
        routine = self.catalogue.routines.records.get(session_id.removeprefix(ROUTINE_PREFIX))
        if routine is None:
            raise SessionNotFound(load_texts(RefusalTexts).variation.routine_not_found)
        return routine


def _without_exercises(session: bytes) -> bytes:
    """Return a session in JSON with no exercise records."""
    return to_json({**json.loads(session), "exercises": {}})


def _not_found() -> SessionNotFound:
    return SessionNotFound(load_texts(RefusalTexts).variation.session_not_found)


@lru_cache(maxsize=2)
def _encoded_routine_sessions(_catalogue: Snapshot) -> dict[str, bytes]:
    """Return the sessions of the routines of a snapshot, as JSON by id: filled as they are read."""
    return {}
