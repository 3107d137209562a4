"""The public JSON shape of a routine: a recipe and the session built from it."""

from datetime import datetime
from typing import Any

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.notices import License
from app.rules.vocabulary import Goal, Occasion, Source
from app.schemas.exercise import Slug


class RoutineProvenance(FrozenModel):
    """Where a routine comes from."""

    source: Source
    notes: tuple[str, ...]


class Routine(FrozenModel):
    """One routine: a recipe, and the session built from it, ready to play."""

    slug: Slug
    name: str
    summary: str
    audience: str
    when_to_use: str
    goals: tuple[Goal, ...]
    suits: tuple[Occasion, ...]
    recipe: dict[str, Any] = Field(
        description="The session request that it is built from; send it to POST /v1/sessions."
    )
    session: dict[str, Any] = Field(description="The built session, whole: a player needs nothing else.")
    provenance: RoutineProvenance
    license: License
    updated_at: datetime
    serial: int = Field(description="The catalogue serial of its last change.")
