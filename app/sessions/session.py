"""The public shape of a session, and the two forms of it: as answered, and as kept without anything personal."""

import base64
import hashlib
import hmac
import json
from typing import Any

from pydantic import Field

from app.kit.models import FrozenModel as Shape
from app.rules.notices import Disclaimer
from app.rules.vocabulary import Purpose
from app.schemas.exercise import Exercise
from app.sessions.plan import INTERNAL, Coverage, Event, Excluded, FunnelStep, PhaseBlock, Plan
from app.sessions.prepare import PLAIN, Variation
from app.sessions.request import SessionRequest

BUILDER_VERSION = 4
"""Goes up whenever the same request may be built differently; it is part of the id."""
PERSONAL = ("age_band", "conditions", "history")
"""Used to build, then forgotten."""


class Session(Shape):
    """A built session: all that a player needs, and why it is so."""

    id: str = Field(description="Read it again at `/v1/sessions/{id}`.")
    title: str
    duration_s: int = Field(description="Seconds of the whole timeline; never more than asked.")
    purpose: Purpose
    catalogue_serial: int = Field(description="The catalogue that it was built from.")
    seed: int
    phases: tuple[PhaseBlock, ...]
    timeline: tuple[Event, ...] = Field(
        description="From second 0 to the end without a gap: a plain timer can play it."
    )
    coverage: tuple[Coverage, ...]
    funnel: tuple[FunnelStep, ...] = Field(description="Only in the answer to the request; empty afterwards.")
    excluded: tuple[Excluded, ...] = Field(description="Only in the answer to the request; empty afterwards.")
    exercises: dict[str, Exercise] = Field(description="The whole records, by slug.")
    shortfall_s: int = Field(description="Seconds that were asked for and could not be filled well.")
    shortfall_reason: str | None
    notes: tuple[str, ...] = Field(description="What else is worth knowing about this session.")
    stop_rules: tuple[str, ...]
    disclaimer: Disclaimer


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


def id_of(request: SessionRequest, serial: int, secret: bytes, variation: Variation = PLAIN) -> str:
    """26 characters that only the holder of the secret can derive from the request."""
    said: dict[str, Any] = {"request": request.model_dump(mode="json"), "serial": serial, "builder": BUILDER_VERSION}
    if variation != PLAIN:
        said["variation"] = plain_variation(variation)
    return base64.b32encode(_digest(said, secret)).decode().lower()[:26]


def personal_digest(request: SessionRequest, secret: bytes) -> str:
    """Tells whether the same personal fields are sent again, and nothing else."""
    return _digest({"personal": request.model_dump(mode="json", include=set(PERSONAL))}, secret).hex()


def plain_request(request: SessionRequest) -> dict[str, Any]:
    """The request without what is personal."""
    return request.model_dump(mode="json", exclude=set(PERSONAL))


def plain_variation(variation: Variation) -> dict[str, Any]:
    """How the session differs from the plain one of its request, as it is stored."""
    return {
        **({"phases": list(variation.phases)} if variation.phases else {}),
        **({"instead": variation.instead} if variation.instead else {}),
        "keep": list(variation.keep),
        "without": sorted(variation.without),
        "given": sorted(variation.given),
    }


def variation_of(said: dict[str, Any] | None) -> Variation:
    """The variation that was stored."""
    if said is None:
        return PLAIN
    return Variation(tuple(said["keep"]), frozenset(said["without"]), frozenset(said["given"]))


def _digest(said: dict[str, Any], secret: bytes) -> bytes:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hmac.digest(secret, text.encode(), hashlib.sha256)
