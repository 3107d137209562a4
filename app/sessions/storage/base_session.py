"""An existing session that is varied, and the example with its request."""

from typing import Any, Final, NamedTuple

from app.rules.dose import Dose
from app.schemas.prescription import PrescribedDose, PrescribedItem, Prescription
from app.schemas.session_request import SessionRequest
from app.sessions.storage.stored_session import FindExercise, exercise_slugs, find_stiffer_side

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

    request: SessionRequest | Prescription
    """The request without personal fields, but with the stiffer side that the session shows.

    The items of a prescription are in the order of the session, with whole doses: those that stay keep theirs exactly,
    whatever has become of their records.
    """
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
        find_exercise: FindExercise,
        request: SessionRequest | Prescription,
        removed: frozenset[str] = frozenset(),
        personal: bool = False,
    ) -> "BaseSession":
        """Return the session of its JSON and its request."""
        items = [(phase["phase"], item) for phase in content["phases"] for item in phase["items"]]
        if isinstance(request, SessionRequest):
            request = request.model_copy(update={"stiffer_side": find_stiffer_side(content, find_exercise)})
        else:
            prescribed = tuple(_prescribe(item) for _, item in items)
            request = request.model_copy(update={"items": prescribed, "order": "given"})
        return cls(
            request,
            tuple(exercise_slugs(content)),
            tuple(phase for phase, _ in items),
            tuple(Dose.model_validate(item["dose"]) for _, item in items),
            removed,
            personal,
        )


def _prescribe(item: dict[str, Any]) -> PrescribedItem:
    """Return the item of a session in JSON as one of a prescription."""
    amounts = {name: value for name, value in item["dose"].items() if name in PrescribedDose.model_fields}
    if amounts["tempo"] is not None:
        # The pause is in the tempo.
        del amounts["hold_s"]
    fields = {"slug": item["exercise"]["slug"], "side": item["side"], "note": item["note"], "dose": amounts}
    return PrescribedItem.model_validate(fields)
