"""The public shape of a session, and the two forms of it: as answered, and as kept without anything personal."""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from app.schemas.session import Session, SessionPhase
from app.schemas.session_request import SessionRequest
from app.sessions.plan import INTERNAL, Plan

PERSONAL = ("age_band", "conditions", "history")
"""Fields of a request that build the session and are then forgotten."""
UNORDERED = ("available_equipment", "positions", "include", "exclude")
"""Fields of a request that are sets: their order never matters."""
CAUTIONS_NOT_KEPT = (
    "Age, conditions or history were used to build this session. Cautions that were given with it are not kept; "
    "the same request gives them again."
)
"""Note of a session that is read again, where personal fields were used."""


def session_of(plan: Plan, session_id: str, serial: int) -> Session:
    """The plan as it is answered."""
    said = {name: value for name, value in plan._asdict().items() if name not in INTERNAL}
    return Session(id=session_id, catalogue_serial=serial, **said)


def kept_of(plan: Plan, session_id: str, serial: int) -> Session:
    """The plan as it is kept and read again: no cautions, nothing excluded, no reason that tells of a condition."""
    phases = tuple(
        phase.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"cautions": (), "why": plan.stored_why.get(item.exercise.slug, ())})
                    for item in phase.items
                )
            }
        )
        for phase in plan.phases
    )
    plain = session_of(plan, session_id, serial)
    return plain.model_copy(update={"phases": phases, "funnel": (), "excluded": (), "notes": plan.stored_notes})


class StoredSession(NamedTuple):
    """All of a session that is stored. Nothing in it is made from what is personal, but for one bit."""

    content: dict[str, Any]
    """The session as it is read again, without its id and its exercise records."""
    request: dict[str, Any]
    """The fields of the request that are not personal, and the exercises that were exchanged."""
    personal: bool
    """True where age, conditions or history were used."""

    def id(self, secret: bytes) -> str:
        """26 characters that come from what is stored and the secret: the same content has the same id."""
        text = json.dumps(self._asdict(), sort_keys=True, separators=(",", ":"))
        return base64.b32encode(hmac.digest(secret, text.encode(), hashlib.sha256)).decode().lower()[:26]


def stored_of(plan: Plan, request: SessionRequest, serial: int, without: Collection[str] = ()) -> StoredSession:
    """What is stored of a plan. `without` are the exercises that were exchanged for others."""
    content = kept_of(plan, "", serial).model_dump(mode="json", exclude={"id", "exercises"})
    plain = plain_request(request)
    if without:
        plain["variation"] = {"without": sorted(without)}
    return StoredSession(content, plain, uses_personal_fields(request))


def exercise_slugs(phases: Iterable[SessionPhase]) -> list[str]:
    """The exercises of a session in order."""
    return [item.exercise.slug for phase in phases for item in phase.items]


def uses_personal_fields(request: SessionRequest) -> bool:
    return request.age_band is not None or bool(request.conditions) or bool(request.history)


def plain_request(request: SessionRequest) -> dict[str, Any]:
    """The request without what is personal, and the same for the same request however its sets are ordered."""
    plain = request.model_dump(mode="json", exclude=set(PERSONAL))
    return {name: sorted(value) if value and name in UNORDERED else value for name, value in plain.items()}


def request_of(stored: dict[str, Any]) -> tuple[SessionRequest, frozenset[str]]:
    """The request that was stored, and the exercises that were exchanged since."""
    plain = dict(stored)
    variation = plain.pop("variation", None) or {}
    return SessionRequest.model_validate(plain), frozenset(variation.get("without", ()))
