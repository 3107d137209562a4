"""A session by its id: the example, that of a routine, or one that was built and stored."""

from functools import lru_cache
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_json

from app.catalogue.snapshot import Snapshot
from app.rules.dose import Dose
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.index_cache import exercise_index
from app.sessions.responses import SessionCannotBeBuilt, SessionNotFound, builder_errors_as_problems
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import StoredSession, exercise_slugs, load_request, to_impersonal
from app.sessions.texts import RefusalTexts, load_texts

EXAMPLE_ID: Final = "example"
ROUTINE_PREFIX: Final = "routine-"
"""Before the slug of a routine: the id of its session."""
EXAMPLE_REQUEST: Final = SessionRequest.model_validate(
    {
        "duration_s": 420,
        "goals": [{"goal": "rotation", "weight": 2}, {"goal": "extension"}],
        "available_equipment": ["chair"],
        "positions": ["seated", "standing"],
        "level": 2,
    }
)


class BaseSession(NamedTuple):
    """An existing session, with what is known of its request."""

    content: dict[str, Any]
    """The session in JSON."""
    catalogue_serial: int
    """The serial of its exercise records."""
    request: SessionRequest
    """The request without personal fields."""
    removed: frozenset[str] = frozenset()
    """Exercises that were exchanged."""
    personal: bool = False
    """True where it was built with age, conditions or history."""

    @property
    def slugs(self) -> list[str]:
        """The exercises in order, as they were called when it was built."""
        return exercise_slugs(self.content)

    @property
    def doses(self) -> list[Dose]:
        """The dose of each exercise."""
        return [Dose.model_validate(item["dose"]) for phase in self.content["phases"] for item in phase["items"]]

    @property
    def phases(self) -> list[str]:
        """The phase of each exercise."""
        return [phase["phase"] for phase in self.content["phases"] for _ in phase["items"]]


def load_base_session(session_id: str, store: SessionStore, catalogue: Snapshot) -> BaseSession:
    """Return the session of an id, to vary it.

    Raises `SessionNotFound` when there is none, and `SessionCannotBeBuilt` when its request is of another version.
    """
    texts = load_texts(RefusalTexts).variation
    if session_id == EXAMPLE_ID:
        return BaseSession(_build_example(catalogue), catalogue.serial, EXAMPLE_REQUEST)
    if session_id.startswith(ROUTINE_PREFIX):
        routine = catalogue.routines.records.get(session_id.removeprefix(ROUTINE_PREFIX))
        if routine is None:
            raise SessionNotFound(texts.routine_not_found)
        return BaseSession(routine.session.model_dump(mode="json"), catalogue.serial, routine.recipe.to_request())
    stored = _load_stored(session_id, store)
    content = stored.to_json(session_id, store.load_exercises(stored))
    try:
        request, removed = load_request(stored.request)
    except ValidationError:  # stored by a version whose requests had other fields or words
        raise SessionCannotBeBuilt(texts.other_version) from None
    return BaseSession(content, content["catalogue_serial"], request, removed, stored.personal)


def _load_stored(session_id: str, store: SessionStore) -> StoredSession:
    stored = store.load(session_id)
    if stored is None:
        raise SessionNotFound(load_texts(RefusalTexts).variation.session_not_found)
    return stored


def load_session_json(session_id: str, store: SessionStore, catalogue: Snapshot) -> tuple[bytes, int]:
    """Return a session as JSON, and its catalogue serial. Raises `SessionNotFound` when there is none."""
    if session_id != EXAMPLE_ID and not session_id.startswith(ROUTINE_PREFIX):
        stored = _load_stored(session_id, store)
        content = stored.to_json(session_id, store.load_exercises(stored))
        return to_json(content), content["catalogue_serial"]
    encoded = _encoded_sessions(catalogue)
    if session_id not in encoded:
        encoded[session_id] = to_json(load_base_session(session_id, store, catalogue).content)
    return encoded[session_id], catalogue.serial


@lru_cache(maxsize=2)
def _encoded_sessions(_catalogue: Snapshot) -> dict[str, bytes]:
    """Return the sessions that are the same as long as a snapshot is served, as JSON by id: filled as they are read."""
    return {}


@lru_cache(maxsize=2)
def _build_example(catalogue: Snapshot) -> dict[str, Any]:
    with builder_errors_as_problems():
        plan = build_session(EXAMPLE_REQUEST, exercise_index(catalogue))
    return to_impersonal(plan, EXAMPLE_ID, catalogue.serial).model_dump(mode="json")
