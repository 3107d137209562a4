"""The public JSON shape of a routine: a recipe and the session built from it."""

from datetime import datetime
from typing import Any

from pydantic import Field, FieldSerializationInfo, field_serializer

from app.kit.models import FrozenModel
from app.rules.notices import License
from app.rules.vocabulary import Goal, Occasion, Source
from app.schemas.exercise import Slug
from app.schemas.session import Session
from app.schemas.session_request import SessionRequest


class RoutineProvenance(FrozenModel):
    """Where a routine comes from."""

    source: Source
    notes: tuple[str, ...]


class Routine(FrozenModel):
    """A routine: a recipe, and the session built from it, ready to play."""

    slug: Slug
    name: str
    summary: str
    audience: str
    when_to_use: str
    goals: tuple[Goal, ...]
    suits: tuple[Occasion, ...]
    recipe: SessionRequest = Field(
        description="The session request that it is built from, to change and send to `POST /v1/sessions`."
    )
    session: Session = Field(description="The built session with the exercise records: a player needs nothing else.")
    provenance: RoutineProvenance
    license: License
    updated_at: datetime
    serial: int = Field(description="The catalogue serial of its last change.")

    @field_serializer("recipe")
    def serialize_recipe(self, recipe: SessionRequest, info: FieldSerializationInfo) -> dict[str, Any]:
        """Send the recipe as it was written: only the fields that were set."""
        return recipe.model_dump(mode=info.mode, exclude_unset=True)
