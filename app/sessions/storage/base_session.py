"""An existing session that is varied, and the example with its request."""

from typing import Any, Final, NamedTuple

from app.rules.dose import Dose
from app.schemas.session_request import SessionRequest
from app.sessions.storage.stored_session import exercise_slugs, find_stiffer_side

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

    request: SessionRequest
    """The request without personal fields, but with the stiffer side that the session shows."""
    slugs: tuple[str, ...]
    """The exercises in order, as they were called when it was built."""
    phases: tuple[str, ...]
    """The phase of each exercise."""
    doses: tuple[Dose, ...]
    """The dose of each exercise."""
    removed: frozenset[str] = frozenset()
    """Exercises that were exchanged."""
    personal: bool = False
    """True where it was built with age, conditions or history."""

    @classmethod
    def from_content(
        cls,
        content: dict[str, Any],
        request: SessionRequest,
        removed: frozenset[str] = frozenset(),
        personal: bool = False,
    ) -> "BaseSession":
        """Return the session of its JSON and its request."""
        items = [(phase["phase"], item) for phase in content["phases"] for item in phase["items"]]
        return cls(
            request.model_copy(update={"stiffer_side": find_stiffer_side(content)}),
            tuple(exercise_slugs(content)),
            tuple(phase for phase, _ in items),
            tuple(Dose.model_validate(item["dose"]) for _, item in items),
            removed,
            personal,
        )
