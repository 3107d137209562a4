"""The two forms of a built session: as it is answered, and as it is stored without anything personal."""

import json
from collections.abc import Callable, Collection
from typing import Any, Final, NamedTuple

from app.rules.vocabulary import BodySide
from app.schemas.exercise import Exercise
from app.schemas.prescription import Prescription
from app.schemas.session import Session, SessionPhase
from app.schemas.session_request import SessionRequest
from app.sessions.plan import BUILDER_ONLY_FIELDS, Plan
from app.sessions.texts import SessionNoteTexts, load_texts
from app.sessions.timeline.sides import find_working_side

PERSONAL_FIELDS: Final = ("age_band", "conditions", "history", "stiffer_side")
"""Fields of a request that build the session and are then forgotten. The stiffer side shows in the timeline alone."""
FindExercise = Callable[[str], Exercise | None]
"""Returns the present record of an exercise, by a slug that it has or had; None where it was deleted."""
NOT_IN_CONTENT: Final = {"id", "stored", "not_stored_reason", "exercises"}
"""Fields of a session that its row does not repeat."""
OWNER_FIELD: Final = "partner"
"""Beside the fields of the request that is stored: whose own exercises the session has. Absent where it has none."""
OVERRIDES: Final = "override_conditions"
"""The field of an item that names stated conditions, and is forgotten as they are."""
UNORDERED_FIELDS: Final = ("available_equipment", "positions", "include", "exclude")
"""Fields of a request that are sets: their order never matters."""


def to_response(plan: Plan, session_id: str, catalogue_serial: int) -> Session:
    """Return the session as the request that builds it is answered, with everything personal."""
    fields = {name: value for name, value in plan._asdict().items() if name not in BUILDER_ONLY_FIELDS}
    return Session(id=session_id, stored=True, not_stored_reason=None, catalogue_serial=catalogue_serial, **fields)


def to_impersonal(plan: Plan, session_id: str, catalogue_serial: int) -> Session:
    """Return the session without cautions, exclusions, funnel, and the reasons and cues that tell of the person."""
    changes = {
        "phases": tuple(_without_personal_reasons(phase, plan) for phase in plan.phases),
        "timeline": plan.storable_timeline,
        "funnel": (),
        "excluded": (),
        "notes": plan.storable_notes,
    }
    return to_response(plan, session_id, catalogue_serial).model_copy(update=changes)


def _without_personal_reasons(phase: SessionPhase, plan: Plan) -> SessionPhase:
    items = []
    for item in phase.items:
        reasons = plan.storable_reasons[item.position_in_session - 1]
        items.append(item.model_copy(update={"cautions": (), "why": reasons}))
    return phase.model_copy(update={"items": tuple(items)})


def exercise_slugs(content: dict[str, Any]) -> list[str]:
    """Return the exercises of a session in JSON, in order.

    The JSON is not validated: a session that an earlier version stored may have other fields than today's.
    """
    return [item["exercise"]["slug"] for phase in content["phases"] for item in phase["items"]]


def find_stiffer_side(content: dict[str, Any], find_exercise: FindExercise) -> BodySide | None:
    """Return the side that gets more in a session in JSON; None where both do the same.

    The side that does more is its opposite in some exercises. Of one that was deleted since, it is taken as the same.
    """
    for phase in content["phases"]:
        for item in phase["items"]:
            # Earlier versions had no extra sets.
            extra_set = item.get("extra_set")
            if extra_set is not None:
                exercise, side = find_exercise(item["exercise"]["slug"]), extra_set["side"]
                return side if exercise is None else find_working_side(side, exercise)
    return None


class StoredSession(NamedTuple):
    """All of a session that is stored. Nothing in it is made from what is personal, but for one bit."""

    content: dict[str, Any]
    """The session in JSON without the fields of `NOT_IN_CONTENT`."""
    request: dict[str, Any]
    """The fields of the request that are not personal, in JSON, and the exercises that were exchanged."""
    personal: bool
    """True where age, conditions or history were used."""

    @property
    def partner(self) -> str | None:
        """Who alone may read it, because its own exercises are in it; None: everybody."""
        partner: str | None = self.request.get(OWNER_FIELD)
        return partner

    def to_json(self, session_id: str, exercises: dict[str, Any]) -> dict[str, Any]:
        """Return the session as it is read again, with these exercise records."""
        notes = list(self.content["notes"])
        if self.personal:
            notes.append(load_texts(SessionNoteTexts).cautions_not_kept)
        storage_fields = {"id": session_id, "stored": True, "not_stored_reason": None}
        return {**storage_fields, **self.content, "exercises": exercises, "notes": notes}


def to_stored(
    plan: Plan, request: SessionRequest | Prescription, catalogue_serial: int, removed: Collection[str] = ()
) -> StoredSession:
    """Return what is stored of a plan. `removed` are the exercises that were exchanged for others."""
    content = to_impersonal(plan, "", catalogue_serial).model_dump(mode="json", exclude=NOT_IN_CONTENT)
    plain_request = without_personal_fields(request)
    if removed:
        plain_request["variation"] = {"without": sorted(removed)}
    return StoredSession(content, plain_request, request.is_personal)


def mark_owner(session: StoredSession, partner: str | None, own_words: Collection[str]) -> StoredSession:
    """Return a session as one that only this partner may read, where it has any of the words of its own exercises.

    The mark is part of what the id is made from: the same session of somebody else has another id.
    """
    text = json.dumps([session.content, session.request], ensure_ascii=False)
    if partner is None or not any(json.dumps(word, ensure_ascii=False)[1:-1] in text for word in own_words):
        return session
    return session._replace(request={**session.request, OWNER_FIELD: partner})


def without_personal_fields(request: SessionRequest | Prescription) -> dict[str, Any]:
    """Return the other fields in JSON, the same for the same request however its sets are ordered."""
    plain = request.model_dump(mode="json", exclude=set(PERSONAL_FIELDS))
    if isinstance(request, Prescription):
        # That a condition was overridden tells that one is there, and which ones it may be.
        return {**plain, "items": [_without(item, OVERRIDES) for item in plain["items"]]}
    return {name: sorted(value) if value and name in UNORDERED_FIELDS else value for name, value in plain.items()}


def _without(value: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != name}


def load_request(stored: dict[str, Any]) -> tuple[SessionRequest | Prescription, frozenset[str]]:
    """Return the request or the prescription that was stored, and the exercises that were exchanged."""
    plain_request = dict(stored)
    plain_request.pop(OWNER_FIELD, None)
    variation = plain_request.pop("variation", None) or {}
    shape = Prescription if "items" in plain_request else SessionRequest
    return shape.model_validate(plain_request), frozenset(variation.get("without", ()))
